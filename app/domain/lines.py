"""Lines of a dataset that have no lasting name: which line of a new reading is which of an old one.

By activity, then by content, then by order: two lines of one activity that read alike are told apart only by their
place. A line that nothing resembles is new, unless the same release has named it before."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from app.domain.milestone import CountBasis
from app.domain.money import Value
from app.domain.pledge import Pledge
from app.domain.when import When

# What counts for how much when two lines are compared; together 1.
WEIGHTS = {
    "title": 0.2,
    "system": 0.1,
    "announced": 0.2,
    "quantity": 0.15,
    "amount": 0.1,
    "value": 0.1,
    "aid": 0.05,
    "counting": 0.05,
    "milestones": 0.05,
}
ALIKE = 0.6  # from here on one line is the other, changed
RELATED = 0.35  # enough where it has the same place among what is left of its activity
CLOSE = Decimal("1e-13")  # of a number: what is beyond the digits that a spreadsheet keeps
NUMBERED = re.compile(r"^[^-]+-(?P<activity>.+)-\d+$")


@dataclass(frozen=True)
class Line:
    """`pledge` as it was read, and `activity`: the group of lines that it stands in, "" where it has none."""

    activity: str
    pledge: Pledge

    @cached_property
    def content(self) -> Pledge:
        """What the line says, without the names that a release gives it."""
        return content(self.pledge)


def content(pledge: Pledge) -> Pledge:
    return replace(pledge, key="", release="", dataset_key="", package=None)


def activity_of(dataset_key: str) -> str:
    """`KIEL17-AUM18-004` is a line of AUM18."""
    found = NUMBERED.match(dataset_key)
    return found["activity"] if found else ""


def matched(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Places of `new` to those of `old`, each at most once."""
    found: dict[int, int] = {}
    before, after = _by_activity(old, range(len(old))), _by_activity(new, range(len(new)))
    for activity, places in after.items():
        if activity and activity in before:
            _match(found, old, new, before[activity], places)
    for by in (_core, _name):
        _match_same(found, old, new, _left(old, found.values()), _left(new, found), by)
    return found


def _match(found: dict[int, int], old: Sequence[Line], new: Sequence[Line], olds: list[int], news: list[int]) -> None:
    """Within one activity."""
    _match_same(found, old, new, olds, news, lambda line: line.content)
    taken = set(found.values())
    olds, news = [i for i in olds if i not in taken], [i for i in news if i not in found]
    pairs = sorted(
        (-likeness(old[i].pledge, new[j].pledge), abs(a - b), i, j)
        for a, i in enumerate(olds)
        for b, j in enumerate(news)
    )
    for unlike, apart, i, j in pairs:
        enough = ALIKE if apart else RELATED
        if -unlike >= enough and i not in taken and j not in found:
            found[j] = i
            taken.add(i)


def _match_same(
    found: dict[int, int], old: Sequence[Line], new: Sequence[Line], olds: Iterable[int], news: Iterable[int], by: Any
) -> None:
    """Those that are the same by `by`, in their order."""
    waiting: dict[Any, list[int]] = defaultdict(list)
    for i in reversed(list(olds)):
        waiting[by(old[i])].append(i)
    for j in news:
        if waiting.get(by(new[j])):
            found[j] = waiting[by(new[j])].pop()


def steadied(said: Any, base: Any) -> Any:
    """What a line says now, where it says the same as before in all but the last binary digit of its euros, or still
    tells the same running total on a later day: that is no change. Holds for packages too."""
    if said.value != base.value and _near(said.value, base.value):
        said = replace(said, value=base.value)
    if not isinstance(said, Pledge):
        return said
    told = {replace(one, dates=When()): one for one in base.milestones if one.basis is CountBasis.RUNNING_TOTAL}
    milestones = tuple(told.get(replace(one, dates=When()), one) for one in said.milestones)
    return replace(said, milestones=milestones) if milestones != said.milestones else said


def _near(one: Value, other: Value) -> bool:
    """As two copies of one file differ that were saved by different programs."""
    pairs = ((one.low, other.low), (one.point, other.point), (one.high, other.high))
    return one.set_by is other.set_by and all(
        a == b or (a is not None and b is not None and abs(a - b) <= abs(a) * CLOSE) for a, b in pairs
    )


def likeness(one: Pledge, other: Pledge) -> float:
    """How much of two lines is equal, from 0 to 1. A tenth less for another set of sources."""
    alike = sum(weight for name, weight in WEIGHTS.items() if getattr(one, name) == getattr(other, name))
    return alike if one.sources() & other.sources() or one.sources() == other.sources() else alike - 0.1


def _core(line: Line) -> Any:
    """What two lines of different activities have to share to be one: no less than all that is counted."""
    one = line.pledge
    return one.lead, one.aid, one.counting, one.announced, one.system, one.quantity, one.value


def _name(line: Line) -> Any:
    """What is left of one release is told apart by the names that it gives its lines."""
    return line.pledge.release, line.pledge.dataset_key


def _by_activity(lines: Sequence[Line], places: Iterable[int]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place in places:
        groups[lines[place].activity].append(place)
    return groups


def _left(lines: Sequence[Line], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [place for place in range(len(lines)) if place not in gone]
