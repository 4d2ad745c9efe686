"""People in a real browser: from the link of the first start to an editor who ends another sign-in."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from tests.conftest import _page, serving

ADMINS, EDITORS, CHANGED = "seven quiet lanterns drift", "violet hammers sing at noon", "copper rivers count slowly"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def fresh(seeded_file, tmp_path):
    """A server that nobody has an account on."""
    with serving(seeded_file, tmp_path) as one:
        yield one


@pytest.fixture
def browsers(browser, fresh, scripts):
    """As many browsers as the journey needs, each as if of another person."""
    opened = []

    def another():
        pages = _page(browser, fresh.address, java_script_enabled=scripts)
        opened.append(pages)
        return next(pages)

    yield another
    for pages in opened:
        next(pages, None)


def fill(page, **fields):
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def become_admin(page, link):
    page.goto(link)
    page.locator("#i-email").fill("ada@example.org")
    fill(page, Name="Ada", Password=ADMINS, The_same_password_again=ADMINS)
    press(page, "Make the account")
    expect(page.locator(".account.here").first).to_contain_text("Ada")


def sign_in(page, email, password):
    page.goto("/sign-in?next=/account")
    page.locator("#sign-in-email").fill(email)
    page.locator("#sign-in-password").fill(password)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def test_the_first_admin_invites_an_editor_who_changes_the_password_and_ends_another_sign_in(fresh, browsers):
    ada, ben, elsewhere = browsers(), browsers(), browsers()
    become_admin(ada, fresh.link)

    ada.goto("/accounts")
    ada.locator("#n-email").fill("ben@example.org")
    ada.locator("#n-role").select_option("editor")
    press(ada, "Make the link")
    link = ada.locator("#link").inner_text().strip()

    ben.goto(link)
    fill(ben, Name="Ben Okoro", Password=EDITORS, The_same_password_again=EDITORS)
    press(ben, "Make the account")
    expect(ben.locator(".account.here").first).to_contain_text("Ben Okoro")
    sign_in(elsewhere, "ben@example.org", EDITORS)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Ben Okoro")

    ben.goto("/account")
    press(ben, "Sign out there")
    expect(ben.locator("main .callout")).to_contain_text("You are signed out there.")
    elsewhere.goto("/account")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Sign in")

    fill(ben, Present_password=EDITORS, New_password=CHANGED, The_new_one_again=CHANGED)
    press(ben, "Save the password")
    expect(ben.locator("main .callout")).to_contain_text("Your password is changed.")
    sign_in(elsewhere, "ben@example.org", EDITORS)
    expect(elsewhere.get_by_role("alert")).to_contain_text("You are not signed in")
    sign_in(elsewhere, "ben@example.org", CHANGED)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Ben Okoro")


def test_what_was_typed_is_there_after_signing_in_again(fresh, browsers):
    ada = browsers()
    become_admin(ada, fresh.link)
    ada.goto("/account")
    ada.locator("#a-name").fill("Ada “the first” Novak")
    ada.context.clear_cookies()
    press(ada, "Save the name")

    expect(ada.get_by_text("What you typed is kept")).to_be_visible()
    ada.locator("#sign-in-email").fill("ada@example.org")
    ada.locator("#sign-in-password").fill(ADMINS)
    ada.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("You are signed in again")
    expect(ada.locator("main")).to_contain_text("Ada “the first” Novak")
    press(ada, "Send it now")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Ada “the first” Novak")


def test_a_second_step_is_set_up_and_asked_for(fresh, browsers):
    ada = browsers()
    become_admin(ada, fresh.link)
    ada.goto("/account/second-step")
    press(ada, "Begin")
    expect(ada.locator("img.qr")).to_have_js_property("complete", True)
    secret = re.sub(r"\s", "", ada.locator("main .key").inner_text())
    ada.locator("#s-code").fill(pyotp.TOTP(secret).now())
    press(ada, "Set it up")
    expect(ada.locator("#codes li")).to_have_count(10)
    code = ada.locator("#codes li").first.inner_text().strip()
    ada.locator("main").get_by_role("link", name="I have kept them").click()
    press(ada, "Sign out")

    sign_in(ada, "ada@example.org", ADMINS)
    expect(ada.get_by_role("alert")).to_be_visible()
    ada.locator("#sign-in-password").fill(ADMINS)
    ada.locator("#sign-in-code").fill(code)
    ada.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Ada")
    expect(ada.locator("#second-step")).to_contain_text("9 recovery codes are left.")
