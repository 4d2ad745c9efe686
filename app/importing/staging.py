"""A plan kept between its preview and its writing, so that any process can go on with it."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.domain.import_run import Outcome
from app.domain.pledge import Pledge
from app.domain.published import Held
from app.formats.row import Fault, Label, Place, Sum, Unmapped
from app.importing.examining import Examined
from app.importing.plan import Plan, Planned
from app.importing.totals import DonorTotal
from app.store import import_runs, lines, referred, saving

_faults = TypeAdapter(tuple[Fault, ...])
_totals, _held = TypeAdapter(list[DonorTotal]), TypeAdapter(list[Held])
_label, _sums, _unmapped = TypeAdapter(Label), TypeAdapter(list[Sum]), TypeAdapter(list[Unmapped])


def keep(db: Connection, run: int, plan: Plan, told: str) -> None:
    """The rows that are shown or written; `told` is the summary of all of them."""
    import_runs.stage(db, run, [_row(one) for one in plan.planned if _worth(one)])
    import_runs.put(db, run, told=told, counter=plan.counter, **plan.tally())


def summary(examined: Examined) -> str:
    """What all rows come to, as JSON."""
    plan = examined.plan
    told = {
        "counts": {record: dict(plan.counts(record)) for record in sorted({one.record for one in plan.planned})},
        "label": _label.dump_python(plan.label, mode="json"),
        "sums": _sums.dump_python(plan.sums, mode="json"),
        "unmapped": _unmapped.dump_python(plan.unmapped, mode="json"),
        "totals": _totals.dump_python(examined.totals, mode="json"),
        "held": _held.dump_python(examined.held, mode="json"),
        "older": plan.of_older_releases,
    }
    return json.dumps(told, ensure_ascii=False)


def take(db: Connection, run: Any) -> Plan:
    """The plan of a reading that was looked at; only what is written or remembered stands in it."""
    told = import_runs.told(run)
    rows = import_runs.every(db, run.id)
    gone = [row.key for row in rows if row.outcome is Outcome.GONE]
    numbers = lines.numbers_of(db, gone)
    standing = saving.current(db, numbers.values())
    plan = Plan(_label.validate_python(told["label"]), run.counter)
    for row in rows:
        before = standing[numbers[row.key]][0] if row.key in numbers and row.outcome is Outcome.GONE else None
        plan.planned.append(
            Planned(
                outcome=row.outcome,
                record=row.record,
                key=row.key,
                title=row.title,
                seen=row.seen,
                place=Place(sheet=row.sheet, row=row.row),
                value=_value(row.record, row.body),
                before=before,
                line=_value(row.record, row.line),
                activity=row.activity,
            )
        )
    return plan


def faults(row: Any) -> tuple[Fault, ...]:
    return _faults.validate_json(row.faults) if row.faults else ()


def sums(told: Mapping[str, Any]) -> list[Sum]:
    return _sums.validate_python(told.get("sums", []))


def unmapped(told: Mapping[str, Any]) -> list[Unmapped]:
    return _unmapped.validate_python(told.get("unmapped", []))


def totals(told: Mapping[str, Any]) -> list[DonorTotal]:
    return _totals.validate_python(told.get("totals", []))


def held(told: Mapping[str, Any]) -> list[Held]:
    return _held.validate_python(told.get("held", []))


def value(row: Any) -> Any:
    """The record as it will be."""
    return _value(row.record, row.body)


def _worth(one: Planned) -> bool:
    return one.outcome is not Outcome.UNCHANGED or one.line is not None or bool(one.faults)


def _row(one: Planned) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "record": one.record,
        "key": one.key,
        "title": one.title,
        "seen": one.seen,
        "sheet": one.place.sheet,
        "row": one.place.row,
        "faults": _faults.dump_json(one.faults).decode() if one.faults else "",
        "body": _body(one.value),
        "line": _body(one.line),
        "activity": one.activity,
    }


def _body(value: Any) -> bytes | None:
    if value is None:
        return None
    return saving.as_json(value) if isinstance(value, Pledge) else referred.told(value)


def _value(record: str, body: bytes | None) -> Any:
    if body is None:
        return None
    return saving.of_json(body) if record == "pledge" else referred.KINDS[record].json.validate_json(body)
