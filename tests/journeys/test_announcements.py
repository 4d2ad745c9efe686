"""A press release in a real browser, with and without scripts: typed, pasted, mended, and saved as one."""

import re
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.store import verifying
from app.store.database import Database
from tests.journeys.test_access import EVERY_RULE

YEARS = count(2015)
LINES = (
    ("Air-defence missiles", "air-defence", "about 200"),
    ("Patriot", "patriot", "1"),
    ("IRIS-T SLM missiles", "iris-t-slm", "undisclosed"),
    ("Skynex", "skynex", "NaN"),
)
TABLE = """18\tLeopard 2 tanks\tleopard-2
100 Marder
up to 10; Gepard; “up to ten Gepards”
EUR 5m\tspare parts"""


def cell(page, name, line):
    return page.get_by_label(f"{name}, line {line}", exact=True)


def begin(page) -> str:
    """What holds for all of them; returns the title."""
    year = next(YEARS)
    page.goto("/announcements/new")
    page.get_by_label("Donor", exact=True).fill("Netherlands")
    page.get_by_label("Title", exact=True).fill(f"Package of {year}")
    page.get_by_label("Announced", exact=True).fill(f"12 March {year}")
    page.get_by_label("Source that says so").fill(f"https://mod.example/{year}")
    return f"Package of {year}"


def press(page, name):
    page.get_by_role("button", name=name).last.click()
    page.wait_for_load_state()


def test_eight_lines_become_a_package_of_eight_pledges_and_a_mistake_costs_nothing(seat, desk):
    page = seat("anna")
    title = begin(page)
    for number, (told, system, quantity) in enumerate(LINES, 1):
        cell(page, "Title", number).fill(told)
        cell(page, "System", number).fill(system)
        cell(page, "Quantity", number).fill(quantity)
    page.get_by_text("Paste a table").click()
    page.get_by_label("One item a line").fill(TABLE)
    press(page, "Fill the lines")
    expect(cell(page, "Title", 5)).to_have_value("Leopard 2 tanks")
    expect(cell(page, "Quantity", 6)).to_have_value("100")
    expect(cell(page, "Quote", 7)).to_have_value("up to ten Gepards")
    expect(cell(page, "Amount", 8)).to_have_value("EUR 5m")

    press(page, "Save and publish")
    expect(page.get_by_role("alert").first).to_contain_text("Line 4: Not understood")
    expect(cell(page, "Quantity", 4)).to_be_focused()
    for number, (told, _, quantity) in enumerate(LINES, 1):
        expect(cell(page, "Title", number)).to_have_value(told)
        expect(cell(page, "Quantity", number)).to_have_value(quantity)
    expect(page.get_by_label("Source that says so")).to_have_value(re.compile("mod.example"))
    cell(page, "Quantity", 4).fill("2")
    press(page, "Look it over")
    expect(page.locator("#l1-told")).to_contain_text("Reads as about 200 missiles (180–220, assumed)")
    expect(page.locator("#l3-told")).to_contain_text("undisclosed · IRIS-T SLM · interceptor")
    press(page, "Save and publish")

    page.wait_for_url(re.compile(r"/packages/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator(".tab tbody tr").count() == 8
    expect(page.locator(".tab")).to_contain_text("about 200 missiles")
    expect(page.locator(".tab")).to_contain_text("undisclosed")
    database = Database(desk.database_url)
    try:
        assert list(verifying.differences(database)) == []
    finally:
        database.close()


def test_enter_looks_over_and_saves_nothing(seat):
    page = seat("anna")
    begin(page)
    cell(page, "Title", 1).fill("Patriot")
    cell(page, "Title", 1).press("Enter")

    expect(page.locator("#l1-told")).to_contain_text("Reads as undisclosed")
    assert page.url.endswith("/announcements/new")


@pytest.mark.parametrize("scripts", [True], indirect=True)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (768, "light"), (360, "dark")])
def test_the_lines_fit_every_screen_and_axe_finds_nothing(seat, width, scheme):
    page = seat("anna")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    begin(page)
    cell(page, "Title", 1).fill("Patriot")
    cell(page, "Quantity", 1).fill("NaN")
    cell(page, "Title", 2).fill("Skynex")
    press(page, "Look it over")
    expect(page.locator("#errors")).to_be_visible()
    for address in ("", "/systems/new", "/donors/SE/edit", "/donors/SE/history"):
        if address:
            page.goto(address)
        found = Axe().run(page, options={"runOnly": EVERY_RULE, "resultTypes": ["violations"]}).response["violations"]
        assert not found, (address, found[0]["id"], found[0]["nodes"][0]["html"])
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
