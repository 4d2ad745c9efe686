"""Every column of a download: its name, what it holds, its unit, and what an empty cell means."""

from dataclasses import dataclass

from app.domain.claim import Confidence
from app.domain.codes import N_, Code
from app.domain.milestone import Status
from app.domain.money import AmountBasis, ValueSetBy
from app.domain.pledge import AidType, Beneficiary, Counting
from app.domain.quantity import Qualifier
from app.domain.system import Role, Unit


@dataclass(frozen=True)
class Entry:
    name: str
    told: str  # a sentence of the catalogue
    codes: type[Code] | None = None
    empty: str = N_("not known")


COLUMNS = (
    Entry("key", N_("Name of the record that is kept across installations and releases."), empty=N_("never empty")),
    Entry("id", N_("Number of the record in this installation."), empty=N_("never empty")),
    Entry("version", N_("How often the record was written."), empty=N_("never empty")),
    Entry("address", N_("Where the record stands, as it was at this version."), empty=N_("never empty")),
    Entry("donor", N_("Code of the lead donor: ISO 3166-1 alpha-2, or the short name of an institution.")),
    Entry("donor_name", N_("Name of the lead donor.")),
    Entry("recipient", N_("Code of the country that the pledge is addressed to.")),
    Entry("title", N_("What is pledged, in a few words.")),
    Entry("aid", N_("Kind of aid."), AidType),
    Entry("system", N_("Node of the system tree, as in addresses."), empty=N_("no goods, or none named")),
    Entry("system_name", N_("Name of that node."), empty=N_("no goods, or none named")),
    Entry("family", N_("Node within which items may be added up, with the same role and unit.")),
    Entry("role", N_("What the item does."), Role),
    Entry("unit", N_("What is counted."), Unit),
    Entry("quantity_qualifier", N_("How the number was stated."), Qualifier),
    Entry("quantity_low", N_("Lowest number that fits the statement."), empty=N_("not stated")),
    Entry("quantity_point", N_("The number stated, where there is one."), empty=N_("not stated")),
    Entry("quantity_high", N_("Highest number that fits the statement."), empty=N_("no upper end was given")),
    Entry("quantity_words", N_("The number as published.")),
    Entry("delivered_low", N_("Lowest number known to have arrived."), empty=N_("no delivery is told of")),
    Entry("delivered_point", N_("Number known to have arrived, where it is sure."), empty=N_("not stated")),
    Entry("delivered_high", N_("Highest number that may have arrived."), empty=N_("no upper end, or none told of")),
    Entry("delivered_reports", N_("How many reports of deliveries the number rests on; 0 is none, not zero arrived.")),
    Entry("status", N_("How far the pledge has come."), Status),
    Entry("amount_qualifier", N_("How the amount was stated."), Qualifier, N_("no amount was stated")),
    Entry("amount_low", N_("Lowest amount, in the currency it was stated in."), empty=N_("not stated")),
    Entry("amount_point", N_("The amount stated, where there is one."), empty=N_("not stated")),
    Entry("amount_high", N_("Highest amount."), empty=N_("no upper end was given")),
    Entry("amount_words", N_("The amount as published.")),
    Entry("currency", N_("Currency of the amount, ISO 4217."), empty=N_("no amount was stated")),
    Entry("amount_basis", N_("What the amount is."), AmountBasis, N_("no amount was stated")),
    Entry("value_low_eur", N_("Lowest worth in euros."), empty=N_("not valued")),
    Entry("value_point_eur", N_("Worth in euros."), empty=N_("not valued")),
    Entry("value_high_eur", N_("Highest worth in euros."), empty=N_("not valued, or no upper end")),
    Entry("value_set_by", N_("Who set the worth in euros."), ValueSetBy, N_("not valued")),
    Entry(
        "rate",
        N_("Units of the currency for one euro, ECB reference rate."),
        empty=N_("no rate was needed or is quoted"),
    ),
    Entry("rate_day", N_("Day of the rate."), empty=N_("no rate was needed or is quoted")),
    Entry("announced_earliest", N_("First day on which it may have been announced."), empty=N_("open")),
    Entry("announced_latest", N_("Last day on which it may have been announced; sorting and as_of use it.")),
    Entry("announced_words", N_("The date as published.")),
    Entry("expected_earliest", N_("First day on which delivery is expected."), empty=N_("not stated")),
    Entry("expected_latest", N_("Last day on which delivery is expected."), empty=N_("not stated")),
    Entry("counting", N_("Whether the record counts in sums of items, or the reason why it does not."), Counting),
    Entry(
        "counted_low",
        N_("What sums of items add of it: the share of the donors asked for, else all."),
        empty=N_("adds nothing known"),
    ),
    Entry("counted_point", N_("The same for the number stated."), empty=N_("adds nothing known")),
    Entry("counted_high", N_("The same for the highest number."), empty=N_("no upper end, or not counted")),
    Entry("counted_delivered_low", N_("What sums add of the lowest number arrived."), empty=N_("adds nothing known")),
    Entry("counted_delivered_point", N_("The same for the number arrived."), empty=N_("adds nothing known")),
    Entry(
        "counted_delivered_high",
        N_("The same for the highest number arrived."),
        empty=N_("no upper end, or not counted"),
    ),
    Entry(
        "counted_value_low_eur",
        N_("What sums of euros add of it; of an envelope, what is left of it."),
        empty=N_("adds nothing known"),
    ),
    Entry("counted_value_point_eur", N_("The same for the worth stated."), empty=N_("adds nothing known")),
    Entry("counted_value_high_eur", N_("The same for the highest worth."), empty=N_("no upper end, or not counted")),
    Entry("beneficiary", N_("Who receives it."), Beneficiary),
    Entry("supplier", N_("Who makes or sells it."), empty=N_("not stated")),
    Entry("package", N_("Number of the package that it was announced in."), empty=N_("none")),
    Entry("event", N_("Meeting at which it was pledged, as in addresses."), empty=N_("none")),
    Entry("confidence", N_("How well the record is sourced."), Confidence),
    Entry("disputed", N_("Figures on which sources differ, divided by blanks."), empty=N_("none")),
    Entry("sources", N_("Addresses of the sources, divided by blanks."), empty=N_("unsourced")),
    Entry("dataset", N_("Dataset that the record was taken from."), empty=N_("none")),
    Entry("release", N_("Release of that dataset."), empty=N_("none")),
    Entry("dataset_key", N_("Name of the line in that dataset."), empty=N_("none")),
    Entry("summary", N_("What it is about."), empty=N_("none")),
    Entry("note", N_("What else is to be known."), empty=N_("none")),
    Entry("updated_at", N_("When the record was last written, in UTC."), empty=N_("never empty")),
)
