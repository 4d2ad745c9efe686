"""Several pledges announced as one, written as one change: a source where it is new, the package, the pledges."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.package import Package
from app.domain.pledge import Pledge
from app.domain.source import Source
from app.store import editing, referred
from app.store.history import Act
from app.store.reference import Reference


def announce(
    db: Connection,
    package: Package,
    pledges: Sequence[Pledge],
    act: Act,
    *,
    source: Source | None = None,
    reference: Reference | None = None,
) -> int:
    """Returns the number of the package. Once only: a package of this key that is there already is left as it is."""
    there = referred.find(db, "package", name=package.key)
    if there is not None:
        return there.id
    effects = referred.save(db, "source", [source]) if source else []
    effects += referred.save(db, "package", [package])
    editing.create(db, pledges, act, reference, effects)
    return effects[-1].record_id
