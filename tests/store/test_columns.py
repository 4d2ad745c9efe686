from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel

from app.domain.codes import Code
from app.domain.quantity import LARGEST, NotExact
from app.store.columns import Coded, Millionths, core
from app.store.tables import Pledge, Source

PARTY = "party"
D = Decimal


def kept(database, number):
    """A number written, read back, and taken out again."""
    share = SQLModel.metadata.tables[PARTY].c.share
    with database.writer.connect() as db:
        row = {"pledge_id": 1, "donor_id": 1, "role": "donor", "share": number, "currency": "", "id": 10**6}
        db.execute(insert(share.table), row)
        found = db.execute(select(share).where(share.table.c.id == 10**6)).scalar_one()
        db.rollback()
    return found


@pytest.mark.parametrize(
    "number", ["0", "1.005", "2.675", "48.333333", "0.000001", "123456789.123456", "1E3", str(LARGEST), "5500000000"]
)
def test_a_number_comes_back_exactly(number, database):
    assert kept(database, D(number)) == D(number)


def test_the_unknown_comes_back_as_unknown(database):
    assert kept(database, None) is None


@pytest.mark.parametrize("number", ["1E18", "NaN", "sNaN", "Infinity", "-Infinity", "-1", "0.0000001", "9000000000001"])
def test_a_number_that_does_not_fit_is_refused_and_never_rounded(number, database):
    with pytest.raises((StatementError, NotExact)) as refused:
        kept(database, D(number))

    assert isinstance(getattr(refused.value, "orig", None) or refused.value, NotExact)


@given(st.decimals(min_value=0, max_value=LARGEST, places=6))
def test_every_number_of_six_decimals_makes_the_way_there_and_back(number):
    column = Millionths()

    assert column.process_result_value(column.process_bind_param(number, None), None) == number


def test_sums_of_the_database_are_exact(database):
    share = SQLModel.metadata.tables[PARTY].c.share
    numbers = [D(n) / 1_000_000 for n in range(1, 100_000, 7)]
    with database.writer.connect() as db:
        db.execute(
            insert(share.table),
            [
                {"id": 10**6 + place, "pledge_id": 1, "donor_id": 1, "role": "donor", "share": number, "currency": ""}
                for place, number in enumerate(numbers)
            ],
        )
        total = db.execute(select(func.sum(share)).where(share.table.c.id >= 10**6)).scalar_one()
        db.rollback()

    assert total == sum(numbers)


def columns_of_codes():
    for table in SQLModel.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Coded):
                yield pytest.param(column.type.codes, id=f"{table.name}.{column.name}")


@pytest.mark.parametrize("codes", list(columns_of_codes()))
def test_codes_are_kept_by_their_value_and_come_back_as_themselves(codes):
    column = Coded(codes)
    for code in codes:
        assert column.process_bind_param(code, None) == column.process_bind_param(str(code), None) == code.value
        assert column.process_result_value(code.value, None) is code


@pytest.mark.parametrize("codes", list(columns_of_codes()))
def test_a_code_nobody_knows_is_refused(codes):
    assert issubclass(codes, Code)
    with pytest.raises(KeyError):
        Coded(codes).process_bind_param("nobody knows", None)


def test_texts_of_every_alphabet_come_back_as_they_were(database):
    title = "Петріот für Ukraїne 🇺🇦 ‹Großbritannien› \t \"quotes\" 'and' \\ % _"
    source = core(Source)
    with database.writer.connect() as db:
        number = db.execute(select(func.max(source.c.id))).scalar_one()
        db.execute(source.update().where(source.c.id == number).values(title=title))
        found = db.execute(select(source.c.title).where(source.c.id == number)).scalar_one()
        db.rollback()

    assert found == title


def test_readers_cannot_write(database):
    with database.reading() as db, pytest.raises(Exception, match="(?i)read.?only"):
        db.execute(core(Pledge).update().values(title="changed"))
