"""Names that stand in addresses and in other records: chosen once, as typed or as a title suggests them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from app.domain.codes import N_
from app.domain.donor import Donor, DonorKind
from app.domain.event import Event
from app.domain.field import Wrong
from app.domain.package import Package
from app.domain.source import Source
from app.domain.system import LEVELS, System

T = TypeVar("T", Donor, System, Source, Event, Package)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
CODE = re.compile(r"[A-Z0-9]+")
STATE = re.compile(r"[A-Z]{2}")
WITHOUT_ACCENTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
LONGEST, LONGEST_CODE = 60, 12
MEANT = {"new"}  # what addresses mean otherwise

NO_SLUG = N_("Small letters, digits and hyphens make the name in addresses, as in “nuc-2024-01-10”.")
NO_KEY = N_("A key has small letters, digits, hyphens and dots.")
NO_CODE = N_("A code has capital letters and digits, as in “NSPA”.")
NO_STATE = N_("The code of a state has two letters, as in “DE”.")
TOO_DEEP = N_("The tree has four levels: category, class, family, variant. Nothing stands under a variant.")


def named(value: T, texts: Mapping[str, str], parent: System | None = None, key: str = "") -> T:
    """A new record with its names as typed, else as its title or name suggests; `key` where none was typed, `parent`
    is the node above a new system. Raises Wrong."""
    match value:
        case Source() | Package():
            return replace(value, key=_fitting("key", texts.get("key", "") or key, KEY, NO_KEY))
        case Event():
            return replace(value, slug=_slug(texts, value.title))
        case Donor():
            return replace(value, code=_donor_code(texts, value), slug=_slug(texts, value.name))
    return replace(value, code=_system_code(texts, value.name, parent), slug=_slug(texts, value.name))


def slug_from(title: str) -> str:
    """The name in addresses that a title suggests; nothing for one without Latin letters."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(WITHOUT_ACCENTS)).encode("ascii", "ignore")
    return "-".join(re.findall(r"[a-z0-9]+", plain.decode()))[:LONGEST].strip("-")


def code_from(name: str) -> str:
    """The first letters of several words, else the word."""
    told = slug_from(name).split("-")
    return ("".join(word[0] for word in told) if len(told) > 1 else told[0]).upper()[:LONGEST_CODE]


def _slug(texts: Mapping[str, str], title: str) -> str:
    slug = _fitting("slug", texts.get("slug", "") or slug_from(title), SLUG, NO_SLUG)
    if slug in MEANT:
        raise Wrong("slug", NO_SLUG)
    return slug


def _donor_code(texts: Mapping[str, str], donor: Donor) -> str:
    code = texts.get("code", "").upper()
    if donor.kind is DonorKind.STATE:
        return _fitting("code", code, STATE, NO_STATE)
    return _fitting("code", code or code_from(donor.name), CODE, NO_CODE)


def _system_code(texts: Mapping[str, str], name: str, parent: System | None) -> str:
    """The code of the parent, a dot, and a part of its own; the whole of it may be typed too."""
    if parent is None:
        raise Wrong("parent", N_("A new system stands under one that is there."))
    if parent.level is LEVELS[-1]:
        raise Wrong("parent", TOO_DEEP)
    own = texts.get("code", "").upper().removeprefix(f"{parent.code}.") or slug_from(name).replace("-", "").upper()[:12]
    return f"{parent.code}.{_fitting('code', own, CODE, NO_CODE)}"


def _fitting(field: str, text: str, pattern: re.Pattern[str], otherwise: str) -> str:
    if len(text) > LONGEST or not pattern.fullmatch(text):
        raise Wrong(field, otherwise)
    return text
