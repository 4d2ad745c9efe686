"""The editor of one cell or one part: its controls, what is in the way, and the choice after a conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.field import Fields
from app.domain.pledge import Pledge
from app.domain.revision import Clash
from app.web import telling, words
from app.web.changing import Typing
from app.web.entry import Entry


@dataclass(frozen=True)
class Choice:
    """What stands in one field after a conflict, in three versions as a reader sees them."""

    name: str
    title: str
    base: str
    theirs: str
    mine: str
    chosen: str
    back: bool = True  # whether what was found at first can be chosen too


@dataclass(frozen=True)
class Meanwhile:
    """Who changed the record while somebody typed; `merged` tells what else they changed, which is no clash."""

    author: str
    at: str
    version: int
    merged: list[str]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """`main` stands in the cell itself, where there is one, the `others` under it."""

    pledge: int
    name: str  # of the cell that is open
    title: str
    action: str
    typed: Typing
    main: Entry
    others: list[Entry]
    figure: bool = False  # a source is asked for
    problems: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    clashes: list[Choice] = field(default_factory=list)
    meanwhile: Meanwhile | None = None
    removable: bool = False

    @property
    def key(self) -> str:
        """What sets its ids apart from those of other open editors."""
        return key(self.pledge, self.name)

    @property
    def where(self) -> str:
        return self.typed.where

    @property
    def seen(self) -> int:
        """The version that the next save is put on: after a conflict the one it was with."""
        return self.meanwhile.version if self.meanwhile else self.typed.seen

    @property
    def entries(self) -> list[Entry]:
        return [self.main, *self.others]

    @property
    def other_problems(self) -> list[str]:
        """Those that stand beside no field of this form."""
        shown = {one.name for one in self.entries} | ({"source", "quote", "comment"} if self.figure else {"comment"})
        return [told for name, told in self.problems.items() if name not in shown]

    @property
    def target(self) -> str:
        """What an answer to htmx replaces; nothing on a page of its own."""
        return {"list": f"#pledge-{self.pledge}", "record": "#record"}.get(self.where, "")

    @property
    def leave(self) -> str:
        return f"/pledges/{self.pledge}"

    @property
    def back(self) -> str:
        """Where htmx gets what stood there before."""
        return f"/pledges/{self.pledge}/cells/{self.name}?in=list" if self.where == "list" else self.leave


def key(pledge: int, name: str) -> str:
    return f"{pledge}-{name}"


def choices(
    names: telling.Names,
    fields: Fields,
    pledge: Pledge,
    clashes: Iterable[Clash],
    typed: Typing,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> list[Choice]:
    """One for each field that both changed; `titles` are those of kinds of parts."""
    found = []
    for clash in clashes:
        title = words.gettext(fields[clash.field].title if clash.field in fields else titles.get(clash.field, ""))
        base, theirs, mine = (
            telling.value(names, pledge, clash.field, one) for one in (clash.base, clash.theirs, clash.mine)
        )
        chosen = typed.choices.get(clash.field) or "mine"
        found.append(Choice(clash.field, title, base, theirs, mine, chosen, back=clash.field in fields))
    return found
