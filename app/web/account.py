"""The page of one's own account, which several routes show again with what was wrong."""

from collections.abc import Mapping

from starlette.responses import Response

from app.domain.account import Scope
from app.domain.codes import N_
from app.store import second_steps, sessions, tokens
from app.web import words
from app.web.ask import Ask
from app.web.current import someone
from app.web.forms import Form, Problems
from app.web.render import page

DONE = {
    "name": N_("Your name is changed. What you wrote before keeps the old one."),
    "password": N_("Your password is changed. Everywhere else you are signed out."),
    "sessions": N_("You are signed out there."),
    "token": N_("The token has ended."),
    "second-step": N_("The second step is taken away. Your password alone lets you in."),
}


def account_page(ask: Ask, problems: Mapping[str, str] | None = None, typed: Form | None = None) -> Response:
    who, database = someone(ask), ask.request.app.state.database
    told = DONE.get(ask.request.query_params.get("done", ""), "")
    return page(
        ask,
        "account/show",
        status=422 if problems else 200,
        who=who,
        told=words.gettext(told) if told else "",
        problems=Problems.told(problems),
        typed=typed or Form(),
        sessions=sessions.of(database, who.id),
        tokens=tokens.of(database, who.id),
        scopes=[(str(scope), words.gettext(scope.title)) for scope in Scope],
        codes_left=second_steps.left(database, who.id),
    )
