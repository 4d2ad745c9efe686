"""A whole record as JSON, for programs, exports and imports: pledge, donor, system, source, event or package.

Numbers are texts, so that none loses a digit; days are written as in 2023-12-29; what stands at its default is left
out, and what is left out or null stands at its default."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain import fault, record_fields
from app.domain.claim import Claim, Rank
from app.domain.codes import N_
from app.domain.field import Fields
from app.domain.figure import FIGURES, settled, value_of
from app.domain.lint import errors
from app.domain.pledge import Pledge
from app.formats.record_shapes import SHAPES
from app.formats.shape import Faults, Faulty, Wrong

__all__ = ["SHAPES", "Faulty", "Wrong", "amended", "told", "value_from"]

KINDS = {shape.of: record for record, shape in SHAPES.items()}
FIELDS: dict[str, Fields] = {
    "donor": record_fields.DONOR,
    "system": record_fields.SYSTEM,
    "source": record_fields.SOURCE,
    "event": record_fields.EVENT,
    "package": record_fields.PACKAGE,
}
PREFERRED_TWICE = N_("Another claim on the same figure is the preferred one already.")
UNREADABLE = N_("A claim without a readable value cannot be the preferred one.")


def told(value: Any, *, whole: bool = False) -> dict[str, Any]:
    """The record in its attributes: its names, and all that is not at its default; `whole`: every one."""
    found: dict[str, Any] = SHAPES[KINDS[type(value)]].told(value, whole)
    return found


def value_from(record: str, given: Mapping[str, Any], *, was: Any = None, today: date | None = None) -> Any:
    """The record that is told; whether what it names is there is for the store to say. What was wrong in `was` already
    is not held against it. Raises Faulty."""
    faults, today = Faults(), today or date.today()
    value = SHAPES[record].read(given, "", faults)
    if not faults:
        before = {(one.path, one.sentence) for one in _together(record, was, today)} if was is not None else set()
        faults += [one for one in _together(record, value, today) if (one.path, one.sentence) not in before]
    if faults:
        raise Faulty(faults)
    return value


def amended(current: Any, given: Mapping[str, Any], *, today: date | None = None) -> Any:
    """The record with what is given in place of what stands there; null empties. Of a pledge, a figure that changed is
    its preferred claim, or has none. Raises Faulty."""
    value = value_from(KINDS[type(current)], {**told(current), **given}, was=current, today=today)
    return with_figures(value, current) if isinstance(value, Pledge) else value


def with_figures(pledge: Pledge, was: Pledge | None = None) -> Pledge:
    """With at most one preferred claim on each figure, one that bears it: of those that changed since `was`, or all."""
    fresh = [name for name in FIGURES if was is None or _about(pledge, name) != _about(was, name)]
    return settled(pledge, *fresh)


def _about(pledge: Pledge, name: str) -> Any:
    return getattr(pledge, name), [claim for claim in pledge.claims if claim.field == name]


def _together(record: str, value: Any, today: date) -> list[Wrong]:
    """What is wrong with attributes taken together."""
    if isinstance(value, Pledge):
        lints = (Wrong(one.field, "", one.sentence, one.values) for one in errors(value, today))
        return [*lints, *_preferred(value.claims)]
    return [Wrong(name, "", sentence) for name, sentence in fault.faults(FIELDS[record].values(), value, today).items()]


def _preferred(claims: tuple[Claim, ...]) -> list[Wrong]:
    found, seen = [], set()
    for place, claim in enumerate(claims):
        if claim.rank is Rank.PREFERRED and claim.field in FIGURES:
            if claim.field in seen:
                found.append(Wrong(f"claims[{place}].rank", str(claim.rank), PREFERRED_TWICE))
            if value_of(claim) is None:
                found.append(Wrong(f"claims[{place}].rank", str(claim.rank), UNREADABLE))
            seen.add(claim.field)
    return found
