"""What becomes of a proposal."""

from app.domain.codes import N_, Code


class SuggestionState(Code):
    OPEN = "open", N_("waiting for an editor")
    ACCEPTED = "accepted", N_("accepted")
    PARTLY = "partly", N_("accepted in part")
    REFUSED = "refused", N_("not accepted")
    POSTPONED = "postponed", N_("put off by its editor")
