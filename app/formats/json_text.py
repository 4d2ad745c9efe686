"""JSON from strangers: read to the letter, or not at all."""

import json
from decimal import Decimal
from typing import Any

from app.domain.codes import N_
from app.formats.own_columns import decimal_text
from app.formats.row import Unreadable

DEEPEST = 40  # a record has six levels

NO_TEXT = N_("This is not UTF-8, the only text that JSON is read in here.")
NO_JSON = N_("This is not JSON: line %(line)s, character %(column)s.")
TOO_DEEP = N_("The JSON is nested too deeply for a record.")
NO_NUMBER = N_("“%(value)s” is no number that JSON knows.")
TWICE = N_("The attribute “%(name)s” stands twice in one object.")


def text(content: bytes) -> str:
    """Without the mark that some programs put at its start. Raises Unreadable."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(NO_TEXT) from None


def value(told: str) -> Any:
    """What stands there; numbers are texts, as exact as they were written. Raises Unreadable."""
    try:
        found = _DECODER.decode(told)
    except json.JSONDecodeError as error:
        raise Unreadable(NO_JSON, line=str(error.lineno), column=str(error.colno)) from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    return _shallow(found, DEEPEST)


def _shallow(found: Any, left: int) -> Any:
    if not left:
        raise Unreadable(TOO_DEEP)
    for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        if isinstance(one, (dict, list)):
            _shallow(one, left - 1)
    return found


def _number(told: str) -> str:
    try:
        return decimal_text(Decimal(told))
    except ArithmeticError:  # an exponent beyond all bounds
        return _no_number(told[:60])


def _no_number(told: str) -> Any:
    raise Unreadable(NO_NUMBER, value=told)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(TWICE, name="".join(sign if sign.isprintable() else "\ufffd" for sign in twice[:60]))
    return found


_DECODER = json.JSONDecoder(parse_float=_number, parse_int=_number, parse_constant=_no_number, object_pairs_hook=_once)
