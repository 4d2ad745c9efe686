"""Every page can be read and used by all: what axe looks for, in light and dark, on a screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe():
    return Axe()


EVERY_RULE = {"type": "tag", "values": RULES}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}


@pytest.mark.parametrize(("scheme", "rules"), [("light", EVERY_RULE), ("dark", COLOURS)])
def test_axe_finds_nothing_on_any_page(page, axe, scheme, rules):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # dark differs by its colours alone
    found = []
    for address in PAGES:
        page.goto(address)
        answer = axe.run(page, options={"runOnly": rules})
        found += [f"{address}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in answer.response["violations"]]

    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_phone(page, axe):
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("/", "/pledges", "/pledges/1", "/donors/DE", "/events/nuc-2024-01-10"):
        page.goto(address)
        answer = axe.run(page, options={"runOnly": EVERY_RULE})

        assert not answer.response["violations"], (address, answer.response["violations"][0]["id"])
