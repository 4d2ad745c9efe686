"""Packages: the lines of one activity and day, where there are several."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.package import Package
from app.formats.row import Known
from app.formats.support_tracker.dataset import DATASET
from app.formats.support_tracker.lines import Line
from app.formats.support_tracker.money import booked, euros_per_dollar, total_of
from app.formats.support_tracker.sources import Sources

Group = tuple[str, str]  # the activity and its day


@dataclass(frozen=True)
class Packages:
    """What the lines belong to."""

    groups: dict[Group, list[Line]]
    of: dict[Group, Package]
    dollars: Decimal | None  # euros for one, in this release


def packages_of(lines: Iterable[Line], sources: Sources, known: Known) -> Packages:
    groups: dict[Group, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.refused:
            groups[line.group].append(line)
    dollars = euros_per_dollar(line for group in groups.values() for line in group)
    several = {group: lines for group, lines in groups.items() if len(lines) > 1 and lines[0].named}
    titles = Counter(_title(lines[0], known) for lines in several.values())
    found = {group: _package(group, lines, titles, sources, known, dollars) for group, lines in several.items()}
    return Packages(groups, found, dollars)


def _package(
    group: Group, lines: list[Line], titles: Counter[str], sources: Sources, known: Known, dollars: Decimal | None
) -> Package:
    title = _title(lines[0], known)
    total = total_of(lines, dollars)
    return Package(
        key=f"kiel-{known.release.lower()}/{'/'.join(group)}",
        donor=lines[0].donor,
        title=f"{title} ({group[0]})" if titles[title] > 1 else title,
        announced=lines[0].when,
        total=total.stated,
        value=total.value,
        note=" ".join(note for note in (total.note, booked(lines, dollars)) if note),
        dataset=DATASET,
        release=known.release,
        dataset_key="/".join(group),
        sources=tuple(sorted({source.key for line in lines for source in sources.told(line)})),
    )


def _title(line: Line, known: Known) -> str:
    """Two packages of one donor and day are told apart by the dataset's name of the activity."""
    donor = known.donor_names.get(line.donor, line.donor)
    latest = line.when.latest
    if latest is None:
        return f"{donor} package, undated"
    by = "of" if line.when.earliest == latest else "until"
    return f"{donor} package {by} {latest.day} {latest:%B %Y}"
