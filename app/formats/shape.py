"""What may stand in an attribute of a record told as JSON: read strictly, each fault with its path."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from app.domain.codes import N_, Code
from app.domain.numerals import LARGEST, NEGATIVE, TOO_FINE, TOO_LARGE
from app.domain.quantity import NotExact, checked
from app.domain.signs import hidden

MOST_FAULTS = 100  # the rest of what is wrong with one record is not told
LONGEST_PATH, LONGEST_VALUE = 200, 200

UNKNOWN = N_("There is no attribute of this name.")
OWED = N_("This must not be empty.")
NO_TEXT = N_("This has to be a text.")
NO_OBJECT = N_("This has to be an object with attributes.")
NO_LIST = N_("This has to be a list.")
NO_CODE = N_("Choose one of the values of the list.")
NO_DAY = N_("A day is written as in “2023-12-29”.")
NO_TRUTH = N_("This has to be true or false.")
NO_NUMBER = N_("A number is written with digits and a point, best as a text, as in “182.5”.")
TOO_MANY = N_("The list is too long.")
TOO_LONG = N_("This is too long.")
UNSEEN = N_("There are signs in this that nobody can see. Please type it anew.")
ODD = N_("This is not written as it has to be.")


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: the path of the attribute, as in `claims[2].quantity.low`, the value that stands there
    (200 characters at most), and a sentence of the catalogue into which `values` go."""

    path: str
    value: str
    sentence: str
    values: tuple[tuple[str, str], ...] = ()


class Faulty(ValueError):
    """What was given is no record. `wrong` names each fault."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong[:MOST_FAULTS]
        super().__init__("; ".join(f"{one.path}: {one.sentence}" for one in self.wrong))


class Faults(list[Wrong]):
    def add(self, path: str, value: Any, sentence: str, values: tuple[tuple[str, str], ...] = ()) -> None:
        self.append(Wrong(path[:LONGEST_PATH], shown(value), sentence, values))


def shown(value: Any) -> str:
    """What was given, as a sentence can name it."""
    text = "" if value is None else value if isinstance(value, str) else str(value)[: 4 * LONGEST_VALUE]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:LONGEST_VALUE])


class Shape(Protocol):
    """`read` gives the value, or adds to the faults and gives nothing to rely on. What is `told` reads back; `whole`:
    with what stands at its default."""

    def read(self, given: Any, path: str, faults: Faults) -> Any: ...

    def told(self, value: Any, whole: bool = False) -> Any: ...


@dataclass(frozen=True)
class Text:
    """`needed`: not blank. `pattern` fits the whole, else `otherwise` says what does; `lines`: may have several."""

    longest: int = 300
    needed: bool = False
    lines: bool = False
    pattern: str = ""
    otherwise: str = ODD

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if not isinstance(given, str):
            faults.add(path, given, NO_TEXT)
            return ""
        text = given.replace("\r\n", "\n").replace("\r", "\n") if self.lines else given
        if len(text) > self.longest:
            faults.add(path, text, TOO_LONG)
        elif hidden(text, lines=self.lines):
            faults.add(path, text, UNSEEN)
        elif not text.strip() and (self.needed or text):
            faults.add(path, text, OWED)
        elif text and self.pattern and not re.fullmatch(self.pattern, text):
            faults.add(path, text, self.otherwise)
        return text

    def told(self, value: Any, whole: bool = False) -> Any:
        return value


@dataclass(frozen=True)
class OneOf:
    codes: type[Code]

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if not isinstance(given, str) or given not in self.codes.__members__.values():
            faults.add(path, given, NO_CODE)
            return None
        return self.codes(given)  # type: ignore[call-arg]

    def told(self, value: Any, whole: bool = False) -> Any:
        return str(value)


@dataclass(frozen=True)
class Number:
    """A text or a whole number; a Decimal from a reader that keeps them exact. Never a binary fraction."""

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        plain = isinstance(given, str) and re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", given)
        whole = isinstance(given, (int, Decimal)) and not isinstance(given, bool)
        if not plain and not whole:
            faults.add(path, given, NO_NUMBER)
            return None
        number = Decimal(given)
        try:
            return checked(number)
        except NotExact:
            faults.add(path, given, _why_not(number))
            return None

    def told(self, value: Any, whole: bool = False) -> Any:
        return f"{value.normalize():f}"


@dataclass(frozen=True)
class Day:
    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if type(given) is date:
            return given
        if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            try:
                return date.fromisoformat(given)
            except ValueError:
                pass
        faults.add(path, given, NO_DAY)
        return None

    def told(self, value: Any, whole: bool = False) -> Any:
        return value.isoformat()


@dataclass(frozen=True)
class Truth:
    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if not isinstance(given, bool):
            faults.add(path, given, NO_TRUTH)
        return given is True

    def told(self, value: Any, whole: bool = False) -> Any:
        return value


@dataclass(frozen=True)
class Several:
    each: Shape
    most: int = 1000

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if not isinstance(given, (list, tuple)):
            faults.add(path, given, NO_LIST)
            return ()
        if len(given) > self.most:
            faults.add(path, len(given), TOO_MANY)
            return ()
        return tuple(self.each.read(one, f"{path}[{place}]", faults) for place, one in enumerate(given))

    def told(self, value: Any, whole: bool = False) -> Any:
        return [self.each.told(one, whole) for one in value]


Attributes = dict[str, Any]
Rule = Callable[[Attributes, str, Faults], None]


@dataclass(frozen=True)
class Object:
    """A dataclass by its attributes. One that is null or missing is as if it said nothing. `rule` looks at attributes
    that are sound by themselves, fills in what follows from them, and adds what is wrong with them together."""

    of: type[Any]
    shapes: Mapping[str, Shape]
    rule: Rule | None = None

    @property
    def needed(self) -> list[str]:
        return [one.name for one in fields(self.of) if _is_needed(one)]

    @property
    def may_be_nothing(self) -> set[str]:
        """The attributes that are null where nothing is known."""
        return {one.name for one in fields(self.of) if one.default is None}

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        if not isinstance(given, Mapping):
            faults.add(path, given, NO_OBJECT)
            return None
        before = len(faults)
        for name in given:
            if name not in self.shapes:
                faults.add(under(path, shown(name)), given[name], UNKNOWN)
        values: Attributes = {}
        for name, shape in self.shapes.items():
            if given.get(name) is not None:
                values[name] = shape.read(given[name], under(path, name), faults)
        for name in self.needed:
            if name not in values:
                faults.add(under(path, name), None, OWED)
        if len(faults) == before and self.rule:
            self.rule(values, path, faults)
        return None if len(faults) > before else self.of(**values)

    def told(self, value: Any, whole: bool = False) -> Any:
        """The attributes in their order."""
        found = {}
        for one in fields(self.of):
            held = getattr(value, one.name)
            if whole or _is_needed(one) or held != _default(one):
                found[one.name] = None if held is None else self.shapes[one.name].told(held, whole)
        return found


def _why_not(number: Decimal) -> str:
    if not number.is_finite():
        return NO_NUMBER
    return NEGATIVE if number < 0 else TOO_LARGE if number > LARGEST else TOO_FINE


def under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_needed(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _default(one: Any) -> Any:
    return one.default_factory() if one.default is MISSING else one.default
