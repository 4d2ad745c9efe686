"""Every field of what pledges refer to that an editor fills in. Names that stand in addresses and in other records are
chosen once, with the record."""

from app.domain.codes import N_
from app.domain.donor import DonorGroup, DonorKind
from app.domain.event import EventKind
from app.domain.field import Field, Fields, Kind, fields
from app.domain.pledge_fields import AMOUNT_HINT, DATES_HINT, LONG
from app.domain.source import SourceKind
from app.domain.system import Role, Unit

DAY_HINT = N_("A single day, as in “29 December 2023”.")
SOURCES_HINT = N_("One a line: the address, title or publisher of a known source.")
SLUG_HINT = N_("It stands in the address and stays. Left empty, it is made from the name.")
KEY_HINT = N_("It stays, in every export too. Left empty, one is made.")
ONE_A_LINE = N_("One a line.")

SOURCE: Fields = fields(
    Field(name="url", title=N_("Address"), kind=Kind.ADDRESS, optional=True,
          hint=N_("As the browser shows it. Empty for a document without one.")),
    Field(name="title", title=N_("Title"), optional=True),
    Field(name="publisher", title=N_("Publisher"), optional=True),
    Field(name="kind", title=N_("Kind"), kind=Kind.CHOICE, codes=SourceKind),
    Field(name="language", title=N_("Language"), optional=True, longest=12, hint=N_("Its code, as in “de”.")),
    Field(name="published_on", title=N_("Published"), kind=Kind.DAY, optional=True, hint=DAY_HINT),
    Field(name="archive_url", title=N_("Archived copy"), kind=Kind.ADDRESS, optional=True,
          hint=N_("Where the page is kept, should it go.")),
    Field(name="accessed_on", title=N_("Read on"), kind=Kind.DAY, optional=True, hint=DAY_HINT),
    Field(name="checked", title=N_("Read by us"), kind=Kind.YES,
          hint=N_("Whether the page itself was read, and not what others say of it.")),
    Field(name="note", title=N_("Note"), kind=Kind.AREA, optional=True, longest=LONG),
)  # fmt: skip
EVENT: Fields = fields(
    Field(name="title", title=N_("Title"), hint=N_("What it is called, without its day.")),
    Field(name="kind", title=N_("Kind"), kind=Kind.CHOICE, codes=EventKind),
    Field(name="dates", title=N_("Date"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="place", title=N_("Place"), optional=True, hint=N_("Empty: by video.")),
    Field(name="called_by", title=N_("Called by"), optional=True),
    Field(name="chaired_by", title=N_("Chair"), optional=True),
    Field(name="account", title=N_("What happened"), kind=Kind.AREA, optional=True, longest=LONG,
          hint=N_("In our own words, without praise or blame.")),
    Field(name="sources", title=N_("Sources"), kind=Kind.SOURCES, optional=True, hint=SOURCES_HINT),
)  # fmt: skip
PACKAGE: Fields = fields(
    Field(name="donor", title=N_("Donor"), kind=Kind.DONOR, hint=N_("Name or code.")),
    Field(name="title", title=N_("Title"), hint=N_("As it was announced.")),
    Field(name="announced", title=N_("Announced"), kind=Kind.DATES, optional=True, hint=DATES_HINT),
    Field(name="event", title=N_("Meeting"), kind=Kind.EVENT, optional=True),
    Field(name="total", title=N_("Stated total"), kind=Kind.AMOUNT, optional=True, hint=AMOUNT_HINT),
    Field(name="value", title=N_("Worth in euros, where a source states it"), kind=Kind.WORTH, optional=True),
    Field(name="note", title=N_("Note"), kind=Kind.AREA, optional=True, longest=LONG),
    Field(name="sources", title=N_("Sources"), kind=Kind.SOURCES, optional=True, hint=SOURCES_HINT),
)
DONOR: Fields = fields(
    Field(name="name", title=N_("Name")),
    Field(name="name_de", title=N_("Name in German"), optional=True),
    Field(name="name_uk", title=N_("Name in Ukrainian"), optional=True),
    Field(name="kind", title=N_("Kind"), kind=Kind.CHOICE, codes=DonorKind),
    Field(name="aliases", title=N_("Also called"), kind=Kind.NAMES, optional=True, hint=ONE_A_LINE),
)
MEMBERSHIP: Fields = fields(
    Field(name="group", title=N_("Group"), kind=Kind.CHOICE, codes=DonorGroup, optional=True),
    Field(name="since", title=N_("From"), kind=Kind.DAY, optional=True),
    Field(name="until", title=N_("To"), kind=Kind.DAY, optional=True),
)
SYSTEM: Fields = fields(
    Field(name="name", title=N_("Name")),
    Field(name="name_de", title=N_("Name in German"), optional=True),
    Field(name="name_uk", title=N_("Name in Ukrainian"), optional=True),
    Field(name="aliases", title=N_("Also called"), kind=Kind.NAMES, optional=True, hint=ONE_A_LINE),
    Field(name="default_role", title=N_("Usual role"), kind=Kind.CHOICE, codes=Role, optional=True,
          hint=N_("Of a pledge that does not say.")),
    Field(name="default_unit", title=N_("Usual unit"), kind=Kind.CHOICE, codes=Unit, optional=True,
          hint=N_("Of a pledge that does not say.")),
    Field(name="range_band", title=N_("Range"), optional=True, hint=N_("As in “LRAD”, “MRAD”, “SHORAD”.")),
    Field(name="effector", title=N_("What it works with"), optional=True, hint=N_("As in “missile” or “gun”.")),
    Field(name="maker", title=N_("Maker"), optional=True),
    Field(name="origin", title=N_("Origin"), optional=True),
    Field(name="source_url", title=N_("Address that says so"), kind=Kind.ADDRESS, optional=True),
    Field(name="note", title=N_("Note"), kind=Kind.AREA, optional=True, longest=LONG),
)  # fmt: skip

SOURCE_NAMES: Fields = fields(Field(name="key", title=N_("Key"), optional=True, longest=60, hint=KEY_HINT))
PACKAGE_NAMES = SOURCE_NAMES
EVENT_NAMES: Fields = fields(
    Field(name="slug", title=N_("Name in addresses"), optional=True, longest=60, hint=SLUG_HINT)
)
DONOR_NAMES: Fields = fields(
    Field(name="code", title=N_("Code"), optional=True, longest=12,
          hint=N_("It stays. Two letters for a state, as in “DE”; else what it goes by, as in “NSPA”.")),
    Field(name="slug", title=N_("Name in addresses"), optional=True, longest=60, hint=SLUG_HINT),
)  # fmt: skip
SYSTEM_NAMES: Fields = fields(
    Field(name="parent", title=N_("Stands under"), kind=Kind.SYSTEM, hint=N_("A category, a class or a family.")),
    Field(name="code", title=N_("Code"), optional=True, longest=60,
          hint=N_("What follows the dot, as in “PATRIOT”; it stays. Left empty, it is made from the name.")),
    Field(name="slug", title=N_("Name in addresses"), optional=True, longest=60, hint=SLUG_HINT),
)  # fmt: skip
