"""What pledges refer to: donors, systems, meetings, packages and sources; read, made and changed."""

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path
from starlette.responses import Response

from app.domain.donor import Donor
from app.domain.system import System
from app.store import lists
from app.store.lists import Page
from app.web.api import answers, conditions, examples, kinds, parameters, schemas, told
from app.web.api.answers import Told
from app.web.api.asking import NOT_KNOWN, Asking, Reading
from app.web.api.body import Given
from app.web.api.describing import ETAG, KEPT, MERGE, listing, reads, writes
from app.web.api.describing import answers as answered
from app.web.api.kinds import KINDS, Kind
from app.web.ask import Ask
from app.web.current import Editor

router = APIRouter(prefix="/api/v1", tags=["What pledges refer to"])
SAYS = {
    "donors": "Donors, by the words of their names.",
    "systems": "The tree of systems, by the words of their names; with `system` a node and all below it.",
    "events": "Meetings, and with a filter those of the pledges that match.",
    "packages": "Packages, and with a filter those of the pledges that match.",
    "sources": "Sources, and with a filter those of the pledges that match; words are looked for in the source itself.",
}
SYSTEM_ASKED = next(one for one in parameters.FACETS if one["name"] == "system")
TAKES = {
    "donors": [parameters.Q, parameters.KINDS["donors"]],
    "systems": [parameters.Q, SYSTEM_ASKED],
    "events": [*parameters.FILTER],
    "packages": [*parameters.FILTER],
    "sources": [*parameters.FILTER, parameters.KINDS["sources"]],
}
LOCATION = {"description": "Where it stands.", "schema": {"type": "string"}, "example": "/api/v1/sources/12"}
PARTS: dict[str, Any] = {
    "donor": {"name_de": "Schweden"},
    "system": {"maker": None},
    "event": {"place": "Brussels"},
    "source": {"archive_url": "https://web.archive.org/web/2024/https://www.example.org/"},
    "package": {"note": "Looked up again."},
}
PATTERNS = {"number": "^[0-9]{1,15}$", "code": "^[A-Z0-9]+$", "slug": "^[a-z0-9]+(-[a-z0-9]+)*$"}


@dataclass(frozen=True)
class Said:
    """What the addresses of one kind say of themselves. `at` is that of a record, `path` what FastAPI is told of
    the part that names it, `found` the answer with the record."""

    one: str
    schema: str
    at: str
    path: Any
    found: dict[str, Any]


def said(kind: Kind) -> Said:
    one, schema = kind.record, kind.record.capitalize()
    by = "number" if kind.by == "id" else kind.by
    called = f"{'Number' if kind.by == 'id' else 'Code' if kind.by == 'code' else 'Name in addresses'} of the {one}."
    example = "12" if kind.by == "id" else str(getattr(examples.RECORDS[one], kind.by))
    return Said(
        one,
        schema,
        f"/{kind.place}/{{{by}}}",
        Path(alias=by, description=called, examples=[example], min_length=1, pattern=PATTERNS[by]),
        answered(schemas.ref(f"{schema}Found"), examples.answered(one), "The record.", {"ETag": ETAG}),
    )


def offer_reading(kind: Kind) -> None:
    """The addresses of one kind that are read."""
    of = said(kind)
    one, schema = of.one, of.schema
    Name = Annotated[str, of.path]
    known = list(schemas.components()[f"{schema}Found"]["properties"])
    listed = [name for name in known if name != "version"] if kind.place in ("donors", "systems") else known
    some = answered(schemas.ref(f"{schema}Read"), examples.answered(one), "The record, or some fields.", {"ETag": ETAG})
    rows = {name: value for name, value in examples.answered(one).items() if name in listed}

    @router.get(
        f"/{kind.place}",
        summary=f"{kind.place.capitalize()}",
        description=SAYS[kind.place],
        operation_id=f"list_{kind.place}",
        **listing(f"{schema}Listed", rows, [*TAKES[kind.place], *parameters.PAGING, parameters.fields(listed)]),
    )
    def index(ask: Reading) -> Response:
        asking = Asking(ask)
        fields = asking.fields(listed)
        page, shown = LISTS[kind.place](ask, asking)
        return answers.page(ask, page, shown, fields)

    @router.get(
        of.at,
        summary=f"One {one}",
        operation_id=f"read_{one}",
        description="The record with its version.",
        **reads(
            {200: {**of.found, "content": some["content"]}, **KEPT},
            [parameters.fields(known), parameters.IF_NONE_MATCH],
            404,
        ),
    )
    def show(ask: Reading, name: Name) -> Response:
        asking = Asking(ask)
        fields = asking.fields(known)
        asking.ensure_sound()
        return _shown(ask, kind, name, fields=fields)


def offer_writing(kind: Kind) -> None:
    """The addresses of one kind that make and change."""
    of = said(kind)
    one, schema = of.one, of.schema
    Name = Annotated[str, of.path]

    @router.post(
        f"/{kind.place}",
        status_code=201,
        summary=f"Make a {one}",
        operation_id=f"create_{one}",
        description=f"Names that are left out are made: {', '.join(kind.names)}.",
        **writes(
            {201: {**of.found, "description": "It was made.", "headers": {"ETag": ETAG, "Location": LOCATION}}},
            schemas.ref(f"{schema}Given"),
            examples.given(one),
            [parameters.COMMENT],
            409,
        ),
    )
    def create(ask: Editor, given: Given) -> Response:
        made = kinds.create(ask, kind, given)
        name = str(made.id if kind.by == "id" else getattr(made.value, kind.by))
        return _shown(ask, kind, name, status=201, at=f"/api/v1/{kind.place}/{name}")

    @router.put(
        of.at,
        summary=f"Put a whole {one} in place",
        operation_id=f"put_{one}",
        description=f"What is left out stands at its default; the names stay: {', '.join(kind.names)}.",
        **writes(
            {200: of.found},
            schemas.ref(f"{schema}Given"),
            examples.given(one),
            [parameters.IF_MATCH, parameters.COMMENT],
            404,
            412,
            428,
        ),
    )
    def put(ask: Editor, name: Name, given: Given) -> Response:
        kinds.change(ask, kind, name, conditions.wanted(ask.request), given, whole=True)
        return _shown(ask, kind, name)

    @router.patch(
        of.at,
        summary=f"Change some attributes of a {one}",
        operation_id=f"change_{one}",
        description="Attributes are put in place whole, null empties, the others stay.",
        **writes(
            {200: of.found},
            schemas.ref(f"{schema}Part"),
            PARTS[one],
            [parameters.IF_MATCH, parameters.COMMENT],
            404,
            412,
            428,
            kind=MERGE,
        ),
    )
    def change(ask: Editor, name: Name, given: Given) -> Response:
        kinds.change(ask, kind, name, conditions.wanted(ask.request), given, whole=False)
        return _shown(ask, kind, name)


def _shown(
    ask: Ask, kind: Kind, name: str, *, status: int = 200, fields: list[str] | None = None, at: str = ""
) -> Response:
    found = kinds.find(ask, kind, name)
    whole = told.referred(found.id, found.version, found.value)
    return answers.record(ask, whole, found.version, status=status, fields=fields, at=at)


def _donors(ask: Ask, asking: Asking) -> tuple[Page, list[Told]]:
    q, kind = asking.text("q"), asking.one_of("kind", parameters.KINDS["donors"]["schema"]["enum"])
    held = ask.reference.donors.items()
    return _held(
        asking,
        [Held(number, one) for number, one in held if (not kind or one.kind == kind) and _speaks_of(q, one)],
    )


def _systems(ask: Ask, asking: Asking) -> tuple[Page, list[Told]]:
    q, tops = asking.text("q"), []
    for slug in ask.request.query_params.getlist("system"):
        top = ask.reference.system(slug)
        if top is None:
            asking.refuse("system", NOT_KNOWN, slug)
        else:
            tops.append(top.code)
    held = ask.reference.systems.items()
    return _held(
        asking,
        [
            Held(number, one)
            for number, one in held
            if (not tops or any(one.code == top or one.code.startswith(f"{top}.") for top in tops))
            and _speaks_of(q, one)
        ],
    )


class Held(NamedTuple):
    """A record that is held whole, with its number."""

    id: int
    value: Any


def _held(asking: Asking, found: list[Held]) -> tuple[Page, list[Told]]:
    """A page of what is held whole, in the order of the numbers."""
    place = asking.place()
    asking.ensure_sound()
    ordered = sorted(found, key=lambda one: one.id)
    if place.before is not None:
        rows = [one for one in reversed(ordered) if one.id < place.before]
    else:
        rows = [one for one in ordered if place.after is None or one.id > place.after]
    page = lists.cut(rows, place)
    return page, [told.referred(one.id, None, one.value) for one in page.rows]


def _speaks_of(q: str, one: Donor | System) -> bool:
    names = (one.code, one.name, one.name_de, one.name_uk, *one.aliases)
    return not q or any(q.casefold() in name.casefold() for name in names)


def _sources(ask: Ask, asking: Asking) -> tuple[Page, list[Told]]:
    wanted, place = asking.wanted(), asking.place()
    kind = asking.one_of("kind", parameters.KINDS["sources"]["schema"]["enum"])
    asking.ensure_sound()
    given = [lists.SOURCE.c.kind == kind] if kind else []
    found = lists.of_sources(ask.db, wanted, ask.reference, place, given)
    return found, [told.source_row(row) for row in found.rows]


def _packages(ask: Ask, asking: Asking) -> tuple[Page, list[Told]]:
    wanted, place = asking.wanted(), asking.place()
    asking.ensure_sound()
    found = lists.of_packages(ask.db, wanted, ask.reference, place)
    return found, [told.package_row(row, ask.reference) for row in found.rows]


def _events(ask: Ask, asking: Asking) -> tuple[Page, list[Told]]:
    wanted, place = asking.wanted(), asking.place()
    asking.ensure_sound()
    found = lists.of_events(ask.db, wanted, ask.reference, place)
    return found, [told.event_row(row) for row in found.rows]


LISTS = {"donors": _donors, "systems": _systems, "events": _events, "packages": _packages, "sources": _sources}

for one in KINDS.values():
    offer_reading(one)
    offer_writing(one)
