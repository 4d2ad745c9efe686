"""What is told when a write cannot be done, and that reading goes on meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from fastapi import HTTPException
from sqlalchemy import text

from app.main import create_app
from app.settings import Settings
from app.store.database import Busy, Full
from app.web.errors import TOLD
from app.web.waiting import TO_WRITE, Waiting
from tests.conftest import Guest
from tests.store.test_database import held_by_another_program, with_a_row

ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # where it makes no difference
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def writer(own_database):
    """Somebody who writes into a table of their own, on each kind of database."""
    with_a_row(own_database)
    app = create_app(Settings(_env_file=None, database_url=own_database.url), own_database)

    def write(words: str = "") -> str:
        with own_database.writing() as db:
            db.execute(text("UPDATE scratch SET number = number + 1, words = :words WHERE id = 1"), {"words": words})
        return "saved"

    app.post("/scratch")(write)
    with Guest(app) as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        client.database = own_database
        yield client


@pytest.fixture(scope="module")
def refused(app):
    """Somebody who is refused whatever they ask for."""

    def refuse(status: int) -> None:
        raise HTTPException(status)

    def fail(how: str, times: int = 1) -> None:
        raise {"busy": Busy("Others write."), "full": Full("No room.")}[how]

    def answer() -> str:
        return "answered"

    app.post("/refused/{status}")(refuse)
    app.post("/asked-twice", dependencies=[TO_WRITE])(answer)
    app.api_route("/failed/{how}", methods=["GET", "POST"])(fail)
    with Guest(app) as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        yield client


def test_while_another_program_writes_pages_are_read_and_a_write_is_told_when_to_come_back(writer):
    with held_by_another_program(writer.database), ThreadPoolExecutor(12) as threads:
        start = monotonic()
        writes = [threads.submit(writer.post, "/scratch") for _ in range(12)]
        reads = 0
        while not all(write.done() for write in writes):
            begun = monotonic()
            assert writer.get("/pledges").status_code == 200
            assert monotonic() - begun < 4
            reads += 1
        told = [write.result() for write in writes]
        assert monotonic() - start < 7
    assert reads > 3
    assert {answer.status_code for answer in told} == {503}
    assert {answer.headers["retry-after"] for answer in told} == {"5"}
    assert "Nothing of yours was saved." in told[0].text and "going back shows what you had typed" in told[0].text
    assert writer.post("/scratch").json() == "saved"


def test_many_writes_wait_in_turn_and_all_are_done(writer):
    with ThreadPoolExecutor(20) as threads:
        answers = [done.result() for done in [threads.submit(writer.post, "/scratch") for _ in range(60)]]

    assert {answer.status_code for answer in answers} == {200}
    with writer.database.reading() as db:
        assert db.execute(text("SELECT number FROM scratch")).scalar_one() == 60


@ON_ONE
def test_a_route_that_asks_twice_for_a_place_takes_one(refused, app):
    app.state.waiting = Waiting(1)
    start = monotonic()

    assert refused.post("/asked-twice").json() == "answered"
    assert monotonic() - start < 2


@ON_ONE
def test_a_full_disk_is_told_and_reading_goes_on(refused):
    answer = refused.post("/failed/full")

    assert answer.status_code == 507
    assert "The disk of this server is full." in answer.text and "All records can be read" in answer.text
    assert refused.get("/pledges").status_code == 200


@ON_ONE
def test_a_reader_is_not_told_of_saving(refused):
    answer = refused.get("/failed/busy")

    assert answer.status_code == 503 and answer.headers["retry-after"] == "5"
    assert answer.text.startswith("The records cannot be read just now.") and "saved" not in answer.text


@ON_ONE
@pytest.mark.parametrize("status", TOLD)
def test_a_refusal_is_a_page_with_what_happened_and_where_to_go_on(refused, status):
    answer = refused.post(f"/refused/{status}")

    assert answer.status_code == status
    words = TOLD[status]
    for part in (words.title, words.happened, words.works, words.do):
        assert part in answer.text
    assert f'href="{words.href}"' in answer.text


@ON_ONE
@pytest.mark.parametrize("status", TOLD)
def test_htmx_is_given_the_sentence_alone(refused, status):
    answer = refused.post(f"/refused/{status}", headers=HTMX)

    assert answer.status_code == status
    assert answer.text == f"{TOLD[status].happened}\n"


@pytest.mark.parametrize("status", [401, 403, 404, 409, 410, 413, 422, 428, 429, 503, 507])
def test_whatever_editing_needs_has_words_of_its_own(status):
    words = TOLD[status]

    assert words.title and words.happened
    assert status == 404 or (words.works and words.do)


@ON_ONE
def test_an_address_that_is_misread_is_not_found_and_a_field_that_is_misread_is_told_so(refused):
    assert refused.post("/refused/many").status_code == 404
    answer = refused.post("/failed/busy?times=many")

    assert answer.status_code == 422 and TOLD[422].happened in answer.text


@ON_ONE
def test_more_than_is_taken_is_told(refused):
    answer = refused.post("/pledges", content=b"x" * 3_000_000)

    assert answer.status_code in (405, 413)
