"""What was changed by whom: all changes, and those of one pledge."""

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.pledge import State
from app.store import changes, lists, records
from app.store.changes import Done, Wanted
from app.web.acts import RECORDS
from app.web.api import answers, parameters, saving
from app.web.api.answers import Told
from app.web.api.asking import Asking, Number, Reading
from app.web.api.describing import listing
from app.web.api.problems import Refused
from app.web.api.schema_examples import ACT, CHANGE
from app.web.ask import Ask

router = APIRouter(prefix="/api/v1", tags=["History"])
OF_CHANGE, OF_ACT = list(CHANGE), list(ACT)
ASKED = [
    parameters.query("record", "Changes that touched such a record.", {"type": "string", "enum": [*RECORDS]}, "pledge"),
    parameters.query("author", "Name of whoever did it.", {**parameters.WORDS}, "Anna Lind"),
    parameters.query("origin", "Where it came from.", {**parameters.WORDS, "maxLength": 40}, "api"),
    parameters.query("since", "On that day or later.", parameters.DAY, "2024-01-01"),
]


@router.get(
    "/changes",
    summary="Changes, the newest first",
    operation_id="list_changes",
    **listing("Change", CHANGE, [*ASKED, *parameters.PAGING, parameters.fields(OF_CHANGE)]),
)
def index(ask: Reading) -> Response:
    """Each is one act of one author, with the first few records that it touched. `after` goes back in time."""
    asking = Asking(ask)
    place, fields = asking.place(), asking.fields(OF_CHANGE)
    since = asking.day("since")
    wanted = Wanted(
        author=asking.text("author"),
        record=asking.one_of("record", RECORDS),
        origin=asking.text("origin", 40),
        since=datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None,
        before=place.after,
        after=place.before,
    )
    asking.ensure_sound()
    rows = changes.find(ask.db, wanted, place.per + 1)
    found = lists.cut(rows, place)
    return answers.page(ask, found, [_change(ask, one) for one in found.rows], fields)


@router.get(
    "/pledges/{number}/history",
    summary="What happened to a pledge, the newest first",
    operation_id="list_history",
    **listing("Act", ACT, [*parameters.PAGING, parameters.fields(OF_ACT)], 404),
)
def history(ask: Reading, number: Number) -> Response:
    """Versions take the place of numbers: `after` goes back in time. That of a deleted record can be read; what was
    written as a draft is for editors."""
    asking = Asking(ask)
    place, fields = asking.place(), asking.fields(OF_ACT)
    asking.ensure_sound()
    editor = bool(ask.who and ask.who.may_edit)
    state = records.state(ask.db, number)
    if state is None or (state is State.DRAFT and not editor):
        raise Refused(404, saving.SENTENCE)
    rows = records.history(ask.db, number, drafts=editor, before=place.after, after=place.before, most=place.per + 1)
    found = lists.cut(rows, place, "version")
    return answers.page(ask, found, [vars(one) for one in found.rows], fields)


def _change(ask: Ask, done: Done) -> Told:
    editor = bool(ask.who and ask.who.may_edit)
    return {
        "id": done.id,
        "at": done.at,
        "author": done.author,
        "comment": done.comment,
        "origin": done.origin,
        "reverts": done.reverts,
        "count": done.count,
        "effects": [
            {
                "record": one.record,
                "id": one.record_id,
                "key": one.key,
                "operation": one.operation,
                "version": one.version,
            }
            for one in done.effects
            if editor or one.operation != "draft"
        ],
    }
