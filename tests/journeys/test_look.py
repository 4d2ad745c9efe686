"""What every page keeps in a real browser: still while it loads, within its width, alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import PAGES

WIDTHS = (320, 360, 768, 1024, 1440, 1920)
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 250);
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wider = []
    for address in PAGES:
        page.goto(address)
        across = page.evaluate("document.documentElement.scrollWidth")
        wider += [f"{address}: {across}"] if across > width else []

    assert not wider


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("address", ["/", "/pledges", "/pledges/1", "/donors/DE"])
def test_nothing_moves_while_a_page_loads(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)

    assert page.evaluate(SHIFTS) == 0


def test_a_page_asks_for_itself_one_style_and_one_script(page):
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto("/pledges", wait_until="networkidle")

    assert sorted(one for one in asked if one != "other" and one != "image") == ["document", "script", "stylesheet"]


def test_without_scripts_nothing_is_shown_that_needs_them(page_without_scripts):
    page = page_without_scripts
    page.goto("/pledges/1")
    expect(page.locator(".scripted").first).to_be_hidden()
    page.goto("/pledges")
    expect(page.get_by_role("button", name="Show pledges")).to_be_visible()


def test_a_donor_page_tells_the_main_things_without_scrolling(page):
    page.goto("/donors/DE")
    for name in ("Pledged", "Arrived", "Overdue", "Sourced"):
        figure = page.locator(".fig").filter(has=page.get_by_text(name, exact=True)).first
        place = figure.bounding_box()
        assert place["y"] + place["height"] <= 900, name


def test_paper_carries_the_citation_and_no_forms(page):
    page.emulate_media(media="print")
    page.goto("/pledges/1")

    expect(page.locator("#citation")).to_be_visible()
    expect(page.locator("nav.nav")).to_be_hidden()
    expect(page.locator("#q")).to_be_hidden()
