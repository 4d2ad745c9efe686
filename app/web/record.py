"""One record as its page reads it: figures with their claims, the life line, what it is linked to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from app.charts.lifeline import LifeLine
from app.domain.claim import Claim, ClaimField, Confidence, Rank, confidence, disputed
from app.domain.figure import unsourced
from app.domain.milestone import RANKED, Milestone, Standing, Status, standing
from app.domain.pledge import LinkKind, PartyRole, Pledge
from app.domain.source import SourceKind
from app.domain.system import System
from app.formats.citation import Citation
from app.store import pledges, records, suggestions
from app.store.matching import CLOSED
from app.store.records import Record
from app.web import listing, telling, words
from app.web.acts import Act, acts
from app.web.ask import Ask
from app.web.life import life_line
from app.web.said import field_title, value_words
from app.web.words import Said

SHOWN_HISTORY = 10  # entries on the page of the record; the rest on a page of its own


@dataclass(frozen=True)
class ClaimLine:
    claim: Claim
    value: str
    source: Any  # the source as a row, or as the snapshot of a version kept it
    rank_words: str
    place: int  # among the claims of the record


@dataclass(frozen=True)
class ClaimSet:
    """All that sources say of one figure; `differ` counts the claims when two that stand cannot both be right."""

    field: ClaimField
    title: str
    lines: list[ClaimLine]
    differ: int


@dataclass(frozen=True)
class Linked:
    """`places` are those of the record's own links; links that come in from other records have none."""

    kind: LinkKind
    title: str  # the link in words, seen from this record
    lines: list[listing.Line]
    places: list[int]


@dataclass(frozen=True)
class RecordPage:
    record: Record
    pledge: Pledge
    standing: Standing
    status: Status
    rank: int
    delivered: Said
    disputed: list[ClaimField]
    confidence: Confidence
    overdue_days: int
    lead: str
    kick: str
    trail: list[System]
    parties: dict[PartyRole, list[tuple[str, str, int]]]  # role to (code, name with share, place)
    milestones: list[tuple[str, str]]  # when, and what happened
    unsourced: list[ClaimField]
    claims: list[ClaimSet]
    sources: dict[str, Any]
    linked: list[Linked]
    package: Any
    life: LifeLine
    history: list[Act]
    cited: str  # for people
    citation: Citation  # for programs
    address: str
    suggested: int  # suggestions that wait for an editor; nobody else is told


def told(ask: Ask, record: Record, as_of: date | None = None, *, fixed: bool = False) -> RecordPage:
    """`fixed`: as it was at its version, whatever has happened since, to links and sources too."""
    pledge = record.pledge
    milestones = [one for one in pledge.milestones if as_of is None or one.dates.by(as_of)]
    now = standing(milestones, pledge.quantity)
    status = now.status if as_of or not pledge.status_pin else pledge.status_pin
    found = _kept_sources(record) if fixed else _sources(ask, pledge, milestones)
    differing = disputed(pledge.claims)
    day = record.at.date() if fixed else as_of or date.today()
    expected = pledge.expected.latest
    late = (day - expected).days if expected and expected < day and status not in CLOSED else 0
    system = ask.reference.system(pledge.system) if pledge.system else None
    address = f"{ask.base}/pledges/{record.id}@{record.version}"
    names: dict[str, str] = record.names["donors"]
    citation = _citation(record, now, address)
    return RecordPage(
        record=record,
        pledge=pledge,
        standing=now,
        status=status,
        rank=RANKED.index(status) + 1 if status in RANKED else 0,
        delivered=listing.delivered_said(now.delivered, pledge.quantity, pledge.unit, in_dataset=bool(pledge.dataset)),
        disputed=differing,
        confidence=confidence({key: found[key].kind for key in pledge.sources() if key in found}, differing),
        overdue_days=late,
        lead=names.get(pledge.lead, pledge.lead),
        kick=_kick(pledge, names),
        trail=ask.reference.line(system) if system else [],
        parties=_parties(ask, record),
        milestones=[(words.when_short(one.dates), telling.happening(pledge, one)) for one in pledge.milestones],
        unsourced=unsourced(pledge),
        claims=_claims(ask, pledge, found, differing),
        sources=found,
        linked=_linked(ask, record, fixed),
        package=records.package(ask.db, pledge.package) if pledge.package else None,
        life=life_line(pledge, milestones, now, found, differing, day),
        history=acts(ask, record.id, _history(ask, record, fixed), record.names),
        cited=_cited(citation),
        citation=citation,
        address=address,
        suggested=suggestions.waiting_on(ask.db, record.id) if ask.who and ask.who.may_edit and not fixed else 0,
    )


def _history(ask: Ask, record: Record, fixed: bool) -> list[records.Told]:
    drafts = bool(ask.who and ask.who.may_edit)
    before = record.version + 1 if fixed else None
    return records.history(ask.db, record.id, drafts=drafts, before=before, most=SHOWN_HISTORY)


def _kick(pledge: Pledge, names: dict[str, str]) -> str:
    """Who gives, and for or with whom."""
    lead = names.get(pledge.lead, pledge.lead)
    others = [
        names.get(party.donor, party.donor)
        for party in pledge.parties
        if party.donor != pledge.lead and party.role in (PartyRole.DONOR, PartyRole.FUNDER)
    ]
    if not others:
        return lead
    return words.gettext("%(lead)s with %(others)s") % {"lead": lead, "others": words.listed(dict.fromkeys(others))}


def _parties(ask: Ask, record: Record) -> dict[PartyRole, list[tuple[str, str, int]]]:
    names = telling.Names(ask.reference, record.names)
    found: dict[PartyRole, list[tuple[str, str, int]]] = {}
    for place, party in enumerate(record.pledge.parties):
        name = names.donor(party.donor) + telling.share(party)
        found.setdefault(party.role, []).append((party.donor, name, place))
    return found


@dataclass(frozen=True)
class KeptSource:
    """A source as the snapshot of a version kept it."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    kind: SourceKind = SourceKind.OTHER
    published_on: date | None = None
    archive_url: str = ""


def _sources(ask: Ask, pledge: Pledge, milestones: list[Milestone]) -> dict[str, Any]:
    return records.sources(ask.db, {c.source for c in pledge.claims} | {m.source for m in milestones if m.source})


def _kept_sources(record: Record) -> dict[str, Any]:
    found = {}
    for key, kept in record.names["sources"].items():
        day = kept.get("published_on")
        told = kept | {"kind": SourceKind(kept["kind"]), "published_on": date.fromisoformat(day) if day else None}
        found[key] = KeptSource(**told)
    return found


def _claims(ask: Ask, pledge: Pledge, sources: dict[str, Any], differing: list[ClaimField]) -> list[ClaimSet]:
    order = (ClaimField.QUANTITY, ClaimField.BENEFICIARY, ClaimField.AMOUNT, ClaimField.DELIVERED)
    order += (ClaimField.SYSTEM, ClaimField.EXPECTED, ClaimField.ANNOUNCED)
    sets = []
    for field in order:
        placed = [(place, c) for place, c in enumerate(pledge.claims) if c.field is field]
        claims = sorted(placed, key=lambda one: list(Rank).index(one[1].rank))
        if claims:
            lines = [
                ClaimLine(c, _value(ask, pledge, c), sources.get(c.source), _rank(c), place) for place, c in claims
            ]
            differ = sum(c.stands for _, c in claims) if field in differing else 0
            sets.append(ClaimSet(field, field_title(field), lines, differ))
    return sets


def _value(ask: Ask, pledge: Pledge, claim: Claim) -> str:
    return value_words(
        claim.field,
        amount=claim.amount,
        quantity=claim.quantity,
        code=claim.code,
        dates=claim.dates,
        told=claim.words,
        unit=pledge.unit,
        reference=ask.reference,
    )


def _rank(claim: Claim) -> str:
    if claim.reason is None:
        return words.word(claim.rank)
    return words.gettext("set aside: %(reason)s") % {"reason": words.word(claim.reason)}


def _linked(ask: Ask, record: Record, fixed: bool) -> list[Linked]:
    """The links out of the record and into it, those of one kind together; of a version only its own."""
    ids: dict[tuple[LinkKind, bool], list[tuple[int, int]]] = {}
    kept = record.names.get("links", {})
    for place, link in enumerate(record.pledge.links):
        if link.to in kept:
            ids.setdefault((link.kind, True), []).append((kept[link.to][0], place))
    for kind, other in () if fixed else records.links_to(ask.db, record.id):
        ids.setdefault((kind, False), []).append((other, -1))
    lines = {
        line.id: line
        for line in listing.lines(
            pledges.of(ask.db, {one for some in ids.values() for one, _ in some}), ask.reference, date.today()
        )
    }
    found = []
    for (kind, outward), some in ids.items():
        there = [(lines[one], place) for one, place in some if one in lines]
        if there:
            title = _link_title(kind, outward)
            found.append(Linked(kind, title, [line for line, _ in there], [place for _, place in there]))
    return found


def _link_title(kind: LinkKind, outward: bool) -> str:
    if outward:
        told_of = words.word(kind)
        return told_of[0].upper() + told_of[1:]
    titles = {
        LinkKind.PART_OF: words.gettext("Known parts"),
        LinkKind.DRAWN_FROM: words.gettext("Drawn from it"),
        LinkKind.FUNDS: words.gettext("Paid for by"),
        LinkKind.BACKFILLS: words.gettext("Backfilled by"),
        LinkKind.REPLENISHES: words.gettext("Replenished by"),
        LinkKind.REIMBURSES: words.gettext("Reimbursed by"),
        LinkKind.SUPERSEDES: words.gettext("Superseded by"),
        LinkKind.RESTATES: words.gettext("Told again by"),
        LinkKind.AMMUNITION_FOR: words.gettext("Ammunition for it"),
        LinkKind.RELATED: words.gettext("Related"),
    }
    return titles[kind]


def _citation(record: Record, now: Standing, address: str) -> Citation:
    """What the version says, and where it stays. It is dated by the day the version was written."""
    pledge = record.pledge
    told = words.gettext("%(title)s: %(pledged)s pledged, %(delivered)s delivered") % {
        "title": pledge.title,
        "pledged": words.quantity_words(pledge.quantity, pledge.unit),
        "delivered": str(
            listing.delivered_said(now.delivered, pledge.quantity, pledge.unit, in_dataset=bool(pledge.dataset))
        ),
    }
    return Citation(
        title=told, version=record.version, address=address, day=record.at.date(), accessed=datetime.now(UTC).date()
    )


def _cited(citation: Citation) -> str:
    told = words.gettext(
        "Allied Pledges, “%(title)s”, version %(version)s, %(day)s. %(address)s (accessed %(accessed)s)."
    )
    return told % {
        "title": citation.title,
        "version": citation.version,
        "day": words.day(citation.day),
        "address": citation.address,
        "accessed": words.day(citation.accessed),
    }
