"""The API written by a program: with a token, against the version that was read, in one act with its history."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.account import Scope
from app.main import create_app
from app.store import verifying
from app.web.api import examples
from tests.conftest import KINDS, _copy, settings_of
from tests.routes import programs
from tests.routes.programs import JSON, Program, paths

LEOPARDS = {
    "key": "leopards",
    "lead": "DE",
    "title": "Leopard 2 tanks",
    "system": "leopard-2",
    "role": "platform",
    "unit": "vehicle",
    "quantity": {"qualifier": "exact", "point": "18"},
    "announced": {"earliest": "2023-01-25", "latest": "2023-01-25"},
}
ANY = {"If-Match": "*"}


ON_BOTH = pytest.mark.parametrize("own_database", KINDS, indirect=True)  # where the database has a say


@pytest.fixture
def own_database(request, tmp_path_factory):
    yield from _copy(getattr(request, "param", "sqlite"), request, tmp_path_factory)


@pytest.fixture
def anna(own_database):
    """A program of an editor, on records of its own."""
    app = create_app(settings_of(own_database), own_database)
    with programs.of(app, "anna") as program:
        yield program


@pytest.fixture(scope="module")
def refused(request, tmp_path_factory):
    """A program of an editor, all of whose tries are refused: its records serve one test after the other."""
    for database in _copy("sqlite", request, tmp_path_factory):
        with programs.of(create_app(settings_of(database), database), "anna") as program:
            yield program
            assert [one["origin"] for one in program.get("/changes").json()["data"]] == ["seed"]


@pytest.fixture
def system(anna) -> str:
    """A system that the leopards are."""
    return anna.get("/systems?per=1").json()["data"][0]["slug"]


@pytest.fixture
def leopards(anna, system):
    """The leopards as they were made, and their ETag."""
    made = anna.post("/pledges", json=LEOPARDS | {"system": system})
    assert made.status_code == 201, made.text
    return made


def changes_of(anna) -> list[dict]:
    return anna.get("/changes").json()["data"]


@ON_BOTH
def test_a_pledge_is_made_and_stands_where_it_says(anna, leopards):
    told = anna.get(leopards.headers["location"])

    assert told.json() == leopards.json() and told.headers["etag"] == leopards.headers["etag"]
    assert told.json()["quantity"]["high"] == "18" and told.json()["version"] == 1
    first = changes_of(anna)[0]
    assert (first["author"], first["origin"], first["effects"][0]["key"]) == ("Anna Lind", "api", "leopards")


def test_a_key_is_made_where_none_is_told(anna):
    made = anna.post("/pledges", json={"lead": "NL", "title": "Generators"}).json()

    assert made["key"].startswith("p-")


@ON_BOTH
def test_a_key_that_is_taken_is_refused(anna, leopards):
    again = anna.post("/pledges?overrule=yes", json=LEOPARDS | {"system": None})

    assert again.status_code == 409
    assert paths(again) == {"key"}


def test_what_was_read_can_be_put_back_and_changes_nothing(anna, leopards):
    address, tag = leopards.headers["location"], leopards.headers["etag"]
    before = len(changes_of(anna))
    same = anna.put(address, json=leopards.json(), headers={"If-Match": tag})

    assert (same.status_code, same.headers["etag"]) == (200, tag)
    assert len(changes_of(anna)) == before


def test_a_whole_record_is_put_in_place_and_what_is_left_out_is_empty(anna, leopards):
    put = anna.put(
        leopards.headers["location"],
        json={"lead": "DE", "title": "Leopards", "note": "Anew."},
        headers={"If-Match": leopards.headers["etag"]},
        params={"comment": "The ministry says so"},
    )

    assert (put.json()["quantity"]["qualifier"], put.json()["key"], put.json()["version"]) == (
        "undisclosed",
        "leopards",
        2,
    )
    assert changes_of(anna)[0]["comment"] == "The ministry says so"


def test_a_part_changes_alone_and_null_empties(anna, leopards):
    address = leopards.headers["location"]
    noted = anna.patch(address, json={"note": "A note", "supplier": "KNDS"}, headers=ANY)
    emptied = anna.patch(address, json={"note": None}, headers={"If-Match": noted.headers["etag"]})

    assert (noted.json()["note"], noted.json()["quantity"]["point"]) == ("A note", "18")
    assert (emptied.json()["note"], emptied.json()["supplier"]) == ("", "KNDS")


def test_a_change_without_the_version_it_was_made_against_is_not_taken(anna, leopards):
    address = leopards.headers["location"]
    for answer in (anna.put(address, json={}), anna.patch(address, json={}), anna.delete(address)):
        assert answer.status_code == 428

    assert anna.get(address).json() == leopards.json()


@pytest.mark.parametrize("tag", ['W/"1.x"', '"2"', '"11"', '"x"', '""', '"2.000000000000", "3"'])
def test_a_version_that_has_passed_or_never_was_is_not_merged(refused, tag):
    address, title = "/pledges/1", refused.get("/pledges/1").json()["title"]
    for method in ("PUT", "PATCH"):
        answer = refused.request(method, address, json={"lead": "DE", "title": "x"}, headers={"If-Match": tag})
        assert (answer.status_code, answer.json()["version"]) == (412, 1)
    assert refused.delete(address, headers={"If-Match": tag}).status_code == 412

    assert refused.get(address).json()["title"] == title != "x"


@pytest.mark.parametrize("tag", ["1", '"1', "W/1", '"1" "2"'])
def test_a_version_that_cannot_be_read_is_refused(refused, tag):
    answer = refused.delete("/pledges/1", headers={"If-Match": tag})

    assert (answer.status_code, paths(answer)) == (400, {"If-Match"})


def test_a_change_of_another_field_by_somebody_else_is_never_merged(anna, leopards):
    address, tag = leopards.headers["location"], leopards.headers["etag"]
    anna.patch(address, json={"note": "Mine"}, headers={"If-Match": tag})

    assert anna.patch(address, json={"supplier": "KNDS"}, headers={"If-Match": tag}).status_code == 412
    assert anna.get(address).json()["supplier"] == ""


@ON_BOTH
def test_of_many_who_write_on_one_version_one_wins(anna, leopards):
    def write(number: int) -> int:
        headers = {"If-Match": leopards.headers["etag"]}
        return anna.patch(leopards.headers["location"], json={"note": f"From {number}"}, headers=headers).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(write, range(6)))

    assert statuses == [200, 412, 412, 412, 412, 412]


@ON_BOTH
def test_what_is_deleted_comes_back_by_its_state(anna, leopards):
    address = leopards.headers["location"]
    gone = anna.delete(address, headers={"If-Match": leopards.headers["etag"]})
    back = anna.patch(address, json={"state": "published"}, headers={"If-Match": gone.headers["etag"]})

    assert (gone.status_code, gone.content) == (204, b"")
    assert back.json() | {"version": 1, "address": "", "updated_at": ""} == leopards.json() | {
        "version": 1,
        "address": "",
        "updated_at": "",
    }
    history = anna.get(f"{address}/history").json()["data"]
    assert [one["operation"] for one in history] == ["restore", "delete", "create"]


def test_a_figure_that_changes_without_its_claims_has_no_source_any_more(anna, leopards):
    address = leopards.headers["location"]
    source = anna.post("/sources", json=examples.given("source")).json()["key"]
    quantity = {"qualifier": "exact", "point": "18"}
    claim = {"field": "quantity", "source": source, "quantity": quantity, "rank": "preferred"}
    sourced = anna.patch(address, json={"claims": [claim]}, headers=ANY).json()
    changed = anna.patch(address, json={"quantity": {"qualifier": "exact", "point": "20"}}, headers=ANY).json()

    assert (sourced["claims"][0]["rank"], sourced["confidence"]) == ("preferred", "probable")
    assert changed["claims"][0]["rank"] == "normal"


def test_every_fault_is_named_by_its_path(anna):
    answer = anna.post(
        "/pledges",
        json={
            "title": "",
            "lead": "XX",
            "colour": "red",
            "quantity": {"qualifier": "exact"},
            "claims": [
                {"field": "quantity", "source": "nobody", "quantity": {"qualifier": "about", "point": 1, "low": 3}}
            ],
        },
    )

    assert answer.status_code == 422
    assert paths(answer) == {"title", "colour", "quantity.point", "claims[0].quantity.low"}
    assert answer.json()["type"] == "/api/docs#status-422"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"lead": "XX"}, "lead"),
        ({"system": "death-star"}, "system"),
        ({"event": "yalta"}, "event"),
        ({"package": "none"}, "package"),
        ({"claims": [{"field": "quantity", "source": "nobody"}]}, "claims[0].source"),
        ({"milestones": [{"status": "delivered", "source": "nobody"}]}, "milestones[0].source"),
        ({"parties": [{"donor": "XX", "role": "donor"}]}, "parties[0].donor"),
        ({"links": [{"kind": "part_of", "to": "nothing"}]}, "links[0].to"),
        ({"state": "deleted"}, "state"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_not_there_is_named_by_its_path(refused, given, path):
    answer = refused.post("/pledges", json={"lead": "DE", "title": "Something", **given})

    assert (answer.status_code, paths(answer)) == (422, {path})


def test_the_key_of_a_pledge_stays(anna, leopards):
    for method in ("PUT", "PATCH"):
        answer = anna.request(method, leopards.headers["location"], json=LEOPARDS | {"key": "tigers"}, headers=ANY)
        assert (answer.status_code, paths(answer)) == (422, {"key"})


@ON_BOTH
def test_links_that_lead_back_are_refused(anna, leopards):
    other = anna.post(
        "/pledges", json={"lead": "NL", "title": "Spares", "links": [{"kind": "part_of", "to": "leopards"}]}
    )
    answer = anna.patch(
        leopards.headers["location"], json={"links": [{"kind": "part_of", "to": other.json()["key"]}]}, headers=ANY
    )

    assert (answer.status_code, paths(answer)) == (422, {"links"})


def test_what_looks_wrong_is_asked_about_and_can_be_overruled(anna, leopards):
    twin = LEOPARDS | {"key": "twins", "system": leopards.json()["system"]}
    asked = anna.post("/pledges", json=twin)
    made = anna.post("/pledges", params={"overrule": "Another eighteen"}, json=twin)

    assert asked.status_code == 422 and asked.json()["warnings"][0]["path"] == "title"
    assert made.status_code == 201
    assert "Another eighteen" in changes_of(anna)[0]["comment"]


@ON_BOTH
@pytest.mark.parametrize("kind", ["source", "event", "package", "system"])
def test_what_pledges_refer_to_is_made_changed_and_put(anna, kind):
    if kind != "source":
        anna.post("/sources", json=examples.given("source"))
    made = anna.post(f"/{kind}s", json=examples.given(kind))
    assert made.status_code == 201, made.text
    address = made.headers["location"]
    assert anna.patch(address, json={}).status_code == 428

    name = "name" if kind == "system" else "title"
    changed = anna.patch(address, json={name: "Renamed"}, headers={"If-Match": made.headers["etag"]})
    stale = anna.put(address, json=made.json(), headers={"If-Match": made.headers["etag"]})
    put = anna.put(address, json=made.json(), headers={"If-Match": changed.headers["etag"]})

    assert (changed.json()[name], changed.json()["version"]) == ("Renamed", 2)
    assert stale.status_code == 412
    assert put.json() == made.json() | {"version": 3}
    assert changes_of(anna)[0]["effects"][0]["record"] == kind


def test_a_donor_is_changed_and_its_code_stays(anna):
    sweden = anna.get("/donors/SE")
    changed = anna.patch("/donors/SE", json={"name_de": "Königreich"}, headers={"If-Match": sweden.headers["etag"]})
    renamed = anna.patch("/donors/SE", json={"code": "SW"}, headers=ANY)

    assert changed.json()["name_de"] == "Königreich"
    assert (renamed.status_code, paths(renamed)) == (422, {"code"})
    assert anna.post("/donors", json={"code": "SE", "name": "Sweden again"}).status_code == 409


@pytest.mark.parametrize(
    ("kind", "given", "path"),
    [
        ("sources", {"title": ""}, "url"),
        ("sources", {"url": "javascript:x"}, "url"),
        ("events", {"title": "A", "sources": ["nobody"]}, "sources[0]"),
        ("packages", {"title": "A", "donor": "XX"}, "donor"),
        ("donors", {"name": "Freedonia", "code": "FREE"}, "code"),
        ("systems", {"name": "Nowhere", "code": "XX.YY"}, "code"),
    ],
)
def test_what_is_wrong_with_them_is_named_by_its_path(refused, kind, given, path):
    answer = refused.post(f"/{kind}", json=given)

    assert (answer.status_code, paths(answer)) == (422, {path})


def test_an_address_that_is_known_makes_no_second_source(anna):
    anna.post("/sources", json=examples.given("source"))
    again = anna.post("/sources", json=examples.given("source") | {"key": "another"})

    assert (again.status_code, paths(again)) == (422, {"url"})


# ---- many at once


def many(*titles: str) -> list[dict]:
    return [{"key": f"k-{number}", "lead": "DE", "title": title} for number, title in enumerate(titles)]


@ON_BOTH
def test_many_pledges_are_put_by_their_keys_as_one_change(anna):
    first = anna.put("/pledges", params={"comment": "From the list"}, json=many("One", "Two", "Three")).json()["data"]
    again = anna.put("/pledges", json=many("One", "Two anew", "Three", "Four")).json()["data"]

    assert [one["result"] for one in first] == ["created"] * 3
    assert [one["result"] for one in again] == ["unchanged", "updated", "unchanged", "created"]
    assert [one["version"] for one in again] == [1, 2, 1, 1]
    assert [one["id"] for one in first] == [one["id"] for one in again[:3]]
    newest = changes_of(anna)[:2]
    assert [(one["count"], one["comment"]) for one in newest] == [(2, ""), (3, "From the list")]


def test_a_row_that_is_wrong_refuses_all_of_them(anna):
    rows = [*many("One", "Two"), {"key": "bad", "lead": "XX", "title": "Three"}, {"title": "x"}, 7]
    before = len(changes_of(anna))
    answer = anna.put("/pledges", json=rows)

    assert answer.status_code == 422
    results = answer.json()["results"]
    assert [one["result"] for one in results] == ["not_saved", "not_saved", "refused", "refused", "refused"]
    assert [one["path"] for one in results[3]["errors"]] == ["key"]
    assert len(changes_of(anna)) == before


@ON_BOTH
def test_row_by_row_those_that_are_right_are_written(anna):
    rows = [*many("One", ""), {"key": "bad", "lead": "XX", "title": "Three"}, *many("Twice")]
    results = anna.put("/pledges", params={"mode": "each"}, json=rows).json()["data"]

    assert [one["result"] for one in results] == ["created", "refused", "refused", "refused"]
    assert [one["errors"][0]["path"] for one in results[1:]] == ["title", "lead", "key"]
    assert anna.get("/pledges?q=one&fields=key").json()["data"]


def test_a_row_that_was_read_before_somebody_changed_it_is_refused(anna, leopards):
    anna.patch(leopards.headers["location"], json={"note": "Meanwhile"}, headers=ANY)
    refused = anna.put("/pledges?mode=each", json=[leopards.json()])
    results = refused.json()["results"]

    assert refused.status_code == 422
    assert results[0]["errors"][0]["path"] == "version"


def test_rows_may_link_to_one_another_and_never_round(anna):
    one, two = many("One", "Two")
    linked = [one, two | {"links": [{"kind": "part_of", "to": "k-0"}]}]
    assert anna.put("/pledges", json=linked).status_code == 200
    round_ = anna.put("/pledges", json=[one | {"links": [{"kind": "part_of", "to": "k-1"}]}, linked[1]])
    fresh = [{**row, "key": f"f-{place}"} for place, row in enumerate(many("A", "B"))]
    fresh[0]["links"], fresh[1]["links"] = ([{"kind": "related", "to": key}] for key in ("f-1", "f-0"))

    assert (round_.status_code, paths(round_)) == (422, {"links"})
    assert anna.put("/pledges", json=fresh).status_code == 422


@ON_BOTH
def test_a_row_never_goes_to_a_deleted_record_unsaid(anna, leopards):
    anna.delete(leopards.headers["location"], headers=ANY)
    row = LEOPARDS | {"title": "Anew"}
    answer = anna.put("/pledges", json=[row])
    refused = answer.json()["results"][0]

    assert (answer.status_code, refused["result"], refused["errors"][0]["path"]) == (422, "refused", "state")
    assert "deleted" in refused["errors"][0]["detail"]
    assert results_of(anna, [row | {"state": "deleted"}]) == ["updated"]
    assert results_of(anna, [row | {"state": "published"}]) == ["updated"]
    assert anna.get(leopards.headers["location"]).json()["title"] == "Anew"


def linked(row: dict, *to: str) -> dict:
    return row | {"links": [{"kind": "part_of", "to": key} for key in to]}


def results_of(anna, rows: list[dict]) -> list[str]:
    answer = anna.put("/pledges", params={"mode": "each"}, json=rows)
    assert answer.status_code == 200, answer.text
    return [one["result"] for one in answer.json()["data"]]


@ON_BOTH
def test_whoever_links_to_a_row_that_is_refused_is_refused_too(anna):
    wrong, second, third, alone = many("Wrong", "Second", "Third", "Alone")
    rows = [wrong | {"lead": "ZZ"}, linked(third, "k-1"), linked(second, "k-0"), alone]

    assert results_of(anna, rows) == ["refused", "refused", "refused", "created"]
    assert results_of(anna, [wrong, *rows[1:]]) == ["created", "created", "created", "unchanged"]


@ON_BOTH
def test_row_by_row_a_circle_is_refused_and_the_others_are_made(anna):
    one, two, behind, alone = many("One", "Two", "Behind", "Alone")
    rows = [linked(one, "k-1"), linked(two, "k-0"), linked(behind, "k-0"), alone]

    assert results_of(anna, rows) == ["refused", "refused", "refused", "created"]


def test_a_circle_that_is_closed_by_the_links_that_stay_is_refused(anna):
    one, two, three, alone = many("One", "Two", "Three", "Alone")
    assert results_of(anna, [linked(one, "k-1"), two]) == ["created", "created"]
    rows = [linked(one, "k-2"), linked(two, "k-0"), linked(three, "k-0"), alone]

    assert results_of(anna, rows) == ["refused", "refused", "refused", "created"]


@pytest.mark.parametrize("rows", [{}, "x", [{}] * 1001])
def test_what_is_no_list_or_too_long_a_one_is_refused(refused, rows):
    assert refused.put("/pledges", json=rows).status_code == 422


def test_a_thousand_rows_are_put_within_the_time_of_a_write(anna, own_database):
    rows = [{"key": f"m-{number:04}", "lead": "DE", "title": f"Pledge {number}"} for number in range(1000)]
    answer = anna.put("/pledges", json=rows)

    assert answer.status_code == 200
    assert {one["result"] for one in answer.json()["data"]} == {"created"}
    assert anna.put("/pledges", json=rows).json()["data"][999]["result"] == "unchanged"


@ON_BOTH
def test_what_programs_have_written_is_what_would_be_worked_out_anew(anna, leopards, own_database):
    address = leopards.headers["location"]
    anna.patch(address, json={"milestones": [{"basis": "complete", "dates": {"latest": "2023-03-27"}}]}, headers=ANY)
    anna.put("/pledges", json=many("One", "Two"))
    anna.delete(address, headers=ANY)

    assert list(verifying.differences(own_database)) == []


# ---- who may


def test_nobody_writes_without_a_token_that_may(anna, own_database):
    app = anna.app
    for method, address in (
        ("POST", "/pledges"),
        ("PUT", "/pledges/1"),
        ("PATCH", "/sources/1"),
        ("DELETE", "/pledges/1"),
    ):
        for program, status in (
            (Program(app), 401),
            (Program(app, "ap_nothing"), 401),
            (programs.of(app, "clara"), 403),
            (programs.of(app, "anna", Scope.READ), 403),
        ):
            answer = program.request(method, address, content=b"\xff", headers={"Content-Type": "x"})
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            assert ("www-authenticate" in answer.headers) == (status == 401)


def test_a_token_that_is_none_reads_nothing(anna):
    answer = Program(anna.app, "ap_nothing").get("/pledges")

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_what_only_we_say_cannot_be_set(anna, leopards):
    given = leopards.json() | {"id": 1, "version": 99, "status": "delivered", "confidence": "confirmed"}
    answer = anna.put(leopards.headers["location"], json=given, headers=ANY).json()

    assert (answer["id"], answer["version"], answer["status"]) == (leopards.json()["id"], 1, "announced")


def test_a_json_text_with_numbers_keeps_every_digit(anna, leopards):
    body = b'{"quantity": {"qualifier": "exact", "point": 48.333333}}'
    answer = anna.patch(leopards.headers["location"], content=body, headers=ANY | {"Content-Type": JSON})

    assert answer.json()["quantity"]["point"] == "48.333333"
    assert json.loads(answer.content)["quantity"]["low"] == "48.333333"
