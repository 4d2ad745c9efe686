"""Downloads hold what the table shows: the same rows in the same order, exact numbers, nothing that runs."""

import io
import json
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from app.domain.dictionary import COLUMNS
from app.formats.csv_file import LIVE_SIGNS
from app.main import create_app
from app.settings import Settings
from app.store.matching import PLEDGE
from tests.conftest import Guest
from tests.routes.reading import rows, words
from tests.routes.test_charts import FILTERS

SORTS = ["-announced", "donor", "-title", "system", "-quantity", "delivered", "-value", "amount", "status", "sources"]
NUMBERS = [
    entry.name for entry in COLUMNS if entry.name.endswith(("_low", "_point", "_high", "_eur")) or entry.name == "rate"
]


def test_a_download_holds_the_rows_of_the_table_in_their_order(reader_of_many):
    for place, pairs in enumerate(FILTERS[:15:2]):
        asked = urlencode([*pairs, ("sort", SORTS[place % len(SORTS)])])
        html = reader_of_many.get(f"/pledges?per=100&{asked}").text
        shown = re.findall(r'<a class="ttl" href="/pledges/(\d+)"', html)
        csv = [row["id"] for row in rows(reader_of_many.get(f"/pledges.csv?{asked}"))]

        assert csv[:100] == shown, asked
        told = re.search(r"<b>([\d,]+) pledges?</b>", html)
        assert told and int(told[1].replace(",", "")) == len(csv), asked


def test_csv_and_json_hold_the_same(reader_of_many):
    for pairs in FILTERS[60:85:5]:
        asked = urlencode(pairs)
        csv = rows(reader_of_many.get(f"/pledges.csv?{asked}"))
        records = json.loads(reader_of_many.get(f"/pledges.json?{asked}").text)["pledges"]

        assert [row["key"] for row in csv] == [record["key"] for record in records], asked
        for row, record in zip(csv, records, strict=True):
            assert {name: value.removeprefix("'") for name, value in row.items() if value} == {
                name: str(value).removeprefix("'") for name, value in record.items()
            }


def test_a_workbook_and_whole_records_hold_the_same_pledges(reader_of_many):
    for pairs in FILTERS[20:26:3]:
        asked = urlencode(pairs)
        csv = [row["key"] for row in rows(reader_of_many.get(f"/pledges.csv?{asked}"))]
        book = CalamineWorkbook.from_filelike(io.BytesIO(reader_of_many.get(f"/pledges.xlsx?{asked}").content))
        lines = reader_of_many.get(f"/pledges.jsonl?{asked}").text.splitlines()

        assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == csv, asked
        assert [json.loads(line)["key"] for line in lines] == csv, asked


def test_a_workbook_says_which_filter_it_holds(guest):
    book = CalamineWorkbook.from_filelike(io.BytesIO(guest.get("/pledges.xlsx?donor=DE").content))
    about = dict(row[:2] for row in book.get_sheet_by_name("About").to_python())

    assert about["Filter"] == "http://pledges.test/pledges?donor=DE"
    assert len(about["Digest of the history"]) == 64


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl", "atom"])
def test_a_value_that_nobody_knows_is_refused_in_plain_text(guest, ending):
    answer = guest.get(f"/pledges.{ending}?donor=XX")

    assert answer.status_code == 400 and answer.headers["content-type"].startswith("text/plain")
    assert "donor=XX" in answer.text


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl"])
@pytest.mark.parametrize("sign", ["%00", "tank%E2%80%AE"])
def test_words_that_nobody_can_see_are_refused_and_do_not_ask_for_everything(guest, ending, sign):
    answer = guest.get(f"/pledges.{ending}?q={sign}")

    assert answer.status_code == 400 and "q=" in answer.text and "\0" not in answer.text


def test_the_columns_are_those_of_the_dictionary(guest):
    first = guest.get("/pledges.csv?donor=DE").text
    page = words(guest.get("/dictionary").text, "<main")

    assert first.lstrip("\ufeff").splitlines()[0].split(",") == [entry.name for entry in COLUMNS]
    assert all(entry.name in page for entry in COLUMNS)


def test_numbers_are_exact(reader_of_many):
    found = rows(reader_of_many.get("/pledges.csv"))

    for row in found:
        for name in NUMBERS:
            assert re.fullmatch(r"(\d+(\.\d{1,6})?)?", row[name]) or name == "rate", (name, row[name])
            if row[name]:
                assert str(Decimal(row[name])) == row[name]
    assert {row["key"]: row["value_point_eur"] for row in found}["jan24-skynex-germany"] == "182000000"


def test_no_cell_is_a_live_formula(reader_of_many):
    for row in rows(reader_of_many.get("/pledges.csv")):
        assert not [cell for cell in row.values() if cell.startswith(LIVE_SIGNS)]


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_a_formula_in_a_title_is_disarmed(own_database):
    titles = ['=HYPERLINK("http://evil.test")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]
    with own_database.writing() as db:
        for number, title in enumerate(titles, start=1):
            db.execute(update(PLEDGE).where(PLEDGE.c.id == number).values(title=title))
    with Guest(create_app(Settings(_env_file=None, database_url=own_database.url), own_database)) as guest:
        found = {row["id"]: row["title"] for row in rows(guest.get("/pledges.csv"))}

    assert [found[str(number)] for number in range(1, 7)] == [f"'{title}" for title in titles]


def test_an_empty_result_is_a_valid_file(guest):
    nothing = "q=no+such+word+anywhere"

    assert rows(guest.get(f"/pledges.csv?{nothing}")) == []
    assert guest.get(f"/pledges.json?{nothing}").json()["pledges"] == []


def test_json_says_where_it_comes_from_and_how_far_it_reaches(guest):
    told = guest.get("/pledges.json?donor=DE&sort=title").json()

    assert told["address"] == "http://pledges.test/pledges?donor=DE"
    assert told["until"] == "2024-06-28"
    assert told["licence"] == "CC BY 4.0"
    assert told["dictionary"] == "http://pledges.test/dictionary"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl"])
def test_a_download_has_a_name_with_its_day(guest, ending):
    today = guest.get(f"/pledges.{ending}").headers["content-disposition"]
    then = guest.get(f"/pledges.{ending}?as_of=2024-01-10").headers["content-disposition"]

    assert today == f'attachment; filename="allied-pledges-2024-06-28.{ending}"'
    assert then == f'attachment; filename="allied-pledges-2024-01-10.{ending}"'


def test_a_record_carries_units_doubt_money_rate_class_and_sources(guest):
    row = next(row for row in rows(guest.get("/pledges.csv")) if row["key"] == "jan24-patriot-gem-t-joint-purchase")

    assert (row["quantity_qualifier"], row["quantity_low"], row["quantity_high"]) == ("up_to", "0", "1000")
    assert (row["unit"], row["counting"], row["beneficiary"]) == ("missile", "umbrella", "donor_stock")
    assert row["currency"] == "USD" and row["value_set_by"] == "ecb" and row["rate"] and row["rate_day"] <= "2024-01-03"
    assert set(row["disputed"].split()) >= {"amount", "beneficiary"}
    assert all(address.startswith("http") for address in row["sources"].split())
