"""Every column of a download: its name, what it holds, its unit, and what an empty cell means."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.claim import Confidence
from app.domain.codes import N_, Code
from app.domain.milestone import Status
from app.domain.money import AmountBasis, ValueSetBy
from app.domain.pledge import AidType, Beneficiary, Counting
from app.domain.quantity import Qualifier
from app.domain.system import Role, Unit


class Holds(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # exact, with six decimals at most
    WHOLE = "whole"
    DAY = "day"
    MOMENT = "moment"  # in UTC
    ADDRESS = "address"
    ADDRESSES = "addresses"  # divided by blanks


class Worth(Code):
    """What a worth in euros rests on: one that follows is worked out anew with its amount."""

    AMOUNT = "amount", N_("follows from the amount")
    STATED = "stated", N_("stated by itself")


@dataclass(frozen=True)
class Entry:
    """`at` is the path of the attribute that the column holds, as `formats.record` tells it; "" for what follows from
    others, which an import passes over."""

    name: str
    told: str  # a sentence of the catalogue
    codes: type[Code] | None = None
    holds: Holds = Holds.TEXT
    at: str = ""
    empty: str = N_("not known")


COLUMNS = (
    Entry(
        "key",
        N_("Name of the record that is kept across installations and releases."),
        at="key",
        empty=N_("never empty"),
    ),
    Entry("id", N_("Number of the record in this installation."), holds=Holds.WHOLE, empty=N_("never empty")),
    Entry("version", N_("How often the record was written."), holds=Holds.WHOLE, empty=N_("never empty")),
    Entry(
        "address",
        N_("Where the record stands, as it was at this version."),
        holds=Holds.ADDRESS,
        empty=N_("never empty"),
    ),
    Entry("donor", N_("Code of the lead donor: ISO 3166-1 alpha-2, or the short name of an institution."), at="lead"),
    Entry("donor_name", N_("Name of the lead donor.")),
    Entry("recipient", N_("Code of the country that the pledge is addressed to."), at="recipient"),
    Entry("title", N_("What is pledged, in a few words."), at="title"),
    Entry("aid", N_("Kind of aid."), AidType, at="aid"),
    Entry("system", N_("Node of the system tree, as in addresses."), at="system", empty=N_("no goods, or none named")),
    Entry("system_name", N_("Name of that node."), empty=N_("no goods, or none named")),
    Entry("family", N_("Node within which items may be added up, with the same role and unit.")),
    Entry("role", N_("What the item does."), Role, at="role"),
    Entry("unit", N_("What is counted."), Unit, at="unit"),
    Entry("quantity_qualifier", N_("How the number was stated."), Qualifier, at="quantity.qualifier"),
    Entry(
        "quantity_low",
        N_("Lowest number that fits the statement."),
        holds=Holds.NUMBER,
        at="quantity.low",
        empty=N_("not stated"),
    ),
    Entry(
        "quantity_point",
        N_("The number stated, where there is one."),
        holds=Holds.NUMBER,
        at="quantity.point",
        empty=N_("not stated"),
    ),
    Entry(
        "quantity_high",
        N_("Highest number that fits the statement."),
        holds=Holds.NUMBER,
        at="quantity.high",
        empty=N_("no upper end was given"),
    ),
    Entry("quantity_words", N_("The number as published."), at="quantity.words"),
    Entry(
        "delivered_low",
        N_("Lowest number known to have arrived."),
        holds=Holds.NUMBER,
        empty=N_("no delivery is told of"),
    ),
    Entry(
        "delivered_point",
        N_("Number known to have arrived, where it is sure."),
        holds=Holds.NUMBER,
        empty=N_("not stated"),
    ),
    Entry(
        "delivered_high",
        N_("Highest number that may have arrived."),
        holds=Holds.NUMBER,
        empty=N_("no upper end, or none told of"),
    ),
    Entry(
        "delivered_reports",
        N_("How many reports of deliveries the number rests on; 0 is none, not zero arrived."),
        holds=Holds.WHOLE,
    ),
    Entry("status", N_("How far the pledge has come."), Status),
    Entry(
        "status_pin",
        N_("The status that an editor has set by hand."),
        Status,
        at="status_pin",
        empty=N_("none was set"),
    ),
    Entry("status_pin_reason", N_("Why it was set."), at="status_pin_reason", empty=N_("none was set")),
    Entry(
        "amount_qualifier",
        N_("How the amount was stated."),
        Qualifier,
        at="amount.qualifier",
        empty=N_("no amount was stated"),
    ),
    Entry(
        "amount_low",
        N_("Lowest amount, in the currency it was stated in."),
        holds=Holds.NUMBER,
        at="amount.low",
        empty=N_("not stated"),
    ),
    Entry(
        "amount_point",
        N_("The amount stated, where there is one."),
        holds=Holds.NUMBER,
        at="amount.point",
        empty=N_("not stated"),
    ),
    Entry(
        "amount_high", N_("Highest amount."), holds=Holds.NUMBER, at="amount.high", empty=N_("no upper end was given")
    ),
    Entry("amount_words", N_("The amount as published."), at="amount.words"),
    Entry("currency", N_("Currency of the amount, ISO 4217."), at="amount.currency", empty=N_("no amount was stated")),
    Entry("amount_basis", N_("What the amount is."), AmountBasis, at="amount.basis", empty=N_("no amount was stated")),
    Entry("value_low_eur", N_("Lowest worth in euros."), holds=Holds.NUMBER, at="value.low", empty=N_("not valued")),
    Entry("value_point_eur", N_("Worth in euros."), holds=Holds.NUMBER, at="value.point", empty=N_("not valued")),
    Entry(
        "value_high_eur",
        N_("Highest worth in euros."),
        holds=Holds.NUMBER,
        at="value.high",
        empty=N_("not valued, or no upper end"),
    ),
    Entry("value_set_by", N_("Who set the worth in euros."), ValueSetBy, at="value.set_by", empty=N_("not valued")),
    Entry(
        "value_from",
        N_("Whether the worth in euros follows from the amount or is stated by itself."),
        Worth,
        empty=N_("not valued"),
    ),
    Entry(
        "rate",
        N_("Units of the currency for one euro, ECB reference rate."),
        holds=Holds.NUMBER,
        empty=N_("no rate was needed or is quoted"),
    ),
    Entry("rate_day", N_("Day of the rate."), holds=Holds.DAY, empty=N_("no rate was needed or is quoted")),
    Entry(
        "announced_earliest",
        N_("First day on which it may have been announced."),
        holds=Holds.DAY,
        at="announced.earliest",
        empty=N_("open"),
    ),
    Entry(
        "announced_latest",
        N_("Last day on which it may have been announced; sorting and as_of use it."),
        holds=Holds.DAY,
        at="announced.latest",
    ),
    Entry("announced_words", N_("The date as published."), at="announced.words"),
    Entry(
        "expected_earliest",
        N_("First day on which delivery is expected."),
        holds=Holds.DAY,
        at="expected.earliest",
        empty=N_("not stated"),
    ),
    Entry(
        "expected_latest",
        N_("Last day on which delivery is expected."),
        holds=Holds.DAY,
        at="expected.latest",
        empty=N_("not stated"),
    ),
    Entry("expected_words", N_("The date of delivery as published."), at="expected.words"),
    Entry(
        "counting",
        N_("Whether the record counts in sums of items, or the reason why it does not."),
        Counting,
        at="counting",
    ),
    Entry(
        "counted_low",
        N_("What sums of items add of it: the share of the donors asked for, else all."),
        holds=Holds.NUMBER,
        empty=N_("adds nothing known"),
    ),
    Entry("counted_point", N_("The same for the number stated."), holds=Holds.NUMBER, empty=N_("adds nothing known")),
    Entry(
        "counted_high",
        N_("The same for the highest number."),
        holds=Holds.NUMBER,
        empty=N_("no upper end, or not counted"),
    ),
    Entry(
        "counted_delivered_low",
        N_("What sums add of the lowest number arrived."),
        holds=Holds.NUMBER,
        empty=N_("adds nothing known"),
    ),
    Entry(
        "counted_delivered_point",
        N_("The same for the number arrived."),
        holds=Holds.NUMBER,
        empty=N_("adds nothing known"),
    ),
    Entry(
        "counted_delivered_high",
        N_("The same for the highest number arrived."),
        holds=Holds.NUMBER,
        empty=N_("no upper end, or not counted"),
    ),
    Entry(
        "counted_value_low_eur",
        N_("What sums of euros add of it; of an envelope, what is left of it."),
        holds=Holds.NUMBER,
        empty=N_("adds nothing known"),
    ),
    Entry(
        "counted_value_point_eur",
        N_("The same for the worth stated."),
        holds=Holds.NUMBER,
        empty=N_("adds nothing known"),
    ),
    Entry(
        "counted_value_high_eur",
        N_("The same for the highest worth."),
        holds=Holds.NUMBER,
        empty=N_("no upper end, or not counted"),
    ),
    Entry("beneficiary", N_("Who receives it."), Beneficiary, at="beneficiary"),
    Entry("supplier", N_("Who makes or sells it."), at="supplier", empty=N_("not stated")),
    Entry("package", N_("Number of the package that it was announced in."), holds=Holds.WHOLE, empty=N_("none")),
    Entry(
        "package_key",
        N_("Name of that package that is kept across installations and releases."),
        at="package",
        empty=N_("none"),
    ),
    Entry("event", N_("Meeting at which it was pledged, as in addresses."), at="event", empty=N_("none")),
    Entry("confidence", N_("How well the record is sourced."), Confidence),
    Entry("disputed", N_("Figures on which sources differ, divided by blanks."), empty=N_("none")),
    Entry("sources", N_("Addresses of the sources, divided by blanks."), holds=Holds.ADDRESSES, empty=N_("unsourced")),
    Entry("dataset", N_("Dataset that the record was taken from."), at="dataset", empty=N_("none")),
    Entry("release", N_("Release of that dataset."), at="release", empty=N_("none")),
    Entry("dataset_key", N_("Name of the line in that dataset."), at="dataset_key", empty=N_("none")),
    Entry("summary", N_("What it is about."), at="summary", empty=N_("none")),
    Entry("note", N_("What else is to be known."), at="note", empty=N_("none")),
    Entry("updated_at", N_("When the record was last written, in UTC."), holds=Holds.MOMENT, empty=N_("never empty")),
)
