from datetime import date
from decimal import Decimal

import pytest

from app.formats.record import told as as_told
from app.formats.record import value_from
from app.formats.row import Row, Sum, Unmapped
from app.formats.support_tracker import UNMAPPED, rows
from app.formats.support_tracker.dates import NO_SUCH_DAY
from app.formats.support_tracker.lines import HIDDEN, NO_AID, NO_DONOR, NO_MEASURE, NOT_CITED, UNKNOWN_DONOR
from app.formats.support_tracker.numbers import NO_NUMBER
from tests.formats import tracker
from tests.formats.tracker import a_release, known, pledge, pledges, records, sheet, told


def test_lines_are_named_by_activity_and_their_number_in_it():
    read = told({}, {"activity": "AUM18"}, {}, {"activity": " aum18 "}, {"activity": "ÑŠ"}, {"donor": "Austria"})

    assert [one["key"] for one in pledges(read)] == [
        *("kiel-17/KIEL17-AUM1-001", "kiel-17/KIEL17-AUM18-001", "kiel-17/KIEL17-AUM1-002", "kiel-17/KIEL17-AUM18-002"),
        *("kiel-17/KIEL17-AUM-001", "kiel-17/KIEL17-AUM1-003"),
    ]


def test_a_cyrillic_letter_in_a_name_is_the_latin_one():
    read = told({"activity": "СZM39", "donor": "Czech Republic"}, {"activity": "CZM39", "donor": "Czechia"})

    assert [one["dataset_key"] for one in pledges(read)] == ["KIEL17-CZM39-001", "KIEL17-CZM39-002"]


def test_lines_that_repeat_others_are_kept():
    read = told(*[{"line_euros": 5, "activity_euros": 5}] * 3)

    assert len(pledges(read)) == 3
    assert {one.measure: one.euros for one in read if isinstance(one, Sum)} == {
        "allocation": 15,
        "commitment": 15,
        "delivery": 0,
    }


@pytest.mark.parametrize(
    ("line", "column", "value", "sentence"),
    [
        ({"donor": ""}, "Countries", "", NO_DONOR),
        ({"donor": "Atlantis"}, "Countries", "Atlantis", UNKNOWN_DONOR),
        ({"aid": "Cultural"}, "Type of Aid General", "Cultural", NO_AID),
        ({"measure": "."}, "Type of donation", "", NO_MEASURE),
    ],
)
def test_a_line_is_refused_with_the_reason(line, column, value, sentence):
    read = told({}, line)

    assert tracker.faults(read) == [(3, column, value, sentence)]
    assert len(pledges(read)) == 1


@pytest.mark.parametrize(
    ("line", "column", "value", "sentence"),
    [
        ({"line_euros": "lots"}, "Allocated Total in EUR (redistributed)", "lots", NO_NUMBER),
        ({"announced": "until 06/31/2022"}, "Announcement Date", "until 06/31/2022", NO_SUCH_DAY),
        ({"item": "Stinger\u202e missile"}, "Items", "Stinger missile", HIDDEN),
        ({"source_2": "uk)"}, "Source of Aid 2", "uk)", NOT_CITED),
        ({"item": "Death star"}, "Items", "Death star", UNMAPPED),
    ],
)
def test_what_could_not_be_read_is_told_and_the_line_kept(line, column, value, sentence):
    read = told(line)

    assert tracker.faults(read) == [(2, column, value, sentence)]
    assert len(pledges(read)) == 1


def test_a_control_sign_is_told_of_and_left_out():
    [one] = pledges(read := told({"item": "Stinger\x00 missile"}))

    assert one["title"] == "Stinger missiles"
    assert tracker.faults(read) == [(2, "Items", "Stinger missile", HIDDEN)]


def test_names_that_nobody_knows_are_listed():
    read = told({"item": "Death star"}, {"donor": "Atlantis"}, {"item": " death  Star"}, {"item": "Death star"})

    unmapped = [one for one in read if isinstance(one, Unmapped)]

    assert [(one.kind, one.name, one.lines, one.first.row) for one in unmapped] == [
        ("item", "Death star", 2, 2),
        ("donor", "Atlantis", 1, 3),
        ("item", "death Star", 1, 4),
    ]


@pytest.mark.parametrize(
    ("item", "system"),
    [("AT4 anti-tank weapon", "at4"), ("Hellfire missiles", "hellfire-rbs-17"), (" AT4  ANTI-TANK weapon", "at4")],
)
def test_an_item_is_what_we_know_it_to_be_whatever_the_dataset_files_it_under(item, system):
    """The dataset files these under portable air defence."""
    assert pledge(item=item, units=5)["system"] == system


def test_an_unknown_item_has_no_system_and_its_own_name():
    one = pledge(item="death star", units=Decimal(2))

    assert "system" not in one
    assert one["title"] == "Death star"
    assert one["quantity"]["point"] == "2"


@pytest.mark.parametrize(
    ("line", "title", "role"),
    [
        ({"aid": "Financial", "specific": "Loan "}, "Loan", "funding"),
        ({"aid": "Financial", "specific": "Assistance"}, "Financial assistance", "funding"),
        ({"aid": "Humanitarian ", "specific": "Grant"}, "Humanitarian grant", "funding"),
        ({"aid": "Humanitarian", "specific": "Equipment"}, "Humanitarian equipment, not itemised", "complete_system"),
        ({"specific": "MIlitary Equipment"}, "Military equipment, not itemised", "funding"),
        ({"specific": "Weapons and  equipment"}, "Weapons and equipment, not itemised", "funding"),
        ({"specific": "WEAPONS AND EQUIPMENT "}, "Weapons and equipment, not itemised", "funding"),
        ({"specific": "."}, "Military aid", "funding"),
        ({"aid": "Humanitarian", "specific": "Something new"}, "Something new", "funding"),
    ],
)
def test_a_line_without_an_item_is_called_by_its_kind(line, title, role):
    one = pledge(item=".", **line)

    assert one["title"] == title
    assert one.get("role", "complete_system") == role


def test_nothing_of_the_institutes_prose_is_taken_over():
    read = rows([sheet(*a_release(60))], known())

    assert "PROSE" not in "".join(str(one) for one in read)


def test_a_text_of_an_odd_place_is_no_line():
    read = told({}, dict.fromkeys(tracker.PLAIN, ""), dict.fromkeys(tracker.PLAIN), {"units": 3})

    assert [row.place.row for row in read if isinstance(row, Row) and row.record == "pledge"] == [2, 5]


def test_every_record_is_one_of_ours_and_told_whole():
    """Each is sound, is told in full, and names nothing that did not come before it."""
    seen: set[str] = set()
    for row in (one for one in rows([sheet(*a_release(400))], known()) if isinstance(one, Row)):
        given = dict(row.given)
        assert as_told(value_from(row.record, given, today=date(2024, 7, 1))) == given
        assert given["key"] not in seen
        if row.record == "pledge":
            named = {one["source"] for part in ("claims", "milestones") for one in given.get(part, [])}
            assert named and named <= seen
            assert given.get("package") in {None, *seen}
        seen.add(given["key"])


def test_lines_of_no_named_activity_are_named_by_donor_and_kind():
    """A table that was made of release 28 tells neither activities nor items nor sources."""
    layout = {
        "donor": "giver",
        "announced": "dato",
        "aid": "kategori",
        "measure": "maal",
        "stated": "verdi_eur",
        "line_euros": "verdi_eur_redistr",
        "activity_euros": "verdi_eur_activity",
        "delivered": "maaned_nr",
    }
    lines = [
        {"announced": "2023-10-24", "line_euros": "5.0", "delivered": "22"},
        {"announced": "", "line_euros": "6.0", "delivered": "46", "donor": "Turkiye", "aid": "Financial"},
        {"announced": "", "line_euros": "7.0", "delivered": "0"},
    ]

    read = list(rows([sheet(*lines, layout=layout)], known("28")))
    [first, second, third] = pledges(read)

    assert [one["dataset_key"] for one in (first, second, third)] == [
        "KIEL28-AUM-001",
        "KIEL28-TRF-001",
        "KIEL28-AUM-002",
    ]
    assert second["announced"] == {"earliest": "2025-10-01", "latest": "2025-10-31"}
    assert "announced" not in third
    assert {one["title"] for one in (first, second)} == {"Military aid", "Financial aid"}
    assert not any("system" in one or "package" in one for one in (first, second, third))
    [source] = records(read, "source")
    assert source.given["kind"] == "dataset"
    assert first["claims"][0]["source"] == source.given["key"]
