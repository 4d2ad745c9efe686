"""The API read by a program: the same records as on the pages, page by page, each with its version."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event

from app.domain.filter import Sort
from app.formats.record import told, value_from
from app.main import create_app
from app.store import editing, records
from app.store.history import Act
from tests.conftest import settings_of
from tests.routes import programs, reading
from tests.routes.programs import Program, paths

LISTS = ["pledges", "claims", "milestones", "links", "donors", "systems", "events", "packages", "sources", "changes"]
NUC = "event=nuc-2024-01-10"
# What does not depend on how the database answers.
ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def reader(app, guest) -> Program:
    """A program without a token."""
    return Program(app)


def all_pages(reader, address: str) -> list[dict]:
    """Every record of a list, one page after the other."""
    found = []
    while address:
        body = reader.get(address).json()
        found += body["data"]
        address = body["next"]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_on_to_its_end_and_comes_back_the_same_way(reader, name):
    whole = reader.get(f"/{name}?per=100&fields=id").json()["data"]
    first = reader.get(f"/{name}?per=3&fields=id").json()
    assert first["data"] == whole[:3] and first["previous"] is None
    if len(whole) <= 3:
        assert first["next"] is None
        return
    second = reader.get(first["next"]).json()
    assert second["data"] == whole[3:6]
    assert reader.get(second["previous"]).json()["data"] == whole[:3]


@ON_ONE
def test_the_header_says_where_a_list_goes_on(reader):
    first = reader.get("/claims?per=2")
    second = reader.get(re.fullmatch(r'<(.+)>; rel="next"', first.headers["link"])[1])

    assert 'rel="next"' in second.headers["link"] and 'rel="prev"' in second.headers["link"]
    assert "link" not in reader.get("/pledges?q=nothingofthekind").headers


def test_the_pages_of_a_list_hold_every_pledge_once(reader, guest):
    found = [one["id"] for one in all_pages(reader, "/pledges?per=40&fields=id&sort=value")]

    assert len(found) == len(set(found))
    assert {str(one) for one in found} == {row["id"] for row in reading.rows(guest.get("/pledges.csv"))}


@ON_ONE
@pytest.mark.parametrize("sort", [*Sort, "-announced", "-value"])
def test_every_order_is_that_of_the_pages(reader, guest, sort):
    listed = reader.get(f"/pledges?per=100&fields=id&sort={sort}&{NUC}").json()["data"]

    assert [str(one["id"]) for one in listed] == [
        row["id"] for row in reading.rows(guest.get(f"/pledges.csv?sort={sort}&{NUC}"))
    ]


@pytest.mark.parametrize(
    "query",
    [
        "donor=DE",
        "system=patriot&status=delivered",
        "group=NATO&year=2024",
        "q=iris-t",
        "as_of=2024-01-10",
        "lacks=value",
    ],
)
def test_a_filter_finds_what_the_pages_find(reader, guest, query):
    listed = {str(one["id"]) for one in all_pages(reader, f"/pledges?per=100&fields=id&{query}")}

    assert listed == {row["id"] for row in reading.rows(guest.get(f"/pledges.csv?{query}"))}
    assert listed


def test_as_of_a_day_the_list_tells_how_things_stood(reader, ids):
    now = {one["id"]: one["status"] for one in all_pages(reader, "/pledges?per=100&fields=id,status")}
    then = {one["id"]: one["status"] for one in all_pages(reader, "/pledges?per=100&fields=id,status&as_of=2024-01-10")}

    assert any(now[number] != status for number, status in then.items())


def test_the_list_and_the_record_say_the_same(reader):
    for row in reader.get(f"/pledges?{NUC}").json()["data"]:
        whole = reader.get(f"/pledges/{row['id']}").json()
        assert row == {name: whole[name] for name in row}


def test_a_pledge_is_told_whole_and_reads_back_as_the_record_that_is_kept(reader, database, ids):
    number = int(ids["jan24-patriot-gem-t-joint-purchase"])
    body = reader.get(f"/pledges/{number}").json()
    with database.reading() as db:
        kept = records.find(db, number)

    given = {name: value for name, value in body.items() if name in told(kept.pledge, whole=True)}
    assert value_from("pledge", given) == kept.pledge
    assert body["status"] == "contracted" and body["disputed"] == ["amount", "beneficiary"]
    assert body["names"]["system"][-1] and body["version"] == 1


def test_numbers_are_texts_and_what_is_not_known_is_null(reader, ids):
    british = reader.get(f"/pledges/{ids['jan24-air-defence-missiles-uk']}").json()
    silent = reader.get(f"/pledges/{ids['jan24-iris-t-slm-missiles-germany']}").json()

    assert british["quantity"] | {"words": ""} == {
        "qualifier": "about",
        "low": "180",
        "point": "200",
        "high": "220",
        "words": "",
    }
    assert silent["quantity"]["point"] is None
    assert silent["delivered"] == {"low": None, "point": None, "high": None, "reports": 1, "complete": False}


@ON_ONE
def test_some_fields_alone_are_told(reader):
    assert list(reader.get("/pledges?per=1&fields=title,id").json()["data"][0]) == ["title", "id"]
    assert list(reader.get("/pledges/1?fields=title").json()) == ["title"]
    assert list(reader.get("/changes?fields=author,at").json()["data"][0]) == ["author", "at"]


@ON_ONE
def test_what_somebody_has_already_is_not_sent_again(reader):
    tag = reader.get("/pledges/1").headers["etag"]

    for told_before in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = reader.get("/pledges/1", headers={"If-None-Match": told_before})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert reader.get("/pledges/1", headers={"If-None-Match": '"1.000000000000"'}).status_code == 200


@pytest.mark.parametrize("name", ["claims", "milestones", "links"])
def test_parts_across_pledges_are_those_of_the_pledges_of_the_filter(reader, name):
    found = all_pages(reader, f"/{name}?per=100&{NUC}")
    mine = {one["id"]: one for one in reader.get(f"/pledges?{NUC}").json()["data"]}
    whole = {number: reader.get(f"/pledges/{number}").json()[name] for number in mine}

    assert {one["pledge_id"] for one in found} <= set(mine)
    for number, parts in whole.items():
        listed = [one for one in found if one["pledge_id"] == number]
        beside = ("id", "pledge", "pledge_id", "to_id")
        alone = [{name: value for name, value in one.items() if name not in beside} for one in listed]
        assert without_words(alone) == without_words(parts)


def without_words(told):
    """The words of a claim and those of its number are kept in one column."""
    if isinstance(told, list):
        return [without_words(one) for one in told]
    if isinstance(told, dict):
        return {name: without_words(value) for name, value in told.items() if name != "words"}
    return told


def test_milestones_as_of_a_day_are_those_of_that_day_and_before(reader):
    found = all_pages(reader, "/milestones?per=100&as_of=2024-01-10&fields=dates")

    assert found and all(one["dates"]["latest"] <= "2024-01-10" for one in found)
    assert len(found) < len(all_pages(reader, "/milestones?per=100&fields=dates"))


@pytest.mark.parametrize(
    ("kind", "by"), [("donors", "code"), ("systems", "slug"), ("events", "slug"), ("packages", "id"), ("sources", "id")]
)
def test_what_pledges_refer_to_is_told_in_the_list_as_alone(reader, kind, by):
    for row in reader.get(f"/{kind}?per=5").json()["data"]:
        alone = reader.get(f"/{kind}/{row[by]}")
        assert in_any_order(row) == in_any_order({name: alone.json()[name] for name in row})
        assert alone.headers["etag"].startswith('"1.')


def in_any_order(told: dict) -> dict:
    return {name: sorted(value) if name == "sources" else value for name, value in told.items()}


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("donors?q=deutschland", "code", "DE"),
        ("donors?kind=coalition", "kind", "coalition"),
        ("systems?system=patriot", "slug", "patriot"),
        ("systems?q=skynex", "slug", "skynex"),
        ("sources?kind=parliament", "kind", "parliament"),
        ("events?donor=GB", "slug", "nuc-2024-01-10"),
        ("packages?donor=US", "donor", "US"),
    ],
)
def test_a_filter_of_what_pledges_refer_to_narrows_its_list(reader, address, name, value):
    found = all_pages(reader, f"/{address}&per=100")
    more = all_pages(reader, f"/{address.partition('?')[0]}?per=100")

    assert value in {one[name] for one in found}
    assert len(found) < len(more)


def test_a_filter_of_changes_narrows_their_list(own_database):
    with own_database.writing() as db:
        editing.edit(db, 1, 1, Act(author="Anna Lind", origin="api"), lambda pledge: replace(pledge, note="Seen"))
    with Program(create_app(settings_of(own_database), own_database)) as reader:
        whole = all_pages(reader, "/changes?per=100")
        found = {
            query: [one["origin"] for one in all_pages(reader, f"/changes?per=100&{query}")]
            for query in ("origin=seed", "author=Anna Lind", "record=pledge&origin=api", "since=2099-01-01")
        }

    assert found.pop("origin=seed") == [one["origin"] for one in whole][1:]
    assert found == {"author=Anna Lind": ["api"], "record=pledge&origin=api": ["api"], "since=2099-01-01": []}


def test_the_sums_are_those_of_the_acceptance_test(reader):
    told = reader.get(f"/totals?{NUC}&as_of=2024-01-10").json()
    sums = {(one["family"], one["role"], one["unit"]): one["pledged"] for one in told["items"]}

    missiles = sums["air-defence", "interceptor", "missile"]
    assert (missiles["low"], missiles["point"], missiles["high"], missiles["assumed"]) == ("180", "200", "220", True)
    assert {one["counting"] for one in told["left_out"]} == {"umbrella", "envelope"}
    assert all(one["reason"] for one in told["left_out"]) and told["records"] == 6


@pytest.mark.parametrize("by", ["donor", "system", "family", "month", "year"])
def test_sums_told_apart_come_to_the_whole(reader, by):
    apart, whole = reader.get(f"/totals?by={by}").json(), reader.get("/totals").json()

    assert apart["records"] == whole["records"]
    assert added_up(apart) == added_up(whole)
    assert {one["by"] for one in apart["items"]} - {None}


def added_up(told: dict) -> dict:
    """Records, members and points of each kind, and the euros, over whatever they are told apart by."""
    sums: dict = defaultdict(Counter)
    for one in told["items"]:
        pledged = one["pledged"]
        of = sums[one["family"], one["role"], one["unit"]]
        of.update(records=one["records"], members=pledged["members"], points=Decimal(pledged["point"]))
    for one in told["euros"]:
        sums["euros"].update(members=one["worth"]["members"], points=Decimal(one["worth"]["point"]))
    return sums


def test_a_draft_is_seen_by_editors_alone_and_what_was_deleted_says_so(own_database):
    app = create_app(settings_of(own_database), own_database)
    with Program(app) as reader:
        editor = programs.of(app, "anna")
        draft = editor.post(
            "/pledges?overrule=a+test", json={"lead": "DE", "title": "A secret", "state": "draft"}
        ).json()
        editor.delete("/pledges/1", headers={"If-Match": "*"})

        assert reader.get(f"/pledges/{draft['id']}").status_code == 404
        assert reader.get(f"/pledges/{draft['id']}/history").status_code == 404
        assert editor.get(f"/pledges/{draft['id']}").json()["state"] == "draft"
        assert reader.get("/pledges/1").status_code == 410
        assert [one["operation"] for one in reader.get("/pledges/1/history").json()["data"]] == ["delete", "create"]
        assert editor.get("/pledges/1").json()["state"] == "deleted"
        assert "A secret" not in reader.get("/pledges?q=secret").text + reader.get("/changes").text


def test_the_history_of_a_pledge_is_read_page_by_page(own_database):
    app = create_app(settings_of(own_database), own_database)
    with own_database.writing() as db:
        for version in range(1, 8):
            act = Act(author="Anna Lind", comment=f"The {version}th")
            editing.edit(db, 1, version, act, lambda pledge, n=version: replace(pledge, note=str(n)))
    with Program(app) as reader:
        found = all_pages(reader, "/pledges/1/history?per=3")
        assert [one["version"] for one in found] == [8, 7, 6, 5, 4, 3, 2, 1]
        middle = reader.get("/pledges/1/history?per=3&after=6").json()
        assert [one["version"] for one in reader.get(middle["previous"]).json()["data"]] == [8, 7, 6]


@pytest.mark.parametrize("name", [*LISTS, "totals"])
def test_a_list_asks_the_same_questions_however_many_it_shows(reader, database, name):
    def questions(per: int) -> int:
        asked = []

        def note(*told) -> None:
            asked.append(told[2])

        event.listen(database.reader, "before_cursor_execute", note)
        try:
            assert reader.get(f"/{name}?per={per}").status_code == 200
        finally:
            event.remove(database.reader, "before_cursor_execute", note)
        return len(asked)

    reader.get(f"/{name}")
    assert questions(2) == questions(100) <= 8


@ON_ONE
@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("pledges?status=promised", "status"),
        ("pledges?donor=", "donor"),
        ("pledges?per=0", "per"),
        ("pledges?per=101", "per"),
        ("pledges?per=1e2", "per"),
        ("pledges?after=-1", "after"),
        ("pledges?sort=;drop", "sort"),
        ("pledges?fields=id,colour", "fields"),
        ("pledges?fields=", "fields"),
        ("pledges?q=" + "x" * 201, "q"),
        ("pledges?as_of=2024-02-30", "as_of"),
        ("claims?system=death-star", "system"),
        ("donors?kind=planet", "kind"),
        ("systems?system=death-star", "system"),
        ("sources?kind=rumour", "kind"),
        ("changes?record=planet", "record"),
        ("changes?since=yesterday", "since"),
        ("changes?author=%E2%80%AEeve", "author"),
        ("totals?by=colour", "by"),
        ("pledges/1?fields=x", "fields"),
        ("pledges/1/history?per=1000", "per"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused_by_its_name(reader, address, path):
    answer = reader.get(f"/{address}")

    assert answer.status_code == 400
    assert path in paths(answer)


@ON_ONE
def test_what_is_compressed_is_the_same_document(reader):
    plain = reader.get("/pledges", headers={"Accept-Encoding": "identity"})

    assert json.loads(plain.content) == reader.get("/pledges", headers={"Accept-Encoding": "gzip"}).json()


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_so_many_questions_a_minute_are_answered_and_no_more(own_database):
    settings = settings_of(own_database).model_copy(update={"api_reads_a_minute": 3})
    with Program(create_app(settings, own_database)) as reader:
        statuses = [reader.get("/donors?per=1").status_code for _ in range(4)]
        last = reader.get("/donors?per=1")

    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.headers["content-type"] == "application/problem+json"
