"""What pledges refer to, added and changed in forms: sources, meetings, packages, donors, systems."""

import re
from html import unescape

import pytest

from app.store import referred, verifying
from app.store.columns import core
from app.store.tables import DatasetState
from tests.owed import Page

ADDED = {
    "sources": {"url": "https://mod.example/aid", "title": "Aid of today", "kind": "official_donor"},
    "events": {"title": "Meeting of the Navies", "kind": "other", "dates": "2 May 2024", "place": "Kyiv"},
    "packages": {"donor": "Germany", "title": "Winter package", "announced": "December 2023", "total": "EUR 182m"},
    "donors": {"name": "Navy Coalition", "kind": "coalition"},
    "systems": {"parent": "patriot", "name": "Patriot PAC-4", "default_role": "interceptor", "default_unit": "missile"},
}
KNOWN = {
    "sources": "/sources/1",
    "events": "/events/nuc-2024-01-10",
    "packages": "/packages/1",
    "donors": "/donors/DE",
    "systems": "/systems/patriot",
}
TITLES = {"sources": "title", "events": "title", "packages": "title", "donors": "name", "systems": "name"}
LONG = {"sources": "note", "events": "account", "packages": "note", "donors": "name", "systems": "note"}


def sheet(client, address):
    """What stands in the form, as a browser would send it."""
    return sheet_of(Page(client.get(address).text))


def sheet_of(page):
    form = next(one for one in page.all("form") if "sheet" in one["class"])
    told = []
    for one in form.walk():
        if one.tag == "input" and one["type"] not in ("radio", "checkbox") and one["name"]:
            told.append((one["name"], one["value"]))
        elif one.tag == "textarea":
            told.append((one["name"], "\n".join(one.own_text)))
        elif one.tag == "select":
            chosen = [other["value"] for other in one.walk() if other.tag == "option" and other.has("selected")]
            told.append((one["name"], chosen[0] if chosen else ""))
    return told


def sent(told, **changes):
    """The fields with some changed, in the way that a browser sends them."""
    left = dict.fromkeys(name for name, _ in told)
    found = {name: [value for one, value in told if one == name] for name in left}
    return found | {name: value if isinstance(value, list) else [value] for name, value in changes.items()}


def save(client, kind, **changes):
    """The form of a known record, opened, changed and saved."""
    address = f"{KNOWN[kind]}/edit"
    return client.post(address, data=sent(sheet(client, address), **changes), follow_redirects=False)


def count(app) -> int:
    """Of committed changes."""
    with app.state.database.reading() as db:
        return db.execute(core(DatasetState).select()).one().counter


def told(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("place", ADDED)
def test_what_was_added_stands_on_its_page_and_in_its_form(anna, place):
    answer = anna.post(f"/{place}/new", data=ADDED[place] | {"comment": "It was missing."}, follow_redirects=False)
    assert answer.status_code == 303, told(answer)
    address = answer.headers["location"]

    assert ADDED[place][TITLES[place]] in told(anna.get(address))
    shown = dict(sheet(anna, f"{address}/edit"))
    assert {name: shown[name] for name in ADDED[place] if name != "parent"} == {
        name: value for name, value in ADDED[place].items() if name != "parent"
    }
    assert "It was missing." in told(anna.get(f"{address}/history"))


@pytest.mark.parametrize("place", KNOWN)
def test_a_changed_record_says_who_changed_what_and_why(anna, place):
    name = TITLES[place]
    answer = save(anna, place, **{name: "Another name", "comment": "They renamed it."})
    assert (answer.status_code, answer.headers["location"]) == (303, KNOWN[place]), told(answer)

    assert "Another name" in told(anna.get(KNOWN[place]))
    history = " ".join(told(anna.get(f"{KNOWN[place]}/history")).split())
    assert "Anna Lind changed the record." in history and "to Another name" in history
    assert "They renamed it." in history


@pytest.mark.parametrize("place", KNOWN)
def test_a_form_that_changes_nothing_writes_nothing(anna, app, place):
    before = count(app)

    assert save(anna, place).status_code == 303
    assert count(app) == before


@pytest.mark.parametrize("place", KNOWN)
@pytest.mark.parametrize(("seen", "status"), [(None, 428), ("999", 409), ("x", 422), ("-1", 422), ("0", 422)])
def test_a_save_without_a_version_that_there_was_is_refused(anna, app, place, seen, status):
    address, before = f"{KNOWN[place]}/edit", count(app)
    told = [pair for pair in sheet(anna, address) if pair[0] != "seen"]
    if seen is not None:
        told.append(("seen", seen))

    assert anna.post(address, data=sent(told, **{TITLES[place]: "x"})).status_code == status
    assert count(app) == before


@pytest.mark.parametrize("place", KNOWN)
def test_two_who_change_different_fields_are_merged(anna, ben, place):
    address, name = f"{KNOWN[place]}/edit", TITLES[place]
    other = {"sources": "publisher", "events": "place", "packages": "note", "donors": "name_de", "systems": "maker"}[
        place
    ]
    first, second = sheet(anna, address), sheet(ben, address)
    anna.post(address, data=sent(first, **{name: "Of Anna"}))
    answer = ben.post(address, data=sent(second, **{other: "of Ben"}), follow_redirects=False)

    assert answer.status_code == 303
    shown = dict(sheet(anna, address))
    assert (shown[name], shown[other]) == ("Of Anna", "of Ben")


@pytest.mark.parametrize("place", KNOWN)
@pytest.mark.parametrize(("choice", "stands"), [("base", "As found"), ("theirs", "Of Anna"), ("mine", "Of Ben")])
def test_two_who_change_the_same_field_are_shown_all_three(anna, ben, place, choice, stands):
    address, name = f"{KNOWN[place]}/edit", TITLES[place]
    other = {"sources": "publisher", "events": "place", "packages": "note", "donors": "name_de", "systems": "maker"}[
        place
    ]
    save(anna, place, **{name: "As found", other: "before"})
    second = sheet(ben, address)
    save(anna, place, **{name: "Of Anna", other: "meanwhile"})
    answer = ben.post(address, data=sent(second, **{name: "Of Ben", "comment": "A reason"}))

    assert answer.status_code == 409
    assert all(text in told(answer) for text in ("As found", "Of Anna", "yours, not saved yet", "Anna Lind"))
    page = Page(answer.text)
    held = {one["name"]: one["value"] for one in page.all("input")}
    assert (held[name], held["comment"]) == ("Of Ben", "A reason")
    again = sent(sheet_of(page), **{f"choice-{name}": choice})
    assert ben.post(address, data=again, follow_redirects=False).status_code == 303
    shown = dict(sheet(anna, address))
    assert (shown[name], shown[other]) == (stands, "meanwhile")
