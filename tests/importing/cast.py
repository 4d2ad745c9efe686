"""Files as importers tell them, made from records."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.domain.claim import Claim, ClaimField, Rank
from app.domain.milestone import Milestone, Status
from app.domain.money import Value, ValueSetBy
from app.domain.pledge import Pledge
from app.domain.quantity import exact
from app.domain.source import Source
from app.formats.record import told
from app.formats.row import Label, Place, Row
from app.importing.compare import compare
from app.importing.plan import Content, Plan
from app.importing.writing import write
from app.store import editing, import_runs, saving
from app.store.database import Database
from app.store.history import Act
from app.store.import_runs import ImportState
from app.store.lines import numbers_of
from app.store.reference import load
from tests.builders import a_day, a_pledge

DATASET = "Tracker"
ACT = Act(author="ada", origin="import")
REPORT = Source(key="report-1", url="https://tracker.example/report", title="A report")


def a_line(number: int, activity: str = "DEM1", **changes: Any) -> Pledge:
    """The line of a dataset: so many tanks, worth so much."""
    euros = Decimal(1_000_000 + number)
    made = a_pledge(
        key=f"t-1/T1-{activity}-{number:03d}",
        title=f"Tanks of lot {number}",
        quantity=exact(10 + number),
        value=Value(low=euros, point=euros, high=euros, set_by=ValueSetBy.DATASET),
        dataset=DATASET,
        release="1",
        dataset_key=f"T1-{activity}-{number:03d}",
        milestones=(Milestone(status=Status.ALLOCATED, dates=a_day("2023-01-25"), source=REPORT.key),),
        claims=(Claim(field=ClaimField.QUANTITY, source=REPORT.key, quantity=exact(10 + number), rank=Rank.PREFERRED),),
    )
    return replace(made, **changes)


def a_file(pledges: Iterable[Pledge], *, dataset: str = DATASET, release: str = "1", sources=(REPORT,)) -> Content:
    """As an importer tells it: sources, then the lines."""
    rows = [Row(place=Place(row=1), record="source", given=told(one)) for one in sources]
    for place, pledge in enumerate(pledges):
        group = pledge.dataset_key.split("-")[1] if dataset else ""
        rows.append(Row(place=Place(sheet="MAIN", row=place + 2), given=told(pledge), group=group))
    return Content(Label(dataset=dataset, release=release), rows, [], [])


def compared(database: Database, content: Content) -> Plan:
    with database.reading() as db:
        return compare(db, content, load(db))


def written(database: Database, content: Content, **how: Any) -> tuple[int, int | None]:
    """Reads the file in; the numbers of the reading and of its change."""
    plan = compared(database, content)
    run = begun(database, content)
    return run, write(database, plan, run, ACT, **how)


def begun(database: Database, content: Content) -> int:
    """A reading that is about to be written."""
    with database.writing() as db:
        run = import_runs.add(db, import_runs.Upload(name="lines.csv", digest="d", body=b""), keep=False)
        import_runs.move(db, run, [ImportState.WAITING], ImportState.APPLYING, dataset=content.label.dataset)
    return run


ANNA = Act(author="anna")
LINES = [a_line(number) for number in range(1, 6)]


def outcomes(plan):
    return dict(plan.counts())


def standing(database, key):
    with database.reading() as db:
        (number,) = numbers_of(db, [key]).values()
        return number, *saving.current(db, [number])[number]


def edit(database, key, change):
    number, _, version = standing(database, key)
    with database.writing() as db:
        editing.edit(db, number, version, ANNA, change)
