"""A press release entered as a table: one package, one source, a pledge a line, one change; nothing typed is lost."""

from itertools import count as count_up

import pytest

from app.domain.claim import ClaimField, Rank
from app.domain.days import MONTHS
from app.domain.pledge import State
from app.domain.quantity import Qualifier
from app.domain.system import Role, Unit
from app.store import records, verifying
from app.store.columns import core
from app.store.tables import Pledge
from tests.owed import Page
from tests.routes.test_referred import count, sheet, sheet_of, told

PLEDGE = core(Pledge)
TIMES = count_up(step=5)  # of fortnights
ADDRESS = "/announcements/new"
HEAD = {
    "donor": "United Kingdom",
    "title": "Spring package",
    "announced": "12 March 2021",
    "total": "£2.5bn",
    "source": "https://www.gov.example/spring",
    "source_title": "The spring package",
    "comment": "From the ministry’s page.",
}
LINES = {
    "title-1": "Air-defence missiles",
    "system-1": "patriot",
    "quantity-1": "about 200",
    "quote-1": "around 200 air-defence missiles",
    "title-2": "IRIS-T SLM",
    "system-2": "iris-t-slm",
    "quantity-2": "undisclosed",
    "title-3": "Spare parts",
    "amount-3": "EUR 5m",
}


@pytest.fixture
def pledges(app):
    """What a package holds, in the order of its lines."""

    def found(address: str):
        number = int(address.rpartition("/")[2])
        with app.state.database.reading() as db:
            ids = db.execute(PLEDGE.select().where(PLEDGE.c.package_id == number).order_by(PLEDGE.c.id)).all()
            return [records.find(db, row.id) for row in ids]

    return found


def enter(client, **changes):
    """Each at another time and from another source, so that none looks like the one before."""
    number = next(TIMES)
    apart = {
        "announced": f"{1 + number % 2 * 14} {MONTHS[number // 2 % 12]} {2014 + number // 24}",
        "source": f"https://www.gov.example/spring/{number}",
    }
    return client.post(ADDRESS, data=HEAD | LINES | apart | changes, follow_redirects=False)


def package_of(answer) -> str:
    assert answer.status_code == 303, told(answer)[-3000:]
    return answer.headers["location"]


def typed(answer) -> dict[str, str]:
    """What stands in the form of an answer."""
    return dict(sheet_of(Page(answer.text)))


def kept(answer, **sent) -> bool:
    stands = typed(answer)
    return all(stands.get(name) == value for name, value in sent.items())


def test_a_press_release_becomes_a_package_a_source_and_a_pledge_a_line_in_one_change(anna, app, pledges):
    before = count(app)
    address = package_of(enter(anna))

    assert count(app) == before + 1
    missiles, iris, parts = pledges(address)
    assert {one.pledge.lead for one in (missiles, iris, parts)} == {"GB"}
    assert (missiles.pledge.quantity.qualifier, missiles.pledge.quantity.point) == (Qualifier.ABOUT, 200)
    assert (missiles.pledge.role, missiles.pledge.unit) == (Role.INTERCEPTOR, Unit.MISSILE)
    assert (iris.pledge.role, iris.pledge.unit) == (Role.COMPLETE_SYSTEM, Unit.SYSTEM)
    assert iris.pledge.quantity.qualifier is Qualifier.UNDISCLOSED
    assert (parts.pledge.role, parts.pledge.amount.point) == (Role.FUNDING, 5_000_000)
    page = told(anna.get(address))
    assert all(text in page for text in ("Spring package", "United Kingdom", "2.5", "The spring package"))


def test_what_a_line_says_is_claimed_by_the_source(anna, pledges):
    missiles, iris, parts = pledges(package_of(enter(anna)))

    def claims(record):
        assert {claim.rank for claim in record.pledge.claims} == {Rank.PREFERRED}
        return {claim.field for claim in record.pledge.claims}

    assert claims(missiles) == claims(iris) == {ClaimField.QUANTITY, ClaimField.ANNOUNCED}
    assert claims(parts) == {ClaimField.AMOUNT, ClaimField.ANNOUNCED}
    assert missiles.pledge.claims[0].quote == "around 200 air-defence missiles"


def test_a_known_source_is_taken_as_it_is(anna, app, pledges):
    before = told(anna.get("/sources/3"))
    url = dict(sheet(anna, "/sources/3/edit"))["url"]
    first = pledges(package_of(enter(anna, source=url, publisher="Somebody else")))[0]

    assert first.pledge.claims[0].source in {one.source for one in first.pledge.claims}
    assert "Somebody else" not in told(anna.get("/sources/3")) and "Spring" not in before


def test_drafts_are_seen_by_editors_alone(anna, guest, pledges):
    address = package_of(enter(anna, then="draft", source=""))

    assert {one.state for one in pledges(address)} == {State.DRAFT}
    assert "Air-defence missiles" in told(anna.get(address))
    assert "Air-defence missiles" not in told(guest.get(address))


def test_a_line_that_is_left_out_is_not_saved(anna, pledges):
    address = package_of(enter(anna, **{"out-2": "yes"}))

    assert [one.pledge.title for one in pledges(address)] == ["Air-defence missiles", "Spare parts"]


def test_a_form_that_is_sent_twice_is_saved_once(anna, app):
    key = typed(anna.get(ADDRESS))["key"]
    first = package_of(enter(anna, key=key))
    before = count(app)

    assert package_of(enter(anna, key=key)) == first
    assert count(app) == before


def test_looking_over_tells_how_each_line_is_read_and_writes_nothing(anna, app):
    before = count(app)
    answer = enter(anna, then="look")

    said = " ".join(told(answer).split())
    assert answer.status_code == 200 and count(app) == before
    assert "Reads as about 200 missiles" in said and "Patriot · interceptor" in said
    assert "undisclosed · IRIS-T SLM · complete system · counted in systems" in said
    assert kept(answer, **LINES)


def test_a_likely_double_and_a_doubt_are_asked_about_before_the_save(anna, app, ids):
    lines = {"title-1": "Missiles", "system-1": "air-defence", "role-1": "interceptor", "unit-1": "missile"}
    lines |= {"quantity-1": "9,000,000"}
    head = HEAD | {"announced": "29 December 2023", "source": ""}
    before = count(app)
    answer = anna.post(ADDRESS, data=head | lines, follow_redirects=False)

    assert answer.status_code == 422 and count(app) == before
    assert f'href="/pledges/{ids["jan24-air-defence-missiles-uk"]}"' in answer.text
    assert "more than ten times the largest number" in told(answer)
    assert kept(answer, **lines)
    again = anna.post(ADDRESS, data=head | lines | {"overrule": "It is so."}, follow_redirects=False)
    assert again.status_code == 303


def test_more_lines_keep_what_stands_in_the_first(anna):
    answer = enter(anna, then="more")

    assert answer.status_code == 200 and "title-16" in typed(enter(anna, then="more", **{"title-8": ""}))
    assert kept(answer, **LINES, **{name: HEAD[name] for name in ("donor", "title", "total", "comment")})


def test_a_pasted_table_fills_the_lines_below_those_that_hold_something(anna, app):
    before = count(app)
    table = "about 200\tair-defence missiles\tpatriot\n2 Skynex systems\nsomething; else\n"
    stands = typed(enter(anna, then="paste", pasted=table))

    assert count(app) == before
    assert (stands["title-3"], stands["title-4"]) == ("Spare parts", "air-defence missiles")
    assert (stands["quantity-4"], stands["system-4"]) == ("about 200", "patriot")
    assert (stands["quantity-5"], stands["title-5"], stands["system-5"]) == ("2", "Skynex systems", "Skynex")
    assert stands["title-6"] == "something, else" and stands["pasted"] == ""


def test_what_does_not_fit_a_hundred_lines_stays_in_the_box(anna):
    table = "\n".join(f"{number} lorries of kind {number}" for number in range(1, 121))
    answer = anna.post(ADDRESS, data=HEAD | {"then": "paste", "pasted": table})

    stands = typed(answer)
    assert answer.status_code == 422 and stands["title-100"] == "lorries of kind 100"
    assert stands["pasted"].split("\n")[0] == "101 lorries of kind 101" and stands["pasted"].count("\n") == 19


# No choice holds the first two, and each announcement has the others of its own.
DIFFERS = ("source_kind", "role-2", "announced", "source")
BAD = {
    "too large a number": ({"quantity-1": "10^30"}, "quantity-1"),
    "a number beyond the database": ({"quantity-1": "9" * 31}, "quantity-1"),
    "not a number": ({"quantity-1": "NaN"}, "quantity-1"),
    "no amount": ({"amount-3": "NaN"}, "amount-3"),
    "no such day": ({"announced": "2024-02-30"}, "announced"),
    "long ago": ({"announced": "1999"}, "announced"),
    "no title": ({"title": ""}, "title"),
    "a line without a title": ({"title-1": " "}, "title-1"),
    "no donor": ({"donor": ""}, "donor"),
    "an unknown donor": ({"donor": "Atlantis"}, "donor"),
    "an unknown system": ({"system-1": "zzz"}, "system-1"),
    "an unknown meeting": ({"event": "zzz"}, "event"),
    "an unknown source": ({"source": "zzz"}, "source"),
    "a kind that is none": ({"source_kind": "gossip"}, "source_kind"),
    "a role that is none": ({"role-2": "gossip"}, "role-2"),
    "a long quote": ({"quote-1": "a" * 301}, "quote-1"),
    "a long title": ({"title-1": "a" * 100_000}, "title-1"),
    "a long comment": ({"comment": "a" * 501}, "comment"),
    "signs that turn the text": ({"title-2": "IRIS\u202e-T"}, "title-2"),
    "a sign nobody sees in the comment": ({"comment": "a\u200eb"}, "comment"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_told_beside_its_field_and_nothing_is_lost(anna, app, name):
    changes, field = BAD[name]
    before = count(app)
    answer = enter(anna, **changes)

    assert answer.status_code == 422 and count(app) == before
    page = Page(answer.text)
    wrong = next(one for one in page.all("input", "select") if one["name"] == field)
    assert wrong["aria-invalid"] == "true"
    assert any(one["href"] == f"#{wrong['id']}" for one in page.all("a"))
    whole = {one: text for one, text in (HEAD | LINES | changes).items() if one not in DIFFERS}
    assert kept(answer, **whole)


@pytest.mark.parametrize("changes", [{"admin": "yes"}, {"title-101": "x"}, {"title-0": "x"}, {"seen": "1"}])
def test_a_field_that_the_form_does_not_have_is_refused(anna, app, changes):
    before = count(app)

    assert enter(anna, **changes).status_code == 422
    assert count(app) == before


def test_a_press_release_without_a_line_is_none(anna, app):
    before = count(app)
    answer = anna.post(ADDRESS, data=HEAD)

    assert answer.status_code == 422 and "fill in at least one line" in told(answer)
    assert count(app) == before


def test_what_the_address_tells_stands_in_the_form(anna):
    stands = typed(anna.get(f"{ADDRESS}?donor=DE&event=nuc-2024-01-10&title-1=Missiles"))

    assert (stands["donor"], stands["event"], stands["title-1"]) == ("DE", "nuc-2024-01-10", "Missiles")


def test_afterwards_all_that_follows_from_the_records_is_as_the_rules_give_it(app):
    assert list(verifying.differences(app.state.database)) == []
