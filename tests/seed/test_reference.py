"""Donors, systems, memberships, meetings, items and publishers: whole and in order."""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest


@pytest.fixture(scope="session")
def systems(rows):
    return {row["slug"]: row for row in rows("systems.csv")}


@pytest.fixture(scope="session")
def members(rows):
    """Who is in a group on a day."""

    def on(group, when):
        return {
            row["donor"]
            for row in rows("memberships.csv")
            if row["group"] == group
            and (not row["from"] or date.fromisoformat(row["from"]) <= when)
            and (not row["to"] or when <= date.fromisoformat(row["to"]))
        }

    return on


@pytest.mark.parametrize(
    "name, column",
    [
        ("systems.csv", "code"),
        ("systems.csv", "slug"),
        ("donors.csv", "code"),
        ("donors.csv", "slug"),
        ("meetings.csv", "slug"),
        ("publishers.csv", "host"),
    ],
)
def test_names_are_unique(rows, name, column):
    values = Counter(row[column] for row in rows(name))
    assert "" not in values and max(values.values()) == 1


def test_slugs_are_plain(rows):
    for name in ("systems.csv", "donors.csv", "meetings.csv"):
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"]) for row in rows(name))


def test_the_tree_has_four_levels_and_every_parent(systems):
    codes = {row["code"] for row in systems.values()}
    for code in codes:
        assert code.count(".") <= 3
        assert "." not in code or code.rpartition(".")[0] in codes
    assert all(row["parent"] == row["code"].rpartition(".")[0] for row in systems.values())


def test_every_system_and_donor_has_three_names(rows):
    for row in rows("systems.csv") + rows("donors.csv"):
        assert row["name_en"] and row["name_de"] and row["name_uk"]


def test_no_alias_leads_to_two_nodes(rows):
    for name in ("systems.csv", "donors.csv"):
        found = Counter(
            alias
            for row in rows(name)
            for alias in {a.casefold() for a in row["aliases"].split("|") if a} | {row["name_en"].casefold()}
        )
        assert [alias for alias, times in found.items() if times > 1] == []


@pytest.mark.parametrize(
    "word, slug",
    [
        ("Петріот", "patriot"),
        ("Патріот", "patriot"),
        ("Patriot", "patriot"),
        ("ІРІС-Т", "iris-t"),
        ("НАСАМС", "nasams"),
        ("Гепард", "gepard"),
        ("Скайнекс", "skynex"),
        ("Стінгер", "stinger"),
        ("САМП/Т", "samp-t"),
        ("GEM-T", "patriot-gem-t"),
    ],
)
def test_a_system_is_found_in_either_script(systems, word, slug):
    row = systems[slug]
    assert word in [row["name_en"], row["name_uk"], *row["aliases"].split("|")]


def test_every_air_defence_node_can_be_searched_in_cyrillic(systems):
    for row in systems.values():
        if row["code"].startswith("AD"):
            assert re.search("[а-яіїєґА-ЯІЇЄҐ]", row["name_uk"] + row["aliases"]), row["slug"]


def test_ranges_of_membership_are_in_order_and_of_known_donors(rows, known):
    for row in rows("memberships.csv"):
        assert row["donor"] in known["donor"]
        assert row["group"] in {"NATO", "EU", "EEA", "G7", "E3", "NORDIC", "BALTIC"}
        ends = [date.fromisoformat(row[name]) for name in ("from", "to") if row[name]]
        assert ends == sorted(ends)
    assert max(Counter((row["donor"], row["group"]) for row in rows("memberships.csv")).values()) == 1


def test_sweden_and_finland_joined_nato_on_their_days(members):
    assert "FI" not in members("NATO", date(2023, 4, 3)) and "FI" in members("NATO", date(2023, 4, 4))
    assert "SE" not in members("NATO", date(2024, 3, 6)) and "SE" in members("NATO", date(2024, 3, 7))


@pytest.mark.parametrize(
    "group, when, size",
    [
        ("NATO", date(2022, 2, 24), 30),
        ("NATO", date(2024, 1, 10), 31),
        ("NATO", date(2024, 3, 7), 32),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("EEA", date(2024, 1, 10), 30),
        ("G7", date(2024, 1, 10), 7),
        ("E3", date(2024, 1, 10), 3),
        ("NORDIC", date(2024, 1, 10), 5),
        ("BALTIC", date(2024, 1, 10), 3),
    ],
)
def test_groups_have_their_size_on_a_day(members, group, when, size):
    assert len(members(group, when)) == size


def test_meetings_are_dated_by_their_slug_or_number(rows):
    for row in rows("meetings.csv"):
        assert date.fromisoformat(row["date"])
        assert row["slug"] in (f"nuc-{row['date']}", f"udcg-{row['number']}")
        assert row["source_url"].startswith("http")


def test_items_are_unique_and_lead_to_a_node(rows, systems):
    items = Counter(" ".join(row["item"].split()).casefold() for row in rows("item_map.csv"))
    assert max(items.values()) == 1 and len(items) == 849
    assert {row["system"] for row in rows("item_map.csv")} <= set(systems)


def test_an_item_and_its_unit_fit_its_role(rows):
    fitting = {
        "interceptor": {"missile", "uav"},
        "gun_ammunition": {"round"},
        "launcher": {"launcher"},
        "radar_sensor": {"radar", "system", "aircraft"},
        "spares_support": {"other", "set"},
    }
    for row in rows("item_map.csv"):
        assert row["unit"] in fitting.get(row["role"], {row["unit"]}), row["item"]


def test_every_host_has_its_publisher(rows, january, air_defence):
    hosts = {row["host"] for row in rows("publishers.csv")}
    urls = [source["url"] for one in (january, air_defence) for source in one["source"] if "url" in source]
    urls += [row[name] for row in rows("meetings.csv") for name in ("source_url", "source_url_2") if row[name]]
    assert {urlsplit(url).netloc.removeprefix("www.") for url in urls} - hosts == set()
