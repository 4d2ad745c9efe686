"""What one source says of one figure; which figures are disputed; how far a record can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from app.domain.codes import N_, Code
from app.domain.money import Amount
from app.domain.quantity import Quantity
from app.domain.source import SourceKind
from app.domain.when import When

LONGEST_QUOTE = 300


class ClaimField(Code):
    QUANTITY = "quantity", N_("quantity")
    AMOUNT = "amount", N_("amount")
    BENEFICIARY = "beneficiary", N_("beneficiary")
    SYSTEM = "system", N_("system")
    ANNOUNCED = "announced", N_("announced")
    EXPECTED = "expected", N_("expected")
    DELIVERED = "delivered", N_("delivered")


class Rank(Code):
    PREFERRED = "preferred", N_("preferred")
    NORMAL = "normal", N_("also claimed")
    DEPRECATED = "deprecated", N_("set aside")


class Reason(Code):
    UNIT_ERROR = "unit_error", N_("unit error")
    CURRENCY_ERROR = "currency_error", N_("currency error")
    TYPO = "typo", N_("typing error")
    OUTDATED = "outdated", N_("outdated")
    SUPERSEDED = "superseded", N_("superseded")
    MISATTRIBUTED = "misattributed", N_("misattributed")
    UNSUPPORTED = "unsupported", N_("not supported by its text")


class Confidence(Code):
    CONFIRMED = "confirmed", N_("confirmed")
    PROBABLE = "probable", N_("probable")
    REPORTED = "reported", N_("reported")
    DISPUTED = "disputed", N_("disputed")
    UNSOURCED = "unsourced", N_("unsourced")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The value as read stands in the one of `quantity`, `amount`, `code` and `dates` that fits the field;
    `words` are the value as published. A claim without a readable value is kept and disputes nothing."""

    field: ClaimField
    source: str  # key
    words: str = ""
    quantity: Quantity | None = None
    amount: Amount | None = None
    code: str = ""  # a beneficiary or the slug of a system
    dates: When = field(default_factory=When)
    quote: str = ""
    locator: str = ""
    rank: Rank = Rank.NORMAL
    reason: Reason | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.quote) > LONGEST_QUOTE:
            raise ValueError(f"A quote has at most {LONGEST_QUOTE} characters.")
        if (self.rank is Rank.DEPRECATED) != (self.reason is not None):
            raise ValueError("A claim that is set aside has a reason, and no other claim has.")

    @property
    def subject(self) -> tuple[ClaimField, str]:
        return self.field, self.source

    @property
    def stands(self) -> bool:
        return self.rank is not Rank.DEPRECATED

    def differs_from(self, other: "Claim") -> bool:
        """Whether two claims on one field cannot both be right."""
        for mine, theirs in ((self.quantity, other.quantity), (self.amount, other.amount)):
            if mine is not None and theirs is not None:
                return mine.differs_from(theirs)
        if self.code and other.code:
            return self.code != other.code
        if self.dates and other.dates:
            return (self.dates.earliest, self.dates.latest) != (other.dates.earliest, other.dates.latest)
        return False


def disputed(claims: Iterable[Claim]) -> list[ClaimField]:
    """The fields on which two claims that stand differ."""
    standing = [claim for claim in claims if claim.stands]
    return [
        name
        for name in ClaimField
        if any(a.differs_from(b) for a, b in combinations([c for c in standing if c.field is name], 2))
    ]


def confidence(sources: dict[str, SourceKind], disputed_fields: list[ClaimField]) -> Confidence:
    """`sources`: key to kind, of the claims that stand and of the milestones."""
    if not sources:
        return Confidence.UNSOURCED
    if disputed_fields:
        return Confidence.DISPUTED
    if not any(kind.official for kind in sources.values()):
        return Confidence.REPORTED
    return Confidence.CONFIRMED if len(sources) > 1 else Confidence.PROBABLE
