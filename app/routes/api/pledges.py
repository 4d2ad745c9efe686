"""Pledges: a list of a filter, one record whole, and the ways to write it."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.pledge import State
from app.store import lists, records
from app.store.editing import Written
from app.store.records import Record
from app.web.api import answers, batch, conditions, examples, parameters, saving, schemas, told
from app.web.api.asking import Asking, Number, Reading
from app.web.api.body import Given
from app.web.api.describing import ETAG, KEPT, MERGE, listing, reads, writes
from app.web.api.describing import answers as answered
from app.web.api.problems import Refused
from app.web.ask import Ask
from app.web.current import Editor

router = APIRouter(prefix="/api/v1", tags=["Pledges"])
BATCH = 8 * 1024 * 1024  # bytes of a thousand records
DELETED = N_("This pledge was deleted.")
LISTED = list(schemas.components()["PledgeListed"]["properties"])
FOUND = list(schemas.components()["PledgeFound"]["properties"])
ONE = answered(schemas.ref("PledgeFound"), examples.pledge_answered(), "The record.", {"ETag": ETAG})
SOME = answered(schemas.ref("PledgeRead"), examples.pledge_answered(), "The record, or some fields.", {"ETag": ETAG})
PLACE = {"Location": {"description": "Where it stands.", "schema": {"type": "string"}, "example": "/api/v1/pledges/7"}}
MADE = answered(schemas.ref("PledgeFound"), examples.pledge_answered(), "It was made.", {"ETag": ETAG} | PLACE)
ROWS = schemas.thing("What became of each row.", {"data": schemas.several(schemas.ref("Row"))})
ODD = {"description": "Anything else is refused by its row."}
ROW = {"place": 0, "key": examples.PLEDGE.key, "result": "created", "id": 7, "version": 1}


@router.get(
    "/pledges",
    summary="Pledges of a filter",
    operation_id="list_pledges",
    **listing(
        "PledgeListed",
        examples.listed(),
        [*parameters.FILTER, parameters.SORT, *parameters.PAGING, parameters.fields(LISTED)],
    ),
)
def index(ask: Reading) -> Response:
    """Without claims, milestones, parties and links, which stand in the record itself and in lists of their own."""
    asking = Asking(ask)
    wanted, fields = asking.wanted(), asking.fields(LISTED)
    asking.ensure_sound()
    found = lists.of_pledges(ask.db, wanted, ask.reference)
    return answers.page(ask, found, [told.pledge_row(row, ask.reference) for row in found.rows], fields)


@router.get(
    "/pledges/{number}",
    summary="One pledge, whole",
    operation_id="read_pledge",
    **reads({200: SOME, **KEPT}, [parameters.fields(FOUND), parameters.IF_NONE_MATCH], 404, 410),
)
def show(ask: Reading, number: Number) -> Response:
    """The record with its parts, what follows from it, and the names of what it refers to."""
    asking = Asking(ask)
    fields = asking.fields(FOUND)
    asking.ensure_sound()
    return _shown(ask, _found(ask, number), fields=fields)


@router.post(
    "/pledges",
    status_code=201,
    summary="Make a pledge",
    operation_id="create_pledge",
    **writes(
        {201: MADE},
        schemas.ref("PledgeGiven"),
        examples.given("pledge"),
        [parameters.COMMENT, parameters.OVERRULE],
        409,
    ),
)
def create(ask: Editor, given: Given) -> Response:
    """A key is made where none is told. What is left out stands at its default."""
    written = saving.create(ask, given)
    return _shown(ask, _written(ask, written), status=201, at=f"/api/v1/pledges/{written.id}")


@router.put(
    "/pledges",
    summary="Put many pledges by their keys",
    operation_id="put_pledges",
    max_body_size=BATCH,
    **writes(
        {200: answered(ROWS, {"data": [ROW]}, "What became of each row, in their order.")},
        {"type": "array", "items": {"anyOf": [schemas.ref("PledgeGiven"), ODD]}, "maxItems": batch.MOST},
        [examples.given("pledge")],
        [parameters.MODE, parameters.COMMENT],
        409,
    ),
)
def put_many(ask: Editor, given: Given) -> Response:
    """A key that is not known yet makes a record, a known one puts the whole of it in place. A row may carry the
    `version` that was read, and is refused when the record has changed since. What is written is one change; what looks
    wrong is not asked about. With `mode=all` a row that is wrong refuses all, and the answer is 422 with `results`."""
    return Response(answers.body_of({"data": batch.put(ask, given)}), media_type=answers.KIND)


@router.put(
    "/pledges/{number}",
    summary="Put a whole pledge in place",
    operation_id="put_pledge",
    **writes(
        {200: ONE},
        schemas.ref("PledgeGiven"),
        examples.given("pledge"),
        [parameters.IF_MATCH, parameters.COMMENT, parameters.OVERRULE],
        404,
        412,
        428,
    ),
)
def put(ask: Editor, number: Number, given: Given) -> Response:
    """What is left out stands at its default, but for the key and the state, which stay. What was read can be sent
    back: attributes that follow from others are not read. A record that has changed since is never merged: 412."""
    return _shown(ask, _written(ask, saving.put(ask, number, conditions.wanted(ask.request), given)))


@router.patch(
    "/pledges/{number}",
    summary="Change some attributes of a pledge",
    operation_id="change_pledge",
    **writes(
        {200: ONE},
        schemas.ref("PledgePart"),
        {"note": "Looked up again.", "supplier": None},
        [parameters.IF_MATCH, parameters.COMMENT, parameters.OVERRULE],
        404,
        412,
        428,
        kind=MERGE,
    ),
)
def change(ask: Editor, number: Number, given: Given) -> Response:
    """Attributes of the record are put in place whole, null empties, the others stay. A figure that changes without its
    claims has no source any more. `{"state": "published"}` publishes a draft and restores what was deleted."""
    return _shown(ask, _written(ask, saving.patch(ask, number, conditions.wanted(ask.request), given)))


@router.delete(
    "/pledges/{number}",
    status_code=204,
    summary="Delete a pledge",
    operation_id="delete_pledge",
    **writes(
        {204: {"description": "It was deleted.", "headers": {"ETag": ETAG}}},
        None,
        None,
        [parameters.IF_MATCH, parameters.COMMENT],
        404,
        412,
        428,
    ),
)
def delete(ask: Editor, number: Number) -> Response:
    """It leaves its history behind, and can be restored."""
    written = saving.delete(ask, number, conditions.wanted(ask.request))
    return Response(status_code=204, headers={"ETag": f'"{written.version}"'})


def _found(ask: Ask, number: int) -> Record:
    """Raises Refused. Drafts and deleted records are for editors."""
    found = records.find(ask.db, number)
    editor = bool(ask.who and ask.who.may_edit)
    if found is None or (found.state is State.DRAFT and not editor):
        raise Refused(404, saving.SENTENCE)
    if found.state is State.DELETED and not editor:
        raise Refused(410, DELETED)
    return found


def _written(ask: Ask, written: Written) -> Record:
    found = records.find(ask.db, written.id)
    if found is None:
        raise Refused(404, saving.SENTENCE)
    return found


def _shown(ask: Ask, found: Record, *, status: int = 200, fields: list[str] | None = None, at: str = "") -> Response:
    row = lists.rows_of(ask.db, [found.id])[found.id]
    whole = told.pledge(found, row, ask.reference)
    return answers.record(ask, whole, found.version, status=status, fields=fields, at=at)
