"""What leaves the page: SVG, PNG, Vega-Lite and the table."""

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import letters
from app.charts.paper import DARK, LIGHT
from app.charts.png import png
from app.charts.svg import svg
from app.charts.table import HEADER, table
from app.charts.vega import vega
from tests.charts import cast

SVG = "{http://www.w3.org/2000/svg}"
every_chart = pytest.mark.parametrize("chart", cast.CHARTS.values(), ids=cast.CHARTS)


@every_chart
@pytest.mark.parametrize(("width", "dark"), [(800, False), (1600, True)])
def test_a_file_stands_alone(chart, width, dark):
    text = svg(chart, width=width, dark=dark)
    root = ElementTree.fromstring(text)

    assert root.get("width") == str(width) and float(root.get("height")) > 100
    assert root.find(f"{SVG}title").text == chart.title and root.find(f"{SVG}desc").text
    assert "style=" not in text and "class=" not in text and "var(" not in text and "currentColor" not in text
    assert (DARK if dark else LIGHT).paper in text
    assert letters.FAMILY in root.get("font-family")


@every_chart
def test_a_file_says_where_it_came_from(chart):
    words = " ".join(element.text or "" for element in ElementTree.fromstring(svg(chart)).iter(f"{SVG}text"))

    for said in (chart.source, chart.address, chart.day, chart.note, chart.left_out[0].text):
        assert said in words


@every_chart
def test_no_line_of_a_file_leaves_the_sheet(chart):
    root = ElementTree.fromstring(svg(chart))
    for element in root.iter(f"{SVG}text"):
        length = letters.width(element.text, float(element.get("font-size")), bold=element.get("font-weight") == "700")
        share = {"end": 1, "middle": 0.5}.get(element.get("text-anchor"), 0)
        left = float(element.get("x")) - share * length
        assert left >= 0 and left + length <= 800, element.text


@every_chart
def test_marks_of_a_file_lead_to_their_records(chart):
    links = {element.get("href") for element in ElementTree.fromstring(svg(chart)).iter(f"{SVG}a")}
    addresses = {row["address"] for row in table(chart).records}

    until = {column.until for column in cast.months.columns}

    assert addresses - {"/pledges?donor=US", "/pledges?donor=EU"} <= links <= addresses | until


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=80))
def test_any_name_may_stand_in_a_file(name):
    chart = cast.Ranking(name="by-donor", title=name, groups=(cast.Group((cast.row(name, cast.about(5), sub=name),)),))

    ElementTree.fromstring(svg(chart))


@every_chart
def test_a_picture_is_a_png_as_wide_as_asked(chart):
    picture = png(svg(chart), width=640)

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 640


def test_cyrillic_is_drawn_and_measured():
    def picture(title: str) -> bytes:
        return png(svg(cast.Ranking(name="by-donor", title=title)), width=400)

    assert picture("Україна") != picture("України") != picture("")
    assert letters.width("Ї", 100) < 40


def test_words_are_wrapped_and_cut_to_their_room():
    assert letters.wrap("one two three", letters.width("one two", 12), 12) == ["one two", "three"]
    assert all(letters.width(line, 12) <= 40 for line in letters.wrap("Donaudampfschifffahrt", 40, 12))


@every_chart
def test_the_specification_holds_every_mark(chart):
    spec = json.loads(json.dumps(vega(chart), allow_nan=False))
    values = spec["data"]["values"]

    assert spec["$schema"].endswith("vega-lite/v5.json")
    assert len(values) == len(table(chart).rows)
    assert all({"low", "point", "high", "delivered", "label", "href"} <= set(value) for value in values)


@every_chart
def test_the_table_holds_every_mark(chart):
    found = table(chart)

    assert found.header == HEADER and all(len(row) == len(HEADER) for row in found.rows)
    assert all(row["address"] for row in found.records)


def test_unknown_is_not_zero_in_the_table():
    rows = {row["label"]: row for row in table(cast.ranking).records}

    assert rows["IRIS-T SLM"]["pledged_low"] is None and rows["IRIS-T SLM"]["state"] == "no_number"
    assert rows["Stinger"]["pledged_high"] is None and rows["Stinger"]["pledged_low"] == 2800
    assert rows["type not named"]["delivered_low"] is None


def test_colours_of_files_are_those_of_the_pages():
    tokens = letters.ROOT / "static" / "css" / "tokens.css"
    found = dict(re.findall(r"--([\w-]+): light-dark\((#\w+), #\w+\)", tokens.read_text())) if tokens.exists() else {}

    for name in ("paper", "ink", "delivered", "pledged", "pledged-edge", "uncounted", "disputed"):
        assert found.get(name, getattr(LIGHT, name.replace("-", "_"))) == getattr(LIGHT, name.replace("-", "_"))
