"""What pledges refer to, added and changed in forms: sources, meetings, packages, donors, systems."""

import re
from html import unescape

import pytest

from app.store import verifying
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


def save(client, place, /, **changes):
    """The form of a known record, opened, changed and saved."""
    address = f"{KNOWN[place]}/edit"
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


BAD = {
    "sources": {
        "title": ("\u202eeltit", "signs in this that nobody can see"),
        "url": ("ftp://x.example", "begins with http"),
        "published_on": ("2024-02-30", "There is no such day"),
        "accessed_on": ("Dec 2023", "A single day is asked for"),
        "archive_url": ("www.x.example", "begins with http"),
        "kind": ("gossip", "one of the values of the list"),
        "note": ("a" * 100_000, "too long"),
    },
    "events": {
        "title": ("", "must not be empty"),
        "dates": ("2024-02-30", "There is no such day"),
        "sources": ("https://unknown.example/x", "is not known here"),
        "account": ("a" * 100_000, "too long"),
        "place": ("a\u200eb", "signs in this that nobody can see"),
    },
    "packages": {
        "title": (" ", "must not be empty"),
        "donor": ("Atlantis", "is not known here"),
        "total": ("EUR 10^30", "Not understood"),
        "value": ("NaN", "Not understood"),
        "announced": ("1999", "before 2014"),
        "event": ("zzz", "is not known here"),
        "note": ("a" * 100_000, "too long"),
    },
    "donors": {
        "name": ("", "must not be empty"),
        "kind": ("empire", "one of the values of the list"),
        "aliases": ("a|b", "without the sign"),
        "name_de": ("a" * 301, "too long"),
    },
    "systems": {
        "name": ("", "must not be empty"),
        "default_unit": ("furlong", "one of the values of the list"),
        "aliases": ("\n".join(map(str, range(61))), "at most 60"),
        "source_url": ("x", "begins with http"),
        "note": ("a" * 100_000, "too long"),
    },
}
APART = {"sources": {"url": "https://mod.example/apart"}}
CASES = [(place, name) for place, some in BAD.items() for name in some]


def is_told(answer, name, text, sentence) -> None:
    """Beside the field and in the summary, with what was typed."""
    assert answer.status_code == 422
    page = Page(answer.text)
    wrong = next(one for one in page.all("input", "select", "textarea") if one["name"] == name)
    assert wrong["aria-invalid"] == "true"
    assert sentence in next(one for one in page.elements if one["id"] == f"{wrong['id']}-error").text
    assert any(one["href"] == f"#{wrong['id']}" and sentence in one.text for one in page.all("a"))
    assert next(one for one in page.elements if one.has("autofocus"))["id"] == wrong["id"]
    if wrong.tag != "select":
        assert dict(sheet_of(page))[name].strip() == text.strip()


@pytest.mark.parametrize(("place", "name"), CASES)
def test_what_cannot_be_taken_is_told_beside_its_field(anna, app, place, name):
    text, sentence = BAD[place][name]
    before = count(app)

    is_told(save(anna, place, **{name: text}), name, text, sentence)
    is_told(anna.post(f"/{place}/new", data=ADDED[place] | APART.get(place, {}) | {name: text}), name, text, sentence)
    assert count(app) == before


@pytest.mark.parametrize("place", KNOWN)
@pytest.mark.parametrize("field", ["admin", "source", "code2", "version"])
def test_a_field_that_the_form_does_not_have_is_refused(anna, app, place, field):
    before = count(app)

    assert save(anna, place, **{field: "x"}).status_code == 422
    assert anna.post(f"/{place}/new", data=ADDED[place] | {field: "x"}).status_code == 422
    assert count(app) == before


@pytest.mark.parametrize(("place", "name"), [("donors", "code"), ("systems", "slug"), ("events", "slug")])
def test_a_name_that_stays_cannot_be_changed(anna, app, place, name):
    before = count(app)

    assert save(anna, place, **{name: "another"}).status_code == 422
    assert count(app) == before


CLASHES = {
    "a donor’s code": ("donors", {"code": "NSPA"}, "code", "Another record has this name already."),
    "a donor’s slug": ("donors", {"code": "XYZ", "slug": "germany"}, "slug", "Another record has this name already."),
    "a state without its letters": ("donors", {"kind": "state"}, "code", "two letters"),
    "a code of signs": ("donors", {"code": "N-A"}, "code", "capital letters and digits"),
    "a meeting’s name": ("events", {"slug": "nuc-2024-01-10"}, "slug", "Another record has this name already."),
    "a name that means otherwise": ("events", {"slug": "new"}, "slug", "Small letters"),
    "a name of other letters": ("events", {"title": "Рада"}, "slug", "Small letters"),
    "a system’s name": (
        "systems",
        {"slug": "patriot", "code": "PAC4"},
        "slug",
        "Another record has this name already.",
    ),
    "a system’s code": ("systems", {"code": "GEMT"}, "code", "Another record has this name already."),
    "a system under nothing": ("systems", {"parent": ""}, "parent", "under one that is there"),
    "a system under a variant": ("systems", {"parent": "patriot-gem-t"}, "parent", "four levels"),
    "a key of signs": ("sources", {"key": "a b", "url": "https://mod.example/key"}, "key", "small letters, digits"),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_name_that_cannot_be_taken_is_told(anna, app, name):
    place, changes, field, sentence = CLASHES[name]
    before = count(app)

    is_told(anna.post(f"/{place}/new", data=ADDED[place] | changes), field, changes.get(field, ""), sentence)
    assert count(app) == before


def test_an_address_that_is_known_leads_to_the_source_that_has_it(anna):
    url = dict(sheet(anna, "/sources/3/edit"))["url"]
    answer = anna.post("/sources/new", data={"url": url, "kind": "press"})

    assert answer.status_code == 422 and "This address is known already" in told(answer)
    assert 'href="/sources/3"' in answer.text
    assert save(anna, "sources", url=url).status_code == 422


def test_all_that_is_missing_is_told_at_once(anna):
    page = Page(anna.post("/systems/new", data={}).text)

    summary = next(one for one in page.elements if one["id"] == "errors")
    assert [one["href"] for one in summary.walk() if one.tag == "a"] == ["#e-name", "#e-parent"]


def test_what_the_address_tells_stands_in_the_form(anna):
    assert dict(sheet(anna, "/sources/new?url=https://mod.example/new&kind=wire"))["url"] == "https://mod.example/new"


def rows_of(client, address):
    told = sheet(client, address)
    columns = [[value for name, value in told if name == column] for column in ("group", "since", "until")]
    return [row for row in zip(*columns, strict=True) if any(row)]


def test_memberships_are_rows_that_are_filled_changed_and_emptied(anna, app):
    address = "/donors/SE/edit"
    before = rows_of(anna, address)
    assert ("NATO", "2024-03-07", "") in before
    columns = [list(column) for column in zip(*before, strict=True)]
    for column, value in zip(columns, ("E3", "1 May 2020", "2021-12-31"), strict=True):
        column.append(value)
    place = before.index(("NATO", "2024-03-07", ""))
    columns[0][place] = columns[1][place] = ""
    names = dict(zip(("group", "since", "until"), columns, strict=True))
    assert anna.post(address, data=sent(sheet(anna, address), **names), follow_redirects=False).status_code == 303

    assert rows_of(anna, address) == [*before[:place], *before[place + 1 :], ("E3", "2020-05-01", "2021-12-31")]
    history = " ".join(told(anna.get("/donors/SE/history")).split())
    assert "Memberships added: E3 from 1 May 2020 to 31 December 2021" in history
    assert "Memberships taken out: NATO from 7 March 2024" in history


ROWS = {
    "no group": (("", "2020-01-01", ""), "group", "Choose a group"),
    "no such day": (("E3", "2024-02-30", ""), "since", "There is no such day"),
    "ends before it begins": (("E3", "2022", "2021-01-01"), "since", "A single day is asked for"),
    "falls": (("E3", "2022-01-01", "2021-01-01"), "until", "It ends before it begins"),
    "a group that is none": (("OPEC", "", ""), "group", "one of the values of the list"),
    "signs nobody sees": (("E3", "2022-01-01\u202e", ""), "since", "signs in this that nobody can see"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_membership_that_cannot_be_taken_is_told_in_its_row(anna, app, name):
    row, field, sentence = ROWS[name]
    before = count(app)
    added = dict(zip(("group", "since", "until"), row, strict=True))
    answer = anna.post("/donors/new", data=ADDED["donors"] | {"code": "ROW"} | added)

    assert answer.status_code == 422 and count(app) == before
    page = Page(answer.text)
    wrong = next(one for one in page.elements if one["id"] == f"m1-{field}")
    assert wrong["aria-invalid"] == "true" and sentence in told(answer)
    assert any(one["href"] == f"#m1-{field}" for one in page.all("a"))


def test_memberships_of_one_group_do_not_overlap(anna):
    twice = {"group": ["NATO", "NATO"], "since": ["", "2020-01-01"], "until": ["2021-01-01", ""]}
    answer = anna.post("/donors/new", data=ADDED["donors"] | {"code": "TWO"} | twice)

    assert answer.status_code == 422 and "overlap" in told(answer)


def test_a_state_is_given_its_code_by_its_name(anna):
    answer = anna.post("/donors/new", data={"name": "Brazil", "kind": "state"}, follow_redirects=False)

    assert answer.headers["location"] == "/donors/BR"


def test_those_who_may_not_edit_see_no_way_to_and_readers_see_the_history(guest, anna):
    for address in KNOWN.values():
        assert f'href="{address}/edit"' not in guest.get(address).text
        assert f'href="{address}/edit"' in anna.get(address).text
        assert f'href="{address}/history"' in guest.get(address).text
    for address in ("/sources", "/events", "/donors", "/systems"):
        assert f'href="{address}/new"' in anna.get(address).text
        assert f'href="{address}/new"' not in guest.get(address).text


@pytest.mark.parametrize("address", ["/sources/999999", "/events/x", "/packages/0", "/donors/XX", "/systems/x"])
def test_a_record_that_is_not_there_has_no_form(anna, address):
    for part in ("edit", "history"):
        answer = anna.get(f"{address}/{part}")
        assert answer.status_code == 404 and "There is no " in told(answer)
    assert anna.post(f"{address}/edit", data={"seen": "1"}).status_code == 404


def test_lists_changed_by_two_are_merged_and_a_clash_of_one_entry_is_shown_whole(anna, ben):
    address = "/systems/nasams/edit"
    anna.post(address, data=sent(sheet(anna, address), aliases="Alpha system\nBeta"))
    first, second, third = (sheet(one, address) for one in (anna, ben, ben))
    anna.post(address, data=sent(first, aliases="Alpha systems\nBeta\nGamma"))
    merged = ben.post(address, data=sent(second, aliases="Alpha system\nBeta\nDelta"), follow_redirects=False)
    assert merged.status_code == 303
    assert dict(sheet(anna, address))["aliases"].split("\n") == ["Alpha systems", "Beta", "Gamma", "Delta"]

    clash = ben.post(address, data=sent(third, aliases="Alpha system 2\nBeta"))
    assert clash.status_code == 409
    assert dict(sheet_of(Page(clash.text)))["aliases"].split("\n") == ["Beta", "Gamma", "Delta", "Alpha system 2"]


def test_a_choice_stays_chosen_when_something_else_is_wrong(anna, ben):
    address = "/systems/skynex/edit"
    anna.post(address, data=sent(sheet(anna, address), maker="First"))
    second = sheet(ben, address)
    anna.post(address, data=sent(sheet(anna, address), maker="Theirs"))
    clash = sheet_of(Page(ben.post(address, data=sent(second, maker="Mine")).text))
    wrong = ben.post(address, data=sent(clash, **{"choice-maker": "theirs", "name": ""}))

    assert wrong.status_code == 422
    assert dict(sheet_of(Page(wrong.text)))["maker"] == "Theirs"


def test_afterwards_all_that_follows_from_the_records_is_as_the_rules_give_it(app):
    assert list(verifying.differences(app.state.database)) == []
