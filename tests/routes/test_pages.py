"""Every page answers, gives what every page owes, says what it covers, and helps whoever asked for nothing."""

from collections import defaultdict

import pytest

from app.main import create_app
from app.settings import Settings
from tests.conftest import Guest
from tests.routes.reading import element, rows, words

PAGES = [
    "/",
    "/pledges",
    "/pledges?view=chart",
    "/pledges?view=chart&measure=items",
    "/pledges?view=map",
    "/pledges?donor=DE&system=patriot",
    "/pledges?q=nothing+of+this+name",
    "/pledges/1",
    "/pledges/6",
    "/pledges/1@1",
    "/donors",
    "/donors/DE",
    "/donors/UA",
    "/systems",
    "/systems/air-defence",
    "/systems/patriot",
    "/systems/patriot-gem-t",
    "/events",
    "/events/nuc-2024-01-10",
    "/packages/1",
    "/sources",
    "/sources/1",
    "/quality",
    "/quality?donor=DE",
    "/method",
    "/dictionary",
    "/charts/by-donor",
    "/charts/by-system?measure=value",
    "/charts/over-time?measure=items",
    "/charts/pledged-delivered",
    "/charts/map?measure=value",
]
DAYS = ["2022-02-24", "2024-01-10", "2030-01-01"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_answered_and_says_what_it_covers(guest, page):
    answer = guest.get(page)

    assert answer.status_code == 200
    told = words(answer.text, "<header")
    assert "Records to 28 June 2024" in told
    assert "air and missile defence; other aid not yet" in told
    assert "last changed" in told


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_records_as_of_a_day(guest, page, day):
    answer = guest.get(f"{page}{'&' if '?' in page else '?'}as_of={day}")

    assert answer.status_code == 200
    assert 'class="asof"' in answer.text


def test_what_nobody_knew_yet_is_not_shown_as_of_a_day(guest):
    before = words(guest.get("/donors/DE?as_of=2023-06-30").text, "<main")
    after = words(guest.get("/donors/DE?as_of=2024-01-10").text, "<main")

    assert "IRIS-T AIM-2000" not in before
    assert "IRIS-T AIM-2000" in after


@pytest.mark.parametrize(
    ("address", "sentence", "onward"),
    [
        ("/pledges/999999", "There is no pledge of this number.", "/pledges"),
        ("/pledges/0", "There is no pledge of this number.", "/pledges"),
        ("/pledges/leopards", "No record has this address.", "/pledges"),
        ("/pledges/99999999999999999999", "No record has this address.", "/pledges"),
        ("/pledges/1@99", "No version of a pledge has this address.", "/pledges/1"),
        ("/pledges/1@99999999999999999999", "No record has this address.", "/pledges"),
        ("/donors/XX", "There is no donor of this code.", "/donors"),
        ("/systems/death-star", "There is no system of this name.", "/systems"),
        ("/events/yalta-1945", "There is no meeting of this name.", "/events"),
        ("/packages/999999", "There is no package of this number.", "/pledges"),
        ("/packages/99999999999999999999", "No record has this address.", "/pledges"),
        ("/sources/999999", "There is no source of this number.", "/sources"),
        ("/sources/99999999999999999999", "No record has this address.", "/pledges"),
        ("/leopards", "nothing that was published is ever removed", "/pledges"),
        ("/donors/%00", "There is no donor of this code.", "/donors"),
        ("/donors/%E2%80%AEED", "There is no donor of this code.", "/donors"),
        ("/systems/%FF%FE", "There is no system of this name.", "/systems"),
        ("/events/a'%22%3Cscript%3E", "There is no meeting of this name.", "/events"),
    ],
)
def test_who_asks_for_what_is_not_there_is_told_so_and_shown_the_way_on(guest, address, sentence, onward):
    answer = guest.get(address)

    assert answer.status_code == 404
    assert sentence in words(answer.text, "<main")
    assert f'href="{onward}"' in element(answer.text, "<main", "main")


@pytest.mark.parametrize("address", ["/charts/pie", "/charts/pie.svg", "/charts/pie.png", "/charts/by-donor.gif"])
def test_a_chart_that_does_not_exist_is_not_found(guest, address):
    assert guest.get(address).status_code == 404


def test_a_version_that_never_was_leads_to_the_record_as_it_is(guest):
    assert "The pledge as it is now" in words(guest.get("/pledges/1@99").text, "<main")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/donors/de", "/donors/DE"),
        ("/donors/germany", "/donors/DE"),
        ("/pledges/1/", "/pledges/1"),
    ],
)
def test_another_spelling_leads_to_the_one_address(guest, asked, meant):
    answer = guest.get(asked, follow_redirects=False)

    assert answer.status_code == 301
    assert answer.headers["location"] == meant


def test_a_redirect_never_leaves_the_host(guest):
    for path in ("//evil.test/", "/donors//evil.test", "/pledges//evil.test/", "/donors/de?//evil.test"):
        answer = guest.get(f"http://pledges.test{path}", follow_redirects=False, headers={"Host": "evil.test"})
        assert not answer.headers.get("location", "").startswith(("//", "http://evil", "https://evil"))


def test_a_citation_carries_the_address_that_was_set(database):
    settings = Settings(_env_file=None, database_url=database.url, base_url="https://pledges.example/")
    with Guest(create_app(settings, database)) as guest:
        told = guest.get("/pledges/1").text

    assert "https://pledges.example/pledges/1@1" in told
    assert 'rel="canonical" href="https://pledges.example/pledges/1"' in told


def test_the_donor_page_says_pledged_arrived_overdue_and_sourced(guest):
    told = words(guest.get("/donors/DE").text, 'class="figs"', "<section")

    assert "Pledged 53 pledges" in told
    assert "Arrived" in told and "of 53" in told
    assert "Overdue" in told
    assert "Sourced 53 of 53" in told


def test_every_headline_can_be_copied_with_its_doubt_its_address_and_its_day(guest):
    html = guest.get("/").text
    told = words(element(html, '<span id="cite-1"', "span"))

    assert told.startswith("Allied Pledges: ")
    assert "pledges, records to 28 June 2024." in told
    assert "http://pledges.test/pledges?" in told
    assert 'data-copy="cite-1"' in html


def test_a_package_shows_what_was_announced_together(guest):
    together = defaultdict(list)
    for row in rows(guest.get("/pledges.csv")):
        together[row["package"]].append(row["title"])
    together.pop("")

    assert max(len(titles) for titles in together.values()) > 1
    for number, titles in together.items():
        told = words(guest.get(f"/packages/{number}").text, "<main")
        assert all(title in told for title in titles)


def test_the_record_of_the_joint_purchase_shows_its_claims_and_its_parts(guest, ids):
    told = words(guest.get(f"/pledges/{ids['jan24-patriot-gem-t-joint-purchase']}").text, "<main")

    assert "up to 1,000 missiles" in told
    assert "beneficiary disputed" in told
    for claimed in ("5.5", "5.6", "5.1"):  # billions of dollars and euros, by three sources
        assert claimed in told
    assert told.count("Patriot GEM-T missiles, ") >= 4  # the parts of Germany, Romania, Netherlands and Spain
