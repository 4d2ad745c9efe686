"""Numbers as people write them: 1,000, 1 000, 1.5k, two thousand. What could mean two things is refused."""

import re
import unicodedata
from decimal import Decimal

from app.domain.codes import N_

LARGEST = Decimal(9_000_000_000_000)  # a BIGINT of millionths ends a little above
MOST_DECIMALS = 6
LONGEST_TEXT = 200
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"
TO_NINETEEN = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS: dict[str, Decimal] = {
    **{word: Decimal(number) for number, word in enumerate(f"{TO_TWELVE} {TO_NINETEEN}".split())},
    **{word: Decimal(10 * tens) for tens, word in enumerate(TENS.split(), start=2)},
}
ONE = ("a", "an", "one")
CONTINENTAL = {
    **dict.fromkeys(("mio", "mio.", "millionen", "miljoner", "millioner"), Decimal(10**6)),
    **dict.fromkeys(("mrd", "mrd.", "milliarde", "milliarden", "miljarder", "milliarder"), Decimal(10**9)),
}
MAGNITUDES = {
    "dozen": Decimal(12),
    "hundred": Decimal(100),
    **dict.fromkeys(("k", "thousand"), Decimal(1000)),
    **dict.fromkeys(("m", "mn", "million", "millions"), Decimal(10**6)),
    **dict.fromkeys(("bn", "billion", "billions"), Decimal(10**9)),
    **dict.fromkeys(("tn", "trillion"), Decimal(10**12)),
}

MAGNITUDE = "|".join(re.escape(word) for word in sorted({*MAGNITUDES, *CONTINENTAL}, key=len, reverse=True))
DIGITS = re.compile(rf"(?P<digits>[0-9][0-9 .,'’]*?) ?(?P<magnitude>{MAGNITUDE})?")
SPELLED = re.compile(rf"(?P<word>an?|{'|'.join(WORDS)})(?: (?P<magnitude>dozen|hundred|thousand|million|billion))?")
PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(,[0-9]{3})+|( [0-9]{3})+|(['’][0-9]{3})+)(\.[0-9]+)?")
POINT_OR_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
ONE_OR_TWO = re.compile(r"([0-9]{2,3}) ([0-9]{3})")

NUMBER = N_("Not understood. Write a number such as “18”, “1,000” or “1.5 million”.")
NEGATIVE = N_("A number cannot be negative. Write “18”, or “0” for none.")
TOO_LARGE = N_("The number is too large; the largest is “9,000,000,000,000”.")
TOO_FINE = N_("A number has at most six decimals, as in “48.333333”.")
COMMA = N_("A comma parts the thousands and a point the decimals. Write “1,500” or “1.5”.")
POINT = N_("This can be thousands or decimals. Write “1,500” for the thousands or “1.50” for the decimals.")
ONE_NUMBER_OR_TWO = N_("This can be one number or two. Write “150,250” or “150 to 250”.")
TOO_LONG = N_("The text is too long. Write a few words, as in “about 200”.")
UNSEEN = N_("The text holds signs that cannot be seen. Type it again, as in “about 200”.")


class Unreadable(ValueError):
    """What was written cannot be read. The message is a sentence of the catalogue, with an example that can."""


class Nonsense(Unreadable):
    """Nothing in it is understood; whoever knows what was asked for says so better."""


def tidied(text: str) -> str:
    """One line with single plain spaces. Raises Unreadable for what is too long or holds unseen signs."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise Unreadable(TOO_LONG)
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") for sign in text):
        raise Unreadable(UNSEEN)
    return " ".join(text.split())


def number_from(text: str) -> Decimal:
    """The number, given as `tidied` leaves it. Raises Unreadable."""
    number, magnitude = number_and_magnitude(text)
    return scaled(number, magnitude)


def number_and_magnitude(text: str) -> tuple[Decimal, Decimal | None]:
    """1.5 and 1,000 of “1.5k”; the magnitude is None where no word tells it. Not yet checked for its size."""
    text = text.translate(DASHES).lower().strip()
    if re.match(r"-\W*[0-9]", text):
        raise Unreadable(NEGATIVE)
    if found := SPELLED.fullmatch(text):
        word, magnitude = found["word"], found["magnitude"]
        if magnitude or word not in ("a", "an"):
            return Decimal(1) if word in ONE else WORDS[word], MAGNITUDES[magnitude] if magnitude else None
    if found := DIGITS.fullmatch(text):
        magnitude = found["magnitude"]
        if magnitude in CONTINENTAL:
            return _continental(found["digits"]), CONTINENTAL[magnitude]
        return _english(found["digits"], bool(magnitude)), MAGNITUDES[magnitude] if magnitude else None
    raise Nonsense(NUMBER)


def scaled(number: Decimal, magnitude: Decimal | None) -> Decimal:
    """The product, checked: neither too large nor finer than six decimals. Raises Unreadable."""
    if number > LARGEST:
        raise Unreadable(TOO_LARGE)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -12:  # beyond it a product would be rounded unseen
        raise Unreadable(TOO_FINE)
    product = number * (magnitude or 1)
    if product > LARGEST:
        raise Unreadable(TOO_LARGE)
    if product != round(product, MOST_DECIMALS):
        raise Unreadable(TOO_FINE)
    return Decimal(int(product)) if product == int(product) else product


def numeral(number: Decimal) -> str:
    """As an editor types it: 1,000 or 48.333333. Three decimals get a 0, or else 1.234 could be thousands."""
    text = _bare(number)
    return text + "0" if "." in text and POINT_OR_THOUSANDS.fullmatch(text) else text


def short_numeral(number: Decimal) -> str:
    """The same with the magnitude by letters, where that loses nothing: 5.1bn, 182m."""
    for magnitude, letters in ((Decimal(10**9), "bn"), (Decimal(10**6), "m")):
        if number >= magnitude and number % (magnitude / 1000) == 0:
            return _bare(number / magnitude) + letters
    return numeral(number)


def _bare(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _english(digits: str, sized: bool) -> Decimal:
    """`sized`: a magnitude follows, so that a point is surely one of decimals."""
    if not sized and "." in digits and POINT_OR_THOUSANDS.fullmatch(digits):
        raise Unreadable(POINT)
    if (found := ONE_OR_TWO.fullmatch(digits)) and found[2] != "000" and int(found[1]) < int(found[2]):
        raise Unreadable(ONE_NUMBER_OR_TWO)
    if PLAIN.fullmatch(digits) or GROUPED.fullmatch(digits):
        return Decimal(re.sub(r"[ ,'’]", "", digits))
    if re.fullmatch(r"[0-9.,]*[.,][0-9]+", digits):
        raise Unreadable(COMMA)
    raise Nonsense(NUMBER)


def _continental(digits: str) -> Decimal:
    """Before Mio., Mrd. and miljarder a comma parts the decimals."""
    if POINT_OR_THOUSANDS.fullmatch(digits):
        raise Unreadable(POINT)
    if not re.fullmatch(r"[0-9]+([.,][0-9]+)?", digits):
        raise Nonsense(NUMBER)
    return Decimal(digits.replace(",", "."))
