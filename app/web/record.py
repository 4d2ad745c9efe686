"""One record as its page reads it: figures with their claims, the life line, what it is linked to."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.charts.lifeline import Due, Happening, LifeLine, Step
from app.domain.claim import Claim, ClaimField, Confidence, Rank, confidence, disputed
from app.domain.milestone import RANKED, Milestone, Standing, Status, standing, standings
from app.domain.pledge import LinkKind, PartyRole, Pledge
from app.domain.system import System
from app.store import pledges, records
from app.store.matching import CLOSED
from app.store.records import Record
from app.web import chart_words, listing, words
from app.web.ask import Ask
from app.web.said import field_title, value_words
from app.web.words import Said


@dataclass(frozen=True)
class ClaimLine:
    claim: Claim
    value: str
    source: Any  # row of the source
    rank_words: str


@dataclass(frozen=True)
class ClaimSet:
    """All that sources say of one figure; `differ` counts the claims when two that stand cannot both be right."""

    field: ClaimField
    title: str
    lines: list[ClaimLine]
    differ: int


@dataclass(frozen=True)
class Linked:
    kind: LinkKind
    title: str  # the link in words, seen from this record
    lines: list[listing.Line]


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
    parties: dict[PartyRole, list[tuple[str, str]]]  # role to (code, name with share)
    claims: list[ClaimSet]
    sources: dict[str, Any]
    linked: list[Linked]
    package: Any
    life: LifeLine
    history: list[records.Told]
    citation: str
    address: str


def told(ask: Ask, record: Record, as_of: date | None = None) -> RecordPage:
    pledge = record.pledge
    milestones = [one for one in pledge.milestones if as_of is None or one.dates.by(as_of)]
    now = standing(milestones, pledge.quantity)
    status = now.status if as_of or not pledge.status_pin else pledge.status_pin
    found = records.sources(ask.db, {c.source for c in pledge.claims} | {m.source for m in milestones if m.source})
    differing = disputed(pledge.claims)
    day = as_of or date.today()
    expected = pledge.expected.latest
    late = (day - expected).days if expected and expected < day and status not in CLOSED else 0
    system = ask.reference.system(pledge.system) if pledge.system else None
    address = f"{ask.base}/pledges/{record.id}@{record.version}"
    names: dict[str, str] = record.names["donors"]
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
        parties=_parties(pledge, names),
        claims=_claims(ask, pledge, found, differing),
        sources=found,
        linked=_linked(ask, record.id),
        package=records.package(ask.db, pledge.package) if pledge.package else None,
        life=_life(pledge, milestones, now, found, differing, day),
        history=records.history(ask.db, record.id),
        citation=_citation(record, now, day),
        address=address,
    )


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


def _parties(pledge: Pledge, names: dict[str, str]) -> dict[PartyRole, list[tuple[str, str]]]:
    found: dict[PartyRole, list[tuple[str, str]]] = {}
    for party in pledge.parties:
        share = ""
        if party.share is not None and party.share_kind is not None:
            share = f" ({words.number(party.share)} {party.currency or words.word(party.share_kind)})"
        found.setdefault(party.role, []).append((party.donor, names.get(party.donor, party.donor) + share))
    return found


def _claims(ask: Ask, pledge: Pledge, sources: dict[str, Any], differing: list[ClaimField]) -> list[ClaimSet]:
    order = (ClaimField.QUANTITY, ClaimField.BENEFICIARY, ClaimField.AMOUNT, ClaimField.DELIVERED)
    order += (ClaimField.SYSTEM, ClaimField.EXPECTED, ClaimField.ANNOUNCED)
    sets = []
    for field in order:
        claims = sorted((c for c in pledge.claims if c.field is field), key=lambda c: list(Rank).index(c.rank))
        if claims:
            lines = [ClaimLine(c, _value(ask, pledge, c), sources.get(c.source), _rank(c)) for c in claims]
            differ = sum(c.stands for c in claims) if field in differing else 0
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


def _linked(ask: Ask, number: int) -> list[Linked]:
    """The links out of the record and into it, those of one kind together."""
    out, back = records.links(ask.db, number)
    ids: dict[tuple[LinkKind, bool], list[int]] = {}
    for kind, other in out:
        ids.setdefault((LinkKind(kind), True), []).append(other)
    for kind, other in back:
        ids.setdefault((LinkKind(kind), False), []).append(other)
    lines = {
        line.id: line
        for line in listing.lines(
            pledges.of(ask.db, {i for some in ids.values() for i in some}), ask.reference, date.today()
        )
    }
    return [
        Linked(kind, _link_title(kind, outward), [lines[i] for i in some if i in lines])
        for (kind, outward), some in ids.items()
    ]


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


def _life(
    pledge: Pledge,
    milestones: list[Milestone],
    now: Standing,
    sources: dict[str, Any],
    differing: list[ClaimField],
    today: date,
) -> LifeLine:
    said = chart_words.units()
    days = [one.dates.latest for one in milestones if one.dates.latest] + [pledge.announced.latest or today]
    ends = [day for day in [*days, pledge.expected.latest] if day is not None]
    first, last = min(days), max([*ends, min(days) + timedelta(days=120)])
    margin = max((last - first) // 12, timedelta(days=10))
    delivered = tuple(
        Step(since, listing.as_quantity(stood.delivered), disputed=ClaimField.DELIVERED in differing)
        for since, stood in standings(milestones, pledge.quantity)
        if stood.delivered.reports and since > date.min
    )
    due = None
    if pledge.expected.latest:
        due = Due(pledge.expected.latest, words.gettext("due %(day)s") % {"day": words.when_short(pledge.expected)})
    return LifeLine(
        first=first - margin,
        last=last + margin,
        pledged=(
            Step(
                pledge.announced.latest or first,
                pledge.quantity,
                label=words.quantity_words(pledge.quantity, pledge.unit),
                disputed=ClaimField.QUANTITY in differing,
            ),
        ),
        delivered=delivered,
        due=due,
        counted=pledge.counting == "counts",
        happenings=_happenings(pledge, milestones, now, sources, today),
        summary=words.gettext("Pledged: %(pledged)s. Delivered: %(delivered)s.")
        % {
            "pledged": words.quantity_words(pledge.quantity, pledge.unit),
            "delivered": str(
                listing.delivered_said(now.delivered, pledge.quantity, pledge.unit, in_dataset=bool(pledge.dataset))
            ),
        },
        words=said,
    )


def _happenings(
    pledge: Pledge, milestones: list[Milestone], now: Standing, sources: dict[str, Any], today: date
) -> tuple[Happening, ...]:
    found = []
    if not any(one.status == Status.ANNOUNCED for one in milestones):
        found.append(
            (
                pledge.announced.latest,
                _happening(words.when_short(pledge.announced), "said", words.gettext("Announced")),
            )
        )
    for one in milestones:
        source = sources.get(one.source or "")
        sub = " · ".join(part for part in (_by(source), one.note) if part)
        kind = "" if one.status else "del"
        found.append(
            (one.dates.latest, _happening(words.when_short(one.dates), kind, _milestone_words(one, pledge), sub))
        )
    found.sort(key=lambda pair: pair[0] or date.min)
    ended = [happening for _, happening in found]
    expected = pledge.expected.latest
    if expected and now.status not in CLOSED:
        when = words.when_short(pledge.expected)
        if expected < today:
            late = words.overdue_words((today - expected).days)
            ended.append(_happening(when, "late", words.gettext("Expected; not known to have arrived in full"), late))
        else:
            ended.append(_happening(when, "open", words.gettext("Expected")))
    elif not now.delivered.reports and now.status not in CLOSED:
        text = words.gettext("First delivery. None is known; no date was ever given, so it is not overdue")
        ended.append(_happening(words.gettext("not stated"), "open", text))
    return tuple(ended)


def _happening(when: str, kind: str, text: str, sub: str = "") -> Happening:
    return Happening(when=when or words.gettext("undated"), kind=kind, text=text, sub=sub)


def _milestone_words(one: Milestone, pledge: Pledge) -> str:
    if one.status:
        name = words.word(one.status)
        return name[0].upper() + name[1:]
    if one.basis == "complete":
        told_of = words.gettext("All delivered")
    elif one.quantity.numbered:
        number = words.quantity_words(one.quantity, pledge.unit)
        pattern = (
            words.gettext("%(number)s delivered")
            if one.basis == "increment"
            else words.gettext("%(number)s delivered so far")
        )
        told_of = pattern % {"number": number}
    else:
        told_of = words.gettext("Delivery, number not given")
    if one.point and one.point != "unstated":
        told_of += f" ({words.word(one.point)})"
    return told_of


def _by(source: Any) -> str:
    return (source.publisher or words.host(source.url)) if source is not None else ""


def _citation(record: Record, now: Standing, day: date) -> str:
    pledge = record.pledge
    return words.gettext(
        "Allied Pledges, “%(title)s”: %(pledged)s pledged, %(delivered)s delivered. Version %(version)s, %(day)s."
    ) % {
        "title": pledge.title,
        "pledged": words.quantity_words(pledge.quantity, pledge.unit),
        "delivered": str(
            listing.delivered_said(now.delivered, pledge.quantity, pledge.unit, in_dataset=bool(pledge.dataset))
        ),
        "version": record.version,
        "day": words.day(record.at.date()),
    }
