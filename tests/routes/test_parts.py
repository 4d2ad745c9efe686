"""Claims, deliveries, further donors and links of a record: added, changed, taken out, and refused."""

import re

import pytest

from app.store import records, verifying
from tests.routes.reading import words
from tests.routes.test_pledge_forms import created, number_of


@pytest.fixture
def stingers(anna):
    return number_of(created(anna, overrule="Another parcel.", title="Stinger missiles in parts"))


def pledge_of(database, number):
    with database.reading() as db:
        return records.find(db, number).pledge


def put(who, number, part, seen=1, place="", **fields):
    where = f"/pledges/{number}/{part}" + (f"/{place}" if place != "" else "")
    return who.post(where, data=fields | {"seen": seen}, follow_redirects=False)


CLAIM = {"field": "quantity", "value": "about 250", "source": "https://wire.example/250", "rank": "normal"}
DELIVERY = {"quantity": "100", "basis": "increment", "point": "handed_over", "dates": "March 2022"}


def test_a_preferred_claim_sets_the_figure_and_the_other_is_no_longer_preferred(anna, database, stingers):
    assert put(anna, stingers, "claims", **CLAIM | {"rank": "preferred"}).status_code == 303

    pledge = pledge_of(database, stingers)
    assert pledge.quantity.point == 250
    assert [claim.rank for claim in pledge.claims if claim.field == "quantity"] == ["normal", "preferred"]


def test_a_claim_on_what_arrived_never_sets_it(anna, database, guest, stingers):
    put(anna, stingers, "claims", **CLAIM | {"field": "delivered", "value": "300", "rank": "preferred"})

    assert pledge_of(database, stingers).milestones == ()
    assert "none reported" in words(guest.get(f"/pledges/{stingers}").text, "<main")


def test_deliveries_fold_into_the_status(anna, guest, stingers):
    put(anna, stingers, "milestones", **DELIVERY)
    put(anna, stingers, "milestones", 2, **DELIVERY | {"quantity": "200", "dates": "April 2022"})

    page = words(guest.get(f"/pledges/{stingers}").text, "<main")
    assert "300 of 300" in page and "Delivered" in page


def test_a_part_is_changed_and_taken_out_by_its_place(anna, database, stingers):
    put(anna, stingers, "milestones", **DELIVERY)
    put(anna, stingers, "milestones", 2, 0, **DELIVERY | {"quantity": "120"})
    assert pledge_of(database, stingers).milestones[0].quantity.point == 120

    put(anna, stingers, "milestones", 3, 0, then="remove")
    assert pledge_of(database, stingers).milestones == ()


def test_two_who_add_parts_both_keep_theirs(anna, ben, database, stingers):
    put(anna, stingers, "parties", donor="NO", role="donor")
    assert put(ben, stingers, "parties", donor="SE", role="funder").status_code == 303

    assert [party.donor for party in pledge_of(database, stingers).parties] == ["NO", "SE"]


@pytest.mark.parametrize(("choice", "left"), [("mine", 130), ("theirs", 120)])
def test_two_who_change_the_same_part_are_asked(anna, ben, database, stingers, choice, left):
    put(anna, stingers, "milestones", **DELIVERY)
    put(anna, stingers, "milestones", 2, 0, **DELIVERY | {"quantity": "120"})
    asked = put(ben, stingers, "milestones", 2, 0, **DELIVERY | {"quantity": "130"})
    assert asked.status_code == 409 and "120 missiles delivered" in words(asked.text, '<form class="panel')

    again = re.search(r'action="(/pledges/\d+/milestones/\d+)"', asked.text)[1]
    typed = DELIVERY | {"quantity": "130", "choice-milestones": choice, "seen": "3", "found": "2"}
    assert ben.post(again, data=typed, follow_redirects=False).status_code == 303
    assert [one.quantity.point for one in pledge_of(database, stingers).milestones] == [left]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("claims", CLAIM | {"value": "many, many"}),
        ("claims", CLAIM | {"quote": "x" * 301}),
        ("claims", CLAIM | {"rank": "deprecated"}),
        ("claims", CLAIM | {"source": ""}),
        ("claims", CLAIM | {"value": "", "rank": "preferred"}),
        ("milestones", DELIVERY | {"dates": "2124"}),
        ("milestones", DELIVERY | {"quantity": "NaN"}),
        ("milestones", DELIVERY | {"status": "contracted"}),
        ("milestones", {"status": "", "quantity": ""}),
        ("parties", {"donor": "Atlantis", "role": "donor"}),
        ("parties", {"donor": "NO", "role": "donor", "share": "25"}),
        ("parties", {"donor": "NO", "role": "donor", "share": "125", "share_kind": "percent"}),
        ("parties", {"donor": "NO", "role": "donor", "share": "-5", "share_kind": "percent"}),
        ("links", {"kind": "part_of", "to": "no such pledge at all"}),
        ("links", {"kind": "part_of", "to": "999999"}),
        ("links", {"kind": "often", "to": "3"}),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_written(anna, database, stingers, part, fields):
    before = pledge_of(database, stingers)
    answer = put(anna, stingers, part, **fields)

    assert answer.status_code == 422 and 'class="err"' in answer.text
    assert pledge_of(database, stingers) == before


def test_a_link_that_would_lead_back_is_refused(anna, database, stingers):
    itself = put(anna, stingers, "links", kind="related", to=str(stingers))
    assert itself.status_code == 422
    other = number_of(created(anna, overrule="Another.", title="Stingers linked", lead="NO"))
    put(anna, other, "links", kind="part_of", to=str(stingers))

    back = put(anna, stingers, "links", kind="related", to=str(other))
    assert back.status_code == 422 and "lead back" in words(back.text, "<main")


def test_parts_that_are_none_are_not_found(anna, stingers):
    assert put(anna, stingers, "milestones", 1, 7, **DELIVERY).status_code == 404
    assert put(anna, stingers, "wishes", **DELIVERY).status_code in (404, 405)
    assert anna.get(f"/pledges/{stingers}/claims/99").status_code == 404


def test_after_all_that_the_whole_is_as_the_rules_give_it(database, anna, stingers):
    put(anna, stingers, "claims", **CLAIM)
    put(anna, stingers, "links", 2, kind="drawn_from", to="3")

    assert list(verifying.differences(database)) == []
