"""A figure opened in place: read, saved, refused, merged, and a choice where two changed the same."""

import re

import pytest

from app.store import records, verifying
from tests.routes.reading import words

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def leopards(database, anna):
    """The number of a fresh pledge: eighteen Leopards."""
    answer = anna.post(
        "/pledges",
        data={
            "title": "Leopard 2 tanks",
            "lead": "Germany",
            "system": "leopard-2",
            "role": "platform",
            "unit": "vehicle",
            "quantity": "18",
            "announced": "2023-01-25",
            "source": "https://ministry.example/leopards",
            "overrule": "They are told apart.",
        },
        follow_redirects=False,
    )
    assert answer.status_code == 303, words(answer.text, "<main")
    return int(re.search(r"/pledges/(\d+)", answer.headers["location"])[1])


def saved(who, number, name="quantity", *, text=None, seen=1, headers=None, **more):
    """The answer to a save of one field."""
    data = {name: text, "seen": seen} | more
    data = {key: value for key, value in data.items() if value is not None}
    return who.post(f"/pledges/{number}/cells/{name}", data=data, headers=headers, follow_redirects=False)


def pledge_of(database, number):
    with database.reading() as db:
        return records.find(db, number).pledge


def test_a_reader_reads_a_cell_and_may_not_open_it(guest, leopards):
    assert "18 vehicles" in words(guest.get(f"/pledges/{leopards}/cells/quantity").text, "<main")
    assert guest.get(f"/pledges/{leopards}/cells/quantity?edit").status_code == 401


def test_an_editor_opens_a_cell_as_a_page_and_in_its_row(anna, leopards):
    whole = anna.get(f"/pledges/{leopards}/cells/quantity?edit").text
    part = anna.get(f"/pledges/{leopards}/cells/quantity?edit&in=list", headers=PART).text

    assert 'value="18"' in whole and "<html" in whole
    assert part.strip().startswith("<tbody") and 'class="cell-in"' in part and 'name="seen" value="1"' in part


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("quantity", "about 200", "about 200 vehicles"),
        ("quantity", "up to 1,000", "up to 1,000 vehicles"),
        ("quantity", "10-12", "10–12 vehicles"),
        ("quantity", "hundreds", "“hundreds”"),
        ("quantity", "undisclosed", "undisclosed"),
        ("amount", "£2.5bn", "GBP 2,500,000,000"),
        ("amount", "5,1 Mrd. EUR", "EUR 5,100,000,000"),
        ("announced", "Dec 2023", "December 2023"),
        ("announced", "Q1 2024", "1st quarter 2024"),
        ("expected", "by end of 2026", "by end of 2026"),
        ("lead", "netherlands", "Netherlands"),
        ("system", "PATRIOT", "Patriot"),
        ("event", "nuc-2024-01-10", "NATO-Ukraine Council"),
        ("counting", "umbrella", "joint purchase"),
        ("supplier", "KNDS", "KNDS"),
        ("note", "Two\r\nlines", "Two"),
    ],
)
def test_what_is_typed_as_people_write_it_is_saved(anna, guest, leopards, name, text, told):
    answer = saved(anna, leopards, name, text=text, comment="As published.", overrule="It is so.")

    assert answer.status_code == 303, words(answer.text, "<main")
    assert told in words(guest.get(f"/pledges/{leopards}/cells/{name}").text, "<h1")


def test_a_figure_with_a_source_becomes_its_preferred_claim(anna, guest, database, leopards):
    saved(anna, leopards, text="about 20", source="https://mod.example/more", quote="about twenty tanks")

    page = words(guest.get(f"/pledges/{leopards}").text, 'id="sources"')
    assert "about 20 vehicles preferred “about twenty tanks” mod.example" in page
    assert [c.rank for c in pledge_of(database, leopards).claims if c.field == "quantity"] == ["normal", "preferred"]


def test_a_figure_without_a_source_says_that_it_is_unsourced(anna, guest, leopards):
    saved(anna, leopards, text="20")

    assert "Without a source of its own: quantity." in words(guest.get(f"/pledges/{leopards}").text, "<main")


def test_the_row_shows_that_it_was_saved_and_offers_undo(anna, leopards):
    answer = saved(anna, leopards, text="20", headers=PART, **{"in": "list"})

    assert answer.status_code == 200 and answer.text.strip().startswith("<tbody")
    assert "Saved as version 2" in words(answer.text) and "Undo" in words(answer.text)


def test_undo_brings_back_what_was_there(anna, database, leopards):
    saved(anna, leopards, text="20")
    answer = anna.post(f"/pledges/{leopards}/reverts", data={"version": 2, "seen": 2}, follow_redirects=False)

    assert answer.status_code == 303
    assert pledge_of(database, leopards).quantity.point == 18


def test_changes_of_different_fields_merge_and_say_so(anna, ben, database, leopards):
    saved(anna, leopards, "note", text="seen")
    answer = saved(ben, leopards, text="20", headers=PART, **{"in": "list"})

    assert "Merged with a change made meanwhile: Note." in words(answer.text)
    assert (pledge_of(database, leopards).note, pledge_of(database, leopards).quantity.point) == ("seen", 20)


def test_second_editor_of_a_cell_is_shown_the_first_answer_and_keeps_the_own_one(anna, ben, leopards):
    saved(anna, leopards, text="20")
    answer = saved(ben, leopards, text="14", comment="Counted.", source="https://ben.example/14")

    told = words(answer.text, '<form class="panel')
    assert answer.status_code == 409
    assert "Anna Lind, version 2 20 vehicles" in told and "yours, not saved yet 14 vehicles" in told
    assert "as you found it, version 1 18 vehicles" in told
    for kept in ('value="14"', 'value="Counted."', 'value="https://ben.example/14"', 'name="seen" value="2"'):
        assert kept in answer.text


@pytest.mark.parametrize(("choice", "left"), [("mine", 14), ("theirs", 20), ("base", 18)])
def test_after_a_conflict_what_was_chosen_stands(anna, ben, database, leopards, choice, left):
    saved(anna, leopards, text="20")
    answer = saved(ben, leopards, text="14", seen=2, **{"choice-quantity": choice, "found": 1})

    assert answer.status_code == 303
    assert pledge_of(database, leopards).quantity.point == left


def test_a_third_change_conflicts_again(anna, ben, leopards):
    saved(anna, leopards, text="20")
    saved(anna, leopards, text="21", seen=2)
    answer = saved(ben, leopards, text="14", seen=2, **{"choice-quantity": "mine"})

    assert answer.status_code == 409 and 'name="seen" value="3"' in answer.text


BAD = {
    "minus one": ("quantity", "-1"),
    "too large": ("quantity", "10^30"),
    "larger than can be kept": ("quantity", "1" + "0" * 30),
    "not a number": ("quantity", "NaN"),
    "infinite": ("quantity", "Infinity"),
    "German decimals": ("quantity", "1.234,56"),
    "a day that never was": ("announced", "2024-02-30"),
    "announced in a century": ("announced", "2124-01-01"),
    "an empty title": ("title", ""),
    "a note of 100 kB": ("note", "x" * 100_000),
    "letters turned round": ("title", "Tanks \u202e18"),
    "signs that nobody sees": ("title", "Tanks\x07"),
    "a donor that is none": ("lead", "Atlantis"),
    "a system that is none": ("system", "catapult"),
    "a code that is none": ("counting", "often"),
    "a source that is none": ("quantity", "18", {"source": "what my uncle says"}),
    "a quote that is too long": ("quantity", "18", {"quote": "x" * 301}),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_taken_is_told_beside_the_field_and_kept(anna, database, leopards, what):
    name, text, *more = BAD[what]
    before = pledge_of(database, leopards)
    answer = saved(anna, leopards, name, text=text, **(more[0] if more else {}))

    assert answer.status_code == 422
    assert 'class="err"' in answer.text and 'aria-invalid="true"' in answer.text
    assert pledge_of(database, leopards) == before


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"seen": None}, 428),
        ({"seen": ""}, 428),
        ({"seen": "7"}, 409),
        ({"seen": "0"}, 422),
        ({"seen": "-1"}, 422),
        ({"seen": "9" * 30}, 422),
        ({"lead": "Norway"}, 422),
        ({"id": "5"}, 422),
        ({"version": "1"}, 422),
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(anna, database, leopards, changes, status):
    before = pledge_of(database, leopards)
    data = {"quantity": "20", "seen": "1"} | changes
    data = {name: value for name, value in data.items() if value is not None}
    answer = anna.post(f"/pledges/{leopards}/cells/quantity", data=data, follow_redirects=False)

    assert answer.status_code == status
    assert pledge_of(database, leopards) == before


def test_a_field_or_a_record_that_is_none_is_not_found(anna, leopards):
    assert saved(anna, leopards, "version", text="7").status_code == 404
    assert saved(anna, 999_999, text="7").status_code == 404


def test_a_number_far_above_all_known_is_asked_about_and_may_be_overruled(anna, guest, leopards):
    asked = saved(anna, leopards, text="800,000")
    assert asked.status_code == 422 and "more than ten times" in words(asked.text, "<main")

    answer = saved(anna, leopards, text="800,000", overrule="The ministry says so twice.")
    assert answer.status_code == 303
    assert "The ministry says so twice." in words(guest.get(f"/pledges/{leopards}/history").text, "<main")


def test_all_that_was_edited_is_as_the_rules_give_it(database, anna, leopards):
    saved(anna, leopards, text="up to 30", source="https://mod.example/thirty")

    assert list(verifying.differences(database)) == []
