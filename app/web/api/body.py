"""What a program sends: JSON, read strictly. Numbers keep every digit; nothing is taken that could mean two things."""

import json
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends, Request

from app.domain.codes import N_
from app.web.api.problems import Refused

KINDS = ("application/json", "application/merge-patch+json")
DEEPEST = 20  # a claim of a pledge of a list lies seven deep

OTHER_KIND = N_("The body has to be JSON, of the type application/json.")
COMPRESSED = N_("The body has to come as it is, without a content coding.")
EMPTY = N_("The body is empty. It has to be JSON.")
NO_UTF_8 = N_("The body is no valid UTF-8.")
NO_JSON = N_("The body is no valid JSON.")
TOO_DEEP = N_("The body is nested too deeply.")
TWICE = N_("An object has the same attribute twice.")
HALF_A_SIGN = N_("A text holds half of a sign, which is no valid Unicode.")


class _Twice(ValueError):
    pass


async def given(request: Request) -> Any:
    """Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise Refused(415, OTHER_KIND, headers={"Accept": ", ".join(KINDS)})
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, COMPRESSED, headers={"Accept-Encoding": "identity"})
    return read(await request.body())


def read(body: bytes) -> Any:
    """Raises Refused."""
    if not body.strip():
        raise Refused(400, EMPTY)
    try:
        found = json.loads(body.decode("utf-8"), parse_float=_number, parse_constant=_constant, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Refused(400, NO_UTF_8) from None
    except RecursionError:
        raise Refused(400, TOO_DEEP) from None
    except _Twice:
        raise Refused(400, TWICE) from None
    except (ValueError, ArithmeticError):
        raise Refused(400, NO_JSON) from None
    _look_over(found)
    return found


def _number(text: str) -> Decimal:
    return Decimal(text)


def _constant(text: str) -> Any:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _look_over(found: Any) -> None:
    """Raises Refused for what is nested too deeply and for texts that are none."""
    waiting = [(found, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise Refused(400, TOO_DEEP)
        if isinstance(one, str):
            _ensure_whole(one)
        elif isinstance(one, list):
            waiting += [(inner, depth + 1) for inner in one]
        elif isinstance(one, dict):
            for name in one:
                _ensure_whole(name)
            waiting += [(inner, depth + 1) for inner in one.values()]


def _ensure_whole(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused(400, HALF_A_SIGN) from None


Given = Annotated[Any, Depends(given)]
