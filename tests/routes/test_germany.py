"""Germany's air defence at three dates, added up by hand from the seed, equals its page, its chart and its list."""

from decimal import Decimal

import pytest

from tests.routes.reading import rows_of_table, words

# What was pledged and what is known to have arrived, by kind. None: no number; "-": nobody tells of a delivery.
# Of the tracker's deliveries only the day is known to which it reads, 28 June 2024: none of them counts before.
IRIS_T = ("IRIS-T SL family", "complete system", "systems")
GEPARDS = ("Gepard", "complete system", "vehicles")
ROUNDS = ("Gepard", "gun ammunition", "rounds")
PATRIOTS = ("Patriot", "complete system", "systems")
LAUNCHERS = ("Patriot", "launcher", "launchers")
SKYNEX = ("Skynex", "complete system", "systems")
RADARS = ("TRML-4D", "radar or sensor", "radars")
STINGERS = ("Stinger", "complete system", "launchers")
STRELAS = ("Strela-2", "complete system", "launchers")

BY_HAND = {
    "2023-06-30": {
        IRIS_T: (14, "-"),  # 1 + 2 + 1 + 4 SLM, 6 SLS
        GEPARDS: (82, "-"),  # 30 + 30 + 7 + 15
        ROUNDS: (359_000, "-"),  # 53,000 + 4,000 + 300,000 + 2,000
        PATRIOTS: (1, "-"),
        SKYNEX: (2, "-"),
        RADARS: (8, "-"),  # 2 + 6
        STINGERS: (500, "-"),
        STRELAS: (2_700, "-"),
    },
    "2024-01-10": {
        IRIS_T: (24, "-"),  # and 6 SLS, 4 SLM
        GEPARDS: (82, "-"),
        ROUNDS: (380_042, "-"),  # and 21,042
        PATRIOTS: (2, "at least 1"),
        LAUNCHERS: (2, "-"),
        SKYNEX: (2, "1"),
        RADARS: (10, "at least 2"),  # the two of 4 January came that day
        STINGERS: (500, "-"),
        STRELAS: (2_700, "-"),
    },
    "": {
        IRIS_T: (24, "at least 6"),  # 1 + 1 + 2 SLM, 1 + 1 SLS
        GEPARDS: (97, "at least 82"),  # and 15, not arrived
        ROUNDS: (399_680, "at least 146,000"),  # 53,000 + 4,000 + 89,000
        PATRIOTS: (2, "2"),
        LAUNCHERS: (2, "2"),
        SKYNEX: (3, "at least 1"),
        RADARS: (11, "11"),
        STINGERS: (500, "500"),
        STRELAS: (2_700, "2,700"),
    },
}


def test_the_names_are_those_of_the_records(guest):
    """A kind that is spelled wrong above would never be looked for."""
    found = kinds(guest, "")

    assert set(BY_HAND[""]) <= set(found)


def kinds(guest, day):
    """The sums of Germany by kind: pledged and delivered in words."""
    html = guest.get("/pledges", params={"donor": "DE", "as_of": day} if day else {"donor": "DE"}).text
    found = {}
    for name, pledged, delivered, _ in rows_of_table(html, "Sums by kind</caption>"):
        family, _, rest = name.partition(": ")
        unit, role = next((u, rest[len(u) + 1 :]) for u in UNITS if rest.startswith(u + " "))
        found[family, role.partition(";")[0], unit] = (pledged, delivered)
    return found


UNITS = ("systems", "vehicles", "rounds", "launchers", "radars", "missiles", "items")


@pytest.mark.parametrize("day", BY_HAND)
def test_the_sums_of_the_list_are_those_worked_out_by_hand(guest, day):
    found = kinds(guest, day)

    for kind, (pledged, delivered) in BY_HAND[day].items():
        said = found[kind]
        assert said[0].startswith(f"{pledged:,} "), (kind, said)
        if delivered == "-":
            assert said[1] in ("none reported", "not stated"), (kind, said)
        else:
            assert said[1].startswith(f"{delivered} "), (kind, said)


@pytest.mark.parametrize("day", BY_HAND)
def test_the_chart_of_the_donor_page_draws_the_same_numbers(guest, day):
    asked = f"&as_of={day}" if day else ""
    page = guest.get("/donors/DE" + (f"?as_of={day}" if day else "")).text
    drawn = guest.get(f"/charts/pledged-delivered.json?donor=DE&measure=items{asked}").json()
    values = [row for row in _all_values(drawn) if "pledged_low" in row]

    for (family, _, unit), (pledged, delivered) in BY_HAND[day].items():
        row = next(one for one in values if one["label"] == family and one["unit"] == unit and _is(one, pledged))
        least = None if delivered == "-" else Decimal(delivered.removeprefix("at least ").replace(",", ""))
        assert (None if row["delivered_low"] is None else Decimal(str(row["delivered_low"]))) == least, (family, unit)
        assert f"{pledged:,}" in words(page, "<main"), (family, unit)


def _is(row, pledged):
    return row["pledged_low"] is not None and Decimal(str(row["pledged_low"])) == pledged


def _all_values(drawn):
    """The rows of a Vega-Lite specification, wherever it keeps them."""
    if isinstance(drawn, dict):
        if isinstance(drawn.get("values"), list):
            yield from drawn["values"]
        for value in drawn.values():
            yield from _all_values(value)
    elif isinstance(drawn, list):
        for value in drawn:
            yield from _all_values(value)
