"""The whole record as a form: new ones, doubles, warnings, and two who edit the same."""

import re

import pytest

from app.domain.pledge import Counting, LinkKind
from app.store import records
from tests.routes.reading import words

FORM = {
    "title": "Stinger missiles",
    "lead": "DK",
    "system": "stinger",
    "role": "interceptor",
    "unit": "missile",
    "quantity": "300",
    "announced": "2022-02-27",
    "source": "https://fmn.example/stinger",
    "comment": "As announced.",
}


def created(who, **changes):
    form = {name: value for name, value in (FORM | changes).items() if value is not None}
    return who.post("/pledges", data=form, follow_redirects=False)


def number_of(answer):
    assert answer.status_code == 303, words(answer.text, "<main")
    return int(re.search(r"/pledges/(\d+)", answer.headers["location"])[1])


def pledge_of(database, number):
    with database.reading() as db:
        return records.find(db, number).pledge


@pytest.fixture
def stingers(anna):
    """A fresh record, told apart from all others."""
    return number_of(created(anna, overrule="Another parcel.", title="Stinger missiles, another parcel"))


def test_a_new_record_stands_with_its_source(guest, anna, stingers):
    page = words(guest.get(f"/pledges/{stingers}").text, "<main")

    assert "300 missiles" in page and "fmn.example" in page and "version 1" in page
    assert "Anna Lind recorded the pledge." in page and "As announced." in page


def test_a_likely_double_is_shown_with_the_candidate_and_can_be_linked_instead(anna, database, stingers):
    asked = created(anna, title="Stingers again", announced="2022-03-05")
    assert asked.status_code == 422
    assert f'href="/pledges/{stingers}"' in asked.text and "looks like the same pledge" in words(asked.text, "<main")

    told = created(anna, title="Stingers again", announced="2022-03-05", double=str(stingers), overrule="Told again.")
    pledge = pledge_of(database, number_of(told))
    assert pledge.counting is Counting.DUPLICATE
    assert [link.kind for link in pledge.links] == [LinkKind.RESTATES]


def test_looking_it_over_says_how_all_is_read_and_saves_nothing(anna, guest):
    before = len(guest.get("/pledges.csv").text.splitlines())
    form = {"title": "Looked over", "quantity": "up to 40", "announced": "Q1 2015", "then": "look", "overrule": "yes"}
    answer = created(anna, **form)

    assert answer.status_code == 200
    assert "Reads as up to 40 missiles" in words(answer.text, "<main")
    assert len(guest.get("/pledges.csv").text.splitlines()) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"lead": ""}, "lead"),
        ({"lead": "Atlantis"}, "lead"),
        ({"quantity": "-1"}, "quantity"),
        ({"announced": "2024-02-30"}, "announced"),
        ({"expected": "2124"}, "expected"),
        ({"amount": "7 crowns"}, "amount"),
        ({"status_pin": "lapsed"}, "status_pin_reason"),
        ({"note": "x" * 100_000}, "note"),
        ({"title": "x\u202ey"}, "title"),
        ({"comment": "x" * 501}, "comment"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_above_all_of_them(anna, changes, field):
    answer = created(anna, **changes)

    assert answer.status_code == 422
    assert f'href="#e-{field}"' in answer.text and f'id="e-{field}-error"' in answer.text
    assert 'value="https://fmn.example/stinger"' in answer.text, "what was typed is kept"


@pytest.mark.parametrize(("name", "value"), [("id", "7"), ("version", "1"), ("state", "deleted"), ("key", "x")])
def test_fields_that_the_form_does_not_have_are_refused(anna, name, value):
    assert created(anna, **{name: value}).status_code == 422


def test_every_field_of_a_record_comes_back_as_it_was_typed(anna, database, stingers):
    before = pledge_of(database, stingers)
    html = anna.get(f"/pledges/{stingers}/edit").text
    fields = dict(re.findall(r'<input class="in-text" id="e-\w+" name="(\w+)" value="([^"]*)"', html))
    answer = anna.post(f"/pledges/{stingers}", data=fields | {"seen": "1"}, follow_redirects=False)

    assert answer.headers["location"] == f"/pledges/{stingers}", "nothing was changed, so nothing was saved"
    assert pledge_of(database, stingers) == before


def test_two_whole_forms_merge_field_by_field(anna, ben, database, stingers):
    anna.post(f"/pledges/{stingers}", data={"supplier": "Raytheon", "seen": "1"})
    answer = ben.post(f"/pledges/{stingers}", data={"note": "Seen.", "seen": "1"})

    assert "Merged with a change made meanwhile: Supplier." in words(answer.text, "<main")
    assert (pledge_of(database, stingers).supplier, pledge_of(database, stingers).note) == ("Raytheon", "Seen.")


def test_each_field_that_clashes_has_its_own_choice(anna, ben, database, stingers):
    anna.post(f"/pledges/{stingers}", data={"supplier": "Raytheon", "quantity": "200", "seen": "1"})
    mine = {"supplier": "RTX", "quantity": "250", "note": "Mine alone.", "seen": "1"}
    asked = ben.post(f"/pledges/{stingers}", data=mine)
    assert asked.status_code == 409
    assert 'name="choice-supplier"' in asked.text and 'name="choice-quantity"' in asked.text
    assert 'value="RTX"' in asked.text and 'value="250"' in asked.text

    picked = {"choice-supplier": "theirs", "choice-quantity": "mine", "seen": "2", "found": "1"}
    ben.post(f"/pledges/{stingers}", data=mine | picked)
    pledge = pledge_of(database, stingers)
    assert (pledge.supplier, pledge.quantity.point, pledge.note) == ("Raytheon", 250, "Mine alone.")


def test_a_record_that_was_deleted_meanwhile_is_not_changed(anna, database, stingers):
    anna.post(f"/pledges/{stingers}/state", data={"to": "deleted", "seen": "1"})
    answer = anna.post(f"/pledges/{stingers}", data={"note": "Too late.", "seen": "1"})

    assert answer.status_code == 409 and "deleted meanwhile" in words(answer.text, "<main")
    assert pledge_of(database, stingers).note == ""
