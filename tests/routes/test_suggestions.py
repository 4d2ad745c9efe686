"""What readers propose, and what becomes of it."""

import re

import pytest

from app.store import suggestions
from app.store.columns import core
from app.store.tables import Attempt, Suggestion
from tests.owed import Page
from tests.routes.reading import words

PRIVATE = re.compile(r"http://pledges\.test(/suggestions/mine/[\w-]{43})")


@pytest.fixture(autouse=True)
def nobody_was_here(app):
    """Each test begins with an empty queue and uncounted addresses."""
    with app.state.database.writing() as db:
        db.execute(core(Suggestion).delete())
        db.execute(core(Attempt).delete())


def filled(client, address, **changes):
    """What a browser sends that opened the form and changed some of it."""
    form = next(one for one in Page(client.get(address).text).all("form") if one["id"] == "e-form")
    told = {}
    for one in form.walk():
        if one.tag == "input" and one["type"] not in ("radio", "checkbox") or one.tag == "textarea":
            told[one["name"]] = one["value"] or "\n".join(one.own_text)
        elif one.tag == "input" and one.has("checked"):
            told.setdefault(one["name"], []).append(one["value"])
        elif one.tag == "select":
            options = [option for option in one.walk() if option.tag == "option"]
            chosen = [option for option in options if option.has("selected")]
            told[one["name"]] = (chosen or options)[0]["value"]
    return told | changes


def suggest(client, number, **changes):
    address = f"/pledges/{number}/suggest"
    return client.post(address, data=filled(client, address, **{"source": "https://gov.example/a", **changes}))


def link_of(answer):
    return PRIVATE.search(answer.text)[1]


def the_one(app):
    with app.state.database.reading() as db:
        (told,) = suggestions.listed(db, list(suggestions.SuggestionState))
        return told


def test_a_reader_suggests_a_change_and_follows_it_by_a_link(guest, app, ids):
    number = ids["jan24-air-defence-missiles-uk"]
    answer = suggest(
        guest, number, quantity="about 250", name="Maria", comment="See page 2.", quote="about 250 missiles"
    )

    assert answer.status_code == 200
    told = the_one(app)
    assert (told.texts, told.name, told.quote) == ({"quantity": "about 250"}, "Maria", "about 250 missiles")
    mine = guest.get(link_of(answer))
    assert "about 250" in words(mine.text) and "Waiting for an editor" in words(mine.text)
    assert mine.headers["cache-control"] == "no-store" and mine.headers["referrer-policy"] == "no-referrer"
    assert 'content="noindex' in mine.text


def test_only_what_differs_is_kept(guest, app, ids):
    suggest(guest, ids["jan24-skynex-germany"], supplier="Rheinmetall Air Defence AG", title="Skynex systems")

    assert the_one(app).texts == {"title": "Skynex systems", "supplier": "Rheinmetall Air Defence AG"}


def test_what_says_the_same_is_not_sent(guest, app, ids):
    answer = suggest(guest, ids["jan24-skynex-germany"], comment="All of it is right.")

    assert answer.status_code == 422
    assert "Nothing here differs from what the record says." in words(answer.text)
    assert "All of it is right." in answer.text


BAD = {
    "a number that is none": ({"quantity": "a few, perhaps"}, "e-quantity"),
    "a system that nobody knows": ({"system": "death star"}, "e-system"),
    "no title": ({"title": ""}, "e-title"),
    "a title of 301 letters": ({"title": "x" * 301}, "e-title"),
    "a summary of 20,001 letters": ({"summary": "x" * 20_001}, "e-summary"),
    "a number of a million digits": ({"quantity": "1" * 900_000}, "e-quantity"),
    "a day before the war": ({"announced": "1 May 1912"}, "e-announced"),
    "no source": ({"source": "", "quantity": "7"}, "e-source"),
    "a source of 2,001 letters": ({"source": "x" * 2001, "quantity": "7"}, "e-source"),
    "a quote of 301 letters": ({"quote": "x" * 301, "quantity": "7"}, "e-quote"),
    "a comment of 1,001 letters": ({"comment": "x" * 1001, "quantity": "7"}, "e-comment"),
    "a name that turns the text round": ({"name": "a\u202eb", "quantity": "7"}, "e-name"),
    "an unknown role": ({"role": "decoration"}, "e-role"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_told_beside_the_field_and_nothing_typed_is_lost(guest, app, ids, name):
    typed, at = BAD[name]
    answer = suggest(guest, ids["jan24-skynex-germany"], **{"comment": "Kept as typed.", **typed})

    assert answer.status_code == 422
    page = Page(answer.text)
    wrong = next(one for one in page.elements if one["id"] == at)
    assert wrong["aria-invalid"] == "true" and f'href="#{at}"' in answer.text
    for field, text in typed.items():
        if field != "role":
            shown = next(one for one in page.elements if one["name"] == field)
            assert text in (shown["value"], *shown.own_text)
    with app.state.database.reading() as db:
        assert not any(suggestions.counts(db).values())


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"status_pin": "delivered"}, 422),
        ({"id": "3"}, 422),
        ({"account_id": "1"}, 422),
        ({"seen": "99"}, 409),
        ({"seen": "one"}, 422),
        ({"seen": ""}, 428),
    ],
)
def test_a_form_that_is_not_ours_is_refused(guest, ids, changes, status):
    assert suggest(guest, ids["jan24-skynex-germany"], quantity="7", **changes).status_code == status


def test_whoever_fills_in_what_nobody_sees_is_answered_and_nothing_is_kept(guest, app, ids):
    answer = suggest(guest, ids["jan24-skynex-germany"], quantity="7", website="https://casino.example")

    assert answer.status_code == 200 and link_of(answer)
    assert guest.get(link_of(answer)).status_code == 404
    with app.state.database.reading() as db:
        assert not any(suggestions.counts(db).values())


def test_ten_an_hour_come_from_one_address(guest, ids):
    number = ids["jan24-skynex-germany"]
    answers = [suggest(guest, number, quantity=str(20 + n)) for n in range(11)]

    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
    assert 'value="30"' in answers[-1].text


def test_a_link_that_nobody_was_given_leads_nowhere(guest):
    assert guest.get("/suggestions/mine/" + "a" * 43).status_code == 404


def test_an_unknown_pledge_a_draft_and_a_deleted_one_take_no_suggestion(guest, anna, ids):
    draft = anna.post("/pledges", data={"title": "Secret", "lead": "Germany", "then": "draft"}, follow_redirects=False)
    number = re.search(r"\d+", draft.headers["location"])[0]

    for address in ("/pledges/999999/suggest", f"/pledges/{number}/suggest"):
        assert guest.get(address).status_code == 404
        assert guest.post(address, data={"seen": "1"}).status_code == 404


# ---- what editors decide


def decide(client, app, **changes):
    number = the_one(app).id
    address = f"/suggestions/{number}"
    data = filled(client, address, **changes)
    return client.post(address, data=data, follow_redirects=False)


def record(client, number):
    return words(client.get(f"/pledges/{number}").text, "<main")


def test_an_editor_accepts_in_part_and_the_reader_sees_which(guest, anna, app, ids):
    number = ids["jan24-further-capabilities-2024"]
    link = link_of(suggest(guest, number, supplier="Many", title="More for 2024", name="Maria", comment="Read on."))
    answer = decide(anna, app, take=["title"], then="accept", comment="The supplier is not said there.")

    assert answer.status_code == 303
    told = the_one(app)
    assert (told.state, told.taken, told.by) == ("partly", ("title",), "Maria")
    assert "More for 2024" in record(guest, number) and "Many" not in record(guest, number)
    mine = words(guest.get(link).text)
    assert "Accepted in part" in mine and "The supplier is not said there." in mine
    assert "taken" in mine and "not taken" in mine
    change = words(guest.get(f"/changes/{told.change}").text)
    assert "Suggested by Maria. “Read on.” The supplier is not said there." in change


def test_an_accepted_figure_rests_on_the_source_that_was_named(guest, anna, app, ids):
    number = ids["jan24-skynex-germany"]
    suggest(guest, number, quantity="3", source="https://gov.example/skynex", quote="three systems")
    decide(anna, app, then="accept")

    assert the_one(app).state == "accepted"
    told = record(guest, number)
    assert "three systems" in told and "gov.example" in told


def test_what_is_not_accepted_needs_a_reason(guest, anna, app, ids):
    link = link_of(suggest(guest, ids["jan24-skynex-germany"], supplier="Nobody"))
    assert decide(anna, app, then="refuse").status_code == 422
    assert decide(anna, app, then="refuse", comment="No source says so.").status_code == 303

    assert the_one(app).state == "refused"
    mine = words(guest.get(link).text)
    assert "Not accepted" in mine and "No source says so." in mine


def test_nobody_decides_twice(guest, anna, ben, app, ids):
    number = ids["jan24-skynex-germany"]
    suggest(guest, number, supplier="Once")
    told = the_one(app)
    form = filled(ben, f"/suggestions/{told.id}", then="accept")
    decide(anna, app, then="refuse", comment="No.")
    answer = ben.post(f"/suggestions/{told.id}", data=form)

    assert answer.status_code == 409
    assert "This suggestion was decided by somebody else meanwhile." in words(answer.text)
    assert "Once" not in record(guest, number) and the_one(app).state == "refused"


def test_a_change_of_another_field_since_merges(guest, anna, app, ids):
    number = ids["jan24-air-defence-missiles-uk"]
    suggest(guest, number, supplier="MBDA")
    set_cell(anna, number, "note", "Looked at since.")
    assert decide(anna, app, then="accept").status_code == 303

    told = record(guest, number)
    assert "MBDA" in told and "Looked at since." in told


def test_a_change_of_the_same_field_since_is_a_choice_of_three(guest, anna, app, ids):
    number = ids["jan24-iris-t-slm-missiles-germany"]
    suggest(guest, number, title="Mine")
    set_cell(anna, number, "title", "Theirs")
    shown = words(anna.get(f"/suggestions/{the_one(app).id}").text, "<main")
    undecided = decide(anna, app, then="accept")

    assert "Theirs" in shown and "Mine" in shown and "IRIS-T" in shown
    assert undecided.status_code == 409 and "Choose what stands." in words(undecided.text)
    assert decide(anna, app, then="accept", **{"choice-title": "mine"}).status_code == 303
    assert "Mine" in record(guest, number)


def test_a_change_of_the_same_field_while_an_editor_reads_is_a_choice(guest, anna, ben, app, ids):
    number = ids["jan24-patriot-system-germany"]
    suggest(guest, number, title="Mine")
    address = f"/suggestions/{the_one(app).id}"
    form = filled(ben, address, then="accept")
    set_cell(anna, number, "title", "Theirs")
    answer = ben.post(address, data=form)

    assert answer.status_code == 409
    assert "Theirs" in words(answer.text, "<main") and "Theirs" in record(guest, number)
    assert the_one(app).state == "open"


def test_a_new_pledge_becomes_a_record_or_a_draft(guest, anna, app):
    for then, seen in (("accept", 200), ("draft", 404)):
        with app.state.database.writing() as db:
            db.execute(core(Suggestion).delete())
        new = {
            "title": f"Trucks, {then}",
            "lead": "Norway",
            "quantity": "about 40",
            "unit": "vehicle",
            "role": "platform",
        }
        sent = guest.post("/suggestions/new", data=filled(guest, "/suggestions/new", source="Regjeringen", **new))
        assert sent.status_code == 200, words(sent.text, "<main")
        answer = decide(anna, app, then=then, source="https://gov.example/trucks", overrule="So it is.")
        assert answer.status_code == 303
        assert guest.get(f"/pledges/{the_one(app).pledge}").status_code == seen


def test_words_that_are_no_known_source_are_asked_about(guest, anna, app, ids):
    suggest(guest, ids["jan24-skynex-germany"], quantity="4", source="a friend of mine")
    answer = decide(anna, app, then="accept")

    assert answer.status_code == 422
    assert "“a friend of mine” is not known here." in words(answer.text)


@pytest.mark.parametrize(
    "changes",
    [{"take": ["state"]}, {"take": ["id"]}, {"state": "accepted"}, {"take": ["supplier"], "decided_by_id": "1"}],
)
def test_a_decision_on_what_was_not_suggested_is_refused(guest, anna, app, ids, changes):
    suggest(guest, ids["jan24-skynex-germany"], supplier="X")

    assert decide(anna, app, then="accept", **changes).status_code == 422
    assert the_one(app).state == "open"


def test_contributors_see_their_own_and_editors_all(guest, clara, anna, app, ids):
    suggest(guest, ids["jan24-skynex-germany"], supplier="By a guest", name="Gustav")
    theirs = the_one(app).id
    suggest(clara, ids["jan24-air-defence-missiles-uk"], supplier="By Clara")

    assert "Gustav" not in clara.get("/suggestions").text and "Clara Vogt" in clara.get("/suggestions").text
    assert "Gustav" in anna.get("/suggestions").text and "Clara Vogt" in anna.get("/suggestions").text
    assert clara.get(f"/suggestions/{theirs}").status_code == 404
    assert clara.get(f"/suggestions/{theirs + 1}").status_code == 200


def test_the_queue_filters_and_counts(guest, anna, app, ids):
    suggest(guest, ids["jan24-skynex-germany"], supplier="X")
    decide(anna, app, then="refuse", comment="No.")
    suggest(guest, ids["jan24-skynex-germany"], supplier="Y")

    assert "Waiting, 1" in words(anna.get("/suggestions").text)
    assert "Not accepted, 1" in words(anna.get("/suggestions?state=refused").text)
    for query in ("state=all", "state=nonsense", "beyond=x", "beyond=9999999999999999999", "pledge=-1", "state=open"):
        assert anna.get(f"/suggestions?{query}").status_code == 200


def test_editors_are_told_on_the_record_how_many_wait(guest, anna, ids):
    number = ids["jan24-skynex-germany"]
    suggest(guest, number, supplier="X")

    assert "1 suggestion waits." in record(anna, number)
    assert "suggestion waits" not in record(guest, number)


# ---- what an editor puts off


def set_cell(client, number, field, text, **more):
    seen = re.search(r'name="seen" value="(\d+)"', client.get(f"/pledges/{number}/cells/{field}?edit").text)[1]
    told = filled_cell(client, number, field) | {field: text, "seen": seen} | more
    return client.post(f"/pledges/{number}/cells/{field}", data=told, follow_redirects=False)


def filled_cell(client, number, field):
    return dict(form_of(client.get(f"/pledges/{number}/cells/{field}?edit").text))


def form_of(html):
    form = next(one for one in Page(html).all("form") if "panel" in one["class"])
    for one in form.walk():
        if one.tag == "input" and one["type"] not in ("radio", "checkbox") or one.tag == "textarea":
            yield one["name"], one["value"] or "\n".join(one.own_text)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_that_clashes_is_kept_for_later_and_decided_like_any_other(anna, ben, app, ids, htmx):
    number = ids["jan24-patriot-gem-t-joint-purchase"]
    mine = filled_cell(ben, number, "title") | {"title": f"Ben's title {htmx}"}
    set_cell(anna, number, "title", f"Anna's title {htmx}")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    clash = ben.post(f"/pledges/{number}/cells/title", data=mine)
    assert clash.status_code == 409
    later = dict(form_of(clash.text)) | {"then": "later"}
    answer = ben.post(f"/pledges/{number}/cells/title", data=later, headers=headers, follow_redirects=False)

    told = the_one(app)
    assert answer.headers["hx-redirect" if htmx else "location"] == f"/suggestions/{told.id}"
    assert (told.state, told.by, told.texts) == ("postponed", "Ben Okoro", {"title": f"Ben's title {htmx}"})
    assert "put off by its editor" in words(anna.get("/suggestions").text)
    decided = decide(anna, app, then="accept", **{"choice-title": "mine"})
    assert decided.status_code == 303 and f"Ben's title {htmx}" in record(anna, number)
