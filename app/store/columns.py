"""How values become columns: exact numbers, codes, texts that sort alike on both databases."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, String, Table, TypeDecorator
from sqlmodel import Field, SQLModel

from app.domain.codes import Code
from app.domain.quantity import MILLION, checked

# Text whose order matters: SQLite compares bytes, PostgreSQL is told to.
ORDERED = String().with_variant(String(collation="C"), "postgresql")
# SQLite numbers rows by itself only in an INTEGER PRIMARY KEY.
IDENTITY = BigInteger().with_variant(Integer(), "sqlite")


class Millionths(TypeDecorator[Decimal]):
    """A Decimal as a BIGINT of millionths. What does not fit is refused by `checked`, never rounded."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(checked(Decimal(value)) * MILLION)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / MILLION


class Coded(TypeDecorator[Code]):
    """A Code by its value; by default it would be kept by the name of its member."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[Code]) -> None:
        super().__init__()
        self.codes = codes
        self._members = {str(member): member for member in codes}

    def process_bind_param(self, value: Code | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self._members[str(value)])

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:
        return None if value is None else self._members[value]


def identity() -> Any:
    return Field(default=None, primary_key=True, sa_type=IDENTITY)


def number() -> Any:
    return Field(default=None, sa_type=Millionths)


def coded(codes: type[Code], *, index: bool = False) -> Any:
    return Field(sa_type=Coded(codes), nullable=False, index=index)  # type: ignore[call-overload]


def coded_or_none(codes: type[Code]) -> Any:
    return Field(default=None, sa_type=Coded(codes), nullable=True)  # type: ignore[call-overload]


def text() -> Any:
    return Field(default="", sa_type=String, nullable=False)


def ordered(*, unique: bool = False, index: bool = False) -> Any:
    return Field(sa_type=ORDERED, nullable=False, unique=unique, index=index)  # type: ignore[call-overload]


def refers_to(target: str, *, index: bool = True) -> Any:
    return Field(foreign_key=target, index=index, sa_type=IDENTITY)  # type: ignore[call-overload]


def may_refer_to(target: str, *, index: bool = True) -> Any:
    return Field(default=None, foreign_key=target, index=index, sa_type=IDENTITY, nullable=True)  # type: ignore[call-overload]


def core(model: type[SQLModel]) -> Table:
    """The table of a model: lists read its plain rows, never objects."""
    table: Table = model.__dict__["__table__"]
    return table
