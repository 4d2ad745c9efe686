"""htmx gets a part of a page, byte for byte the part that the page holds; everybody else gets the page."""

import pytest

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
EXPLORERS = [
    "/pledges",
    "/pledges?donor=DE&system=patriot",
    "/pledges?view=chart&measure=items&donor=DE",
    "/pledges?view=map",
    "/pledges?donor=XX",
    "/pledges?event=nuc-2024-01-10&as_of=2024-01-10",
    "/pledges?sort=donor&per=25&page=2",
]
CHARTS = ["/charts/by-donor", "/charts/over-time?measure=value&donor=DE", "/charts/map", "/charts/pledged-delivered"]


@pytest.mark.parametrize("address", [*EXPLORERS, *CHARTS])
def test_the_part_is_byte_for_byte_in_the_page(guest, address):
    part, page = guest.get(address, headers=PART), guest.get(address)

    assert part.status_code == page.status_code == 200
    assert "<html" not in part.text and "<h" in part.text
    assert part.content.strip() in page.content


@pytest.mark.parametrize("address", EXPLORERS)
def test_the_part_is_one_element_with_the_id_that_htmx_replaces(guest, address):
    part = guest.get(address, headers=PART).text.strip()

    assert part.startswith('<div id="explorer"') and part.endswith("</div>")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Request-Type": "full"},
        PART | {"HX-History-Restore-Request": "true"},
        {"HX-Request-Type": "PARTIAL"},
    ],
)
def test_everybody_else_gets_the_whole_page(guest, headers):
    assert "<html" in guest.get("/pledges?donor=DE", headers=headers).text


@pytest.mark.parametrize("address", ["/", "/donors/DE", "/pledges/1@1", "/method"])
def test_a_page_without_parts_stays_whole(guest, address):
    assert "<html" in guest.get(address, headers=PART).text


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize("address", ["/pledges", "/charts/by-donor", "/", "/pledges/999999"])
def test_a_cache_is_told_that_the_answer_depends_on_who_asks(guest, address, headers):
    vary = {one.strip() for one in guest.get(address, headers=headers).headers["vary"].split(",")}

    assert {"HX-Request", "HX-Request-Type"} <= vary
