"""What the macros write into a page."""

import re
from dataclasses import replace
from datetime import date

import jinja2
import pytest

from app import charts
from app.charts.lifeline import Due, Happening, LifeLine, Step
from app.charts.table import table
from app.domain.quantity import UNDISCLOSED, exact
from tests.charts import cast

TEMPLATES = charts.lifeline.__file__.removesuffix("app/charts/lifeline.py") + "templates"


def macros():
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
    )
    environment.install_null_translations(newstyle=True)
    environment.globals |= charts.DRAWING
    return environment.get_template("macros/charts.html").module


PAGES = {
    "ranking": lambda: macros().ranking(cast.ranking),
    "groups": lambda: macros().ranking(replace(cast.ranking, squares=True)),
    "records": lambda: macros().ranking(cast.by_records),
    "months": lambda: macros().months(cast.months),
    "map": lambda: macros().map(cast.europe),
}
DRAWN = {"ranking": cast.ranking, "groups": cast.ranking, "records": cast.by_records, "months": cast.months}


@pytest.mark.parametrize("write", PAGES.values(), ids=PAGES)
def test_nothing_is_styled_in_place_and_names_are_escaped(write):
    text = str(write())

    assert "style=" not in text and "<b>" not in re.sub(r"<b>[^<]*(?=<)", "", text).replace("</b>", "").replace(
        "<b><a", ""
    )
    assert "<are>" not in text and "None" not in text


@pytest.mark.parametrize("name", DRAWN)
def test_every_mark_is_a_link_with_a_name(name):
    text = str(PAGES[name]())

    for row in table(DRAWN[name]).records:
        address = row["address"].replace("&", "&amp;")
        assert re.search(rf'<a (class="\w+" )?href="{re.escape(address)}" aria-label="[^"]+', text), address


def test_donors_on_the_map_are_links_and_the_others_a_sentence():
    text = str(PAGES["map"]())

    assert text.count("<a href=") == 4 and "Outside this map: United States 96" in text
    assert '<circle class="land c2"' in text


def test_systems_are_squares_and_missiles_are_bars_in_one_chart():
    text = str(PAGES["groups"]())

    assert 'class="units"' in text and 'class="rank"' in text
    assert text.index("Missiles") < text.index('class="units"')


def test_squares_alone():
    assert str(macros().units(cast.Ranking(name="x", title="", groups=cast.ranking.groups[1:]))).count("m-disp") == 2


def test_every_hatch_that_is_used_is_defined():
    defined = set(re.findall(r'id="([\w-]+)"', str(macros().patterns())))
    css = (charts.letters.ROOT / "static" / "css" / "charts.css").read_text()

    assert set(re.findall(r"url\(#([\w-]+)\)", css)) <= defined


def test_every_class_of_a_mark_has_its_colour():
    css = (charts.letters.ROOT / "static" / "css" / "charts.css").read_text()
    text = "".join(str(write()) for write in PAGES.values())

    for name in set(re.findall(r'class="(m-[\w-]+)', text)):
        assert f".{name} " in css or f".{name}," in css, name


def test_the_life_of_a_pledge_is_a_drawing_and_a_list():
    life = LifeLine(
        first=date(2022, 11, 1),
        last=date(2024, 6, 13),
        pledged=(Step(date(2022, 12, 9), exact(2), "2 ordered"),),
        due=Due(date(2024, 3, 31), "due by 31 Mar 2024"),
        happenings=(Happening("4 Jan 2024", "on the government’s list", "del", "1 delivered", iso="2024-01-04"),),
        summary="Promised: 2 systems.",
    )
    text = str(macros().lifeline(life))

    assert 'role="img" aria-label="Promised: 2 systems."' in text
    assert '<li class="del"><time class="when" datetime="2024-01-04">4 Jan 2024</time>' in text


def test_a_gauge_is_silent_beside_words_and_speaks_alone():
    assert 'aria-hidden="true"' in str(macros().gauge(exact(2), None))
    assert 'aria-label="1 of 2"' in str(macros().gauge(exact(2), UNDISCLOSED, height=10, label="1 of 2"))
    assert "m-point" in str(macros().quantity_bar(cast.about(200)))


@pytest.mark.parametrize(
    ("rank", "done", "classes"), [(0, False, {"st-off": 7}), (4, False, {"st-on": 4}), (7, True, {"st-done": 7})]
)
def test_the_status_is_seven_steps(rank, done, classes):
    for wide in (False, True):
        text = str(macros().status_steps(rank, done, wide))
        assert {name: text.count(name) for name in classes} == classes


def test_the_numbers_can_be_read_as_a_table():
    text = str(macros().numbers_table(cast.ranking, "numbers-1"))

    assert text.count("<tr>") == 8 and 'id="numbers-1"' in text and "not known" in text
    assert "Delivered, low" in text and "2,800" in text


def test_downloads_keep_the_filter():
    text = str(macros().downloads(cast.ranking, "system=patriot&as_of=2024-01-10"))

    for kind in ("csv", "svg", "png", "json"):
        assert f'href="/charts/by-donor.{kind}?system=patriot&amp;as_of=2024-01-10"' in text


def test_what_was_left_out_is_said_with_its_link():
    assert '<a href="/pledges?lacks=date">5 without a date</a>. Kinds are never added.' in str(
        macros().left_out(cast.ranking)
    )


def test_a_reader_can_choose_what_the_addresses_promise():
    assert list(charts.CHARTS) == ["by-donor", "by-system", "over-time", "pledged-delivered", "map"]
