"""What an editor typed into a record and could not decide: kept as a suggestion of theirs, until somebody does."""

from collections.abc import Iterable

from starlette.responses import RedirectResponse, Response

from app.domain.field import Field
from app.domain.pledge import Pledge
from app.store import suggestions
from app.store.suggestions import Proposal
from app.web import entry
from app.web.ask import Ask
from app.web.changing import Typing
from app.web.current import someone
from app.web.forms import Form

LATER = "later"


def postponed(ask: Ask, number: int, some: Iterable[Field], was: Pledge, form: Form, typed: Typing) -> Response | None:
    """Where the draft is found again; None where it says nothing else than the record."""
    texts = {
        field.name: entry.read(form, field)
        for field in some
        if form.has(field.name) and entry.taken(ask, [field], was, form)[0] != was
    }
    if not texts:
        return None
    one = Proposal(
        texts=texts,
        pledge=number,
        seen=typed.found or typed.seen,
        source=typed.source,
        quote=typed.quote,
        comment=typed.comment,
        account=someone(ask).id,
    )
    with ask.writing() as db:
        kept = suggestions.postpone(db, one)
    address = f"/suggestions/{kept}"
    if ask.wants_fragment:
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
