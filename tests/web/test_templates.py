"""The templates: none is forgotten, none holds what the policy forbids, and the form carries every filter."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.filter import Facet, PledgeFilter, View, read
from tests.builders import KNOWN
from tests.owed import Page

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))
PAGE_CALL = re.compile(r"\bpage\(\s*(?:ask|request),\s*\"([^\"]+)\"(?:,\s*fragment=\"([^\"]+)\")?")
PART_CALL = re.compile(r"\bpart\(\s*ask,\s*\"([^\"]+)\"")
NAMED = re.compile(r"\{%-?\s*(?:include|extends|from|import)\s+\"([^\"]+)\"")


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def without_comments(name: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)


def rendered() -> Iterator[str]:
    """The templates that a route hands to a reader, whole or as a part."""
    for file in (ROOT / "app").rglob("*.py"):
        for whole, part in PAGE_CALL.findall(file.read_text(encoding="utf-8")):
            yield f"pages/{whole}.html"
            if part:
                yield f"partials/{part}.html"
        for part in PART_CALL.findall(file.read_text(encoding="utf-8")):
            yield f"partials/{part}.html"


def test_every_template_has_a_route_or_stands_in_one_that_has():
    waiting, reached = list(rendered()), set()
    assert len(waiting) > 15
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += NAMED.findall(source(name))

    assert set(TEMPLATES) - reached == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_begins_by_naming_what_it_needs(name):
    assert re.match(r"\{#-?\s*(needs: |\w+:)", source(name))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_nothing_that_the_policy_forbids(name):
    told = without_comments(name)

    assert not re.search(r"\sstyle\s*=", told)
    assert not re.search(r"\|\s*safe\b|\{%-?\s*autoescape|Markup\(", told)
    assert not re.search(r"\son[a-z]+\s*=\s*\"|\shx-on|javascript:|\"js:", told)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", told)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", told)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_attribute_is_quoted(name):
    told = re.sub(r"\{%.*?%\}", "", without_comments(name), flags=re.DOTALL)
    told = re.sub(r"\{\{.*?\}\}", "x", told, flags=re.DOTALL)

    for tag in re.findall(r"<[a-z][^<>]*>", told):
        bare = re.sub(r"\"[^\"]*\"", '""', tag)
        assert not re.search(r"=(?!\")", bare), tag


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_htmx_asks_for_is_a_link_or_a_form_first(name):
    for tag in re.findall(r"<(\w+)([^<>]*\shx-(?:get|post)=[^<>]*)>", without_comments(name)):
        assert ("href=" if tag[0] == "a" else "action=") in tag[1], tag


CHOSEN = {
    "donor": "DE",
    "group": "NATO",
    "system": "patriot",
    "at": "patriot",
    "aid": "military",
    "status": "delivered",
    "year": "2023",
    "month": "2023-05",
    "event": "nuc-2024-01-10",
    "package": "1",
    "role": "interceptor",
    "unit": "missile",
    "qualifier": "exact",
    "counting": "counts",
    "confidence": "probable",
    "source": "yes",
    "lacks": "date",
    "overdue": "yes",
    "from": "2023-01-01",
    "to": "2024-01-01",
    "as_of": "2024-01-10",
    "q": "missiles",
    "sort": "donor",
    "view": "chart",
    "measure": "value",
    "per": "25",
}


def sent(html: str) -> dict[str, list[str]]:
    """What a browser without scripts sends when the button of the filters is pressed."""
    form = next(
        one for one in Page(html).elements if one.tag == "form" and one["action"] == "/pledges" and one.has("hx-get")
    )
    found: dict[str, list[str]] = {}
    for one in form.walk():
        ticked = one["type"] != "checkbox" or one.has("checked")
        if one.tag == "input" and one["name"] and ticked and one["value"]:
            found.setdefault(one["name"], []).append(one["value"])
    return found


def test_every_facet_and_every_way_of_showing_is_tried_below():
    assert set(CHOSEN) >= {str(facet) for facet in Facet}
    changed = read(CHOSEN.items(), KNOWN)
    assert {name for name, _ in changed.pairs()} == set(CHOSEN)
    assert changed.view is View.CHART and changed != PledgeFilter()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", CHOSEN)
def test_a_filter_survives_the_form_without_scripts(guest, name):
    html = guest.get("/pledges", params={name: CHOSEN[name]}).text

    assert sent(html) == {name: [CHOSEN[name]]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_all_filters_together_survive_the_form_without_scripts(guest):
    html = guest.get("/pledges", params=CHOSEN).text

    assert sent(html) == {name: [value] for name, value in CHOSEN.items()}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_facet_that_a_reader_chooses_from_has_its_boxes(guest):
    names = {
        one["name"] for one in Page(guest.get("/pledges?year=2024").text).all("input") if one["type"] == "checkbox"
    }

    wanted = {"donor", "group", "system", "aid", "status", "year", "month", "event", "role", "qualifier", "source"}
    assert names >= wanted | {"counting", "confidence"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("query", ["", "donor=DE", "system=patriot&donor=US", "as_of=2024-01-10", "q=missiles"])
def test_the_number_beside_a_value_is_what_choosing_it_gives(guest, query):
    html = guest.get(f"/pledges?{query}").text
    chosen = dict(part.split("=") for part in query.split("&") if part)
    boxes = [one for one in Page(html).all("label") if one["class"].startswith("opt-row")]
    assert len(boxes) > 30

    for box in boxes[::9]:
        value = next(one for one in box.walk() if one.tag == "input")
        number = next(one for one in box.walk() if one["class"] == "n").text
        asked = chosen | {value["name"]: value["value"]}
        found = guest.get("/pledges", params=asked).text
        told = re.search(r"<b>([\d,]+) pledges?</b>", found)[1]
        assert number == told, (query, value["name"], value["value"])
