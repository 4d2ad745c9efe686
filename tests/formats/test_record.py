"""Records as JSON: what is told reads back the same, and whatever is wrong is named by its path."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.claim import ClaimField, Rank
from app.domain.money import Amount, Qualifier
from app.domain.quantity import exact
from app.formats.record import Faulty, amended, told, value_from
from tests.builders import a_claim, a_delivery, a_pledge, a_source
from tests.formats.records import RECORDS, TODAY

LEOPARDS = {"key": "leopards", "lead": "DE", "title": "Leopard 2 tanks"}
CLAIM = {"field": "quantity", "source": "ministry"}


def wrong(record: str, given: object) -> dict[str, str]:
    """By path, what is said of each fault."""
    with pytest.raises(Faulty) as error:
        value_from(record, given, today=TODAY)
    return {one.path: one.sentence for one in error.value.wrong}


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_told_as_json_reads_back_as_it_was(record):
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(RECORDS[record])
    def same(value):
        body = json.dumps(told(value), ensure_ascii=False, allow_nan=False)
        assert value_from(record, json.loads(body), today=TODAY) == value
        assert value_from(record, told(value, whole=True), today=TODAY) == value

    same()


def test_every_record_of_the_seed_reads_back_as_it_was(seed):
    kinds = {"pledge": seed.pledges, "source": seed.sources, "event": seed.events, "package": seed.packages}
    found = [(record, value) for record, values in kinds.items() for value in values.values()]
    found += [("donor", one) for one in seed.donors] + [("system", one) for one in seed.systems]

    assert len(found) > 1000
    assert all(value_from(record, told(value), was=value) == value for record, value in found)


def test_a_record_tells_its_names_and_what_is_not_at_its_default():
    assert told(a_source(title="")) == {
        "key": "ministry",
        "url": "https://ministry.example/leopards",
        "publisher": "Ministry of Defence",
        "kind": "official_donor",
    }
    assert told(replace(a_pledge(), quantity=exact(Decimal("48.333333"))))["quantity"] == {
        "qualifier": "exact",
        "low": "48.333333",
        "point": "48.333333",
        "high": "48.333333",
    }


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ({"qualifier": "exact", "point": "18"}, (18, 18, 18)),
        ({"qualifier": "about", "point": 200}, (180, 200, 220)),
        ({"qualifier": "up_to", "high": "1000"}, (0, None, 1000)),
        ({"qualifier": "up_to", "high": "500", "low": "100"}, (100, None, 500)),
        ({"qualifier": "at_least", "low": "14"}, (14, None, None)),
        ({"qualifier": "range", "low": "10", "high": "12"}, (10, None, 12)),
        ({"qualifier": "estimated", "point": "7"}, (None, 7, None)),
        ({"qualifier": "order_of_magnitude"}, (None, None, None)),
        ({"qualifier": "undisclosed"}, (None, None, None)),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_ends_of_a_number_follow_from_its_qualifier(said, ends):
    read = value_from("pledge", {**LEOPARDS, "quantity": said}).quantity

    assert (read.low, read.point, read.high) == ends


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"colour": "green"}, "colour"),
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": None}, "title"),
        ({"title": 7}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "Leopard\u202etanks"}, "title"),
        ({"title": "Leopard\x00"}, "title"),
        ({"title": "Two\nlines"}, "title"),
        ({"note": "bell\x07"}, "note"),
        ({"lead": "de"}, "lead"),
        ({"key": "two words"}, "key"),
        ({"role": "decoration"}, "role"),
        ({"role": ["platform"]}, "role"),
        ({"quantity": 18}, "quantity"),
        ({"quantity": {}}, "quantity.qualifier"),
        ({"quantity": {"qualifier": "exact"}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": "18", "high": "19"}}, "quantity.high"),
        ({"quantity": {"qualifier": "about", "point": "200", "low": "150"}}, "quantity.low"),
        ({"quantity": {"qualifier": "undisclosed", "point": "3"}}, "quantity.point"),
        ({"quantity": {"qualifier": "range", "low": "5", "high": "3"}}, "quantity.high"),
        ({"quantity": {"qualifier": "exact", "point": 1.5}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": True}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": "NaN"}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": "1e3"}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": "-1"}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": "1.0000001"}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": 10**18}}, "quantity.point"),
        ({"quantity": {"qualifier": "exact", "point": Decimal("Infinity")}}, "quantity.point"),
        ({"quantity": {"qualifier": "about", "point": "9000000000000"}}, "quantity.high"),
        ({"amount": {"qualifier": "exact", "point": "1"}}, "amount.currency"),
        ({"amount": {"qualifier": "exact", "point": "1", "currency": ""}}, "amount.currency"),
        ({"amount": {"qualifier": "exact", "point": "1", "currency": "XXX"}}, "amount.currency"),
        ({"value": {"low": "2", "high": "1"}}, "value.high"),
        ({"value": {"rate": {"currency": "USD", "day": "2024-01-10", "per_euro": "0"}}}, "value.rate.per_euro"),
        ({"announced": {"earliest": "2024-02-30"}}, "announced.earliest"),
        ({"announced": {"earliest": "20240110"}}, "announced.earliest"),
        ({"announced": {"earliest": "2024-02-02", "latest": "2024-02-01"}}, "announced.latest"),
        ({"announced": {"latest": "2013-12-31"}}, "announced"),
        ({"status_pin": "cancelled"}, "status_pin_reason"),
        ({"claims": {}}, "claims"),
        ({"claims": ["one"]}, "claims[0]"),
        ({"claims": [CLAIM] * 1001}, "claims"),
        ({"claims": [{"field": "quantity"}]}, "claims[0].source"),
        ({"claims": [CLAIM, {**CLAIM, "dates": {"latest": "2024-01-01"}}]}, "claims[1].dates"),
        ({"claims": [{**CLAIM, "rank": "deprecated"}]}, "claims[0].reason"),
        ({"claims": [{**CLAIM, "quote": "x" * 301}]}, "claims[0].quote"),
        ({"claims": [{**CLAIM, "rank": "preferred"}]}, "claims[0].rank"),
        (
            {"claims": [CLAIM, CLAIM, {**CLAIM, "quantity": {"qualifier": "exact", "low": "x"}}]},
            "claims[2].quantity.low",
        ),
        ({"claims": [{"field": "beneficiary", "source": "m", "code": "moon"}]}, "claims[0].code"),
        ({"milestones": [{}]}, "milestones[0].status"),
        ({"milestones": [{"status": "delivered", "basis": "complete"}]}, "milestones[0].status"),
        ({"parties": [{"donor": "NL", "role": "donor", "share": "10"}]}, "parties[0].share"),
        ({"parties": [{"donor": "NL", "role": "donor"}] * 2}, "parties"),
        ({"links": [{"kind": "part_of", "to": "leopards"}]}, "links"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_each_fault_of_a_pledge_is_named_by_its_path(given, path):
    assert path in wrong("pledge", {**LEOPARDS, **given})


@pytest.mark.parametrize(
    ("record", "given", "path"),
    [
        ("source", {"key": "s"}, "url"),
        ("source", {"key": "s", "url": "javascript:alert(1)"}, "url"),
        ("source", {"key": "s", "url": "ftp://ministry.example/"}, "url"),
        ("source", {"key": "s", "title": "t", "published_on": "2030-01-01"}, "published_on"),
        ("source", {"key": "s", "title": "t", "checked": "yes"}, "checked"),
        ("event", {"slug": "Nuc", "title": "t"}, "slug"),
        ("event", {"slug": "nuc", "title": "t", "sources": ["a b"]}, "sources[0]"),
        ("package", {"key": "p", "title": "t"}, "donor"),
        ("donor", {"code": "DE", "slug": "de", "name": "G", "aliases": ["a|b"]}, "aliases[0]"),
        ("donor", {"code": "DE", "slug": "de", "name": "G", "memberships": [{"group": "EU"}] * 2}, "memberships"),
        ("system", {"code": "AD.LR.X.Y.Z", "slug": "x", "name": "X"}, "code"),
        ("pledge", ["not", "an", "object"], ""),
    ],
)
def test_each_fault_of_what_pledges_refer_to_is_named_by_its_path(record, given, path):
    assert path in wrong(record, given)


def test_all_that_is_wrong_is_told_at_once_and_not_more_than_a_hundred():
    many = wrong("pledge", {**LEOPARDS, **{f"field{number}": 1 for number in range(500)}})

    assert len(many) == 100
    assert set(wrong("pledge", {"title": "", "role": "x"})) == {"key", "lead", "title", "role"}


def test_a_value_that_is_named_is_cut_and_holds_no_sign_that_turns_the_text():
    with pytest.raises(Faulty) as error:
        value_from("pledge", {**LEOPARDS, "title": "\u202e" + "x" * 400})

    assert error.value.wrong[0].value == "\ufffd" + "x" * 199


def test_a_part_of_a_record_changes_only_that_part_and_null_empties():
    was = a_pledge(note="old", milestones=(a_delivery(4),))

    assert amended(was, {"title": "Leopards"}) == replace(was, title="Leopards")
    assert amended(was, {"note": None}) == replace(was, note="")


def test_a_figure_that_changes_without_a_claim_is_no_longer_that_of_its_source():
    was = a_pledge(claims=(a_claim(quantity=exact(18), rank=Rank.PREFERRED),))

    now = amended(was, {"quantity": {"qualifier": "exact", "point": "20"}})

    assert [claim.rank for claim in now.claims] == [Rank.NORMAL]


def test_what_was_wrong_before_is_not_held_against_a_change():
    early = a_pledge(announced=replace(a_pledge().announced, earliest=date(2010, 1, 1), latest=date(2010, 1, 1)))

    assert amended(early, {"note": "Looked up."}).note == "Looked up."
    assert "announced" in wrong("pledge", told(early))


NAMES = st.sampled_from(["key", "lead", "title", "claims", "quantity", "field", "x"])
LEAVES = st.none() | st.booleans() | st.text(max_size=3) | st.integers()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=12))
def test_whatever_is_given_is_read_or_refused(anything):
    try:
        read = value_from("pledge", anything)
    except Faulty as error:
        assert error.wrong
    else:
        assert value_from("pledge", told(read)) == read


def test_a_claim_on_an_amount_keeps_its_currency():
    amount = Amount(Qualifier.EXACT, Decimal(5), Decimal(5), Decimal(5), currency="USD")
    pledge = a_pledge(claims=(a_claim(ClaimField.AMOUNT, amount=amount),))

    assert value_from("pledge", told(pledge)) == pledge
