"""Everything that goes out of either database comes back as it stands."""

import csv
import io
import json

import pytest
from sqlalchemy import update

from app.domain.dictionary import COLUMNS
from app.domain.filter import PledgeFilter
from app.domain.pledge import State
from app.exporting import Order, understood
from app.formats import own_json, own_lines, own_table
from app.formats.record import amended, told, value_from
from app.formats.row import Known, Row, Sheet
from app.store import demo, editing, everything, exports, plain, records, referred, saving
from app.store.history import Act
from app.store.matching import PLEDGE
from app.store.reference import load
from app.web import orders

KNOWN = Known()


@pytest.fixture(scope="module")
def crowded(database):
    """The seed with made-up pledges beside it: every qualifier, class and way of stating a worth."""
    demo.make(database, 300)
    return database


def file(database, form, wanted=None):
    with database.reading() as db:
        order = orders.order(db, form, wanted or PledgeFilter(), load(db), "https://pledges.example")
        return b"".join(order.pieces(lambda question: orders.answers(db, question)))


def standing(database):
    with database.reading() as db:
        found = saving.current(db, [row.id for row in db.execute(PLEDGE.select().where(PLEDGE.c.visible))])
    return {pledge.key: pledge for pledge, _ in found.values()}


def read(importer, content):
    return [row for row in importer.rows(content, KNOWN) if isinstance(row, Row)]


def test_a_table_that_comes_back_unchanged_changes_no_record(crowded):
    content = file(crowded, "csv").decode("utf-8-sig")
    rows = read(own_table, [Sheet("", csv.reader(io.StringIO(content, newline="")))])
    there = standing(crowded)

    assert len(rows) == len(there) > 500
    assert [row for row in rows if row.faults] == []
    assert all(amended(there[row.given["key"]], row.given) == there[row.given["key"]] for row in rows)


def test_json_that_comes_back_unchanged_changes_no_record(crowded):
    there = standing(crowded)
    rows = read(own_json, file(crowded, "json"))

    assert {row.given["key"] for row in rows} == set(there)
    assert all(amended(there[row.given["key"]], row.given) == there[row.given["key"]] for row in rows)


def test_whole_records_come_back_with_all_that_they_refer_to(crowded):
    rows = read(own_lines, file(crowded, "jsonl"))
    there, mine = standing(crowded), {}
    for row in rows:
        assert row.faults == ()
        mine.setdefault(row.record, []).append(row.given)

    assert {given["key"]: value_from("pledge", given, was=there[given["key"]]) for given in mine["pledge"]} == there
    for record in ("source", "package", "event"):
        name = "slug" if record == "event" else "key"
        with crowded.reading() as db:
            held = {one[name]: referred.find(db, record, name=one[name]).value for one in mine[record]}
        assert all(value_from(record, one, was=held[one[name]]) == held[one[name]] for one in mine[record])
    named = {source for pledge in there.values() for source in pledge.sources()}
    assert named <= {one["key"] for one in mine["source"]}


def test_both_ways_of_asking_answer_the_same(crowded):
    """The connection of a page, and that of a process of its own, by way of what the process is told."""
    with crowded.reading() as db:
        for form in ("csv", "jsonl", "zip"):
            order = orders.order(db, form, PledgeFilter(), load(db), "https://pledges.example")
            here = b"".join(order.pieces(lambda question: orders.answers(db, question)))
            again, place = understood(order.told(orders.place(crowded)))
            with plain.connected(place) as connection:
                there = b"".join(again.pieces(lambda question, asks=connection: plain.answers(asks, question)))
            assert isinstance(again, Order) and there == here, form


def test_a_process_of_its_own_cannot_write(crowded):
    with plain.connected(orders.place(crowded)) as connection, pytest.raises(Exception, match="read-?only|readonly"):
        connection.execute("UPDATE pledge SET title = 'x'")


def test_one_file_tells_of_one_state_though_others_save(own_database):
    with own_database.reading() as db:
        order = orders.order(db, "jsonl", PledgeFilter(), load(db), "")
    with plain.connected(orders.place(own_database)) as connection:
        answers = [question for _, question in order.tables]
        before = list(plain.answers(connection, order.state))
        with own_database.writing() as db:
            db.execute(update(PLEDGE).values(title="changed", version=99))
        found = [row for question in answers for batch in plain.answers(connection, question) for row in batch]
        assert list(plain.answers(connection, order.state)) == before

    assert len([row for row in found if row[0].startswith("jan24-")]) > 5


@pytest.mark.parametrize("state", [State.DRAFT, State.DELETED])
def test_drafts_and_deleted_records_are_in_no_table(own_database, state):
    key = "jan24-patriot-gem-t-joint-purchase"  # others are linked to it
    with own_database.writing() as db:
        number = db.execute(PLEDGE.select().where(PLEDGE.c.key == key)).one().id
        editing.edit(db, number, 1, Act(author="anna"), lambda pledge: editing.with_state(pledge, state))
    with own_database.reading() as db:
        for table, question in everything.everything(db, load(db), "", "bare_"):
            rows = [row for batch in orders.answers(db, question) for row in batch]
            mine = [row for row in rows if key in row[:5] and table.name != "changes"]
            assert mine == [], table.name


def test_every_column_of_the_dictionary_is_asked_for(crowded):
    with crowded.reading() as db:
        question = exports.asked(db, PledgeFilter(), load(db), "")
        assert len(next(orders.answers(db, question))[0]) == len(COLUMNS)


def test_every_table_beside_it_has_the_columns_that_it_says(crowded):
    with crowded.reading() as db:
        for table, question in everything.everything(db, load(db), "", "bare_"):
            rows = next(orders.answers(db, question), [])
            if table.columns and rows:
                assert len(rows[0]) == len(table.columns), table.name


def test_a_record_reads_the_same_as_its_page(crowded):
    with crowded.reading() as db:
        one = records.find(db, 1)
    found = [json.loads(line) for line in file(crowded, "jsonl").splitlines()]
    (mine,) = [line for line in found if line["key"] == one.pledge.key]

    assert {name: value for name, value in mine.items() if name != "refers_to"} == told(one.pledge)
