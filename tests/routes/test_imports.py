"""Files read in by the pages: sent, looked at, written, taken back; and those that are none."""

import json
from dataclasses import replace
from html import unescape

import pytest

from app.domain.import_run import ImportState
from app.importing import job
from app.settings import Settings
from app.store import import_runs
from app.store.database import Full
from app.web.words import gettext
from tests.conftest import _copy
from tests.formats.hostile import FILES
from tests.importing.cast import edit

PLEDGE = {"key": "own-1", "lead": "DE", "title": "Boats for Odesa", "aid": "military", "system": "leopard-2"}


@pytest.fixture(scope="module", params=["sqlite"])
def database(request, tmp_path_factory):
    """Its own, since these write."""
    yield from _copy(request.param, request, tmp_path_factory)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """The journeys try the process of its own; here the work is done before the answer."""
    monkeypatch.setattr("app.importing.starting.start", lambda database, number: job.run(database, SEED, number))


SEED = Settings(_env_file=None).seed


def send(person, content, name="records.jsonl", **fields):
    body = content if isinstance(content, bytes) else "\n".join(json.dumps(one) for one in content).encode()
    return person.post("/imports", data=fields, files={"file": (name, body)}, follow_redirects=True)


def step(person, answer, do, **more):
    number = answer.url.path.split("/")[2]
    return person.post(f"/imports/{number}/steps", data={"do": do, **more}, follow_redirects=True)


def test_a_file_is_looked_at_before_anything_is_written(ada, guest):
    answer = send(ada, [PLEDGE | {"key": "looked-at"}])

    assert "Boats for Odesa" not in guest.get("/pledges?q=odesa").text
    assert "Write 1 pledge" in answer.text
    assert "Boats for Odesa" in ada.get(f"{answer.url.path}?outcome=added").text


def test_what_was_looked_at_is_written_and_taken_back_whole(ada, guest):
    answer = send(ada, [PLEDGE | {"key": "there-and-back", "title": "Ferries"}])
    written = step(ada, answer, "write")
    assert "Written whole" in written.text
    assert "Ferries" in guest.get("/pledges?q=ferries").text

    back = step(ada, answer, "undo")
    assert "Taken back whole" in back.text
    assert "Ferries" not in guest.get("/pledges?q=ferries").text


def test_a_refused_row_says_where_and_why(ada):
    answer = send(ada, [PLEDGE | {"key": "refused-1", "lead": "XX"}])
    told = ada.get(f"{answer.url.path}?outcome=refused").text

    assert "There is no donor of this code. (XX)" in told and "row 1" in told


def test_a_file_that_cannot_be_read_can_be_read_as_something_else(ada):
    answer = send(ada, b"no records at all", "what.bin")
    assert 'role="alert"' in answer.text and "Read it again" in answer.text

    again = step(ada, answer, "read", importer="jsonl", release="")
    assert "outcome=refused" in again.text


def test_no_file_and_an_unknown_kind_are_told_at_their_fields(ada):
    answer = ada.post("/imports", data={"release": "", "importer": "magic"}, files={"file": ("empty.csv", b"")})

    assert answer.status_code == 422
    assert "Choose a file to read." in answer.text and "Choose one of the values" in answer.text


def test_a_file_of_more_than_ten_megabytes_is_not_taken(ada, database):
    with database.reading() as db:
        before = len(import_runs.latest(db))
    answer = ada.post("/imports", files={"file": ("large.csv", b"x" * (12 * 1024 * 1024))})

    assert answer.status_code == 413
    with database.reading() as db:
        assert len(import_runs.latest(db)) == before


@pytest.mark.parametrize("name", ["cut in half", "lying directory"])
def test_a_hostile_file_is_refused_with_a_sentence_and_nothing_of_it_stays(ada, database, name):
    hostile = FILES[name]
    answer = send(ada, hostile.make(), "release_99.xlsx")

    assert answer.status_code == 200
    assert gettext(hostile.sentence)[:40] in unescape(answer.text)
    with database.reading() as db:
        number = int(answer.url.path.split("/")[2])
        assert import_runs.find(db, number).state is ImportState.REFUSED
        assert import_runs.every(db, number) == []


def test_a_disk_that_is_full_leaves_nothing_and_the_page_says_so(ada, database, monkeypatch):
    answer = send(ada, [PLEDGE | {"key": "no-room", "title": "Barges"}])

    def full(*_, **__):
        raise Full("No room.")

    monkeypatch.setattr("app.store.lines.remember", full)
    told = step(ada, answer, "write")
    assert "There is no room left" in told.text and "Write 1 pledge" in told.text
    monkeypatch.undo()
    monkeypatch.setattr("app.importing.starting.start", lambda database, number: job.run(database, SEED, number))
    assert "Written whole" in step(ada, answer, "write").text


def test_an_edit_between_the_look_and_the_writing_is_shown_before_anything_is_written(ada, database):
    step(ada, send(ada, [PLEDGE | {"key": "edited", "title": "Rafts"}]), "write")
    answer = send(ada, [PLEDGE | {"key": "edited", "title": "Rafts", "note": "From the file."}])
    edit(database, "edited", lambda pledge: replace(pledge, title="Rafts and oars"))

    told = step(ada, answer, "write").text
    assert "compared anew" in told and "Write 1 pledge" in told


def test_whoever_has_a_file_written_stands_in_the_history(ada, app, database):
    answer = send(ada, [PLEDGE | {"key": "sent-by-ada", "title": "Tugs"}])
    with database.writing() as db:
        import_runs.put(db, int(answer.url.path.split("/")[2]), author="Zoe", account_id=None)
    step(ada, answer, "write")

    assert "Ada Novak" in ada.get("/changes?origin=import").text.split("records.jsonl")[0]


def test_work_that_has_ended_keeps_nobody_from_sending_another_file(ada, database, monkeypatch):
    for number in range(3):
        with database.writing() as db:
            run = import_runs.add(db, import_runs.Upload(name=f"{number}", digest="x", body=b""))
            import_runs.put(db, run, beat_at=import_runs.now() - 2 * import_runs.SILENT)

    assert send(ada, [PLEDGE | {"key": "after-the-dead"}]).status_code == 200


@pytest.mark.parametrize("text", ["\u202eabc", "a\nb", "a\0b"])
def test_signs_that_nobody_sees_are_refused_with_a_sentence(ada, text):
    for path, data in (
        ("/imports/names", {"kind": "item", "name": text, "target": ""}),
        ("/imports/1/steps", {"do": text}),
    ):
        assert ada.post(path, data=data).status_code == 422
    assert ada.post("/imports", data={"release": text}, files={"file": ("a.csv", b"a")}).status_code == 422
    assert ada.get("/imports/names", params={"q": text}).status_code == 422
    assert ada.get("/imports/names?run=\u00b2").status_code == 200


def test_what_was_left_alone_cannot_be_written(ada):
    answer = send(ada, [PLEDGE | {"key": "left-alone"}])
    number = answer.url.path.split("/")[2]
    ada.post(f"/imports/{number}/end")

    assert step(ada, answer, "write").status_code == 409
    assert "left alone" in ada.get(f"/imports/{number}").text


def test_a_step_that_nobody_knows_is_refused(ada):
    answer = send(ada, [PLEDGE | {"key": "steps"}])

    assert step(ada, answer, "burn").status_code == 422


def test_an_editor_sees_imports_and_cannot_begin_one(anna):
    assert "Read and compare" not in anna.get("/imports").text
    assert send(anna, [PLEDGE]).status_code == 403


def test_work_that_gives_no_sign_of_life_is_told_and_can_be_begun_again(ada, database, monkeypatch):
    monkeypatch.setattr("app.importing.starting.start", lambda *_: None)
    answer = send(ada, [PLEDGE | {"key": "silent"}])
    number = int(answer.url.path.split("/")[2])
    assert "hx-trigger" in answer.text
    with database.writing() as db:
        import_runs.put(db, number, beat_at=import_runs.now() - 2 * import_runs.SILENT)

    told = ada.get(f"/imports/{number}").text
    assert "stopped in the middle" in told and "Try again" in told and "hx-trigger" not in told


def test_a_name_gets_a_meaning_once_and_keeps_it(anna, database):
    answer = anna.post(
        "/imports/names",
        data={
            "kind": "item",
            "name": "Magic carpet ",
            "target": "leopard-2",
            "role": "",
            "unit": "",
            "comment": "Ours.",
        },
        follow_redirects=True,
    )
    assert answer.status_code == 200 and "Magic carpet" in answer.text

    found = anna.get("/imports/names?q=magic carpet").text
    assert "Leopard 2" in found
    assert "Magic carpet" in anna.get("/imports/names?kind=item&name=magic%20CARPET").text
    changes = anna.get("/changes?record=mapping").text
    assert "name of a dataset" in changes and "Ours." in changes


def test_a_meaning_that_is_no_system_is_told_at_its_field(anna):
    answer = anna.post("/imports/names", data={"kind": "item", "name": "Carpet", "target": "no such thing at all"})

    assert answer.status_code == 422 and "is not known here" in answer.text
