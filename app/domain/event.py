"""Meetings at which aid was pledged."""

from dataclasses import dataclass, field

from app.domain.codes import N_, Code
from app.domain.when import When


class EventKind(Code):
    NUC = "nuc", N_("NATO-Ukraine Council")
    UDCG = "udcg", N_("Ukraine Defense Contact Group")
    DONOR_CONFERENCE = "donor_conference", N_("donor conference")
    OTHER = "other", N_("meeting")


@dataclass(frozen=True, kw_only=True)
class Event:
    slug: str
    title: str
    kind: EventKind = EventKind.OTHER
    dates: When = field(default_factory=When)
    place: str = ""
    called_by: str = ""
    chaired_by: str = ""
    account: str = ""  # neutral, in our own words
    sources: tuple[str, ...] = ()
