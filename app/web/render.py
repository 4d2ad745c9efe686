"""The only door to the templates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from app.charts import DRAWING
from app.domain.account import Role
from app.domain.codes import N_
from app.settings import Settings
from app.store.reference import Reference
from app.web import acts, imports, listing, words
from app.web.ask import Ask
from app.web.asked_for import unread_words
from app.web.assets import Assets
from app.web.origin import safe_path
from app.web.who import Who

NAVIGATION = [
    (N_("Overview"), "/"),
    (N_("Pledges"), "/pledges"),
    (N_("Donors"), "/donors"),
    (N_("Systems"), "/systems"),
    (N_("Events"), "/events"),
    (N_("Sources"), "/sources"),
    (N_("Quality"), "/quality"),
]
# What else somebody signed in is led to: title, address, and the least role.
THEIRS: list[tuple[str, str, Role]] = [
    (N_("Press release"), "/announcements/new", Role.EDITOR),
    (N_("Suggestions"), "/suggestions", Role.CONTRIBUTOR),
    (N_("Drafts"), "/drafts", Role.EDITOR),
    (N_("Changes"), "/changes", Role.CONTRIBUTOR),
    (N_("Imports"), "/imports", Role.EDITOR),
    (N_("Accounts"), "/accounts", Role.ADMIN),
]
VARY = "HX-Request, HX-Request-Type, Cookie"


@dataclass(frozen=True)
class Site:
    """What every page says of the records: what they cover, how far, and when they last changed."""

    nav: list[tuple[str, str]]
    here: str
    coverage: str
    records: int
    donors: int
    until: date | None
    changed: datetime | None
    as_of: date | None
    now: datetime
    sources: str  # who stands behind the figures
    today: str  # this page without `as_of`
    unread: list[str]  # what is wrong with the day asked for, where the page itself does not say so
    who: Who | None
    places: list[tuple[str, str]]  # that are theirs
    address: str  # of this page, to come back to
    sign_in: str


def environment(settings: Settings, assets: Assets) -> Environment:
    env = Environment(
        loader=FileSystemLoader(settings.templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore
    env.filters |= words.FILTERS | listing.FILTERS | acts.FILTERS | imports.FILTERS
    env.globals.update(words.GLOBALS | DRAWING | {"asset": assets.address})  # type: ignore
    return env


def page(ask: Ask, name: str, *, fragment: str = "", address: str = "", status: int = 200, **values: Any) -> Response:
    """The page `pages/<name>.html`; or, when htmx asks for a part, `partials/<fragment>.html`, which the page
    includes. `address` is the shortest one of the same page: the browser shows it in place of what a form sent."""
    part = fragment if fragment and ask.wants_fragment else ""
    env: Environment = ask.request.app.state.templates
    template = env.get_template(f"partials/{part}.html" if part else f"pages/{name}.html")
    values.setdefault("as_of", ask.wanted.as_of)
    told = template.render(
        site=site(ask, values["as_of"], [] if "unread" in values else _misdated(ask)),
        reference=ask.reference,
        canonical=ask.base + ask.request.url.path,
        **values,
    )
    headers = {"Vary": VARY} | ({"HX-Push-Url": address} if part and address else {})
    return HTMLResponse(told, status, headers=headers)


def part(ask: Ask, name: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> Response:
    """A part of a page alone, `partials/<name>.html`: what htmx asked for and no page includes as it is."""
    env: Environment = ask.request.app.state.templates
    told = env.get_template(f"partials/{name}.html").render(reference=ask.reference, **values)
    return HTMLResponse(told, status, headers={"Vary": VARY} | (headers or {}))


def site(ask: Ask, as_of: date | None, unread: list[str]) -> Site:
    reference, path = ask.reference, ask.request.url.path
    here = next((href for _, href in NAVIGATION if href != "/" and path.startswith(href)), "/" if path == "/" else "")
    kept = f"?as_of={as_of.isoformat()}" if as_of else ""
    return Site(
        nav=[(title, href + kept) for title, href in NAVIGATION],
        here=here + kept if here else "",
        sources=source_line(reference),
        today=without_day(ask),
        coverage=coverage(reference),
        records=reference.records,
        donors=reference.giving,
        until=reference.until,
        changed=reference.changed_at,
        as_of=as_of,
        now=datetime.now(UTC),
        unread=unread,
        who=ask.who,
        places=[(title, href) for title, href, role in THEIRS if ask.who and ask.who.may(role)],
        address=address_of(ask),
        sign_in=_sign_in(ask),
    )


def address_of(ask: Ask) -> str:
    """Where to come back to. What answered a form that was sent cannot be asked for again."""
    url = ask.request.url
    return safe_path(url.path + (f"?{url.query}" if url.query else "")) if ask.request.method == "GET" else "/"


def _sign_in(ask: Ask) -> str:
    here = address_of(ask)
    return "/sign-in" if here == "/" or here.startswith("/sign-in") else f"/sign-in?{urlencode({'next': here})}"


def _misdated(ask: Ask) -> list[str]:
    return unread_words(tuple(one for one in ask.wanted.unread if one.parameter == "as_of"))


def without_day(ask: Ask) -> str:
    """The address of this page as things stand today."""
    left = [(name, value) for name, value in ask.request.query_params.multi_items() if name != "as_of"]
    path = ask.request.url.path
    return f"{path}?{urlencode(left)}" if left else path


def source_line(reference: Reference) -> str:
    """Who stands behind the figures."""
    datasets = sorted({(reach.dataset, reach.release) for reach in reference.reaches})
    told = words.listed(
        words.gettext("%(dataset)s, release %(release)s") % {"dataset": name, "release": release}
        for name, release in datasets
    )
    if not told:
        return words.gettext("The sources are named on each record.")
    return words.gettext("%(datasets)s, and the sources named on each record.") % {"datasets": told}


def coverage(reference: Reference) -> str:
    """What the records cover, and that the rest is not there yet."""
    if reference.whole:
        return words.gettext("military, humanitarian and financial aid")
    names = [system.name for reach in reference.coverage if (system := reference.system(reach.system))]
    if not names:
        return ""
    told = words.listed(name[0].lower() + name[1:] for name in names)
    return words.gettext("%(systems)s; other aid not yet") % {"systems": told}
