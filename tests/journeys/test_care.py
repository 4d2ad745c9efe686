"""What a reader's browser keeps while the page changes: the place, the choice, the count, and a quiet console."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_browse import choose
from tests.journeys.test_look import PAGES

TICKED = """async ([donors, gap]) => {
  for (const donor of donors) {
    document.getElementById(`f-donor-${donor}`).click();
    await new Promise((done) => setTimeout(done, gap));
  }
}"""


def number_in(text):
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def counted(page):
    return number_in(page.locator(".sum b").first.inner_text())


def test_no_page_writes_to_the_console_or_breaks_the_policy(page):
    said = []
    page.on("console", lambda one: said.append(f"{page.url}: {one.type} {one.text}"))
    for address in PAGES:
        if address != "/nothing-here":  # the browser itself writes down every 404
            page.goto(address)

    assert not said


@pytest.mark.parametrize("scripts", ["page", "page_without_scripts"])
@pytest.mark.parametrize("chart", ["by-donor", "by-system", "pledged-delivered?measure=records", "over-time", "map"])
def test_a_mark_says_how_many_pledges_it_leads_to(request, scripts, chart):
    page = request.getfixturevalue(scripts)
    page.goto(f"/charts/{chart}")
    mark = page.locator(".chart a[aria-label][href^='/pledges?']").nth(1)
    said = mark.get_attribute("aria-label")
    address = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")

    last = re.findall(r"[\d,]*\d", said)[-1]
    assert counted(page) == number_in(last), said
    assert page.locator(".tab tbody tr").count() == min(counted(page), 50)


@pytest.mark.parametrize("scripts", ["page", "page_without_scripts"])
def test_a_piece_of_the_filter_is_dropped_and_all_of_it_too(request, scripts):
    page = request.getfixturevalue(scripts)
    page.goto("/pledges?donor=DE&system=patriot&status=delivered&view=chart")
    page.get_by_label("Remove Status delivered").click()
    expect(page.get_by_label("Remove Status delivered")).to_have_count(0)
    assert "status=" not in page.url and "donor=DE" in page.url and "view=chart" in page.url

    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".chips .chip")).to_have_count(0)
    assert "donor=" not in page.url and "view=chart" in page.url


@pytest.mark.parametrize("scripts", ["page", "page_without_scripts"])
def test_a_source_is_followed_to_everything_that_rests_on_it(request, scripts):
    page = request.getfixturevalue(scripts)
    page.goto("/sources")
    link = page.locator("main a[href^='/sources/']").first
    title = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/sources/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:30])
    page.locator("main a[href^='/pledges/']").first.click()
    page.wait_for_url(re.compile(r"/pledges/\d+$"))

    page.go_back()
    page.go_back()
    assert page.url.endswith("/sources")


def test_back_walks_through_every_choice_and_forward_again(page):
    page.goto("/pledges")
    page.scripted = True
    counts = [counted(page)]
    for facet, value in (("donor", "DE"), ("status", "delivered"), ("qualifier", "exact")):
        choose(page, facet, value)
        expect(page.locator(".chips")).to_contain_text(page.locator(f"label:has(#f-{facet}-{value}) .t").inner_text())
        counts.append(counted(page))
    assert counts[0] > counts[1] > counts[2] >= counts[3] > 0

    for expected in reversed(counts[:-1]):
        page.go_back()
        expect(page.locator(".sum b").first).to_have_text(re.compile(rf"^{expected} pledges?$"))
    page.go_forward()
    expect(page.locator("#f-donor-DE")).to_be_checked()


def test_focus_stays_on_the_box_when_the_table_changes(page):
    page.goto("/pledges")
    page.locator("#f-donor-DE").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Remove Donor Germany")).to_be_visible()
    expect(page.locator("#f-donor-DE")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chips .chip")).to_have_count(2)

    assert page.evaluate("document.activeElement.name") == "donor"


def test_who_ticks_faster_than_the_answers_come_loses_nothing(page):
    page.goto("/pledges")
    page.evaluate(TICKED, [["DE", "US", "GB"], 0])

    expect(page.locator(".chips .chip")).to_have_count(3)
    assert all(page.locator(f"#f-donor-{donor}").is_checked() for donor in ("DE", "US", "GB"))
    expect(page.locator("#toasts")).to_be_empty()


def test_the_slash_is_a_letter_where_one_types_and_can_be_switched_off(page):
    page.goto("/pledges")
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("a/b")

    page.locator("[data-slash-choice]").uncheck()
    page.goto("/donors")
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_the_first_tab_skips_to_the_content(page):
    page.goto("/pledges")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_colours_that_were_chosen_stay(page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("[data-scheme-choice=dark]").click()
    page.goto("/donors")

    expect(page.locator("[data-scheme-choice=dark]")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


def test_a_failure_leaves_the_table_as_it_was_and_says_so(page):
    page.goto("/pledges")
    before = counted(page)
    page.route("**/pledges?*donor=DE*", lambda route: route.fulfill(status=500, body="broken"))
    page.locator("#f-donor-DE").check()

    expect(page.locator("#toasts")).to_contain_text("The server gave no usable answer.")
    assert counted(page) == before
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator("#toasts")).to_be_empty()


def test_every_headline_can_be_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.locator("details:has(#cite-1) > summary").click()
    page.locator("[data-copy='cite-1']").click()
    expect(page.locator("#live")).to_have_text("Copied.")

    told = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"Allied Pledges: .+ pledged, from [\d,]+ pledges?, records to .+\. http\S+/pledges\?", told), told


def test_nothing_moves_when_the_table_changes(page):
    page.goto("/pledges")
    at = page.locator(".facets").bounding_box()
    page.locator("#f-donor-DE").check()
    page.wait_for_url("**donor=DE**")

    assert page.locator(".facets").bounding_box()["x"] == at["x"]
    assert page.evaluate("window.scrollY") == 0
