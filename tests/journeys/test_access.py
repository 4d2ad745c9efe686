"""Every page can be read and used by all: what axe looks for, in light and dark, on a screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe():
    return Axe()


EVERY_RULE = {"type": "tag", "values": RULES}
FAULTS = ["violations"]  # the rest would be told in full too
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}


def test_axe_finds_nothing_on_any_page_in_light_and_dark(page, axe):
    """Dark differs by its colours alone, so that the page need not be loaded again."""
    found = []
    for address in PAGES:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        light = axe.run(page, options={"runOnly": EVERY_RULE, "resultTypes": FAULTS}).response
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        dark = page.evaluate("options => axe.run(document, options)", {"runOnly": COLOURS, "resultTypes": FAULTS})
        for scheme, answer in (("light", light), ("dark", dark)):
            told = [(one["id"], one["nodes"][0]["html"][:160]) for one in answer["violations"]]
            found += [f"{address}, {scheme}: {name}: {html}" for name, html in told]

    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_phone(page, axe):
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("/", "/pledges", "/pledges/1", "/donors/DE", "/events/nuc-2024-01-10"):
        page.goto(address)
        answer = axe.run(page, options={"runOnly": EVERY_RULE, "resultTypes": FAULTS})

        assert not answer.response["violations"], (address, answer.response["violations"][0]["id"])
