"""How sure a number is: the qualifiers, and the words that people use for them, of quantities and amounts alike."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain.codes import N_, Code
from app.domain.numerals import DASHES, NUMBER, Nonsense, Unreadable, number_and_magnitude, number_from, scaled, tidied


class Qualifier(Code):
    EXACT = "exact", N_("exact")
    AT_LEAST = "at_least", N_("at least")
    UP_TO = "up_to", N_("up to")
    ABOUT = "about", N_("about")
    RANGE = "range", N_("between two numbers")
    ESTIMATED = "estimated", N_("estimated")
    ORDER_OF_MAGNITUDE = "order_of_magnitude", N_("order of magnitude")
    SOME = "some", N_("some, no number")
    UNDISCLOSED = "undisclosed", N_("undisclosed")


@dataclass(frozen=True)
class Statement:
    """What was said: `to` ends a range or an order of magnitude, `firm` is the sure part of an `up_to`."""

    qualifier: Qualifier
    number: Decimal | None = None
    to: Decimal | None = None
    firm: Decimal | None = None
    words: str = ""


Spanned = Callable[[Decimal | None, Decimal | None], str]
UNKNOWN = "unknown"  # the end of a range that nobody told
SOME = "some"
MAGNITUDE_ALONE = "order of magnitude"
WITHOUT_NUMBER = {
    **dict.fromkeys(("", "undisclosed", UNKNOWN, "not disclosed", "not stated", "unstated"), Qualifier.UNDISCLOSED),
    **dict.fromkeys(("undisclosed number", "an undisclosed number"), Qualifier.UNDISCLOSED),
    **dict.fromkeys((SOME, "several", "a few", "many", "multiple", "a number"), Qualifier.SOME),
}
BEFORE = tuple(
    (re.compile(rf"(?:{words})(?:\b|(?<=\W)) ?(.+)"), qualifier)
    for qualifier, words in (
        (Qualifier.UP_TO, r"up to|max(?:imum|\.)?|at most|no more than|not more than|less than|fewer than|≤"),
        (Qualifier.AT_LEAST, r"at least|min(?:imum|\.)?|more than|over|no fewer than|no less than|≥"),
        (Qualifier.ABOUT, r"about|some|around|approx(?:imately|\.)?|roughly|circa|ca\.?|~"),
        (Qualifier.ESTIMATED, r"estimated|an estimated|est\."),
        (Qualifier.EXACT, r"exactly|="),
    )
)
AFTER = (
    (re.compile(r"(.+?)(?: or more|\+)"), Qualifier.AT_LEAST),
    (re.compile(r"(.+?) or (?:fewer|less)"), Qualifier.UP_TO),
)
WITH_FIRM = re.compile(r"(.+?)(?:, of which | of which |, | \()([^()]+?) firm\)?")
SPANS = [re.compile(one) for one in (r"between (.+) and (.+)", r"(?:from )?(.+?) to (.+)", r"(.+?) ?- ?(.+)")]
ORDERS = "dozen|score|hundred|thousand|million|billion"
ORDER = re.compile(
    rf"(?:(?:tens|dozens|scores|hundreds|thousands) of )?(?:tens|(?:{ORDERS})s)"
    rf"|(?:several|many|a few) (?:{ORDERS})s?|some (?:{ORDERS})s|{MAGNITUDE_ALONE}"
)
WITH_BOUNDS = re.compile(r"(?P<words>.+?) ?\((?P<bounds>[^()]+)\)")
QUOTED = re.compile('[“„"](?P<words>.+)[”“"]')
QUOTES = '“”„" '
LONGEST_QUOTED = 120  # with its bounds it is still read

FALLING = N_("The lower number comes first. Write “10 to 12”.")
FIRM_ABOVE = N_("The firm part is above the whole. Write “up to 500, 100 firm”.")


def statement_from(text: str, noun: re.Pattern[str]) -> Statement:
    """`noun` finds what stands at the ends of a number and tells nothing of it: a unit or a currency. Words are
    kept where no digit tells the number. Raises Unreadable."""
    text = tidied(text)
    plain = noun.sub("", text).translate(DASHES).lower()
    if text and not plain:  # a unit or a currency alone
        raise Nonsense(NUMBER)
    if plain in WITHOUT_NUMBER:
        qualifier = WITHOUT_NUMBER[plain]
        return Statement(qualifier, words=text if qualifier is Qualifier.SOME and plain != SOME else "")
    if plain == "none":
        return Statement(Qualifier.EXACT, Decimal(0))
    said = _order(text, noun) or _numbered(plain, noun)
    if said.qualifier is not Qualifier.EXACT and not re.search("[0-9]", text):
        return replace(said, words=said.words or text)
    return said


def statement_typed(said: Statement, noun: re.Pattern[str], show: Callable[[Decimal], str], span: Spanned) -> str:
    """The text that `statement_from` reads back. A qualifier without its number is undisclosed."""
    match said.qualifier:
        case Qualifier.RANGE if said.number is not None or said.to is not None:
            return span(said.number, said.to)
        case Qualifier.ORDER_OF_MAGNITUDE:
            bounds = "" if said.number is None and said.to is None else f" ({span(said.number, said.to)})"
            return _words_typed(said, noun) + bounds
        case Qualifier.SOME:
            return _words_typed(said, noun)
        case Qualifier.UP_TO if said.number is not None and said.firm:
            return f"up to {show(said.number)}, {show(said.firm)} firm"
        case Qualifier.EXACT if said.number is not None:
            return show(said.number)
        case Qualifier.UP_TO | Qualifier.AT_LEAST | Qualifier.ABOUT | Qualifier.ESTIMATED if said.number is not None:
            return f"{said.qualifier.title} {show(said.number)}"
    return Qualifier.UNDISCLOSED.title


def _order(text: str, noun: re.Pattern[str]) -> Statement | None:
    """An order of magnitude: its words, and in brackets the bounds that the editor accepts."""
    found = WITH_BOUNDS.fullmatch(text)
    words, bounds = (found["words"], found["bounds"]) if found else (text, "")
    quoted = QUOTED.fullmatch(noun.sub("", words))
    if quoted is None and not ORDER.fullmatch(noun.sub("", words).lower()):
        return None
    words = quoted["words"] if quoted else "" if words.lower() == MAGNITUDE_ALONE else words
    low, high = _ends(bounds.translate(DASHES).lower(), noun) if bounds else (None, None)
    return Statement(Qualifier.ORDER_OF_MAGNITUDE, low, high, words=words)


def _numbered(text: str, noun: re.Pattern[str]) -> Statement:
    for pattern, qualifier in (*BEFORE, *AFTER):
        if found := pattern.fullmatch(text):
            return _qualified(qualifier, found[1], noun)
    if any(pattern.fullmatch(text) for pattern in SPANS):
        return Statement(Qualifier.RANGE, *_ends(text, noun))
    return Statement(Qualifier.EXACT, number_from(noun.sub("", text)))


def _qualified(qualifier: Qualifier, text: str, noun: re.Pattern[str]) -> Statement:
    found = WITH_FIRM.fullmatch(text) if qualifier is Qualifier.UP_TO else None
    if not found:
        return Statement(qualifier, number_from(noun.sub("", text)))
    number, firm = (number_from(noun.sub("", part)) for part in found.groups())
    if firm > number:
        raise Unreadable(FIRM_ABOVE)
    return Statement(qualifier, number, firm=firm or None)


def _ends(text: str, noun: re.Pattern[str]) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a span; “unknown” is None. A magnitude told once, after the higher number, is that of both."""
    found = next((found for pattern in SPANS if (found := pattern.fullmatch(text))), None)
    if not found:
        raise Nonsense(NUMBER)
    first, last = (_end(noun.sub("", part)) for part in found.groups())
    if first and last and first[1] is None and first[0] < last[0]:
        first = first[0], last[1]
    low, high = (scaled(*end) if end else None for end in (first, last))
    if low is not None and high is not None and low > high:
        raise Unreadable(FALLING)
    if low is None and high is None:
        raise Nonsense(NUMBER)
    return low, high


def _end(text: str) -> tuple[Decimal, Decimal | None] | None:
    return None if text == UNKNOWN else number_and_magnitude(text)


def _words_typed(said: Statement, noun: re.Pattern[str]) -> str:
    """The words as they are where they read back as such, else in quotation marks, else those that say the least."""
    least = MAGNITUDE_ALONE if said.qualifier is Qualifier.ORDER_OF_MAGNITUDE else SOME
    words = said.words.strip(QUOTES)
    for text in (words, f"“{words}”") if words and len(words) <= LONGEST_QUOTED else ():
        try:
            if statement_from(text, noun) == Statement(said.qualifier, words=words):
                return text
        except Unreadable:
            continue
    return least
