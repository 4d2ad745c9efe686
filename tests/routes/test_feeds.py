"""Feeds tell what was done, newest first, to what readers may see."""

from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from app.domain.pledge import State
from app.formats.atom import NAMESPACE
from app.main import create_app
from app.settings import Settings
from app.store import editing
from app.store.history import Act
from tests.conftest import Guest, signed_in
from tests.routes.reading import rows


def feed(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return fromstring(answer.content)


def entries(root):
    return root.findall(f"{{{NAMESPACE}}}entry")


def told(element, name):
    return element.findtext(f"{{{NAMESPACE}}}{name}")


def link(element, relation):
    return next((o.get("href") for o in element.findall(f"{{{NAMESPACE}}}link") if o.get("rel") == relation), None)


@pytest.fixture
def site(own_database):
    with Guest(create_app(Settings(_env_file=None, database_url=own_database.url), own_database)) as client:
        yield client


def changed(database, title="Leopard 2A6 tanks", state=None, number=1, seen=1):
    def change(pledge):
        return editing.with_state(pledge, state) if state else replace(pledge, title=title)

    with database.writing() as db:
        editing.edit(db, number, seen, Act(author="anna", comment="seen in <print>"), change)


def test_an_edit_is_the_first_entry_of_both(site, own_database):
    changed(own_database)
    for address in ("/pledges.atom", "/changes.atom"):
        first = entries(feed(site, address))[0]
        assert told(first, "title") == "Leopard 2A6 tanks: anna changed the record."
        assert "seen in <print>" in told(first, "summary") and "Leopard 2A6 tanks" in told(first, "summary")
    assert link(entries(feed(site, "/pledges.atom"))[0], "alternate") == "http://pledges.test/pledges/1@2"


def test_every_entry_leads_to_a_page_and_has_a_name_of_its_own(guest):
    for address in ("/pledges.atom?donor=DE", "/changes.atom"):
        root = feed(guest, address)
        names = [told(one, "id") for one in entries(root)]
        assert names and len(names) == len(set(names)) and all(name.startswith("tag:pledges.test,") for name in names)
        for one in entries(root)[:5]:
            assert guest.get(link(one, "alternate")).status_code == 200
        assert guest.get(link(root, "alternate")).status_code == 200
        assert link(root, "self") == f"http://pledges.test{address}"


def test_a_feed_of_a_filter_holds_its_pledges_and_goes_on_to_the_next_page(guest):
    wanted = {row["id"] for row in rows(guest.get("/pledges.csv?donor=DE"))}
    found, address = [], "/pledges.atom?donor=DE&sort=title"
    while address:
        root = feed(guest, address)
        found += [urlsplit(link(one, "alternate")).path.rpartition("/")[2].partition("@")[0] for one in entries(root)]
        address = link(root, "next")

    assert len(found) > 50 and len(found) == len(set(found))
    assert set(found) == wanted


def test_changes_that_were_asked_for_are_those_of_the_page(site, own_database):
    planted = len(entries(feed(site, "/changes.atom")))
    changed(own_database)

    assert entries(feed(site, "/changes.atom?author=nobody")) == []
    assert len(entries(feed(site, "/changes.atom?author=anna"))) == 1
    assert len(entries(feed(site, "/changes.atom?origin=seed"))) == planted
    assert len(entries(feed(site, "/changes.atom"))) == planted + 1


def test_drafts_are_in_no_feed_whoever_asks(site, own_database):
    changed(own_database, state=State.DRAFT)
    with site, signed_in(site.app, "anna") as anna:
        for client in (site, anna):
            for address in ("/pledges.atom", "/changes.atom"):
                told_of = [told(one, "title") for one in entries(feed(client, address))]
                assert not any("draft" in title for title in told_of)


def test_whoever_has_it_is_told_so_until_something_changes(site, own_database):
    tag = site.get("/pledges.atom").headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        assert site.get("/pledges.atom", headers={"If-None-Match": known}).status_code == 304, known
    for other in ("", '"other"', tag.replace('"', ""), tag[:-2] + '"'):
        assert site.get("/pledges.atom", headers={"If-None-Match": other}).status_code == 200, other

    changed(own_database)
    assert site.get("/pledges.atom", headers={"If-None-Match": tag}).status_code == 200


def test_pages_name_their_feed(guest):
    assert 'href="/pledges.atom?donor=DE" title=' in guest.get("/pledges?donor=DE").text
    html = guest.get("/changes?origin=seed").text
    assert html.count('href="/changes.atom?origin=seed"') == 2
    assert 'href="/changes.atom?origin=seed"' in guest.get("/changes?origin=seed&before=9&after=1").text


def test_an_address_that_is_set_stands_in_the_feed(own_database):
    settings = Settings(_env_file=None, database_url=own_database.url, base_url="https://pledges.example/")
    with Guest(create_app(settings, own_database)) as client:
        root = feed(client, "/changes.atom")

    assert link(root, "self") == "https://pledges.example/changes.atom"
    assert told(entries(root)[0], "id").startswith("tag:pledges.example,")
