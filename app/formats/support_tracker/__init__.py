"""The Kiel Institute's Ukraine Support Tracker, in every layout from its first releases on: lines into records."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.domain.codes import N_
from app.domain.source import Source
from app.formats.headed import Headed, headed
from app.formats.record import told
from app.formats.row import Fault, Known, Label, Place, Read, Row, Sheet, Unmapped, Unreadable
from app.formats.support_tracker.columns import MISSING, main_table
from app.formats.support_tracker.corrections import corrections_in
from app.formats.support_tracker.dataset import DATASET
from app.formats.support_tracker.lines import Line, lines_of
from app.formats.support_tracker.packages import packages_of
from app.formats.support_tracker.pledges import Release, item_of
from app.formats.support_tracker.published import published_sums
from app.formats.support_tracker.sources import Sources
from app.formats.support_tracker.sums import sums_of

RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")

NO_RELEASE = N_("Say which release of the Ukraine Support Tracker this is, by its number, as in “28”.")
NO_LINES = N_("The sheet “%(sheet)s” has headings, and no line beneath them.")
NOT_SET_OFF = N_(
    "The line takes EUR %(value)s more back than the donor’s other lines of this kind are worth; the records add up to "
    "more than the dataset by that."
)
UNMAPPED = N_("“%(value)s” is an item that nobody has said the meaning of yet; the pledge has no system.")


def rows(sheets: Sequence[Sheet], known: Known) -> Iterator[Read]:
    """Which release it is no file says; whoever imports has to. Raises Unreadable."""
    if not RELEASE.fullmatch(known.release):
        raise Unreadable(NO_RELEASE)
    opened = [headed(sheet) for sheet in sheets]
    table = main_table(opened)
    lines = list(lines_of(table, known))
    if not lines:
        raise Unreadable(NO_LINES, sheet=table.sheet)
    days = [line.when.latest for line in lines if line.when.latest and line.when.earliest == line.when.latest]
    until = max(days, default=None)
    yield Label(dataset=DATASET, release=known.release, until=until, rows=len(lines))

    sources = Sources(known)
    release = Release(known, until, packages_of(lines, sources, known), sources, corrections_in(lines))
    yield from _records(release, lines)
    yield from sums_of(lines)
    yield from published_sums([sheet for sheet in opened if sheet.name != table.sheet], known)
    yield from _unmapped(lines, known)


def recognises(sheets: Sequence[Headed]) -> bool:
    """Whether one of the sheets has the tracker's headings, be it too few of them."""
    try:
        main_table(sheets)
    except Unreadable as problem:
        return problem.sentence == MISSING
    return True


def _records(release: Release, lines: Iterable[Line]) -> Iterator[Row]:
    """Each pledge after the sources and the package that it names, each of which comes once."""
    given: set[str] = set()
    for line in lines:
        if line.refused:
            yield Row(place=line.place, group=line.activity, faults=line.faults)
            continue
        package = release.packages.of.get(line.group)
        for source in _needed(release, line):
            if source.key not in given:
                given.add(source.key)
                yield Row(place=line.place, record="source", given=told(source))
        if package and package.key not in given:
            given.add(package.key)
            yield Row(place=line.place, record="package", given=told(package))
        faults = line.faults
        if left := release.corrections.left.get(line.place.row):
            faults += (Fault(place=line.place, sentence=NOT_SET_OFF, value=f"{left.normalize():f}"),)
        if item_of(line, release.known) is None:
            place = replace(line.place, column=line.item_heading)
            faults += (Fault(place=place, sentence=UNMAPPED, value=line.item[:200]),)
        yield Row(place=line.place, given=told(release.pledge(line)), group=line.activity, faults=faults)


def _needed(release: Release, line: Line) -> Iterator[Source]:
    """The sources of the line, and of the whole package where it is the first of it."""
    several = line.group in release.packages.of
    for one in release.packages.groups[line.group] if several else [line]:
        yield from release.sources.told(one)
        yield from release.sources.arrived(one)


def _unmapped(lines: Iterable[Line], known: Known) -> Iterator[Unmapped]:
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Place] = {}
    for line in lines:
        names = [("donor", line.donor_words)] if line.donor_words and not line.donor else []
        if line.item and not line.refused and item_of(line, known) is None:
            names.append(("item", line.item))
        for name in names:
            counts[name] += 1
            first.setdefault(name, line.place)
    for (kind, name), count in counts.items():
        yield Unmapped(kind="donor" if kind == "donor" else "item", name=name, lines=count, first=first[kind, name])
