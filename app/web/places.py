"""Where an editor stands: in a row of the list, on the page of the record, or on a page of its own."""

from starlette.responses import Response

from app.domain.codes import N_
from app.domain.pledge import State
from app.store import records
from app.store.records import Record
from app.web.ask import Ask
from app.web.errors import NotFound
from app.web.panel import Panel
from app.web.render import page, part
from app.web.saved import line


def record_of(ask: Ask, number: int) -> Record:
    """The record as it stands; drafts and deleted ones for editors alone. Raises NotFound."""
    record = records.find(ask.db, number)
    if record is None or (record.state is not State.PUBLISHED and not (ask.who and ask.who.may_edit)):
        raise NotFound(N_("There is no pledge of this number."))
    return record


def shown(ask: Ask, record: Record, panel: Panel, status: int) -> Response:
    """The open editor where it was opened."""
    if ask.wants_fragment and panel.where == "list":
        return part(ask, "cells/row", status=status, line=line(ask, record.id), panel=panel, cell=panel.name)
    if ask.wants_fragment and panel.where == "record":
        # What comes back from a save that failed replaces the editor, not the record.
        again = {"HX-Retarget": f"#editor-{panel.key}", "HX-Reswap": "outerHTML"} if status != 200 else {}
        return part(ask, "cells/panel", status=status, headers=again, panel=panel)
    return page(ask, "cells/edit", status=status, record=record, panel=panel)
