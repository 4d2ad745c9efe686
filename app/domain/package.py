"""Several pledges announced as one."""

from dataclasses import dataclass, field

from app.domain.money import UNVALUED, Amount, Value
from app.domain.when import When


@dataclass(frozen=True, kw_only=True)
class Package:
    key: str
    donor: str
    title: str
    announced: When = field(default_factory=When)
    total: Amount | None = None  # as stated for the whole, never added to its pledges
    value: Value = UNVALUED
    event: str | None = None
    note: str = ""
    dataset: str = ""
    release: str = ""
    dataset_key: str = ""
    sources: tuple[str, ...] = ()
