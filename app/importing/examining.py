"""A file looked at: read in a process of its own, held beside the records, added up."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app import reading
from app.domain.published import Held
from app.importing import known, published
from app.importing.compare import compare
from app.importing.plan import Content, Plan
from app.importing.totals import DonorTotal, totals
from app.store import import_runs
from app.store.database import Database
from app.store.reference import Reference, load

RELEASE = re.compile(r"(?:^|[^a-z0-9])r(?:el(?:ease)?)?[ ._-]?0*(\d{1,3})(?![0-9])", re.IGNORECASE)
Told = Callable[[int, int], None]  # rows done, of all


@dataclass(frozen=True, kw_only=True)
class Examined:
    """`known` is the digest of the names that the file was read with."""

    plan: Plan
    known: str
    totals: list[DonorTotal]
    held: list[Held]


def examine(database: Database, seed: Path, body: bytes, importer: str, release: str, told: Told) -> Examined:
    """Raises formats.row.Unreadable."""
    with database.reading() as db:
        reference = load(db)
        names = known.known(db, reference, seed, release)
    content = Content.of(reading.read(body, importer, names, told))
    with database.reading() as db:
        reference = load(db)
        plan = compare(db, content, reference)
        return Examined(
            plan=plan,
            known=known.digest(names),
            totals=totals(db, plan, reference),
            held=published.beside(plan.sums, plan.label.dataset, plan.label.release, seed),
        )


def read_before(db: Connection, reference: Reference, seed: Path, digest: str, release: str) -> int | None:
    """The import by which this very file, read with the same names, is what the records have of its dataset."""
    return import_runs.same_before(db, digest, known.digest(known.known(db, reference, seed, release)))


def release_of(name: str) -> str:
    """The release that the name of a file tells; "" where it tells none."""
    found = RELEASE.search(name)
    return found[1] if found else ""


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
