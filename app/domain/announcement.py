"""Several pledges announced as one, as a press release tells them: who, when and where once, and a line for each."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.claim import LONGEST_QUOTE, ClaimField
from app.domain.codes import N_
from app.domain.field import Field, Fields, Kind, fields
from app.domain.figure import claimed
from app.domain.money import Amount
from app.domain.package import Package
from app.domain.pledge import Pledge
from app.domain.pledge_fields import AMOUNT_HINT, DATES_HINT
from app.domain.quantity import UNDISCLOSED, Quantity
from app.domain.record_fields import DAY_HINT
from app.domain.source import Source, SourceKind
from app.domain.system import Role, System, Unit, fits
from app.domain.when import When

HEAD: Fields = fields(
    Field(name="donor", title=N_("Donor"), kind=Kind.DONOR, hint=N_("Name or code.")),
    Field(name="title", title=N_("Title"), hint=N_("What the whole of it is called.")),
    Field(name="announced", title=N_("Announced"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="event", title=N_("Meeting"), kind=Kind.EVENT, optional=True),
    Field(name="total", title=N_("Stated total"), kind=Kind.AMOUNT, optional=True, hint=AMOUNT_HINT),
)
ORIGIN: Fields = fields(
    Field(name="source", title=N_("Source that says so"), kind=Kind.SOURCE, optional=True,
          hint=N_("Words of a known source, or a new address. Left empty, every figure says “unsourced”.")),
    Field(name="source_title", title=N_("Its title"), optional=True, hint=N_("Of a new source only.")),
    Field(name="publisher", title=N_("Publisher"), optional=True, hint=N_("Of a new source only.")),
    Field(name="source_kind", title=N_("Kind"), kind=Kind.CHOICE, codes=SourceKind, hint=N_("Of a new source only.")),
    Field(name="published_on", title=N_("Published"), kind=Kind.DAY, optional=True, hint=DAY_HINT),
)  # fmt: skip
LINE: Fields = fields(
    Field(name="title", title=N_("Title")),
    Field(name="system", title=N_("System"), kind=Kind.SYSTEM, optional=True),
    Field(name="role", title=N_("Role"), kind=Kind.CHOICE, codes=Role, optional=True),
    Field(name="unit", title=N_("Unit"), kind=Kind.CHOICE, codes=Unit, optional=True),
    Field(name="quantity", title=N_("Quantity"), kind=Kind.QUANTITY),
    Field(name="amount", title=N_("Amount"), kind=Kind.AMOUNT, optional=True),
    Field(name="quote", title=N_("Quote"), optional=True, longest=LONGEST_QUOTE),
)
# What is usually counted in a unit, and usually in what a role is counted.
ROLES = {
    Unit.MISSILE: Role.INTERCEPTOR,
    Unit.ROUND: Role.GUN_AMMUNITION,
    Unit.LAUNCHER: Role.LAUNCHER,
    Unit.RADAR: Role.RADAR_SENSOR,
    Unit.PERSON_TRAINED: Role.TRAINING,
    Unit.GUN: Role.PLATFORM,
    Unit.VEHICLE: Role.PLATFORM,
    Unit.AIRCRAFT: Role.PLATFORM,
    Unit.HELICOPTER: Role.PLATFORM,
    Unit.SHIP: Role.PLATFORM,
}
UNITS = {role: unit for unit, role in ROLES.items() if role is not Role.PLATFORM}
NOUNS = {
    noun: unit
    for unit in Unit
    if unit is not Unit.OTHER
    for noun in (unit.title, unit.title.removesuffix("s"), unit.replace("_", " "))
}


@dataclass(frozen=True, kw_only=True)
class Announcement:
    donor: str = ""
    title: str = ""
    announced: When = field(default_factory=When)
    event: str | None = None
    total: Amount | None = None
    source: str = ""  # as typed
    source_title: str = ""
    publisher: str = ""
    source_kind: SourceKind = SourceKind.OFFICIAL_DONOR
    published_on: date | None = None

    def package(self, key: str, source: str | None) -> Package:
        return Package(
            key=key,
            donor=self.donor,
            title=self.title,
            announced=self.announced,
            total=self.total,
            event=self.event,
            sources=(source,) if source else (),
        )

    def described(self, source: Source) -> Source:
        """A new source with what is told of it here."""
        return Source(
            key=source.key,
            url=source.url,
            title=self.source_title,
            publisher=self.publisher or source.publisher,
            kind=self.source_kind,
            published_on=self.published_on,
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """None of role and unit: as usual for the system, or as the words of the line say. `said` is the quantity as it
    was typed, whose unit the quantity itself does not keep."""

    title: str = ""
    system: str | None = None
    role: Role | None = None
    unit: Unit | None = None
    quantity: Quantity = UNDISCLOSED
    amount: Amount | None = None
    quote: str = ""
    said: str = ""


def pledge_of(told: Announcement, line: Line, system: System | None, package: str, source: str | None) -> Pledge:
    """The pledge that a line tells of, with what the source says of its figures."""
    unit = line.unit or _unit(line, system)
    role = line.role or _role(line, system, unit)
    pledge = Pledge(
        key="",
        lead=told.donor,
        title=line.title,
        system=line.system,
        role=role,
        unit=unit,
        quantity=line.quantity,
        amount=line.amount,
        announced=told.announced,
        package=package,
        event=told.event,
    )
    if source is None:
        return pledge
    for name in _figures(pledge):
        pledge = claimed(pledge, name, source, quote=line.quote)
    return pledge


def _figures(pledge: Pledge) -> list[ClaimField]:
    """What the source says something of: that a number is undisclosed too, unless it speaks of money alone."""
    counted = pledge.quantity.numbered or pledge.amount is None
    return [
        *([ClaimField.QUANTITY] if counted else []),
        *([ClaimField.AMOUNT] if pledge.amount else []),
        *([ClaimField.ANNOUNCED] if pledge.announced else []),
    ]


def noun_of(text: str) -> Unit | None:
    """The unit that a text ends with: “about 200 missiles”."""
    words = text.lower().split()
    return NOUNS.get(" ".join(words[-2:])) or NOUNS.get(words[-1]) if words else None


def _unit(line: Line, system: System | None) -> Unit:
    named = noun_of(line.said) or noun_of(line.title)
    usual = system.default_unit if system else None
    if line.role is None:
        return named or usual or Unit.OTHER
    fitting = [unit for unit in (named, usual, UNITS.get(line.role)) if unit and fits(line.role, unit)]
    return fitting[0] if fitting else Unit.OTHER


def _role(line: Line, system: System | None, unit: Unit) -> Role:
    if system is None and line.amount and not line.quantity.numbered and unit is Unit.OTHER:
        return Role.FUNDING
    usual = system.default_role if system else None
    told = ROLES.get(unit)
    if system and unit is not system.default_unit and told not in (None, Role.PLATFORM):
        return told  # launchers of Patriot are not whole systems of it
    return usual if usual and fits(usual, unit) else told or usual or Role.COMPLETE_SYSTEM
