"""What readers do, in a real browser, with scripts and without them."""

import re

import pytest
from playwright.sync_api import expect

R1_TO_R6 = (
    "Joint purchase of Patriot GEM-T missiles",
    "Second Patriot system",
    "Skynex gun air-defence systems",
    "IRIS-T SLM missiles",
    "Air-defence missiles",
    "Allies' further capabilities for 2024",
)


@pytest.fixture(params=["with scripts", "without scripts"])
def reader(request):
    """A reader's browser, once as it comes and once with its scripts off."""
    name = "page" if request.param == "with scripts" else "page_without_scripts"
    page = request.getfixturevalue(name)
    page.scripted = name == "page"
    return page


def choose(page, facet, value):
    """Ticks a value of a facet; without scripts the button sends the form."""
    box = page.locator(f"#f-{facet}-{value}")
    for fold in page.locator(f"details.rest:has(#f-{facet}-{value}):not([open]) > summary").all():
        fold.click()
    box.check()
    if not page.scripted:
        page.get_by_role("button", name="Show pledges").click()
    page.wait_for_url(re.compile(rf"[?&]{facet}=([^&]*&{facet}=)?[^#]*{value}"))
    expect(page.locator(f"#f-{facet}-{value}")).to_be_checked()


def count(page):
    return int(re.sub(r"\D", "", page.locator(".sum b").first.inner_text()))


def test_a_reader_narrows_to_patriot_of_germany_opens_a_record_follows_a_source_and_comes_back(reader):
    reader.goto("/pledges")
    everything = count(reader)
    choose(reader, "donor", "DE")
    germany = count(reader)
    choose(reader, "system", "air-defence")
    choose(reader, "system", "patriot")
    reader.get_by_label("Remove System Air and missile defence").click()
    expect(reader.get_by_label("Remove System Air and missile defence")).to_have_count(0)
    patriot, address = count(reader), reader.url
    assert everything > germany > patriot > 0

    reader.get_by_role("link", name="Second Patriot system", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Second Patriot system")
    sources = reader.locator("#sources .by a").all()
    assert sources and all(one.get_attribute("href").startswith("http") for one in sources)

    reader.go_back()
    assert reader.url == address
    assert count(reader) == patriot
    expect(reader.locator("#f-donor-DE")).to_be_checked()


@pytest.mark.parametrize("asked", ["Петріот", "Patriot", "patr", "GEM-T"])
def test_a_reader_finds_patriot_in_latin_and_cyrillic(reader, asked):
    reader.goto("/")
    box = reader.locator("#q")
    box.fill(asked)
    box.press("Enter")
    reader.wait_for_url("**/pledges?q=*")

    expect(reader.locator(".tab tbody")).to_contain_text("Joint purchase of Patriot GEM-T missiles")
    expect(reader.locator("#f-q")).to_have_value(asked)


def test_the_meeting_of_10_january_2024_shows_what_was_pledged_there(reader):
    reader.goto("/events")
    reader.get_by_role("row").filter(has_text="10 Jan 2024").get_by_role("link").first.click()

    titles = reader.locator(".tab tbody .ttl").all_inner_texts()
    assert sorted(titles) == sorted(R1_TO_R6)
    expect(reader.locator("#sums")).to_contain_text("about 200 missiles")


@pytest.mark.parametrize("measure", ["records", "value"])
def test_a_bar_leads_to_exactly_the_records_that_make_it(reader, measure):
    reader.goto(f"/charts/by-donor?measure={measure}")
    bar = reader.locator("a.bar[aria-label^='United Kingdom']")
    said = bar.get_attribute("aria-label")
    bar.click()
    reader.wait_for_url("**/pledges?**")

    donors = {row.inner_text() for row in reader.locator(".tab tbody .c-donor").all()}
    assert donors == {"GB"}, said
    assert count(reader) == len(reader.locator(".tab tbody tr").all())


def test_a_donors_bar_counts_the_records_it_leads_to(page):
    page.goto("/charts/by-donor")
    page.get_by_text("The numbers as a table").click()
    row = page.locator("#numbers-by-donor tbody tr").filter(has_text="Germany")
    members = int(row.locator("td").last.inner_text())
    row.get_by_role("link").click()

    assert count(page) == members


def test_one_filter_is_seen_as_table_chart_and_map(reader):
    reader.goto("/pledges?system=patriot")
    for view in ("Chart", "Map", "Table"):
        reader.get_by_role("group", name="Show as").get_by_role("link", name=view).click()
        expect(reader.get_by_role("group", name="Show as").locator("[aria-current]")).to_have_text(view)
        expect(reader.get_by_label("Remove System Patriot")).to_be_visible()


def test_a_reader_sorts_and_turns_pages(reader):
    reader.goto("/pledges?per=25")
    first = reader.locator(".tab tbody .ttl").first.get_attribute("href")
    reader.get_by_role("link", name="Next").click()
    reader.wait_for_url("**after=*")
    expect(reader.locator(".tab tbody .ttl").first).not_to_have_attribute("href", first)
    reader.get_by_role("link", name="Previous").click()
    reader.wait_for_url("**before=*")
    expect(reader.locator(".tab tbody .ttl").first).to_have_attribute("href", first)

    reader.get_by_role("columnheader", name="Pledged").get_by_role("link").click()
    reader.wait_for_url("**sort=-quantity*")
    expect(reader.locator("[aria-sort]")).to_contain_text("Pledged")
    expect(reader.locator(".tab tbody .c-q").first).to_contain_text("300,000")


def test_the_keys_alone_are_enough(page):
    page.goto("/pledges")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()

    box = page.locator("#f-donor-DE")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**donor=DE**")
    expect(box).to_be_focused()
    expect(box).to_be_checked()


def test_a_citation_is_copied(page, browser):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/pledges/1")
    page.locator("#cite").get_by_role("button").click()
    expect(page.locator("#live")).to_have_text("Copied.")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"Allied Pledges, “.+: .+ pledged, .+”, version 1, .+/pledges/1@1 \(accessed", copied), copied


def test_an_address_can_be_shared_and_loaded_again(page):
    page.goto("/pledges")
    page.locator("#f-donor-GB").check()
    page.wait_for_url("**donor=GB**")
    before = page.locator(".sum").inner_text()
    page.reload()

    assert page.locator(".sum").inner_text() == before
