"""The kinds of record that pledges refer to, as their forms and addresses need them."""

from dataclasses import dataclass
from typing import Any

from app.domain import record_fields as f
from app.domain.codes import N_
from app.domain.donor import Donor
from app.domain.event import Event
from app.domain.field import Fields
from app.domain.package import Package
from app.domain.source import Source
from app.domain.system import System
from app.web import words
from app.web.ask import Ask


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`record` is its name in the store, `place` the first part of its addresses, `by` the attribute in the second,
    else it is the number; `names` are chosen once. The rest are texts of the catalogue."""

    record: str
    place: str
    by: str = ""
    blank: Any
    fields: Fields
    names: Fields
    add: str
    edit: str
    gone: str
    home: tuple[str, str]

    def address(self, number: int, value: Any) -> str:
        return f"/{self.place}/{getattr(value, self.by) if self.by else number}"


KINDS = (
    Kind(
        record="source",
        place="sources",
        blank=Source(key=""),
        fields=f.SOURCE,
        names=f.SOURCE_NAMES,
        add=N_("Add a source"),
        edit=N_("Edit the source"),
        gone=N_("There is no source of this number."),
        home=(N_("Sources"), "/sources"),
    ),
    Kind(
        record="event",
        place="events",
        by="slug",
        blank=Event(slug="", title=""),
        fields=f.EVENT,
        names=f.EVENT_NAMES,
        add=N_("Add a meeting"),
        edit=N_("Edit the meeting"),
        gone=N_("There is no meeting of this name."),
        home=(N_("Events"), "/events"),
    ),
    Kind(
        record="package",
        place="packages",
        blank=Package(key="", donor="", title=""),
        fields=f.PACKAGE,
        names=f.PACKAGE_NAMES,
        add=N_("Add a package"),
        edit=N_("Edit the package"),
        gone=N_("There is no package of this number."),
        home=(N_("Donors"), "/donors"),
    ),
    Kind(
        record="donor",
        place="donors",
        by="code",
        blank=Donor(code="", slug="", name=""),
        fields=f.DONOR,
        names=f.DONOR_NAMES,
        add=N_("Add a donor"),
        edit=N_("Edit the donor"),
        gone=N_("There is no donor of this code."),
        home=(N_("Donors"), "/donors"),
    ),
    Kind(
        record="system",
        place="systems",
        by="slug",
        blank=System(code="", slug="", name=""),
        fields=f.SYSTEM,
        names=f.SYSTEM_NAMES,
        add=N_("Add a system"),
        edit=N_("Edit the system"),
        gone=N_("There is no system of this name."),
        home=(N_("Systems"), "/systems"),
    ),
)


def number_of(ask: Ask, record: str, name: str) -> int | None:
    """The number of the record that an address names; None where it cannot be one."""
    reference = ask.reference
    known = {"donor": reference.donor_ids, "system": reference.system_ids, "event": reference.event_ids}
    if record in known:
        return known[record].get(name)
    return int(name) if name.isascii() and name.isdigit() and len(name) < 16 else None


def called(value: Any) -> str:
    """What a reader calls the record."""
    match value:
        case Source():
            return value.title or value.publisher or words.host(value.url) or value.key
        case Event() | Package():
            return value.title
    return str(value.name)
