"""Three rows are chosen, looked at, changed and taken back in one; in a real browser, with and without scripts."""

import pytest
from playwright.sync_api import expect


def test_an_editor_sets_the_supplier_of_three_rows_and_reverts_it_in_one(seat, scripts):
    page = seat("anna")
    maker = f"One maker {scripts}"
    page.goto("/pledges?donor=NL")
    for place in range(3):
        page.locator("input.pick").nth(place).check()
    page.get_by_role("button", name="Change the chosen ones").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change 3 pledges")
    page.get_by_label("What to do with all of them").select_option(label="Set: Supplier")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Supplier").fill(maker)
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_role("heading", name="3 would change")).to_be_visible()
    expect(page.locator("ins").filter(has_text=maker)).to_have_count(3)
    page.get_by_label("Why it changes").fill("They share a maker.")
    page.get_by_role("button", name="Save 3 changes").click()

    expect(page.get_by_role("main")).to_contain_text("They share a maker.")
    expect(page.get_by_role("heading", name="3 records")).to_be_visible()
    page.get_by_role("link", name="Revert").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("del").filter(has_text=maker)).to_have_count(3)


@pytest.mark.parametrize("scripts", [True], ids=["with scripts"], indirect=True)
def test_one_box_ticks_all_rows(seat):
    page = seat("anna")
    page.goto("/pledges?donor=NL")
    page.get_by_label("Choose all rows").check()

    boxes = page.locator("input.pick")
    assert boxes.count() == page.locator("input.pick:checked").count() > 3


@pytest.mark.parametrize("scripts", [True], ids=["with scripts"], indirect=True)
def test_the_pages_for_many_fit_a_phone(seat):
    page = seat("anna")
    page.set_viewport_size({"width": 320, "height": 700})
    for address in ("/pledges?donor=NL", "/bulk?id=5&id=6", "/bulk?id=5&do=quantity", "/drafts", "/suggestions"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
