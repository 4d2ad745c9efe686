"""A reader proposes, an editor decides, the reader sees it; in a real browser, with and without scripts."""

from itertools import count

from playwright.sync_api import expect

NEXT = count(5)


def test_a_reader_suggests_an_editor_accepts_in_part_and_the_reader_sees_it(seat, scripts):
    reader, editor = seat(), seat("anna")
    number = next(NEXT)
    reader.goto(f"/pledges/{number}")
    reader.get_by_role("link", name="Suggest a change").click()
    reader.get_by_label("Supplier").fill(f"Maker {scripts}")
    reader.get_by_label("Quantity", exact=True).fill("a good few")
    reader.get_by_label("Source", exact=True).fill(f"https://gov.example/{scripts}")
    reader.get_by_role("button", name="Send the suggestion").click()
    expect(reader.get_by_role("alert")).to_contain_text("Not understood")
    expect(reader.get_by_label("Supplier")).to_have_value(f"Maker {scripts}")
    reader.get_by_label("Quantity", exact=True).fill("about 64")
    reader.get_by_label("Its words").fill("sixty-four or so")
    reader.get_by_label("Your name, if you like").fill("Maria")
    reader.get_by_role("button", name="Send the suggestion").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your suggestion has arrived")
    reader.get_by_role("link", name="What became of it").click()
    expect(reader.get_by_role("main")).to_contain_text("Nobody has decided yet")

    editor.goto(f"/pledges/{number}")
    editor.get_by_role("link", name="Read and decide").click()
    editor.get_by_role("main").get_by_role("rowheader").get_by_role("link").first.click()
    expect(editor.get_by_role("table")).to_contain_text("about 64")
    editor.get_by_label("Supplier").uncheck()
    editor.get_by_label("Comment, or why not").fill("The maker is not named there.")
    editor.get_by_role("button", name="Accept what is ticked").click()
    reason = editor.get_by_label("Why it is right all the same")
    if reason.is_visible():
        reason.fill("The source says so.")
        editor.get_by_role("button", name="Accept what is ticked").click()
    expect(editor.get_by_role("main")).to_contain_text("Accepted in part")

    reader.reload()
    told = reader.get_by_role("main")
    expect(told).to_contain_text("Accepted in part")
    expect(told).to_contain_text("The maker is not named there.")
    reader.get_by_role("link", name="The record as it is now").click()
    expect(reader.locator("#claims-quantity")).to_contain_text("sixty-four or so")


def test_what_nobody_sees_is_seen_by_nobody(seat):
    page = seat()
    page.goto("/suggestions/new")

    expect(page.get_by_label("Leave this empty")).not_to_be_in_viewport()
    across = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert across


def test_a_draft_that_clashes_is_put_off_and_decided_later(seat, scripts):
    anna, ben = seat("anna"), seat("ben")
    for page, title in ((anna, f"Anna's {scripts}"), (ben, f"Ben's {scripts}")):
        page.goto("/pledges/12")
        page.locator("#open-title").click()
        page.locator("form.panel").get_by_label("Title", exact=True).fill(title)
    anna.locator("form.panel").get_by_role("button", name="Save").click()
    expect(anna.get_by_role("heading", level=1)).to_contain_text("Anna's")
    ben.locator("form.panel").get_by_role("button", name="Save").click()
    ben.get_by_role("button", name="Decide later, keep my draft").click()

    expect(ben.get_by_role("main")).to_contain_text("A draft put off by its editor")
    ben.get_by_role("radio", name=f"Ben's {scripts}").check()
    ben.get_by_role("button", name="Accept what is ticked").click()
    ben.get_by_role("link", name="The record as it is now").click()
    expect(ben.get_by_role("heading", level=1)).to_contain_text("Ben's")
