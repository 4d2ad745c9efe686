"""Versions of a record compared and merged. A record is a frozen value; its parts stand in tuples, which are compared
as collections: a part that reads otherwise is one taken out and one put in."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

T = TypeVar("T")

TOGETHER = (("status_pin", "status_pin_reason"),)  # fields that make sense only with one another
ALIKE = 0.8  # of two parts without a common subject, from which on one is read as the other changed


@dataclass(frozen=True)
class Difference:
    """`before` None: put in; `after` None: taken out or emptied."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Clash:
    """Both changed the same field, to different ends. Of a part, None is "taken out"."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merge(Generic[T]):
    """`record` holds mine over theirs; where they clash, theirs. `theirs` are the changes that came in between."""

    record: T
    theirs: tuple[Difference, ...] = ()
    clashes: tuple[Clash, ...] = ()


def differences(before: Any, after: Any) -> list[Difference]:
    """What changed from one version to another, in the order of the fields."""
    found: list[Difference] = []
    for one in fields(before):
        old, new = getattr(before, one.name), getattr(after, one.name)
        if old == new:
            continue
        if isinstance(old, tuple) and isinstance(new, tuple):
            found += [Difference(one.name, a, b) for a, b in _paired(_without(old, new), _without(new, old))]
        else:
            found.append(Difference(one.name, old, new))
    return found


def merge(base: T, theirs: T, mine: T) -> Merge[T]:
    """Three versions made one: what I changed from `base`, put on what stands now."""
    taken: dict[str, Any] = {}
    clashes: list[Clash] = []
    now_standing: Any = theirs
    for one in fields(now_standing):
        was, now, wanted = (getattr(version, one.name) for version in (base, theirs, mine))
        if wanted in (was, now):
            continue
        if isinstance(was, tuple):
            taken[one.name], found = _merged_parts(one.name, was, now, wanted)
            clashes += found
        elif now == was:
            taken[one.name] = wanted
        else:
            clashes.append(Clash(one.name, was, now, wanted))
    _keep_together(base, theirs, mine, taken, clashes)
    return Merge(replace(now_standing, **taken), tuple(differences(base, theirs)), tuple(clashes))


def _merged_parts(name: str, base: tuple, theirs: tuple, mine: tuple) -> tuple[tuple, list[Clash]]:
    """My changes of single parts, each in the place of the part it changes. Parts that stand are never lost."""
    left, clashes = list(theirs), []
    for old, new in _paired(_without(base, mine), _without(mine, base)):
        if old is None:
            if new not in theirs or Counter(base)[new] >= Counter(theirs)[new]:
                left.append(new)
        elif old in left:
            place = left.index(old)
            left[place : place + 1] = [] if new is None else [new]
        else:
            other = _changed_to(old, base, theirs)
            if other != new:
                clashes.append(Clash(name, old, other, new))
    return tuple(left), clashes


def _changed_to(old: Any, base: tuple, theirs: tuple) -> Any:
    """What has become of a part: None where it was taken out."""
    return dict(_paired(_without(base, theirs), _without(theirs, base))).get(old)


def _keep_together(base: Any, theirs: Any, mine: Any, taken: dict[str, Any], clashes: list[Clash]) -> None:
    """A field that clashes takes those with it that make sense only together."""
    hit = {clash.field for clash in clashes}
    for group in TOGETHER:
        if hasattr(base, group[0]) and hit & set(group):
            for name in group:
                taken.pop(name, None)
                if name not in hit and getattr(mine, name) != getattr(theirs, name):
                    values = (getattr(version, name) for version in (base, theirs, mine))
                    clashes.append(Clash(name, *values))


def _without(some: tuple, others: tuple) -> list[Any]:
    """Those of `some` that are not among `others`; of equal ones as many as are missing."""
    left = Counter(others)
    found = []
    for one in some:
        if left[one] > 0:
            left[one] -= 1
        else:
            found.append(one)
    return found


def _paired(gone: list[Any], come: list[Any]) -> list[tuple[Any, Any]]:
    """Each part that went with the one that came in its place, the most alike first; None where there is none."""
    candidates = sorted(
        ((_likeness(a, b), i, j) for i, a in enumerate(gone) for j, b in enumerate(come)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    to: dict[int, int] = {}
    for likeness, i, j in candidates:
        if likeness >= ALIKE and i not in to and j not in to.values():
            to[i] = j
    pairs = [(one, come[to[i]] if i in to else None) for i, one in enumerate(gone)]
    return pairs + [(None, one) for j, one in enumerate(come) if j not in to.values()]


def _likeness(one: Any, other: Any) -> float:
    """How much of two parts is equal, from 0 to 1, and 1 more where they speak of the same; of texts, of their
    letters."""
    if type(one) is not type(other):
        return 0.0
    if isinstance(one, str):
        return SequenceMatcher(None, one, other).ratio()
    names = [field.name for field in fields(one)]
    alike = sum(getattr(one, name) == getattr(other, name) for name in names) / len(names)
    return alike + (one.subject == other.subject)
