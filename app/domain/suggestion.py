"""What somebody proposes who does not edit: which fields they may speak of, and what becomes of it."""

from app.domain.codes import N_, Code

# Fields of a pledge, in the order of the form. Who gave it is asked for a new pledge alone.
SPOKEN = (
    "title",
    "quantity",
    "unit",
    "system",
    "role",
    "amount",
    "basis",
    "announced",
    "expected",
    "beneficiary",
    "supplier",
    "summary",
)
SPOKEN_NEW = ("title", "lead", *SPOKEN[1:])
LONGEST_COMMENT, LONGEST_SOURCE, LONGEST_NAME = 1_000, 2_000, 100


class SuggestionState(Code):
    OPEN = "open", N_("waiting for an editor")
    ACCEPTED = "accepted", N_("accepted")
    PARTLY = "partly", N_("accepted in part")
    REFUSED = "refused", N_("not accepted")
    POSTPONED = "postponed", N_("put off by its editor")


WAITING = (SuggestionState.OPEN, SuggestionState.POSTPONED)
