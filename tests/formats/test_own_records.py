"""JSON and JSON Lines of ours: whole records with what they refer to; whatever else is refused in a sentence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.domain.table import Origin, Rows, Table
from app.formats import json_lines, json_text, own_json, own_lines
from app.formats.record import told, value_from
from app.formats.row import Known, Label, Row, Unreadable
from tests.builders import a_claim, a_pledge, a_source
from tests.formats.records import RECORDS, TODAY

KNOWN = Known()
READERS = {"json": own_json.rows, "jsonl": own_lines.rows}


def lines(content):
    return [read for read in own_lines.rows(content, KNOWN) if isinstance(read, Row)]


def records(told):
    content = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
    return [read for read in own_json.rows(content, KNOWN) if isinstance(read, Row)]


def exported(pledges, **referred):
    """The file, from snapshots as the store keeps them."""
    found = {
        name: [(getattr(one, "key", None) or one.slug, body(one)) for one in some] for name, some in referred.items()
    }
    tables = [Rows(Table(name=name, columns=()), [found.get(name, [])]) for name in json_lines.REFERRED]
    snapshots = [(one.key, b'{"pledge":' + body(one) + b"}") for one in pledges]
    return b"".join(json_lines.file(Origin(), [*tables, Rows(Table(name="records", columns=()), [snapshots])]))


def body(value):
    return TypeAdapter(type(value)).dump_json(value, exclude_defaults=True)


def test_a_record_that_went_out_comes_back_as_it_was():
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(RECORDS["pledge"])
    def same(pledge):
        (row,) = lines(exported([pledge]))

        assert row.whole and row.faults == ()
        assert value_from("pledge", row.given, today=TODAY) == pledge
        assert records(told(pledge))[0].given == row.given

    same()


@pytest.mark.parametrize(("record", "name"), [("source", "sources"), ("package", "packages"), ("event", "events")])
def test_what_it_refers_to_comes_before_it_once_and_whole(record, name):
    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(RECORDS[record])
    def same(value):
        change = {"source": {"claims": (a_claim(source=getattr(value, "key", "")),)},
                  "package": {"package": getattr(value, "key", None)},
                  "event": {"event": getattr(value, "slug", None)}}[record]  # fmt: skip
        pledges = [a_pledge(key=key, **change) for key in ("one", "two")]
        found = lines(exported(pledges, **{name: [value]}))

        assert [row.record for row in found] == [record, "pledge", "pledge"]
        assert value_from(record, found[0].given, today=TODAY) == value

    same()


def test_sources_of_a_package_go_along():
    package = {"key": "p", "donor": "DE", "title": "Package", "sources": ["ministry"]}
    refers = json_lines.line(
        a_pledge(package="p"), {"sources": {"ministry": told(a_source())}, "packages": {"p": package}, "events": {}}
    )["refers_to"]

    assert refers == {"sources": [told(a_source())], "package": package}


def test_a_line_that_cannot_be_read_leaves_the_others():
    found = lines(b'{"key": "one"\n\n' + json.dumps(told(a_pledge())).encode() + b'\n[1]\n"x"\n')

    assert [(row.place.row, row.given is not None) for row in found] == [(1, False), (3, True), (4, False), (5, False)]
    assert found[0].faults[0].sentence == json_text.NO_JSON


def test_what_programs_are_told_beside_a_record_is_passed_over():
    (row,) = records([told(a_pledge()) | {"id": 7, "version": 2, "address": "x", "updated_at": "y"}])

    assert row.given == told(a_pledge())


def test_numbers_are_as_exact_as_they_were_written():
    text = json.dumps(told(a_pledge())).replace('"18"', "18.000001", 3)
    (row,) = records(text.encode())

    assert row.given["quantity"]["point"] == "18.000001"


def test_a_fault_names_its_path_and_value():
    (row,) = records([told(a_pledge()) | {"claims": [{"field": "quantity", "source": "s", "rank": "best"}]}])

    assert row.given is None
    assert (row.faults[0].place.row, row.faults[0].place.column) == (1, "claims[0].rank")
    assert row.faults[0].value == "best"


def test_a_fault_in_what_it_refers_to_names_it():
    found = records([told(a_pledge()) | {"refers_to": {"sources": [{"key": "s", "url": "javascript:x"}]}}])

    assert [(row.record, row.given is None) for row in found] == [("source", True), ("pledge", False)]
    assert found[0].faults[0].place.column == "refers_to.sources.url"


UNREADABLE = {
    "no text": (b'{"key": "\xff"}', json_text.NO_TEXT),
    "utf-16": ('{"key": "x"}'.encode("utf-16"), json_text.NO_TEXT),
    "cut short": (b'[{"key": "x"', json_text.NO_JSON),
    "a nul": (b'[{"key": "x\x00"}]', json_text.NO_JSON),
    "nothing": (b"", json_text.NO_JSON),
    "two values": (b"[] []", json_text.NO_JSON),
    "not a number": (b'[{"key": NaN}]', json_text.NO_NUMBER),
    "without end": (b'[{"key": -Infinity}]', json_text.NO_NUMBER),
    "an exponent beyond all bounds": (b'[{"key": 1e' + b"9" * 30 + b"}]", json_text.NO_NUMBER),
    "a name twice": (b'[{"key": "a", "key": "b"}]', json_text.TWICE),
    "deep": (b"[" * 100_000 + b"]" * 100_000, json_text.TOO_DEEP),
    "deep objects": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, json_text.TOO_DEEP),
    "rather deep": (b"[" * 60 + b"]" * 60, json_text.TOO_DEEP),
    "a number": (b"7", own_json.NO_RECORDS),
    "a text": (b'"pledges"', own_json.NO_RECORDS),
    "pledges that are none": (b'{"pledges": 7}', own_json.NO_RECORDS),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_list_of_records_is_refused_in_a_sentence(name):
    content, sentence = UNREADABLE[name]
    with pytest.raises(Unreadable) as error:
        records(content)

    assert error.value.sentence == sentence
    assert sentence % error.value.told and all(value.isprintable() for value in error.value.told.values())


@pytest.mark.parametrize("name", [name for name in UNREADABLE if name not in ("no text", "utf-16", "nothing")])
def test_in_a_file_of_lines_it_is_a_fault_of_its_line(name):
    content, _ = UNREADABLE[name]
    bad, kept = lines(content + b"\n" + json.dumps(told(a_pledge())).encode())

    assert bad.given is None and bad.faults and kept.given


def test_a_mark_at_the_start_is_passed_over():
    content = b"\xef\xbb\xbf" + json.dumps([told(a_pledge())]).encode()

    assert records(content)[0].given and lines(content.replace(b"[{", b"{").replace(b"}]", b"}", 1))


@pytest.mark.parametrize("text", ["two\u202eways", "nul\x00", "half \ud800", "bell\x07"])
def test_signs_that_nobody_can_see_are_a_fault(text):
    (row,) = records(json.dumps([told(a_pledge()) | {"title": text}]).encode())

    assert row.given is None and row.faults[0].place.column == "title"
    assert row.faults[0].value.isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "lead", "title", "pledges", "refers_to", "sources", "donor", "x"]), inner
        )
    ),
    max_leaves=15,
)


@pytest.mark.parametrize("way", READERS)
@settings(max_examples=150, deadline=None, derandomize=True)
@given(given=JSON)
def test_whatever_json_is_sent_it_is_read_or_refused(way, given):
    try:
        found = list(READERS[way](json.dumps(given).encode(), KNOWN))
    except Unreadable as error:
        assert error.sentence
        return
    assert isinstance(found[0], Label)
    for row in found[1:]:
        assert row.given is not None or row.faults
