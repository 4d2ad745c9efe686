"""What anybody may propose, without an account too, and what became of it by a link that only they have."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.codes import N_
from app.domain.pledge import State
from app.store import attempts, keys, records, suggestions
from app.store.attempts import TooOften
from app.store.records import Record
from app.web import proposed, suggesting, words
from app.web.ask import Ask, Asked, Number
from app.web.current import count_write
from app.web.errors import NotFound
from app.web.forms import Form, Problems, Typed
from app.web.render import page
from app.web.suggesting import BLANK, HONEY, Unsendable
from app.web.waiting import TO_WRITE

router = APIRouter()
AN_HOUR = 10  # from one address
OFTEN = N_("From your network, ten suggestions came within an hour. Please send this one a little later.")
# The link is a key: it is kept nowhere, and told to nobody.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@router.get("/suggestions/new")
def new(ask: Asked) -> Response:
    return _form(ask, None)


@router.post("/suggestions/new", dependencies=[TO_WRITE])
def create(ask: Asked, form: Typed) -> Response:
    return _sent(ask, None, form)


@router.get("/pledges/{number}/suggest")
def new_change(ask: Asked, number: Number) -> Response:
    return _form(ask, _record(ask, number))


@router.post("/pledges/{number}/suggest", dependencies=[TO_WRITE])
def create_change(ask: Asked, number: Number, form: Typed) -> Response:
    return _sent(ask, _record(ask, number), form)


@router.get("/suggestions/mine/{secret}")
def mine(ask: Asked, secret: str) -> Response:
    told = suggestions.of_secret(ask.db, secret)
    if told is None:
        raise NotFound(N_("There is no suggestion under this link. It may have been cut short."))
    link = f"{ask.base}/suggestions/mine/{secret}"
    answer = page(ask, "suggestions/mine", told=told, lines=proposed.lines(ask, told), link=link)
    answer.headers.update(PRIVATE)
    return answer


def _sent(ask: Ask, record: Record | None, form: Form) -> Response:
    count_write(ask)
    if form.raw(HONEY):  # whoever fills in what nobody sees learns nothing from the answer
        return _taken(ask, record, keys.fresh())
    try:
        one = suggesting.proposal(ask, record.id if record else None, form)
        with ask.writing() as db:
            client = ask.request.client
            attempts.count(db, "suggestion", client.host if client else "", AN_HOUR)
            secret = suggestions.make(db, one)
    except Unsendable as error:
        return _form(ask, record, form, error.problems, status=422)
    except TooOften as error:
        answer = _form(ask, record, form, {"form": words.gettext(OFTEN)}, status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    return _taken(ask, record, secret)


def _record(ask: Ask, number: int) -> Record:
    """What is not published is spoken of by nobody but its editors, who need not suggest. Raises NotFound."""
    record = records.find(ask.db, number)
    if record is None or record.state is not State.PUBLISHED:
        raise NotFound(N_("There is no pledge of this number."))
    return record


def _form(
    ask: Ask,
    record: Record | None,
    form: Form | None = None,
    problems: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> Response:
    number, pledge = (record.id, record.pledge) if record else (None, BLANK)
    found = Problems(problems or {})
    return page(
        ask,
        "suggestions/new",
        status=status,
        record=record,
        entries=suggesting.controls(ask, number, pledge, form, found),
        typed=form or Form(),
        seen=form.raw("seen") if form else record.latest if record else "",
        problems=found,
        honey=HONEY,
    )


def _taken(ask: Ask, record: Record | None, secret: str) -> Response:
    link = f"{ask.base}/suggestions/mine/{secret}"
    answer = page(ask, "suggestions/taken", record=record, link=link)
    answer.headers.update(PRIVATE)
    return answer
