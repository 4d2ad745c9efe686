"""Editing in a real browser, with and without scripts: in place, together, and taken back."""

import re
from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from app.store import verifying
from app.store.database import Database
from tests import people

FIRST = "/pledges?donor=LT&per=25"
COUNT = count()


def a_pledge(page, title, system="leopard-2", role="platform", unit="vehicle"):
    """Records one and returns its number."""
    page.goto("/pledges/new")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Donor", exact=True).fill("Lithuania")
    page.get_by_label("System", exact=True).fill(system)
    page.get_by_label("Role", exact=True).select_option(role)
    page.get_by_label("Unit", exact=True).select_option(unit)
    page.get_by_label("Quantity", exact=True).fill("18")
    # Far enough apart that none looks like a double of another.
    page.get_by_label("Announced", exact=True).fill((date(2015, 1, 1) + timedelta(days=40 * next(COUNT))).isoformat())
    page.get_by_role("button", name="Save and publish").click()
    page.wait_for_url(re.compile(r"/pledges/\d+\?saved=1"))
    return int(re.search(r"/pledges/(\d+)", page.url)[1])


def open_figure(page, number, scripts, name="quantity"):
    """The editor of a figure, on the page of the record or on a page of its own."""
    page.goto(f"/pledges/{number}")
    page.locator(f"#open-{name}").click()
    if not scripts:
        page.wait_for_url(f"**/pledges/{number}/cells/{name}?edit")
    return page.locator("form.panel").filter(has=page.get_by_label("Why it changes"))


def save(form, **fields):
    for label, text in fields.items():
        form.get_by_label(label.replace("_", " "), exact=True).fill(text)
    form.get_by_role("button", name=re.compile("^Save")).click()


def lines_of(page):
    return [line.strip() for line in page.locator("main").inner_text().splitlines() if line.strip()]


def test_an_editor_changes_a_number_is_asked_about_it_and_cites_a_source(seat, scripts):
    page = seat("anna")
    number = a_pledge(page, f"Missiles for asking {scripts}", "stinger", "interceptor", "missile")
    form = open_figure(page, number, scripts)
    save(
        form,
        Quantity="about 900,000",
        Source_that_says_so="https://mod.example/tanks",
        Its_words="hundreds of thousands",
    )
    expect(page.locator(".lints")).to_contain_text("more than ten times the largest number known")

    form = page.locator("form.panel").filter(has=page.get_by_label("Why it changes"))
    expect(form.get_by_label("Quantity", exact=True)).to_have_value("about 900,000")
    save(form, Quantity="about 20", Why_it_changes="The ministry counted again.")
    expect(page.locator("#record")).to_contain_text("Saved as version 2")
    expect(page.locator("#claims-quantity")).to_contain_text("mod.example")
    expect(page.locator("#claims-quantity")).to_contain_text("“hundreds of thousands”")
    expect(page.locator("#history")).to_contain_text(
        "Quantity from 18 missiles to about 20 missiles, after mod.example"
    )


def test_undo_brings_the_number_back(seat, scripts):
    page = seat("anna")
    number = a_pledge(page, f"Tanks to undo {scripts}")
    save(open_figure(page, number, scripts), Quantity="20")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#record")).to_contain_text("Saved as version 3")
    expect(page.locator("#at-quantity")).to_contain_text("18 vehicles")


def test_two_editors_collide_and_one_chooses_and_other_fields_merge(seat, scripts):
    anna, ben = seat("anna"), seat("ben")
    number = a_pledge(anna, f"Tanks for two {scripts}")
    mine = open_figure(anna, number, scripts)
    theirs = open_figure(ben, number, scripts)
    save(open_figure(seat("ben"), number, scripts, "supplier"), Supplier="A maker")
    save(mine, Quantity="20", Why_it_changes="Counted.")
    expect(anna.locator("#record")).to_contain_text("Merged with a change made meanwhile: Supplier.")

    save(theirs, Quantity="about 14", Why_it_changes="Heard.")
    clash = ben.locator("form.clash")
    expect(clash).to_contain_text("Anna Lind changed this while you were typing")
    expect(clash.get_by_label("Quantity", exact=True)).to_have_value("about 14")
    expect(clash.get_by_label("Why it changes")).to_have_value("Heard.")
    clash.locator("input[value=mine]").check()
    clash.get_by_role("button", name="Save this choice as version 4").click()
    expect(ben.locator("#at-quantity")).to_contain_text("about 14 vehicles")


def test_a_record_is_deleted_and_restored(seat, scripts):
    page, reader = seat("anna"), seat()
    number = a_pledge(page, f"Tanks to delete {scripts}")
    page.get_by_role("link", name="Delete …").click()
    page.get_by_label("Why it changes").fill("A mistake.")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This record was deleted")
    assert reader.goto(f"/pledges/{number}").status == 410
    assert reader.goto(f"/pledges/{number}@1").status == 200

    page.get_by_role("link", name="Restore …").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("#history")).to_contain_text("Anna Lind restored the record.")
    assert reader.goto(f"/pledges/{number}").status == 200


def test_a_cited_version_stays_as_it_was_after_three_more_edits(seat, scripts):
    page, reader = seat("anna"), seat()
    number = a_pledge(page, f"Tanks to cite {scripts}")
    reader.goto(f"/pledges/{number}")
    cited = re.search(r"http\S+@1", reader.locator("#citation").inner_text())[0]
    reader.goto(cited)
    before = lines_of(reader)
    for name, label, text in (
        ("quantity", "Quantity", "20"),
        ("note", "Note", "Seen."),
        ("supplier", "Supplier", "A maker"),
    ):
        save(open_figure(page, number, scripts, name), **{label: text})
        expect(page.locator("#record")).to_contain_text("Saved as version")

    reader.goto(cited)
    later, *rest = [line for line in lines_of(reader) if line not in before]
    assert later.startswith("An earlier version.") and not rest
    assert [line for line in lines_of(reader) if line != later] == before


def test_ten_edits_of_a_vandal_are_taken_back_in_one_act(seat, desk, scripts):
    anna, vandal, ada = seat("anna"), seat("ben"), seat("ada")
    numbers = [a_pledge(anna, f"Tanks {n} for a vandal {scripts}") for n in range(2)]
    for number in numbers:
        for text in ("1", "2", "3", "4", "5"):
            save(open_figure(vandal, number, scripts, "note"), Note=f"Nonsense {text}")
            expect(vandal.locator("#record")).to_contain_text(f"Nonsense {text}")
    account = people.account_of(Database(desk.database_url), "ben")
    ada.goto(f"/accounts/{account}/revert")
    ada.get_by_label("Since").fill("2026-01-01")
    ada.get_by_role("button", name="Show what would go back").click()
    expect(ada.locator("main")).to_contain_text("go back")
    ada.get_by_label("Why it changes").fill("Vandalism.")
    ada.get_by_role("button", name="Take back").click()
    ada.wait_for_url(re.compile(r"/changes/\d+"))

    for number in numbers:
        anna.goto(f"/pledges/{number}")
        expect(anna.locator("#at-note")).not_to_contain_text("Nonsense")
    assert list(verifying.differences(Database(desk.database_url))) == []


def test_a_delivery_a_claim_a_donor_and_a_link_are_added_changed_and_taken_out(seat, scripts):
    page = seat("anna")
    number = a_pledge(page, f"Tanks with parts {scripts}")

    def part(name):
        page.goto(f"/pledges/{number}")
        page.locator(f"#open-{name}").click()
        return page.locator("form.panel").filter(has=page.get_by_label("Why it changes"))

    save(part("milestones-new"), How_many_arrived="4", When="March 2023", Source="https://mod.example/four")
    expect(page.locator("#record")).to_contain_text("4 vehicles delivered")
    save(part("milestones-0"), How_many_arrived="6")
    expect(page.locator("#record")).to_contain_text("6 vehicles delivered")
    save(part("parties-new"), Donor="Netherlands")
    expect(page.locator("#record")).to_contain_text("Netherlands")
    save(part("links-new"), Other_pledge="3")
    expect(page.locator("#record")).to_contain_text("Part of")
    save(part("claims-new"), What_it_says="about 19", Source="https://press.example/nineteen", Quote="some nineteen")
    expect(page.locator("#claims-quantity")).to_contain_text("about 19 vehicles")
    part("milestones-0").get_by_role("button", name="Take it out").click()
    expect(page.locator("#record")).to_contain_text("Saved as version 7")
    expect(page.locator("#record")).not_to_contain_text("6 vehicles delivered so far")


@pytest.mark.parametrize("scripts", [True], ids=["with scripts"], indirect=True)
def test_keys_open_save_leave_and_go_on(seat):
    page = seat("anna")
    page.goto(FIRST)
    cell = page.locator("[data-cell][id$='-title']").first
    cell.focus()
    page.keyboard.press("F2")
    box = page.locator(".cell-in")
    expect(box).to_be_focused()
    was = box.input_value()
    page.keyboard.press("Escape")
    expect(page.locator(".cell-in")).to_have_count(0)
    expect(cell).to_contain_text(was)

    page.locator("[data-cell][id$='-title']").first.press("Enter")
    expect(box).to_be_focused()
    box.fill(f"{was}, renamed")
    page.keyboard.press("Enter")
    expect(page.locator(".saved")).to_contain_text("Saved as version")
    expect(page.locator("[data-cell][id$='-title']").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".cell-in[name=system]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".cell-in[name=title]")).to_be_focused()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("scripts", [True], ids=["with scripts"], indirect=True)
def test_a_number_is_read_back_and_a_source_is_found_while_it_is_typed(seat):
    page = seat("anna")
    page.goto(FIRST)
    page.locator("[data-cell][id$='-quantity']").first.click()
    page.locator(".cell-in").press_sequentially("0")
    page.locator(".cell-in").fill("up to 40, 10 firm")
    page.locator(".cell-in").press_sequentially(" ")
    expect(page.locator(".panel .reads").first).to_contain_text("Reads as up to 40")
    source = page.locator("form.panel input[name=source]")
    source.press_sequentially("nato")
    options = page.locator(".choices-box [data-value]")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    wanted = options.first.get_attribute("data-value")
    page.keyboard.press("Enter")
    expect(source).to_have_value(wanted)
    expect(page.locator(".choices-box")).to_have_count(0)
    page.keyboard.press("Escape")
