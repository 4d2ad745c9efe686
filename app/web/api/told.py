"""Records and rows as the API tells them: in the attributes of `formats.record`, with what follows from them."""

from collections.abc import Mapping
from typing import Any

from app.domain.system import family
from app.formats import record
from app.store.records import Record
from app.store.reference import Reference
from app.web.api.answers import Told

ENDS = ("low", "point", "high")
SAME = ("key", "title", "state", "recipient", "aid", "role", "unit", "counting", "beneficiary", "supplier", "summary")
SAME += ("note", "dataset", "release", "dataset_key", "status_pin", "status_pin_reason")
OF_CLAIMS = ("field", "words", "code", "quote", "locator", "rank", "reason", "note")


def pledge(found: Record, row: Mapping[str, Any], reference: Reference) -> Told:
    """A record whole, with what follows from it and the names of what it refers to. `row` is that of the list."""
    return {**pledge_row(row, reference), **record.told(found.pledge, whole=True), "names": found.names}


def pledge_row(row: Mapping[str, Any], reference: Reference) -> Told:
    """A row of a list: the same without its parts and the names."""
    system = reference.systems.get(row["system_id"])
    event = reference.events.get(row["event_id"])
    return {
        "id": row["id"],
        "version": row["version"],
        "address": f"/pledges/{row['id']}@{row['version']}",
        **{name: row[name] for name in SAME},
        "lead": reference.donors[row["lead_id"]].code,
        "system": system.slug if system else None,
        "quantity": _quantity(row, "quantity_"),
        "amount": _amount(row, "amount_", row["amount_basis"]),
        "announced": _when(row, "announced_"),
        "expected": _when(row, "expected_"),
        "package": row["package_key"],
        "event": event.slug if event else None,
        "family": _family(system.code, reference) if system else None,
        "status": row["status"],
        "delivered": _arrived(row, "delivered_", complete=bool(row["delivered_complete"])),
        "on_its_way": _arrived(row, "way_", complete=False),
        "worth": {
            **_ends(row, "value_"),
            "set_by": row["value_set_by"],
            "rate": row["value_rate"],
            "rate_day": row["value_rate_day"],
        },
        "confidence": row["confidence"],
        "disputed": row["disputed"].split(),
        "sources": row["sources"],
        "updated_at": row["updated_at"],
    }


def claim_row(row: Any) -> Told:
    """The value stands in the one of quantity, amount, code and dates that fits."""
    number_told = None if row.qualifier is None else _number(row, "")
    amount = {**number_told, "currency": row.currency, "basis": row.basis} if number_told and row.currency else None
    return {
        "id": row.id,
        **_of_a_pledge(row),
        "source": row.source_key,
        **{name: row._mapping[name] for name in OF_CLAIMS},
        "quantity": number_told if number_told and not row.currency else None,
        "amount": amount,
        "dates": _dates(row),
    }


def milestone_row(row: Any) -> Told:
    return {
        "id": row.id,
        **_of_a_pledge(row),
        **{name: row._mapping[name] for name in ("status", "basis", "point")},
        "quantity": _quantity(row._mapping, "quantity_"),
        "dates": _dates(row),
        "source": row.source_key,
        "note": row.note,
    }


def link_row(row: Any) -> Told:
    return {"id": row.id, **_of_a_pledge(row), "kind": row.kind, "to": row.to_key, "to_id": row.to_id, "note": row.note}


def package_row(row: Mapping[str, Any], reference: Reference) -> Told:
    event = reference.events.get(row["event_id"])
    set_by = row["value_set_by"] or "stated"
    return {
        "id": row["id"],
        "version": row["version"],
        "key": row["key"],
        "donor": reference.donors[row["donor_id"]].code,
        "title": row["title"],
        "announced": _when(row, "announced_"),
        "total": _amount(row, "total_", "not_stated"),
        "value": {**_ends(row, "value_"), "set_by": set_by, "rate": None},
        "event": event.slug if event else None,
        **{name: row[name] for name in ("note", "dataset", "release", "dataset_key")},
        "sources": row["source_keys"],
    }


def event_row(row: Mapping[str, Any]) -> Told:
    same = ("id", "version", "slug", "title", "kind", "place", "called_by", "chaired_by", "account")
    dates = {"earliest": row["earliest"], "latest": row["latest"], "words": row["dates_words"]}
    return {**{name: row[name] for name in same}, "dates": dates, "sources": row["source_keys"]}


def source_row(row: Any) -> Told:
    return {name: value for name, value in row._mapping.items() if name != "host"}


def referred(number_of: int, version: int | None, value: Any) -> Told:
    """A donor, a system, a source, a meeting or a package."""
    return {"id": number_of} | ({} if version is None else {"version": version}) | record.told(value, whole=True)


def _family(code: str, reference: Reference) -> str:
    return reference.systems[reference.system_codes[family(code)]].slug


def _of_a_pledge(row: Any) -> Told:
    return {"pledge": row.pledge_key, "pledge_id": row.pledge_id}


def _ends(row: Mapping[str, Any], prefix: str) -> Told:
    return {end: row[prefix + end] for end in ENDS}


def _quantity(row: Mapping[str, Any], prefix: str) -> Told:
    return {"qualifier": row[f"{prefix}qualifier"], **_ends(row, prefix), "words": row[f"{prefix}words"]}


def _amount(row: Mapping[str, Any], prefix: str, basis: Any) -> Told | None:
    if row[f"{prefix}qualifier"] is None:
        return None
    return {**_quantity(row, prefix), "currency": row[f"{prefix}currency"], "basis": basis}


def _number(row: Any, prefix: str) -> Told:
    return {"qualifier": row.qualifier, **_ends(row._mapping, prefix), "words": row.words}


def _when(row: Mapping[str, Any], prefix: str) -> Told:
    return {name: row[prefix + name] for name in ("earliest", "latest", "words")}


def _dates(row: Any) -> Told:
    return {"earliest": row.earliest, "latest": row.latest, "words": row.dates_words}


def _arrived(row: Mapping[str, Any], prefix: str, *, complete: bool) -> Told:
    return {**_ends(row, prefix), "reports": row[f"{prefix}reports"], "complete": complete}
