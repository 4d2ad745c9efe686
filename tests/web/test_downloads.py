"""Long files are made by a process of their own; whoever goes away takes it along, and what fails is told."""

import asyncio
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from app.domain.filter import PledgeFilter
from app.domain.table import Origin
from app.exporting import FULL, UNANSWERED, Order
from app.main import create_app
from app.settings import Settings
from app.store.database import Busy, Full
from app.store.plain import Place, Question
from app.store.reference import load
from app.web import downloads, orders
from app.web.downloads import Long, Works
from app.web.refusals import TooMany
from tests.conftest import Guest

popen = downloads.subprocess.Popen
ORDER = Order("csv", Origin(), Question("", {}), ())
SLOW = "import sys, time; sys.stdout.write('begun\\n'); sys.stdout.flush(); time.sleep(60)"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def program(monkeypatch, text):
    monkeypatch.setattr(downloads, "COMMAND", (sys.executable, "-c", text))


async def send(answer, receive=None, stall=0.0, address="203.0.113.7"):
    """What is sent, until the answer ends or fails."""
    sent = []

    async def take(message):
        await asyncio.sleep(stall)
        sent.append(message)

    async def never():
        await asyncio.Event().wait()

    await answer({"type": "http", "client": (address, 50000)}, receive or never, take)
    return sent


def a_long_one(works=None, form="csv"):
    order = Order(form, ORDER.origin, ORDER.state, ORDER.tables)
    return Long(order, Place("sqlite", ""), works or Works(), "text/csv", {})


@pytest.mark.parametrize("path", ["/pledges.json", "/pledges.jsonl?donor=DE", "/pledges.csv?q=skynex"])
def test_a_process_of_its_own_writes_the_very_same_file(database, monkeypatch, folder, path):
    with Guest(create_app(Settings(_env_file=None, database_url=database.url), database)) as guest:
        short = guest.get(path).content
        monkeypatch.setattr(downloads, "SHORT", -1)
        long = guest.get(path)

    assert long.status_code == 200 and long.content == short and len(short) > 100
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_workbook_of_a_process_of_its_own_can_be_read(database, monkeypatch, folder):
    monkeypatch.setattr(downloads, "SHORT", -1)
    with Guest(create_app(Settings(_env_file=None, database_url=database.url), database)) as guest:
        answer = guest.get("/pledges.xlsx")

    assert answer.content.startswith(b"PK") and "content-disposition" in answer.headers
    assert list(folder.iterdir()) == []


def test_who_goes_away_ends_the_process_and_leaves_nothing(monkeypatch, folder):
    program(monkeypatch, SLOW)
    works, started = Works(), []
    monkeypatch.setattr(downloads.subprocess, "Popen", lambda *a, **b: started.append(popen(*a, **b)) or started[-1])

    async def gone():
        await asyncio.sleep(0.5)
        return {"type": "http.disconnect"}

    sent = asyncio.run(send(a_long_one(works), receive=gone))

    assert [one["type"] for one in sent] == ["http.response.start", "http.response.body"]
    assert started[0].returncode is not None and started[0].returncode < 0
    assert list(folder.iterdir()) == [] and works.under_way == 0 and not works.free.locked()


@pytest.mark.parametrize(("code", "error"), [(FULL, Full), (UNANSWERED, Busy), (1, RuntimeError), (-9, RuntimeError)])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_fails_before_anything_was_sent_is_told(monkeypatch, folder, code, error, form):
    end = "os.kill(os.getpid(), 9)" if code < 0 else f"sys.exit({code})"
    program(monkeypatch, f"import os, sys; print('why', file=sys.stderr); {end}")
    works = Works()

    with pytest.raises(error):
        asyncio.run(send(a_long_one(works, form)))
    assert list(folder.iterdir()) == [] and works.under_way == 0


def test_what_fails_in_the_middle_never_looks_complete(monkeypatch, folder):
    program(monkeypatch, "import sys, time; print('begun', flush=True); time.sleep(0.3); sys.exit(1)")
    sent = []

    async def run():
        async def take(message):
            sent.append(message)

        with suppress(RuntimeError):
            await a_long_one()({"type": "http"}, asyncio.Event().wait, take)

    asyncio.run(run())

    assert sent[0]["type"] == "http.response.start"
    assert all(one.get("more_body") for one in sent[1:])


def test_a_binary_file_is_begun_when_it_is_complete(monkeypatch, folder):
    program(monkeypatch, "import sys, time; print('begun', flush=True); time.sleep(0.3); sys.exit(1)")

    with pytest.raises(RuntimeError):
        asyncio.run(send(a_long_one(form="zip")))


def test_a_slow_reader_gives_the_process_back_and_a_stalled_one_is_left(monkeypatch, folder):
    program(monkeypatch, "print('x' * 100)")
    monkeypatch.setattr(downloads, "STALLED", 0.3)
    works = Works()

    async def run():
        reading = asyncio.create_task(send(a_long_one(works), stall=0.25))
        await asyncio.sleep(0.2)
        free = not works.free.locked() and works.free._value == downloads.AT_ONCE
        return free, await reading

    free, sent = asyncio.run(run())
    assert free and len(sent) == 3
    left = asyncio.run(send(a_long_one(works), stall=0.5))
    assert [one["type"] for one in left] == ["http.response.start"] and works.under_way == 0


def test_readers_who_stop_reading_hold_no_process(monkeypatch, folder):
    program(monkeypatch, "import sys, time; print('begun', flush=True); time.sleep(0.2); print('x' * 1_000_000)")
    monkeypatch.setattr(downloads, "PATIENCE", 2.0)
    works = Works()

    async def run():
        stalled = [asyncio.create_task(send(a_long_one(works), stall=60)) for _ in range(downloads.AT_ONCE)]
        await asyncio.sleep(0.1)
        third = await send(a_long_one(works))
        for one in stalled:
            one.cancel()
        await asyncio.gather(*stalled, return_exceptions=True)
        return third

    sent = asyncio.run(run())
    assert sum(len(one.get("body", b"")) for one in sent) == 1_000_007
    assert works.under_way == 0 and works.free._value == downloads.AT_ONCE and list(folder.iterdir()) == []


def test_one_address_leaves_room_for_others(monkeypatch, folder):
    program(monkeypatch, "print('x')")
    works = Works()

    async def run():
        own = [asyncio.create_task(send(a_long_one(works), stall=60)) for _ in range(downloads.OF_ONE)]
        await asyncio.sleep(0.1)
        with pytest.raises(TooMany) as refused:
            await send(a_long_one(works))
        other = await send(a_long_one(works), address="203.0.113.8")
        for one in own:
            one.cancel()
        await asyncio.gather(*own, return_exceptions=True)
        return refused.value, other

    refused, other = asyncio.run(run())
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert other[-1]["more_body"] is False and not works.readers


def test_no_room_for_a_file_takes_no_place(monkeypatch, folder):
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "nowhere"))
    works = Works()

    with pytest.raises(OSError, match="nowhere"):
        asyncio.run(send(a_long_one(works)))
    assert works.under_way == 0 and works.free._value == downloads.AT_ONCE


def test_more_than_there_is_room_for_are_told_to_come_again(monkeypatch, folder):
    program(monkeypatch, SLOW)
    monkeypatch.setattr(downloads, "PATIENCE", 0.1)
    works = Works()

    async def run():
        readers = [asyncio.create_task(send(a_long_one(works))) for _ in range(downloads.AT_ONCE)]
        await asyncio.sleep(0.2)
        with pytest.raises(Busy):
            await send(a_long_one(works))
        monkeypatch.setattr(downloads, "UNDER_WAY", 2)
        with pytest.raises(Busy):
            await send(a_long_one(works))
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)

    asyncio.run(run())
    assert works.under_way == 0 and list(folder.iterdir()) == []


def test_a_database_that_is_gone_is_a_busy_one(folder, database):
    with database.reading() as db:
        order = orders.order(db, "csv", PledgeFilter(), load(db), "")
    nowhere = Place("sqlite", str(Path(folder) / "nowhere" / "x.sqlite"))

    with pytest.raises(Busy):
        asyncio.run(send(Long(order, nowhere, Works(), "text/csv", {})))
