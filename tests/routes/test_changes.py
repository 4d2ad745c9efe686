"""Changes told, looked at, and taken back."""

import re

import pytest

from app.store import records
from tests import people
from tests.routes.reading import words
from tests.routes.test_pledge_forms import created, number_of


@pytest.fixture
def stingers(anna):
    return number_of(created(anna, overrule="Another parcel.", title="Stinger missiles that change"))


def pledge_of(database, number):
    with database.reading() as db:
        return records.find(db, number).pledge


def edited(who, number, seen, **fields):
    answer = who.post(f"/pledges/{number}", data=fields | {"seen": seen}, follow_redirects=False)
    assert answer.status_code == 303, words(answer.text, "<main")


def change_of(who, number):
    """The number of the latest change of a record."""
    return int(re.search(r"/changes/(\d+)", who.get(f"/pledges/{number}/history").text)[1])


def test_a_change_is_told_in_a_sentence_with_its_source_and_reason(anna, guest, stingers):
    edited(anna, stingers, 1, quantity="about 200", source="https://mod.example/200", comment="Counted anew.")

    said = "Quantity from 300 missiles to about 200 missiles, after mod.example"
    for address in (f"/pledges/{stingers}/history", "/changes", f"/changes/{change_of(guest, stingers)}"):
        page = words(guest.get(address).text, "<main").replace(" ,", ",")
        assert said in page and "Counted anew." in page


def test_any_two_versions_can_be_compared(anna, guest, stingers):
    edited(anna, stingers, 1, note="Seen.")
    edited(anna, stingers, 2, supplier="Raytheon")

    told = words(guest.get(f"/pledges/{stingers}/history?from=1&to=3").text, "From version 1", "</section>")
    assert "Note from nothing to Seen." in told and "Supplier from nothing to Raytheon" in told
    assert guest.get(f"/pledges/{stingers}/history?from=1&to=9").status_code == 404
    assert guest.get(f"/pledges/{stingers}/history?from=x&to=").status_code == 200


def test_changes_are_narrowed_by_who_what_when_and_whether_looked_at(anna, guest, stingers):
    edited(anna, stingers, 1, note="Seen by Anna.")
    number = change_of(guest, stingers)
    assert "Seen by Anna." in words(guest.get("/changes?author=Anna+Lind&record=pledge&looked=no").text, "<main")
    anna.post(f"/changes/{number}/patrol", data={"looked": "yes"})

    assert "looked at by Anna Lind" in words(guest.get(f"/changes?looked=yes&before={number + 1}").text, "<main")
    assert "Seen by Anna." not in words(guest.get(f"/changes?looked=no&before={number + 1}").text, "<main")
    assert "No change fits" in words(guest.get("/changes?since=2099-01-01").text, "<main")
    for query in ("before=x", "record=soup", "since=yesterday", "account=9e9", "looked=maybe", "origin=%00"):
        assert guest.get(f"/changes?{query}").status_code == 200


def test_one_edit_is_taken_back_and_the_later_one_stays(anna, database, stingers):
    edited(anna, stingers, 1, note="Wrong.")
    edited(anna, stingers, 2, supplier="Raytheon")
    anna.post(f"/pledges/{stingers}/reverts", data={"version": 2, "seen": 3})

    assert (pledge_of(database, stingers).note, pledge_of(database, stingers).supplier) == ("", "Raytheon")


def test_what_was_changed_again_since_is_in_the_way_and_named(anna, database, stingers):
    edited(anna, stingers, 1, note="Wrong.")
    edited(anna, stingers, 2, note="Right.")
    answer = anna.post(f"/pledges/{stingers}/reverts", data={"version": 2, "seen": 3})

    assert answer.status_code == 409 and "Note" in words(answer.text, "<main")
    assert pledge_of(database, stingers).note == "Right."


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"version": "99", "seen": "1"}, 404),
        ({"version": "x", "seen": "1"}, 422),
        ({"version": "1"}, 428),
        ({"seen": "1"}, 422),
        ({"version": "1", "seen": "1", "all": "1"}, 422),
    ],
)
def test_a_revert_of_nothing_is_refused(anna, stingers, form, status):
    assert anna.post(f"/pledges/{stingers}/reverts", data=form).status_code == status


def test_a_whole_change_is_shown_before_it_is_taken_back(anna, database, stingers):
    edited(anna, stingers, 1, note="Wrong.", supplier="Nobody")
    number = change_of(anna, stingers)
    preview = words(anna.get(f"/changes/{number}/revert").text, "<main")
    assert "1 pledge goes back" in preview and "Note from Wrong. to nothing" in preview

    answer = anna.post(f"/changes/{number}/reverts", data={"comment": "It was wrong."})
    assert "It takes another change back." in words(answer.text, "<main")
    assert pledge_of(database, stingers).note == ""


def test_all_that_an_account_did_is_taken_back_after_the_password_alone(ada, ben, database, stingers):
    edited(ben, stingers, 1, note="Nonsense.")
    account = people.account_of(database, "ben")
    assert "Nonsense." in words(ada.get(f"/accounts/{account}/revert?since=2026-01-01").text, "<main")
    form = {"since": "2026-01-01", "comment": "Vandalism."}
    answer = ada.post(f"/accounts/{account}/reverts", data=form)

    assert answer.status_code == 200 and pledge_of(database, stingers).note == ""


@pytest.mark.parametrize("since", ["", "soon", "2024-02-30"])
def test_a_time_that_is_none_takes_nothing_back(ada, database, since):
    account = people.account_of(database, "ben")

    assert ada.post(f"/accounts/{account}/reverts", data={"since": since}).status_code == 422
    assert ada.get(f"/accounts/{account}/revert?since={since}").status_code == 200
    assert ada.get("/accounts/99999/revert").status_code == 404
