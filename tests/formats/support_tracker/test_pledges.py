from datetime import date
from decimal import Decimal

import pytest

from app.formats.row import Sum
from app.formats.support_tracker import NOT_SET_OFF
from tests.formats import tracker
from tests.formats.tracker import pledge, pledges, records, told

OFFICIAL, PRESS = "https://www.pm.gov.au/media/one", "https://www.voanews.com/a/1.html"


def test_an_allocation_counts_from_the_day_that_it_was_told():
    one = pledge(line_euros=Decimal("5.0000005"), activity_euros=9)

    assert "counting" not in one  # it counts
    assert one["milestones"][0]["status"] == "allocated"
    assert one["milestones"][0]["dates"] == {"earliest": "2023-10-24", "latest": "2023-10-24"}
    assert one["value"] == {"low": "5", "point": "5", "high": "5", "set_by": "dataset"}


def test_a_commitment_is_an_envelope_of_what_is_still_to_be_allocated():
    one = pledge(measure="Commitment", item=".", line_euros=".", activity_euros=9)

    assert one["counting"] == "envelope"
    assert one["milestones"][0]["status"] == "committed"
    assert one["value"]["point"] == "9"


def test_each_source_claims_the_number_and_the_first_official_one_is_preferred():
    one = pledge(units=Decimal(3), source=PRESS, source_2=OFFICIAL)

    assert [(claim["field"], claim["source"][:9], claim.get("rank", "normal")) for claim in one["claims"]] == [
        ("quantity", "voanews.c", "normal"),
        ("quantity", "pm.gov.au", "preferred"),
    ]
    assert one["milestones"][0]["source"].startswith("voanews.com-")
    assert one["quantity"] == {"qualifier": "exact", "low": "3", "point": "3", "high": "3", "words": "3"}


@pytest.mark.parametrize(
    ("units", "qualifier", "words"),
    [
        ("undisclosed", "undisclosed", "undisclosed"),
        (".", "undisclosed", "not given"),
        ("", "undisclosed", "not given"),
        ("up to 20", "up_to", "up to 20"),
        ("lots of them", "undisclosed", "lots of them"),
        ("-3", "undisclosed", "-3"),
    ],
)
def test_a_number_in_words_stays_in_words(units, qualifier, words):
    one = pledge(units=units)

    assert (one["quantity"].get("qualifier"), one["quantity"]["words"]) == (qualifier, words)


def test_a_fraction_of_a_package_is_kept_to_six_decimals():
    assert pledge(units=Decimal("48.333333333333336"))["quantity"]["point"] == "48.333333"


def test_what_was_delivered_is_one_running_total_by_the_last_day_of_the_release():
    read = told({"units": 5, "delivered": 2, "arrived": "https://b.example/2"}, {"announced": date(2024, 6, 28)})
    [one, _] = pledges(read)
    delivery = one["milestones"][1]

    assert (delivery["basis"], delivery["point"], delivery["quantity"]["point"]) == ("running_total", "unstated", "2")
    assert (delivery["dates"]["earliest"], delivery["dates"]["latest"]) == ("2023-10-24", "2024-06-28")
    assert delivery["source"].startswith("b.example-")
    assert [claim["source"][:9] for claim in one["claims"] if claim["field"] == "delivered"] == ["b.example"]


@pytest.mark.parametrize("delivered", ["undisclosed", ".", "", "-1"])
def test_no_number_delivered_is_no_delivery(delivered):
    assert len(pledge(units=5, delivered=delivered)["milestones"]) == 1


def test_none_delivered_is_told():
    assert pledge(units=5, delivered=0)["milestones"][1]["quantity"]["point"] == "0"


def test_money_has_no_number_of_items():
    one = pledge(item=".", units=20, delivered=20)

    assert "quantity" not in one
    assert "20" in one["note"]
    assert len(one["milestones"]) == 1


def test_the_euros_delivered_stand_in_a_note():
    assert "EUR 1,234.50" in pledge(delivered_euros="1234.5")["note"]


def test_an_initiative_stands_in_the_note():
    assert "NATO CAP" in pledge(initiative="\u00a0NATO CAP ")["note"]


def test_a_line_alone_has_the_sum_that_its_donor_stated():
    one = pledge(stated=Decimal(20_000_000), line_euros=12_000_000)

    assert one["amount"] == {
        **{"qualifier": "exact", "low": "20000000", "point": "20000000", "high": "20000000"},
        **{"words": "AUD 20,000,000", "currency": "AUD", "basis": "donor_stated"},
    }
    assert [claim["amount"]["point"] for claim in one["claims"] if claim["field"] == "amount"] == ["20000000"]
    assert "package" not in one


def test_a_sum_with_decimals_was_worked_out_by_the_dataset():
    assert "amount" not in pledge(stated=Decimal("20000000.5"), line_euros=1)


@pytest.mark.parametrize("currency", ["", "XYZ", "EURO"])
def test_a_sum_of_no_known_currency_is_none(currency):
    assert "amount" not in pledge(stated=20_000_000, currency=currency)


def test_a_sum_that_all_lines_repeat_is_the_packages():
    lines = [{"stated": 20, "line_euros": 12}, {"stated": 20, "line_euros": ""}, {"stated": 20, "source_2": PRESS}]
    read = told(*lines)
    [package] = records(read, "package")

    assert package.given["key"] == "kiel-17/AUM1/2023-10-24"
    assert package.given["title"] == "Australia package of 24 October 2023"
    assert package.given["total"]["point"] == "20"
    assert package.given["value"]["point"] == "12"
    assert [source.rpartition("-")[0] for source in package.given["sources"]] == ["pm.gov.au", "voanews.com"]
    assert {one["package"] for one in pledges(read)} == {"kiel-17/AUM1/2023-10-24"}
    assert not any("amount" in one for one in pledges(read))
    assert [one.get("value", {}).get("point") for one in pledges(read)] == ["12", None, None]


def test_a_line_of_a_package_keeps_the_sum_that_is_its_own():
    read = told({"stated": 20, "line_euros": 12}, {"stated": 30, "line_euros": 18})

    assert [one["amount"]["point"] for one in pledges(read)] == ["20", "30"]
    [package] = records(read, "package")
    assert "The sums stated differ" in package.given["note"]


def test_sums_that_differ_by_more_than_two_per_cent_say_so():
    euros = {"currency": "EUR", "stated": 100}

    assert "not the stated sum" not in pledge(**euros, line_euros=102).get("note", "")
    assert "not the stated sum" in pledge(**euros, line_euros=103)["note"]


def test_euros_that_stand_on_every_line_stand_once_in_the_package():
    read = told(*[{"currency": "EUR", "stated": 100, "line_euros": 100}] * 3)
    [package] = records(read, "package")

    assert package.given["value"]["point"] == "100"
    assert "3 lines" in package.given["note"]


def test_two_packages_of_a_donor_and_day_are_told_apart():
    read = told({}, {}, {"activity": "AUM2"}, {"activity": "AUM2"}, {"announced": "until 1/2/2023"}, {"announced": "."})
    read += told(
        {"announced": "until 1/2/2023"}, {"announced": "until 1/2/2023"}, {"announced": "."}, {"announced": "."}
    )

    assert [one.given["title"] for one in records(read, "package")] == [
        "Australia package of 24 October 2023 (AUM1)",
        "Australia package of 24 October 2023 (AUM2)",
        "Australia package until 2 January 2023",
        "Australia package, undated",
    ]


def test_a_title_without_an_address_is_a_source_of_its_own():
    read = told({"source": "E-Mail from the Foreign Ministry", "source_2": "..", "item": "."})
    [source] = records(read, "source")

    assert source.given["title"] == "E-Mail from the Foreign Ministry"
    assert "url" not in source.given
    assert pledges(read)[0]["claims"][0]["source"] == source.given["key"]


def test_an_archived_page_keeps_both_addresses():
    [source] = records(told({"source": "https://web.archive.org/web/2022/https://www.pm.gov.au/de/1"}), "source")

    assert source.given["url"] == "https://www.pm.gov.au/de/1"
    assert source.given["archive_url"].startswith("https://web.archive.org/web/2022/")
    assert source.given["language"] == "de"


def test_a_page_of_an_unknown_host_is_of_no_known_kind():
    [source] = records(told({"source": "https://bücher.example/1"}), "source")

    assert "publisher" not in source.given and "kind" not in source.given
    assert source.given["key"].isascii()


BOOKED = [
    {"line_euros": 50, "announced": date(2023, 1, 1)},
    {"line_euros": 100, "announced": date(2023, 3, 1), "activity": "AUM2"},
    {"line_euros": 300, "announced": date(2023, 9, 1), "activity": "AUM3"},
]


def worth(read):
    return [Decimal(one.get("value", {}).get("point", 0)) for one in pledges(read)]


def allocated(read):
    return sum(one.euros for one in read if isinstance(one, Sum) and one.measure == "allocation")


@pytest.mark.parametrize(
    ("correction", "left"),
    [
        ({"activity": "AUM9", "announced": date(2023, 4, 1)}, [50, 70, 300, 0]),  # of the latest line before it
        ({"activity": "AUM1", "announced": date(2023, 4, 1)}, [20, 100, 300, 0]),  # of the same activity
        ({"activity": "AUM9", "announced": "."}, [50, 100, 270, 0]),
        ({"activity": "AUM9", "line_euros": -120, "announced": date(2023, 4, 1)}, [50, 100, 180, 0]),  # can bear all
        ({"activity": "AUM9", "line_euros": -340, "announced": date(2023, 4, 1)}, [0, 0, 110, 0]),  # none can
    ],
)
def test_money_taken_back_lowers_other_lines_and_no_total_goes_wrong(correction, left):
    read = told(*BOOKED, {"line_euros": -30} | correction)

    assert worth(read) == left
    assert sum(left) == allocated(read)
    *others, taken = pledges(read)
    assert taken["counting"] == "duplicate" and "takes EUR" in taken["note"]
    lowered = [
        one
        for one, was in zip(others, BOOKED, strict=True)
        if one.get("value", {}).get("point") != str(was["line_euros"])
    ]
    assert lowered and all(taken["dataset_key"] in one["note"] for one in lowered)
    assert all(one["dataset_key"] in taken["note"] for one in lowered)


def test_money_of_others_is_not_touched():
    read = told({"line_euros": 50, "aid": "Financial"}, {"line_euros": 50, "donor": "Austria"}, {"line_euros": -30})

    assert worth(read) == [50, 50, 0]
    assert tracker.faults(read) == [(4, "", "30", NOT_SET_OFF)]
    assert allocated(read) == 70
