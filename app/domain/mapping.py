"""What a name of a dataset is with us: its donors, and its items."""

from dataclasses import dataclass

from app.domain.codes import N_, Code
from app.domain.system import Role, Unit


class Named(Code):
    DONOR = "donor", N_("donor")
    ITEM = "item", N_("item")


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """`target` is the code of a donor or the slug of a system, "" for an item that is no goods; `role` and `unit` are
    those of an item. `name` stands as it was published."""

    key: str
    kind: Named
    name: str
    target: str = ""
    role: Role | None = None
    unit: Unit | None = None


def mapping_key(kind: Named, name: str) -> str:
    """Names are told apart without outer blanks and without regard to case."""
    return f"{kind}:{folded(name)}"


def folded(name: str) -> str:
    """A name as it is looked up: without outer blanks, inner ones single, without regard to case."""
    return " ".join(name.split()).casefold()
