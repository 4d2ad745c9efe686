"""What happened to a pledge, and how any two of its versions differ."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.pledge import State
from app.store import records
from app.web.acts import acts, sentences
from app.web.ask import Ask, Asked, Number
from app.web.errors import NotFound
from app.web.render import page
from app.web.telling import Names

router = APIRouter()
PER = 50
DIGITS = 9  # of a version


@router.get("/pledges/{number}/history")
def show(ask: Asked, number: Number) -> Response:
    editor = bool(ask.who and ask.who.may_edit)
    record = records.find(ask.db, number)
    if record is None or (record.state is State.DRAFT and not editor):
        raise NotFound(N_("There is no pledge of this number."))
    before = ask.whole("before", DIGITS)
    found = records.history(ask.db, number, drafts=editor, before=before, most=PER + 1)
    return page(
        ask,
        "history/show",
        record=record,
        acts=acts(ask, number, found[:PER], record.names),
        older=found[PER - 1].version if len(found) > PER else None,
        newer=before is not None,
        difference=_difference(ask, record, editor),
        editor=editor,
    )


def _difference(ask: Ask, record: records.Record, editor: bool) -> dict[str, object] | None:
    """Between the two versions that were asked for; None where none was. Raises NotFound."""
    first, second = ask.whole("from", DIGITS), ask.whole("to", DIGITS)
    if first is None or second is None:
        return None
    found = records.versions(ask.db, record.id, {first, second})
    seen = {version: pledge for version, pledge in found.items() if editor or pledge.state is not State.DRAFT}
    if not {first, second} <= seen.keys():
        raise NotFound(
            N_("The record has no such versions."), f"/pledges/{record.id}/history", N_("The history of the record")
        )
    told = sentences(Names(ask.reference, record.names), seen[first], seen[second])
    return {"first": first, "second": second, "sentences": told}
