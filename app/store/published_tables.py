"""The tables of the data package beside that of the pledges: their columns, and where each is kept."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case

from app.domain.claim import ClaimField, Rank, Reason
from app.domain.codes import Code
from app.domain.dictionary import Holds
from app.domain.donor import DonorGroup, DonorKind
from app.domain.event import EventKind
from app.domain.milestone import CountBasis, DeliveryPoint, Status
from app.domain.money import AmountBasis, ValueSetBy
from app.domain.pledge import LinkKind, PartyRole, ShareKind
from app.domain.quantity import Qualifier
from app.domain.source import SourceKind
from app.domain.system import Role, Unit
from app.domain.table import Column, Table
from app.store import tables
from app.store.columns import core
from app.store.matching import PLEDGE

Held = tuple[Column, ColumnElement[Any]]


@dataclass(frozen=True)
class Published:
    """`given`: which rows are public."""

    table: Table
    columns: tuple[Held, ...]
    rows: FromClause
    order: tuple[ColumnElement[Any], ...]
    given: tuple[ColumnElement[bool], ...] = ()


def codes_of(codes: type[Code] | None) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), code.title) for code in codes) if codes else ()


def _held(
    name: str,
    held: Any,
    told: str,
    holds: Holds = Holds.TEXT,
    codes: type[Code] | None = None,
    *,
    refers_to: str = "",
    needed: bool = False,
) -> Held:
    column = Column(name=name, told=told, holds=holds, codes=codes_of(codes), refers_to=refers_to, needed=needed)
    return column, held


def _published(
    name: str, told: str, key: tuple[str, ...], rows: Any, order: Any, *columns: Held, given: Any = ()
) -> Any:
    table = Table(name=name, told=told, key=key, columns=tuple(column for column, _ in columns))
    return Published(table, columns, rows, tuple(order), tuple(given))


def _of_pledge() -> Held:
    return _held("pledge", PLEDGE.c.key, "Key of the pledge.", refers_to="pledges.key", needed=True)


def _numbers(table: Any, prefix: str, what: str, kept: str = "") -> tuple[Held, ...]:
    """Low, point and high of a quantity or an amount, and the words for it. `kept`: how its columns begin."""
    return (
        _held(f"{prefix}qualifier", table.c[f"{kept}qualifier"], f"How {what} was stated.", codes=Qualifier),
        _held(f"{prefix}low", table.c[f"{kept}low"], f"Lowest end of {what}.", Holds.NUMBER),
        _held(
            f"{prefix}point", table.c[f"{kept}point"], f"{what[0].upper()}{what[1:]}, where it is stated.", Holds.NUMBER
        ),
        _held(f"{prefix}high", table.c[f"{kept}high"], f"Highest end of {what}.", Holds.NUMBER),
    )


def _dates(table: Any, prefix: str, kept: str = "", words: str = "dates_words") -> tuple[Held, ...]:
    return (
        _held(f"{prefix}earliest", table.c[f"{kept}earliest"], "First day on which it may have been.", Holds.DAY),
        _held(f"{prefix}latest", table.c[f"{kept}latest"], "Last day on which it may have been.", Holds.DAY),
        _held(f"{prefix}words", table.c[words], "The date as published."),
    )


def _row(table: Any) -> Held:
    return _held("id", table.c.id, "Number of the row in this installation.", Holds.WHOLE, needed=True)


D, M, S = core(tables.Donor), core(tables.Membership), core(tables.System)
E, K, O = core(tables.Event), core(tables.Package), core(tables.Source)  # noqa: E741
CLAIM, MILESTONE, PARTY, LINK = (core(one) for one in (tables.Claim, tables.Milestone, tables.Party, tables.Link))
EVENT_SOURCE, PACKAGE_SOURCE, COVERAGE = core(tables.EventSource), core(tables.PackageSource), core(tables.Coverage)
CHANGE, REVISION = core(tables.Change), core(tables.Revision)
OTHER = PLEDGE.alias("other")
PUBLIC = (PLEDGE.c.visible,)


def _part(table: Any) -> Any:
    return table.join(PLEDGE, PLEDGE.c.id == table.c.pledge_id)


TABLES: tuple[Published, ...] = (
    _published(
        "claims",
        "What each source says of one figure",
        ("id",),
        _part(CLAIM).join(O, O.c.id == CLAIM.c.source_id),
        (CLAIM.c.pledge_id, CLAIM.c.id),
        _row(CLAIM),
        _of_pledge(),
        _held("source", O.c.key, "Key of the source.", refers_to="sources.key", needed=True),
        _held("field", CLAIM.c.field, "The figure it speaks of.", codes=ClaimField, needed=True),
        _held("words", CLAIM.c.words, "The value as published."),
        *_numbers(CLAIM, "", "the number or amount"),
        _held("currency", CLAIM.c.currency, "Currency of an amount, ISO 4217."),
        _held("basis", CLAIM.c.basis, "What an amount is.", codes=AmountBasis),
        _held("code", CLAIM.c.code, "A beneficiary, or the name of a system."),
        *_dates(CLAIM, "dates_"),
        _held("quote", CLAIM.c.quote, "The words of the source."),
        _held("locator", CLAIM.c.locator, "Where in the source."),
        _held("rank", CLAIM.c.rank, "The preferred claim gives the figure.", codes=Rank, needed=True),
        _held("reason", CLAIM.c.reason, "Why it was set aside.", codes=Reason),
        _held("note", CLAIM.c.note, "What else is to be known."),
        given=PUBLIC,
    ),
    _published(
        "milestones",
        "What happened to a pledge: a status reached or a delivery",
        ("id",),
        _part(MILESTONE).outerjoin(O, O.c.id == MILESTONE.c.source_id),
        (MILESTONE.c.pledge_id, MILESTONE.c.id),
        _row(MILESTONE),
        _of_pledge(),
        _held("status", MILESTONE.c.status, "The status reached; empty for a delivery.", codes=Status),
        _held("basis", MILESTONE.c.basis, "How a delivery is counted.", codes=CountBasis),
        _held("point", MILESTONE.c.point, "Where a delivery was counted.", codes=DeliveryPoint),
        *_numbers(MILESTONE, "quantity_", "the number delivered", "quantity_"),
        _held("quantity_words", MILESTONE.c.quantity_words, "The number as published."),
        *_dates(MILESTONE, "dates_"),
        _held("source", O.c.key, "Key of the source.", refers_to="sources.key"),
        _held("note", MILESTONE.c.note, "What else is to be known."),
        given=PUBLIC,
    ),
    _published(
        "parties",
        "Further donors, funders, procurers and beneficiaries of a pledge",
        ("id",),
        _part(PARTY).join(D, D.c.id == PARTY.c.donor_id),
        (PARTY.c.pledge_id, PARTY.c.id),
        _row(PARTY),
        _of_pledge(),
        _held("donor", D.c.code, "Code of the donor.", refers_to="donors.code", needed=True),
        _held("role", PARTY.c.role, "What it does.", codes=PartyRole, needed=True),
        _held("share_kind", PARTY.c.share_kind, "What its share is told as.", codes=ShareKind),
        _held("share", PARTY.c.share, "Its share; empty where nobody knows.", Holds.NUMBER),
        _held("currency", PARTY.c.currency, "Currency of a share that is an amount."),
        given=PUBLIC,
    ),
    _published(
        "links",
        "Links from pledge to pledge",
        ("id",),
        _part(LINK).join(OTHER, OTHER.c.id == LINK.c.to_id),
        (LINK.c.pledge_id, LINK.c.id),
        _row(LINK),
        _of_pledge(),
        _held("kind", LINK.c.kind, "What the pledge is to the other.", codes=LinkKind, needed=True),
        _held("to", OTHER.c.key, "Key of the other pledge.", refers_to="pledges.key", needed=True),
        _held("note", LINK.c.note, "What else is to be known."),
        given=(PLEDGE.c.visible, OTHER.c.visible),
    ),
    _published(
        "donors",
        "States, institutions and funds that give",
        ("code",),
        D,
        (D.c.code,),
        _held("code", D.c.code, "ISO 3166-1 alpha-2, or the short name of an institution.", needed=True),
        _held("slug", D.c.slug, "Name in addresses.", needed=True),
        _held("name", D.c.name, "Name.", needed=True),
        _held("name_de", D.c.name_de, "Name in German."),
        _held("name_uk", D.c.name_uk, "Name in Ukrainian."),
        _held("kind", D.c.kind, "What it is.", codes=DonorKind, needed=True),
        _held("aliases", D.c.aliases, "Other names, divided by |."),
    ),
    _published(
        "memberships",
        "Which donor was in which group, and when",
        ("id",),
        M.join(D, D.c.id == M.c.donor_id),
        (D.c.code, M.c.id),
        _row(M),
        _held("donor", D.c.code, "Code of the donor.", refers_to="donors.code", needed=True),
        _held("group", M.c.group, "The group.", codes=DonorGroup, needed=True),
        _held("since", M.c.since, "First day; empty where it has no beginning that matters.", Holds.DAY),
        _held("until", M.c.until, "Last day; empty where it lasts.", Holds.DAY),
    ),
    _published(
        "systems",
        "The tree of system types",
        ("slug",),
        S,
        (S.c.code,),
        _held("slug", S.c.slug, "Name in addresses.", needed=True),
        _held("code", S.c.code, "Place in the tree: each dot is one level down.", needed=True),
        _held("name", S.c.name, "Name.", needed=True),
        _held("name_de", S.c.name_de, "Name in German."),
        _held("name_uk", S.c.name_uk, "Name in Ukrainian."),
        _held("aliases", S.c.aliases, "Other names, divided by |."),
        _held("range_band", S.c.range_band, "Range."),
        _held("effector", S.c.effector, "What it works with."),
        _held("default_role", S.c.default_role, "Usual role.", codes=Role),
        _held("default_unit", S.c.default_unit, "Usual unit.", codes=Unit),
        _held("maker", S.c.maker, "Maker."),
        _held("origin", S.c.origin, "Origin."),
        _held("note", S.c.note, "What else is to be known."),
        _held("source_url", S.c.source_url, "Address that says so.", Holds.ADDRESS),
    ),
    _published(
        "events",
        "Meetings at which aid was pledged",
        ("slug",),
        E,
        (E.c.id,),
        _held("slug", E.c.slug, "Name in addresses.", needed=True),
        _held("title", E.c.title, "Title.", needed=True),
        _held("kind", E.c.kind, "What it was.", codes=EventKind, needed=True),
        *_dates(E, "dates_"),
        _held("place", E.c.place, "Place; empty where it was held by video."),
        _held("called_by", E.c.called_by, "Who called it."),
        _held("chaired_by", E.c.chaired_by, "Who was in the chair."),
        _held("account", E.c.account, "What happened, in our own words."),
    ),
    _published(
        "event_sources",
        "Sources of the meetings",
        ("event", "source"),
        EVENT_SOURCE.join(E, E.c.id == EVENT_SOURCE.c.event_id).join(O, O.c.id == EVENT_SOURCE.c.source_id),
        (E.c.id, O.c.id),
        _held("event", E.c.slug, "Name of the meeting.", refers_to="events.slug", needed=True),
        _held("source", O.c.key, "Key of the source.", refers_to="sources.key", needed=True),
    ),
    _published(
        "packages",
        "Several pledges announced as one",
        ("key",),
        K.join(D, D.c.id == K.c.donor_id).outerjoin(E, E.c.id == K.c.event_id),
        (K.c.id,),
        _held("key", K.c.key, "Name that is kept across installations.", needed=True),
        _held("id", K.c.id, "Number of the package in this installation.", Holds.WHOLE, needed=True),
        _held("donor", D.c.code, "Code of the donor.", refers_to="donors.code", needed=True),
        _held("title", K.c.title, "Title.", needed=True),
        *_dates(K, "announced_", "announced_", "announced_words"),
        *_numbers(K, "total_", "the stated total", "total_"),
        _held("total_words", K.c.total_words, "The total as published."),
        _held("currency", K.c.total_currency, "Currency of the total."),
        *(
            _held(f"value_{end}_eur", K.c[f"value_{end}"], "Worth in euros.", Holds.NUMBER)
            for end in ("low", "point", "high")
        ),
        _held("value_set_by", K.c.value_set_by, "Who set the worth in euros.", codes=ValueSetBy),
        _held("event", E.c.slug, "Meeting at which it was announced.", refers_to="events.slug"),
        _held("note", K.c.note, "What else is to be known."),
        _held("dataset", K.c.dataset, "Dataset that it was taken from."),
        _held("release", K.c.release, "Release of that dataset."),
        _held("dataset_key", K.c.dataset_key, "Name of it in that dataset."),
    ),
    _published(
        "package_sources",
        "Sources of the packages",
        ("package", "source"),
        PACKAGE_SOURCE.join(K, K.c.id == PACKAGE_SOURCE.c.package_id).join(O, O.c.id == PACKAGE_SOURCE.c.source_id),
        (K.c.id, O.c.id),
        _held("package", K.c.key, "Key of the package.", refers_to="packages.key", needed=True),
        _held("source", O.c.key, "Key of the source.", refers_to="sources.key", needed=True),
    ),
    _published(
        "sources",
        "Where the figures come from",
        ("key",),
        O,
        (O.c.id,),
        _held("key", O.c.key, "Name that is kept across installations.", needed=True),
        _held("url", O.c.url, "Address.", Holds.ADDRESS),
        _held("title", O.c.title, "Title."),
        _held("publisher", O.c.publisher, "Publisher."),
        _held("kind", O.c.kind, "What it is.", codes=SourceKind, needed=True),
        _held("language", O.c.language, "Code of its language."),
        _held("published_on", O.c.published_on, "Day on which it was published.", Holds.DAY),
        _held("archive_url", O.c.archive_url, "Archived copy.", Holds.ADDRESS),
        _held("accessed_on", O.c.accessed_on, "Day on which it was read.", Holds.DAY),
        _held(
            "checked", case((O.c.checked, 1), else_=0), "1 where the page itself was read for the records.", Holds.WHOLE
        ),
        _held("note", O.c.note, "What else is to be known."),
    ),
    _published(
        "coverage",
        "What the records cover and how far, so that nobody takes a gap for a zero",
        ("system", "dataset"),
        COVERAGE.join(S, S.c.id == COVERAGE.c.system_id),
        (COVERAGE.c.id,),
        _held("system", S.c.slug, "Node of the system tree.", refers_to="systems.slug", needed=True),
        _held("until", COVERAGE.c.until, "Complete up to this day.", Holds.DAY, needed=True),
        _held("dataset", COVERAGE.c.dataset, "As this dataset tells it.", needed=True),
        _held("release", COVERAGE.c.release, "Its release."),
    ),
    _published(
        "changes",
        "What was done to which record, by whom and why, drafts left out",
        ("id",),
        REVISION.join(CHANGE, CHANGE.c.id == REVISION.c.change_id),
        (REVISION.c.id,),
        _row(REVISION),
        _held("change", CHANGE.c.id, "Number of the act; one act may touch several records.", Holds.WHOLE, needed=True),
        _held("at", CHANGE.c.at, "When, in UTC.", Holds.MOMENT, needed=True),
        _held("author", CHANGE.c.author, "Who."),
        _held("comment", CHANGE.c.comment, "Why."),
        _held("origin", CHANGE.c.origin, "By what way."),
        _held("record", REVISION.c.record, "Kind of record.", needed=True),
        _held("key", REVISION.c.key, "Key of the record.", needed=True),
        _held("operation", REVISION.c.operation, "What was done to it.", needed=True),
        _held("version", REVISION.c.version, "The version that came of it.", Holds.WHOLE, needed=True),
        _held("digest", REVISION.c.digest, "Digest of the history up to here."),
        given=(REVISION.c.operation != "draft",),
    ),
)
