"""Answers that say no: each with a sentence for whoever asked."""

from starlette.exceptions import HTTPException

from app.domain.codes import N_


class Refusal(HTTPException):
    """The detail is a text of the catalogue, to be shown as it is."""


class Misread(Refusal):
    """What was sent is not a form of ours."""

    def __init__(self, sentence: str = N_("What was sent cannot be read as text."), status: int = 422) -> None:
        super().__init__(status, sentence)


class SignInNeeded(Refusal):
    def __init__(self) -> None:
        super().__init__(401, N_("This needs an account. Please sign in."), {"WWW-Authenticate": "Bearer"})


class NotAllowed(Refusal):
    def __init__(self, sentence: str = N_("Your account is not allowed to do this. An admin can change that.")) -> None:
        super().__init__(403, sentence)


class SecondStepNeeded(Refusal):
    href, label = "/account/second-step", N_("Set up the second step")

    def __init__(self) -> None:
        super().__init__(403, N_("An admin signs in with a second step. Please set it up first."))


class ConfirmationNeeded(Refusal):
    def __init__(self) -> None:
        super().__init__(403, N_("Please type your password again before this is done."))


class TooMany(Refusal):
    """`wait` is in seconds."""

    def __init__(self, sentence: str, wait: int) -> None:
        super().__init__(429, sentence, {"Retry-After": str(max(1, wait))})
