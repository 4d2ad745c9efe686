"""The records that a fresh copy starts with: reference tables as CSV, pledges as TOML or JSON."""

import csv
import hashlib
import json
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from app.domain.donor import Donor, DonorGroup, DonorKind, Membership
from app.domain.event import Event, EventKind
from app.domain.package import Package
from app.domain.pledge import Pledge
from app.domain.source import Source, SourceKind
from app.domain.system import System
from app.domain.when import When, on

RENAMED = {
    "party": "parties",
    "milestone": "milestones",
    "claim": "claims",
    "link": "links",
}


@dataclass(frozen=True)
class Reach:
    system: str
    until: date
    dataset: str
    release: str


@dataclass
class Seed:
    """Everything by its natural name; later files win over earlier ones of the same name."""

    donors: list[Donor] = field(default_factory=list)
    systems: list[System] = field(default_factory=list)
    coverage: list[Reach] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    packages: dict[str, Package] = field(default_factory=dict)
    pledges: dict[str, Pledge] = field(default_factory=dict)


def read(folder: Path) -> Seed:
    seed = Seed(donors=_donors(folder), systems=_systems(folder), coverage=_coverage(folder))
    for file in (folder / "january_2024.toml", folder / "air_defence.json"):
        _add(seed, _content(file))
    publishers = {row["host"]: row for row in _table(folder / "publishers.csv")}
    known = {source.url: source for source in seed.sources.values()}
    for row in _table(folder / "meetings.csv"):
        sources = [known.get(url) or _source_at(url, publishers) for url in _addresses(row)]
        seed.sources |= {source.key: source for source in sources}
        _add_meeting(seed, row, tuple(source.key for source in sources))
    return seed


def _add(seed: Seed, content: dict[str, Any]) -> None:
    for row in content.get("source", []):
        source = _SOURCE.validate_python(row)
        seed.sources.setdefault(source.key, source)
    for row in content.get("event", []):
        event = _EVENT.validate_python(row)
        seed.events[event.slug] = event
    for row in content.get("package", []):
        package = _PACKAGE.validate_python(_package(row))
        seed.packages.setdefault(package.key, package)
    for row in content.get("pledge", []):
        pledge = _PLEDGE.validate_python({RENAMED.get(name, name): value for name, value in row.items()})
        if pledge.key in seed.pledges:
            raise ValueError(f"Two pledges of the seed have the key {pledge.key}.")
        seed.pledges[pledge.key] = pledge


def _package(row: dict[str, Any]) -> dict[str, Any]:
    total = dict(row.get("total") or {})
    euros = total.pop("value_eur", None)
    set_by = total.pop("value_set_by", "dataset")
    told = {name: value for name, value in row.items() if name != "total"}
    if total:
        told["total"] = {"qualifier": "undisclosed", "currency": "EUR"} | total
    if euros is not None:
        told["value"] = {"low": euros, "point": euros, "high": euros, "set_by": set_by}
    return told


_SOURCE, _EVENT = TypeAdapter(Source), TypeAdapter(Event)
_PACKAGE, _PLEDGE = TypeAdapter(Package), TypeAdapter(Pledge)


def _donors(folder: Path) -> list[Donor]:
    memberships: dict[str, list[Membership]] = {}
    for row in _table(folder / "memberships.csv"):
        memberships.setdefault(row["donor"], []).append(
            Membership(group=DonorGroup(row["group"]), since=_day(row["from"]), until=_day(row["to"]))
        )
    return [
        Donor(
            code=row["code"],
            slug=row["slug"],
            name=row["name_en"],
            name_de=row["name_de"],
            name_uk=row["name_uk"],
            kind=DonorKind(row["kind"]),
            aliases=_divided(row["aliases"]),
            memberships=tuple(memberships.get(row["code"], ())),
        )
        for row in _table(folder / "donors.csv")
    ]


def _systems(folder: Path) -> list[System]:
    return [
        TypeAdapter(System).validate_python(
            {
                "code": row["code"],
                "slug": row["slug"],
                "name": row["name_en"],
                "name_de": row["name_de"],
                "name_uk": row["name_uk"],
                "aliases": _divided(row["aliases"]),
                "range_band": row["range_band"],
                "effector": row["effector"],
                "default_role": row["default_role"] or None,
                "default_unit": row["default_unit"] or None,
                "maker": row["maker"],
                "origin": row["origin"],
                "note": row["note"],
                "source_url": row["source_url"],
            }
        )
        for row in _table(folder / "systems.csv")
    ]


def _coverage(folder: Path) -> list[Reach]:
    return [
        Reach(row["system"], date.fromisoformat(row["until"]), row["dataset"], row["release"])
        for row in _table(folder / "coverage.csv")
    ]


def _add_meeting(seed: Seed, row: dict[str, str], sources: tuple[str, ...]) -> None:
    """A meeting of the list; what another file already says of it stays."""
    council = row["format"] == "NATO-Ukraine Council"
    kind = EventKind.NUC if council else EventKind.UDCG
    day = _day(row["date"])
    listed = Event(
        slug=row["slug"],
        title=kind.title if council or not row["number"] else f"{kind.title} {row['number']}",
        kind=kind,
        dates=on(day) if day else When(),
        place=row["place"] if row["place"] != "online" else "",
        chaired_by=row["chairs"],
        account=_account(row),
        sources=sources,
    )
    told = seed.events.get(listed.slug)
    if told is None:
        seed.events[listed.slug] = listed
        return
    seed.events[listed.slug] = replace(
        told,
        dates=told.dates or listed.dates,
        place=told.place or listed.place,
        chaired_by=told.chaired_by or listed.chaired_by,
        account=told.account or listed.account,
        sources=tuple(dict.fromkeys([*told.sources, *sources])),
    )


def _addresses(row: dict[str, str]) -> list[str]:
    return [url for url in (row["source_url"], row["source_url_2"]) if url]


def _account(row: dict[str, str]) -> str:
    """What the list says beside date and place, as sentences."""
    told = [f"Level: {row['level']}."] if row["level"] else []
    if row["mode"] == "online":
        told.append("Held by video.")
    if row["held"] != "yes":
        told.append(f"Held: {row['held']}.")
    if row["confidence"] not in ("", "sure"):
        told.append(f"How sure: {row['confidence']}.")
    if row["note"]:
        told.append(row["note"][0].upper() + row["note"][1:] + ".")
    return " ".join(told)


def _source_at(url: str, publishers: dict[str, dict[str, str]]) -> Source:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    known = publishers.get(host, {})
    return Source(
        key=f"{host}-{hashlib.sha256(url.encode()).hexdigest()[:8]}",
        url=url,
        publisher=known.get("publisher", ""),
        kind=SourceKind(known.get("kind") or "press"),
        language=known.get("language", ""),
    )


def _content(file: Path) -> dict[str, Any]:
    if file.suffix == ".toml":
        return tomllib.loads(file.read_text(encoding="utf-8"))
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return [{name: (value or "").strip() for name, value in row.items()} for row in csv.DictReader(text)]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _divided(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
