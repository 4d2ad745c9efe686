"""The 232 air-defence lines of the dataset: counts and totals worked out by hand."""

from collections import Counter
from decimal import Decimal

import pytest


@pytest.fixture(scope="session")
def lines(air_defence):
    return air_defence["pledge"]


def total(lines, lead, slugs, role, unit, arrived=False):
    """Units stated, and how many lines state none."""
    found, silent = Decimal(0), 0
    for line in lines:
        if (line["lead"], line["role"], line["unit"]) == (lead, role, unit) and line["system"] in slugs.split():
            if arrived:
                found += sum(Decimal(one["quantity"]["point"]) for one in line["milestone"] if "basis" in one)
            elif "point" in line["quantity"]:
                found += Decimal(line["quantity"]["point"])
            else:
                silent += 1
    return int(found), silent


def test_all_lines_are_there_but_for_the_few_left_out(lines, rows):
    left_out = rows("left_out.csv")
    assert len(lines) + len(left_out) == 232
    assert len(left_out) <= 0.05 * 232
    assert {line["dataset_key"] for line in lines} & {row["source_id"] for row in left_out} == set()


def test_every_line_names_the_dataset_and_its_key_there(lines):
    for line in lines:
        assert (line["dataset"], line["release"]) == ("Ukraine Support Tracker, Kiel Institute", "17")
        assert line["key"] == f"kiel-17/{line['dataset_key']}"


@pytest.mark.parametrize(
    "lead, slugs, role, unit, committed, delivered",
    [
        # 30 + 30 + 7 + 15 + 15; all but the last 15 delivered
        ("DE", "gepard", "complete_system", "vehicle", (97, 0), 82),
        # 53,000 + 4,000 + 300,000 + 2,000 + 21,042 + 19,638; 53,000 + 4,000 + 89,000 delivered
        ("DE", "gepard", "gun_ammunition", "round", (399_680, 0), 146_000),
        # SLM 1 + 2 + 1 + 4 + 4; 1 + 2 + 1 delivered
        ("DE", "iris-t-slm", "complete_system", "system", (12, 0), 4),
        # SLS 6 + 6; 1 + 1 delivered
        ("DE", "iris-t-sls", "complete_system", "system", (12, 0), 2),
        ("DE", "patriot", "complete_system", "system", (2, 0), 2),
        ("DE", "patriot", "launcher", "launcher", (2, 0), 2),
        ("DE", "patriot", "interceptor", "missile", (0, 2), 0),
        ("DE", "skynex", "complete_system", "system", (4, 0), 2),
        # 2 + 6 + 1
        ("DE", "trml-4d", "radar_sensor", "radar", (9, 0), 9),
        ("DE", "stinger", "complete_system", "launcher", (500, 0), 500),
        ("DE", "strela-2", "complete_system", "launcher", (2_700, 0), 2_700),
        # 2 + 14
        ("CZ", "kub", "complete_system", "system", (16, 0), 16),
        # 150 + 150 + 200 + 1,000 and one line without a number; 150 + 150 + 1,000 delivered
        ("GB", "starstreak", "interceptor", "missile", (1_500, 1), 1_300),
        ("GB", "starstreak", "complete_system", "launcher", (100, 0), 100),
        ("GB", "stormer-hvm", "complete_system", "vehicle", (6, 0), 6),
        ("NL", "stinger", "interceptor", "missile", (200, 0), 200),
        ("NL", "stinger", "complete_system", "launcher", (50, 0), 50),
        # 14 + 6
        ("NL", "bofors-l70", "complete_system", "gun", (20, 0), 0),
        ("LT", "bofors-l70", "complete_system", "gun", (36, 0), 36),
        ("LT", "nasams", "launcher", "launcher", (2, 0), 2),
        # 2 + 6 + 4 and the 1 of a possible sale; 2 + 6 delivered
        ("US", "nasams", "complete_system", "system", (13, 0), 8),
        # 4 + 8 + 8 and one line without a number; 8 delivered
        ("US", "avenger", "complete_system", "vehicle", (20, 1), 8),
        ("US", "patriot", "complete_system", "system", (1, 0), 0),
        ("FR", "ground-master-200", "radar_sensor", "radar", (1, 0), 1),
        ("FR", "crotale", "complete_system", "system", (2, 0), 2),
        ("FR", "crotale", "interceptor", "missile", (100, 0), 100),
        ("CA", "nasams-amraam", "interceptor", "missile", (12, 0), 12),
        ("CA", "aim-9m", "interceptor", "missile", (43, 0), 43),
        ("LV", "stinger", "complete_system", "set", (1, 0), 1),
    ],
)
def test_units_add_up_to_what_was_added_by_hand(lines, lead, slugs, role, unit, committed, delivered):
    assert total(lines, lead, slugs, role, unit) == committed
    assert total(lines, lead, slugs, role, unit, arrived=True)[0] == delivered


def test_all_units_together_are_those_of_the_dataset(lines):
    committed = sum(Decimal(line["quantity"].get("point", 0)) for line in lines)
    delivered = sum(Decimal(one["quantity"]["point"]) for line in lines for one in line["milestone"] if "basis" in one)
    assert (committed, delivered) == (513_190, 183_191)
    assert sum("point" in line["quantity"] for line in lines) == 109
    assert sum(any("basis" in one for one in line["milestone"]) for line in lines) == 74


def test_rounds_missiles_launchers_and_systems_stay_apart(lines):
    pairs = {(line["role"], line["unit"]) for line in lines}
    assert pairs == {
        ("complete_system", "battery"),
        ("complete_system", "fire_unit"),
        ("complete_system", "gun"),
        ("complete_system", "launcher"),
        ("complete_system", "other"),
        ("complete_system", "set"),
        ("complete_system", "system"),
        ("complete_system", "vehicle"),
        ("gun_ammunition", "round"),
        ("interceptor", "missile"),
        ("launcher", "launcher"),
        ("munition", "round"),
        ("radar_sensor", "radar"),
        ("spares_support", "other"),
    }


def test_a_delivered_number_is_one_running_total_by_the_last_day(lines):
    for line in lines:
        allocated, *deliveries = line["milestone"]
        assert allocated["status"] == "allocated" and allocated["dates"] == line["announced"]
        assert len(deliveries) <= 1
        for delivery in deliveries:
            assert (delivery["basis"], delivery["point"]) == ("running_total", "unstated")
            assert delivery["dates"]["latest"] == "2024-06-28"


def test_no_line_delivers_more_than_it_pledges(lines):
    for line in lines:
        for one in line["milestone"][1:]:
            assert Decimal(one["quantity"]["point"]) <= Decimal(line["quantity"]["point"])


def test_every_line_has_one_preferred_claim_on_its_number(lines):
    for line in lines:
        preferred = [c for c in line["claim"] if c["field"] == "quantity" and c["rank"] == "preferred"]
        assert len(preferred) == 1, line["key"]


def test_money_of_a_package_stands_at_the_package_and_not_at_a_line(lines):
    assert sum("value" in line for line in lines) == 25
    assert sum("amount" in line for line in lines) == 8
    counts = Counter(line["package"] for line in lines if "package" in line)
    assert counts["kiel-17/USM10/2023-02-03"] == 7
    assert not [line["key"] for line in lines if line["lead"] == "US" and "value" in line and "package" in line]


def test_packages_of_both_files_are_named_once(january, air_defence):
    keys = Counter(p["dataset_key"] for one in (january, air_defence) for p in one["package"] if "dataset_key" in p)
    assert max(keys.values()) == 1
    titles = Counter(p["title"] for one in (january, air_defence) for p in one["package"])
    assert max(titles.values()) == 1


def test_a_dollar_package_is_worth_the_one_rate_of_the_release(air_defence):
    rate = Decimal("0.929454410261177")
    dollars = [p["total"] for p in air_defence["package"] if p.get("total", {}).get("currency") == "USD"]
    off = [t["words"] for t in dollars if abs(Decimal(t["value_eur"]) - Decimal(t["point"]) * rate) > 1]
    assert off == ["USD 57,600,000"]  # the Dutch package of February 2022: the dataset has more than was stated


def test_lines_that_a_typed_record_tells_are_not_counted_again(lines, january):
    again = {line["dataset_key"].removeprefix("KIEL17-"): line for line in lines if line["counting"] != "counts"}
    assert set(again) == {
        "CAM13-001",
        "DEM1-291",
        "DEM1-305",
        "DEM1-307",
        "DEM1-331",
        "LTM22-001",
        "NOM10-017",
        "SEM21-001",
        "USM8-332",
        "USM8-345",
        "USM8-357",
        "USM8-359",
        "USM8-369",
        "USM8-380",
        "USM8-381",
    }
    typed = {pledge["key"]: pledge for pledge in january["pledge"]}
    for line in again.values():
        assert line["counting"] == "duplicate"
        for link in line["link"]:
            assert link["kind"] == "restates"
            assert (typed[link["to"]]["lead"], typed[link["to"]]["system"]) == (line["lead"], line["system"])


def test_addresses_are_whole_and_bare(air_defence):
    for source in air_defence["source"]:
        assert source["url"].startswith("http") and source["url"].count("http") == 1
        assert "#" not in source["url"] and "web.archive.org" not in source["url"]
        assert source.get("archive_url", source["url"]).endswith(source["url"])


def test_prose_of_the_dataset_is_not_shipped(lines):
    for line in lines:
        assert len(line["title"]) <= 60
        assert len(line.get("note", "")) <= 140
