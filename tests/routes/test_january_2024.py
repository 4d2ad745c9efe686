"""The first acceptance test: what was pledged at the NATO-Ukraine Council of 10 January 2024, word by word."""

import pytest

from tests.routes.conftest import R1_TO_R6
from tests.routes.reading import element, rows, rows_of_table, words

VIEW = "/pledges?event=nuc-2024-01-10&as_of=2024-01-10"


@pytest.fixture(scope="module")
def view(guest):
    return guest.get(VIEW).text


@pytest.fixture(scope="module")
def sums(view):
    """The sums by the words of their first column."""
    return {row[0]: row[1:] for row in rows_of_table(view, "Sums by kind</caption>")}


@pytest.fixture(scope="module")
def shown_not_added(view):
    shown = view[view.index("Shown, not added") :]
    return words(element(shown, "<ul", "ul"))


def test_air_defence_missiles_of_the_united_kingdom_are_about_200(sums):
    assert sums["Air and missile defence: missiles interceptor; United Kingdom"] == [
        "about 200 missiles 180–220, assumed",
        "none reported",
        "1",
    ]


def test_iris_t_missiles_are_undisclosed_with_no_number_of_one(sums):
    pledged, delivered, pledges = sums["IRIS-T SL family: missiles interceptor; Germany"]

    assert pledged == "undisclosed 0 of 1 with a number"
    assert delivered.startswith("undisclosed")
    assert pledges == "1"


def test_one_patriot_and_one_skynex_are_delivered(sums):
    assert sums["Patriot: systems complete system; Germany"] == ["1 system", "1 system", "1"]
    assert sums["Skynex: systems complete system; Germany"] == ["2 systems", "1 system", "1"]


def test_the_joint_purchase_stands_apart_and_is_not_added(shown_not_added):
    assert "NSPA Joint purchase of Patriot GEM-T missiles up to 1,000 missiles" in shown_not_added
    assert "joint purchase or statement, not added; amount and beneficiary disputed" in shown_not_added


def test_money_and_things_are_never_one_sum(sums, shown_not_added):
    assert len(sums) == 4
    assert not any("€" in cell or "euro" in cell or "1,000" in cell for row in sums.values() for cell in row)
    assert "Allies' further capabilities for 2024 “billions of euros” NATO · envelope, not added" in shown_not_added


def test_the_view_holds_r1_to_r6_and_nothing_else(guest, view):
    found = rows(guest.get(VIEW.replace("/pledges?", "/pledges.csv?")))

    assert {row["key"] for row in found} == set(R1_TO_R6.values())
    assert words(element(view, '<p class="sum"', "p")).startswith("6 pledges")


def test_the_joint_purchase_is_one_click_from_its_parts_and_its_claims(guest, view, ids):
    purchase = f"/pledges/{ids[R1_TO_R6['R1']]}"
    assert f'href="{purchase}"' in view

    told = guest.get(purchase).text
    for part in ("germany", "romania", "netherlands", "spain"):
        assert f'href="/pledges/{ids[f"jan24-patriot-gem-t-{part}"]}"' in told
    assert 'id="claims-beneficiary"' in told and 'id="claims-amount"' in told


def test_the_parts_of_the_purchase_do_not_carry_the_event(guest):
    parts = rows(guest.get("/pledges.csv?system=patriot-gem-t&counting=replenishment"))

    assert {row["event"] for row in parts} == {""}
    assert {row["donor"] for row in parts} >= {"DE", "RO", "NL", "ES"}


def test_the_missiles_that_came_with_the_second_patriot_do_not_carry_the_event(guest):
    missiles = [
        row
        for row in rows(guest.get("/pledges.csv?donor=DE"))
        if row["title"] == "Missiles for the second Patriot system"
    ]

    assert [row["event"] for row in missiles] == [""]


def test_the_event_shows_r1_to_r6(guest, ids):
    html = guest.get("/events/nuc-2024-01-10").text

    for key in R1_TO_R6.values():
        assert f'href="/pledges/{ids[key]}"' in html
    assert words(html, "<main").count("Second Patriot system") >= 1


def test_the_account_tells_who_called_and_chaired_it_and_of_the_strikes(guest):
    told = words(guest.get("/events/nuc-2024-01-10").text, "<main")

    for name in ("Stoltenberg", "Oleshchuk", "Serhieiev", "Sweden", "North Korea", "Iran", "Brussels"):
        assert name in told, name


def test_strikes_are_never_pledges(guest):
    titles = " ".join(row["title"] + row["donor"] for row in rows(guest.get("/pledges.csv")))

    assert "North Korea" not in titles and "Shahed" not in titles
