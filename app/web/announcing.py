"""The form of a press release: what was typed, how each of its lines is read, what is in the way, and the save."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from app.domain.announcement import HEAD, LINE, ORIGIN, Announcement, Line, pledge_of
from app.domain.codes import N_
from app.domain.fault import faults
from app.domain.field import Wrong
from app.domain.lint import Doubt, errors, lints
from app.domain.pasted import Known, Pasted, lines_from
from app.domain.pledge import Pledge, State
from app.domain.record_fields import PACKAGE, SOURCE
from app.domain.source import Source
from app.store import announcing, around, editing
from app.store.folding import folded
from app.web import changing, entry, picks, words
from app.web.ask import Ask
from app.web.changing import Typing
from app.web.entry import Entry, Problems
from app.web.forms import Form, Problem

ROWS, MORE, MOST = 8, 8, 100
BESIDE = ("key", "comment", "overrule", "then", "pasted")
KEY = re.compile(r"p-[0-9a-f]{16}")
NOTHING = N_("Nothing is announced yet: fill in at least one line.")
TWICE = N_("Line %(number)s says the same.")
TOO_MANY = N_("At most 100 lines are taken at once; the others are still in the box.")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table. `reads` is how it is understood, once it was looked over; `out`: left out of the save."""

    number: int
    cells: list[Entry]
    out: bool = False
    reads: str = ""
    warnings: list[str] = field(default_factory=list)
    doubles: list[tuple[int, str]] = field(default_factory=list)

    @property
    def wrong(self) -> list[Entry]:
        return [one for one in self.cells if one.error]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A line as it is read, and what speaks against it. `pledge` None: it cannot be read yet."""

    number: int
    pledge: Pledge | None
    warnings: list[str] = field(default_factory=list)
    of_all: list[str] = field(default_factory=list)
    doubles: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Read:
    """The whole form, read. Problems are by the name of the field, of a line with its number: `quantity-3`."""

    told: Announcement
    key: str
    typed: Typing
    source: str | None = None
    made: Source | None = None
    lines: list[Looked] = field(default_factory=list)
    problems: Problems = field(default_factory=dict)

    @property
    def warnings(self) -> list[str]:
        """Of what holds for all lines, each once."""
        return list(dict.fromkeys(text for one in self.lines for text in one.of_all))

    @property
    def warned(self) -> bool:
        return any(one.warnings or one.of_all or one.doubles for one in self.lines)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the page shows; `faults` lead to the controls that are wrong."""

    head: list[Entry]
    origin: list[Entry]
    rows: list[Row]
    key: str
    comment: str
    overrule: str
    pasted: str
    problems: Problems
    warnings: list[str] = field(default_factory=list)
    looked: bool = False
    warned: bool = False

    @property
    def faults(self) -> list[tuple[str, str]]:
        """In the order of the page."""
        head = [(one.id, one.error) for one in (*self.head, *self.origin) if one.error]
        lines = [(one.id, f"{_line_words(row.number)}: {one.error}") for row in self.rows for one in row.wrong]
        beside = [(f"e-{name}", self.problems[name]) for name in BESIDE if name in self.problems]
        return head + lines + beside

    @property
    def first(self) -> str:
        return self.faults[0][0] if self.faults else ""


def ensure_known(form: Form) -> None:
    """Raises Misread for a field that the form does not have."""
    lines = (f"{name}-{number}" for number in range(1, MOST + 1) for name in (*LINE, "out"))
    form.ensure_only({*HEAD, *ORIGIN, *BESIDE, *lines})


def read(ask: Ask, form: Form) -> Read:
    told, problems = entry.taken(ask, HEAD.values(), Announcement(), form)
    told, wrong = entry.taken(ask, [one for one in ORIGIN.values() if one.name != "source"], told, form)
    beside = [pair for pair in form.pairs() if pair[0] in ("comment", "overrule", "then")]
    typed = changing.typing(Form([*beside, ("seen", "1")]), ())
    key = form.raw("key") if KEY.fullmatch(form.raw("key")) else editing.new_key()
    problems |= wrong | typed.problems
    source, made = _source(ask, form, told, problems)
    told_of = faults(PACKAGE.values(), told.package(key, source), date.today())
    problems = {name: words.gettext(text) for name, text in told_of.items() if name in HEAD} | problems
    lines = _lines(ask, form, told, key, source, problems)
    return Read(told=told, key=key, typed=typed, source=source, made=made, lines=lines, problems=problems)


def save(ask: Ask, read: Read, *, draft: bool) -> int:
    """Returns the number of the package."""
    state = State.DRAFT if draft else State.PUBLISHED
    pledges = [editing.with_state(one.pledge, state) for one in read.lines if one.pledge]
    note = words.gettext("Saved in spite of a warning: %(why)s") % {"why": read.typed.overrule} if read.warned else ""
    doing = changing.act(ask, changing.with_note(read.typed.comment, "" if draft else note))
    with ask.writing() as db:
        reference = ask.request.app.state.remembered(db)
        package = read.told.package(read.key, read.source)
        return announcing.announce(db, package, pledges, doing, source=read.made, reference=reference)


def shown(ask: Ask, form: Form, read: Read | None = None, *, problems: Problems | None = None, more: int = 0) -> Page:
    """The page with what was typed. With `read` each line says how it is understood."""
    problems = dict(read.problems) if read else problems or {}
    looked = {one.number: one for one in read.lines} if read else {}
    return Page(
        head=entry.entries(ask, HEAD, Announcement(), form, problems),
        origin=entry.entries(ask, ORIGIN, Announcement(), form, problems),
        rows=[_row(ask, form, number, problems, looked.get(number)) for number in range(1, _count(form, more) + 1)],
        key=read.key if read else form.raw("key") or editing.new_key(),
        comment=form.raw("comment"),
        overrule=form.raw("overrule"),
        pasted=form.raw("pasted"),
        problems=problems,
        warnings=read.warnings if read else [],
        looked=read is not None,
        warned=bool(read and read.warned),
    )


def with_pasted(ask: Ask, form: Form) -> tuple[Form, Problems]:
    """The form with the lines of the pasted table in its rows, behind those that hold something."""
    try:
        lines = lines_from(form.area("pasted"), _known_systems(ask))
    except Problem as error:
        return form, {"pasted": words.gettext(error.sentence)}
    filled = [number for number in range(1, MOST + 1) if _said(_texts(form, number))]
    start = max(filled, default=0)
    room = MOST - start
    put = {f"{name}-{start + place}": text for place, one in enumerate(lines[:room], 1) for name, text in _cells(one)}
    left = [line for line in form.area("pasted").splitlines() if line.strip()][room:]
    put["pasted"] = "\n".join(left)
    kept = [pair for pair in form.pairs() if pair[0] not in put]
    return Form([*kept, *put.items()]), {"pasted": words.gettext(TOO_MANY)} if left else {}


def _cells(one: Pasted) -> Iterable[tuple[str, str]]:
    return asdict(one).items()


def _count(form: Form, more: int) -> int:
    """How many rows the table has: those of the form, with one to spare."""
    there = [number for number in range(1, MOST + 1) if any(form.has(f"{name}-{number}") for name in LINE)]
    filled = [number for number in there if _said(_texts(form, number))]
    return min(MOST, max(ROWS, max(there, default=0) + more, max(filled, default=0) + 1))


def _texts(form: Form, number: int) -> dict[str, str]:
    return {name: form.raw(f"{name}-{number}") for name in LINE if form.has(f"{name}-{number}")}


def _said(texts: Mapping[str, str]) -> bool:
    """Whether a row holds something: a role or a unit alone says nothing."""
    return any(text.strip() for name, text in texts.items() if name not in ("role", "unit"))


def _row(ask: Ask, form: Form, number: int, problems: Problems, looked: Looked | None) -> Row:
    mine = {name: problems[f"{name}-{number}"] for name in LINE if f"{name}-{number}" in problems}
    row = Form(_texts(form, number).items())
    return Row(
        number=number,
        cells=[entry.entry(ask, one, "", row, mine, f"l{number}") for one in LINE.values()],
        out=form.raw(f"out-{number}") == "yes",
        reads=_reads(ask, looked.pledge) if looked and looked.pledge else "",
        warnings=looked.warnings if looked else [],
        doubles=looked.doubles if looked else [],
    )


def _source(ask: Ask, form: Form, told: Announcement, problems: Problems) -> tuple[str | None, Source | None]:
    """The key of the source, and the source itself where it is new."""
    try:
        key, made = picks.source_of(ask, form.text("source"))
    except (Wrong, Problem) as error:
        problems["source"] = words.gettext(error.sentence)
        return None, None
    if made is None:
        return key, None
    made = told.described(made)
    for name, sentence in faults(SOURCE.values(), made, date.today()).items():
        problems.setdefault({"title": "source_title", "url": "source"}.get(name, name), words.gettext(sentence))
    return key, made


def _lines(ask: Ask, form: Form, told: Announcement, key: str, source: str | None, problems: Problems) -> list[Looked]:
    """Those that are not left out. What is wrong with them is added to the problems."""
    found: list[Looked] = []
    for number in range(1, MOST + 1):
        texts = _texts(form, number)
        if _said(texts) and form.raw(f"out-{number}") != "yes":
            line, wrong = entry.taken(ask, LINE.values(), Line(), Form(texts.items()))
            problems |= {f"{name}-{number}": sentence for name, sentence in wrong.items()}
            line = replace(line, said=texts.get("quantity", ""))
            system = ask.reference.system(line.system) if line.system else None
            pledge = pledge_of(told, line, system, key, source)
            _refuse(pledge, number, bool(wrong.get("title")), problems)
            found.append(_looked(ask, number, pledge, bool(wrong), found))
    if not found:
        problems.setdefault("title-1", words.gettext(NOTHING))
    return found


def _refuse(pledge: Pledge, number: int, titled: bool, problems: Problems) -> None:
    for one in errors(pledge, date.today()):
        if one.field in HEAD and one.field != "title":
            problems.setdefault(one.field, changing.said(one))
        elif not (titled and one.field == "title"):
            problems.setdefault(f"{one.field if one.field in LINE else 'title'}-{number}", changing.said(one))


def _looked(ask: Ask, number: int, pledge: Pledge, wrong: bool, before: Iterable[Looked]) -> Looked:
    if wrong:
        return Looked(number=number, pledge=None)
    found = around.of(ask.db, ask.reference, None, pledge, date.today())
    told = [one for one in lints(pledge, found) if one.code is not Doubt.LIKELY_DOUBLE]
    of_all = [changing.said(one) for one in told if one.field in HEAD and one.field not in LINE]
    warnings = [changing.said(one) for one in told if one.field in LINE]
    warnings += [words.gettext(TWICE) % {"number": one.number} for one in before if _same(one.pledge, pledge)]
    doubles = around.doubles(ask.db, ask.reference, None, pledge) if found.doubles else {}
    titles = [(other, f"{one.title}, {words.when_short(one.announced)}") for other, one in doubles.items()]
    return Looked(number=number, pledge=pledge, warnings=warnings, of_all=of_all, doubles=titles)


def _same(one: Pledge | None, other: Pledge) -> bool:
    return one is not None and replace(one, claims=()) == replace(other, claims=())


def _reads(ask: Ask, pledge: Pledge) -> str:
    """About 200 missiles (180–220, assumed) · EUR 5m · Patriot · interceptor"""
    number = words.quantity(pledge.quantity, pledge.unit)
    system = ask.reference.system(pledge.system) if pledge.system else None
    told = [
        f"{number} ({number.note})" if number.note else str(number),
        words.money_full(pledge.amount) if pledge.amount else "",
        system.name if system else words.gettext("no system"),
        words.word(pledge.role),
        words.gettext("counted in %(unit)s") % {"unit": words.word(pledge.unit)}
        if not pledge.quantity.numbered
        else "",
    ]
    return " · ".join(one for one in told if one)


def _known_systems(ask: Ask) -> Known:
    """Whether a text names one system of the tree: by its slug or code, or by a name that no other has."""
    first, times = set(), dict[str, int]()
    for one in ask.reference.systems.values():
        first |= {folded(one.slug), folded(one.code)}
        names = {folded(name) for name in (one.name, one.name_de, one.name_uk, *one.aliases) if name}
        for name in names:
            times[name] = times.get(name, 0) + 1
    return lambda text: folded(text) in first or times.get(folded(text)) == 1


def _line_words(number: int) -> str:
    return words.gettext("Line %(number)s") % {"number": number}
