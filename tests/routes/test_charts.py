"""Each mark of a chart is the sum over exactly the records that its link leads to, as their CSV adds them up.

In a hurry 200 random filters are drawn by one chart each and four of its marks are added up; with EVERY_MARK=1 in the
environment every chart and measure draws every filter, and all marks are."""

import os
import re
from decimal import Decimal
from html import unescape
from itertools import cycle, product
from random import Random
from urllib.parse import urlencode

import pytest

from app.charts import CHARTS
from app.domain.filter import CODES, Facet
from tests.owed import Page
from tests.routes.reading import as_csv, element, rows, words

EVERY_MARK = os.environ.get("EVERY_MARK") == "1"
DRAWN = [(choice.name, str(measure)) for choice in CHARTS.values() for measure in choice.measures]
SYSTEMS = ["air-defence", "patriot", "patriot-gem-t", "iris-t", "gepard", "skynex", "manpads", "stinger", "counter-uas"]
DONORS = ["DE", "GB", "US", "NL", "NO", "SE", "DK", "NATO", "NSPA", "EU", "FR"]
WORDS = ["patriot", "Петріот", "system", "missiles", "ammunition", "no such word"]
DAYS = ["2022-06-30", "2023-05-15", "2024-01-10", "2024-04-01", "2026-01-01"]


def random_filters(number: int) -> list[list[tuple[str, str]]]:
    chance = Random(20240110)
    values = {str(facet): [str(code) for code in codes] for facet, codes in CODES.items()}
    values |= {"donor": DONORS, "system": SYSTEMS, "at": [*SYSTEMS, "none"], "year": ["2022", "2023", "2024", "2025"]}
    values |= {"month": ["2022-06", "2023-05", "2023-11", "2024-02"], "event": ["nuc-2024-01-10"], "overdue": ["yes"]}
    values |= {"from": DAYS, "to": DAYS, "as_of": DAYS, "q": WORDS}
    often = ["donor", "system", "as_of", "to", "counting", "status", "group"]
    found = []
    for _ in range(number):
        names = {chance.choice([*values, *often]) for _ in range(chance.choice((0, 1, 1, 2, 3)))}
        pairs = []
        for name in sorted(names):
            most = chance.choice((1, 1, 2, 3)) if name in {str(facet) for facet in Facet} else 1
            pairs += [(name, value) for value in sorted(chance.sample(values[name], min(most, len(values[name]))))]
        found.append(pairs)
    return found


FILTERS = random_filters(200)
ASKED = list(product(FILTERS, DRAWN)) if EVERY_MARK else list(zip(FILTERS, cycle(DRAWN), strict=False))


def added(records: list[dict[str, str]], column: str) -> tuple[Decimal | None, bool]:
    """The sum of a column, and whether some record says nothing there."""
    told = [Decimal(one[column]) for one in records if one[column]]
    return (sum(told, Decimal(0)) if told else None), len(told) < len(records)


def faults(mark: dict[str, str], measure: str, records: list[dict[str, str]]) -> list[str]:
    if measure == "records":
        numbered = sum(1 for one in records if any(one[f"quantity_{end}"] for end in ("low", "point", "high")))
        told = {"pledged_members": len(records), "pledged_numbered": numbered}
        if mark["delivered_members"]:
            told["delivered_numbered"] = sum(1 for one in records if one["delivered_reports"] != "0")
        return [f"{name} {mark[name]}, not {number}" for name, number in told.items() if mark[name] != str(number)]
    found = []
    columns = {"pledged": "counted_value_{}_eur" if measure == "value" else "counted_{}"}
    if mark["delivered_members"]:
        columns["delivered"] = "counted_delivered_{}"
    for name, column in columns.items():
        for end in ("low", "point", "high"):
            drawn = Decimal(mark[f"{name}_{end}"]) if mark[f"{name}_{end}"] else None
            total, silent = added(records, column.format(end))
            if end == "high" and drawn is None:
                fits = silent  # no upper end: somebody gave none
            elif end == "low" and drawn == 0:
                fits = not total
            else:
                fits = drawn == total
            if not fits:
                found.append(f"{name}_{end} {drawn}, not {total}")
    return found


def test_each_mark_is_the_sum_over_the_records_of_its_link(reader_of_many):
    chance, marks, wrong = Random(1), 0, []
    for pairs, (chart, measure) in ASKED:
        asked = urlencode([*pairs, ("measure", measure)])
        drawn = rows(reader_of_many.get(f"/charts/{chart}.csv?{asked}"))
        for mark in drawn if EVERY_MARK else chance.sample(drawn, min(4, len(drawn))):
            marks += 1
            records = rows(reader_of_many.get(as_csv(mark["address"])))
            wrong += [f"{chart}?{asked} {mark['label']}: {fault}" for fault in faults(mark, measure, records)]

    assert not wrong, f"{len(wrong)} of {marks} marks: " + "\n".join(wrong[:12])
    assert marks > 300


@pytest.mark.parametrize(
    "query",
    ["", "donor=DE", "to=2023-05-15", "from=2023-01-20&to=2024-01-10", "as_of=2024-01-10&system=patriot", "year=2024"],
)
def test_the_running_sum_of_a_month_leads_to_all_records_up_to_it(guest, query):
    drawing = guest.get(f"/charts/over-time?{query}").text.split('<svg class="fl months"')[2].partition("</svg>")[0]
    columns = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', drawing)
    assert columns

    for address, name in columns[:: max(1, len(columns) // 6)] + columns[-1:]:
        told = int(re.search(r"([\d,]+) pledge", unescape(name))[1].replace(",", ""))
        assert len(rows(guest.get(as_csv(unescape(address))))) == told, (name, address)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("query", ["", "donor=DE", "as_of=2024-01-10", "measure=value", "system=patriot&measure=items"])
def test_every_link_in_a_chart_leads_to_pledges_or_to_what_the_label_names(guest, name, query):
    page = Page(guest.get(f"/charts/{name}?{query}").text)
    box = next(one for one in page.elements if one["id"] == f"chart-{name}")
    links = {one["href"] for one in box.walk() if one.tag == "a" and not one["href"].startswith(("#", "/charts/"))}

    assert links
    for link in sorted(links)[:: max(1, len(links) // 3)]:
        answer = guest.get(link)
        assert answer.status_code == 200, link
        if link.startswith("/pledges?"):
            assert "No pledge fits all of this" not in answer.text, link


def test_what_a_chart_left_out_is_counted_as_its_link_lists_it(guest):
    for query in ("", "donor=DE", "as_of=2024-01-10", "system=patriot", "donor=US"):
        html = guest.get(f"/charts/by-donor?measure=items&{query}").text
        if 'class="left-out"' not in html:
            continue
        told = element(html, '<p class="left-out"', "p")
        for address, text in re.findall(r'<a href="([^"]+)">([\d,]+ [^<]+)</a>', told):
            found = rows(guest.get(as_csv(unescape(address))))
            assert text.startswith(f"{len(found):,} "), (query, text, len(found))


def test_records_are_counted_under_each_donor_that_the_filter_finds(reader_of_many):
    drawn = rows(reader_of_many.get("/charts/by-donor.csv"))

    assert sum(int(one["pledged_members"]) for one in drawn) > len(rows(reader_of_many.get("/pledges.csv")))
    for one in drawn[::5]:
        assert int(one["pledged_members"]) == len(rows(reader_of_many.get(f"/pledges.csv?donor={one['code']}")))


def test_a_mark_for_a_node_itself_is_asked_for_alone(guest):
    drawn = {one["key"]: one for one in rows(guest.get("/charts/by-system.csv?system=patriot"))}

    assert "at=patriot&" in drawn["patriot"]["address"] + "&"


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_title_a_source_a_table_and_four_downloads(guest, name):
    html = guest.get(f"/charts/{name}").text
    box = html[html.index(f'id="chart-{name}"') :]

    assert "Kiel Institute" in words(box, "<footer", "</footer>")
    assert "The numbers as a table" in box
    for ending in ("csv", "svg", "png", "json"):
        assert f'href="/charts/{name}.{ending}' in box


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("name", "measure"), DRAWN)
@pytest.mark.parametrize("query", ["donor=DE&as_of=2024-01-10", "q=no+such+word"])
def test_a_chart_can_be_taken_away_in_every_form(guest, name, measure, query):
    asked = f"/charts/{name}.{{}}?{query}&measure={measure}"
    svg, png, vega = (guest.get(asked.format(ending)) for ending in ("svg", "png", "json"))

    assert svg.headers["content-type"].startswith("image/svg+xml") and Page(svg.text).faults == []
    assert "style=" not in svg.text and "<script" not in svg.text and "<title" in svg.text
    assert png.content.startswith(b"\x89PNG\r\n")
    assert "vega-lite" in vega.json()["$schema"]
    for answer in (svg, png, vega):
        assert 'filename="allied-pledges-' in answer.headers["content-disposition"]
