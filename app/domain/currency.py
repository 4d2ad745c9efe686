"""Currencies: their codes, and the signs and names that people use for them."""

import re

from app.domain.codes import N_
from app.domain.doubt import QUOTED
from app.domain.numerals import Unreadable

# ISO 4217, all in use since 2022; the Croatian kuna ended with that year.
ALL = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = tuple(ALL.split())
CROWNS = ("SEK", "NOK", "DKK", "ISK", "CZK")
CROWN = ("kr", "kr.", "kroner", "kronor", "krone", "krona", "crown", "crowns")
NAMED = {
    **{code.lower(): code for code in CURRENCIES},
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("$", "us$", "dollar", "dollars", "us dollar", "us dollars"), "USD"),
    **dict.fromkeys(("£", "pound", "pounds", "pound sterling", "pounds sterling"), "GBP"),
    **dict.fromkeys(("c$", "ca$", "can$", "canadian dollar", "canadian dollars"), "CAD"),
    **dict.fromkeys(("a$", "au$", "australian dollar", "australian dollars"), "AUD"),
    **dict.fromkeys(("nz$", "new zealand dollar", "new zealand dollars"), "NZD"),
    **dict.fromkeys(("₴", "hryvnia", "hryvnias"), "UAH"),
    **dict.fromkeys(("zł", "zloty", "zlotys"), "PLN"),
    **dict.fromkeys(("kč", "czech crown", "czech crowns"), "CZK"),
    **dict.fromkeys(("swiss franc", "swiss francs"), "CHF"),
    **dict.fromkeys(("swedish krona", "swedish kronor", "swedish crowns"), "SEK"),
    **dict.fromkeys(("norwegian krone", "norwegian kroner", "norwegian crowns"), "NOK"),
    **dict.fromkeys(("danish krone", "danish kroner", "danish crowns"), "DKK"),
}
LONGEST_FIRST = sorted({*NAMED, *CROWN}, key=len, reverse=True)
NAME = rf"(?<![^\W\d_])(?:{'|'.join(re.escape(name) for name in LONGEST_FIRST)})(?![^\W\d_])"
AT_AN_END = re.compile(rf"^{NAME} ?| ?(?:of )?{NAME}$", re.IGNORECASE)

MISSING = N_("The currency is missing. Write “EUR 182m” or “£2.5bn”.")
TWO = N_("Two currencies are named. Write one, as in “EUR 182m”.")
WHICH_CROWN = N_("Several currencies go by this name. Write “SEK 7.1bn”, “NOK 7.1bn” or “DKK 7.1bn”.")


def currency_of(text: str, otherwise: str = "") -> str:
    """The code of the currency that a text names, outside of quotation marks if it can; else `otherwise`.
    Raises Unreadable where there is none, or more than one."""
    names = _names(re.sub(QUOTED, "", text)) or _names(text)
    codes = {NAMED[name] for name in names if name in NAMED} or {otherwise.upper()} & {*CURRENCIES}
    if any(name in CROWN for name in names) and not codes & {*CROWNS}:
        raise Unreadable(TWO if codes else WHICH_CROWN)
    if len(codes) > 1:
        raise Unreadable(TWO)
    if not codes:
        raise Unreadable(MISSING)
    return codes.pop()


def _names(text: str) -> list[str]:
    return [found.lower() for found in re.findall(NAME, text, re.IGNORECASE)]
