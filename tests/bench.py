"""Server time, questions and size of every page with many records: `make bench`, or `python -m tests.bench 10000`.

Each answer is made anew: nothing is kept between requests but what the program itself keeps."""

import asyncio
import gc
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from urllib.parse import urlencode

import brotli
from rich.console import Console
from rich.table import Table
from sqlalchemy import event

from app.domain.filter import PledgeFilter
from app.formats import EXPORTERS
from app.formats.seed_folder import read
from app.main import create_app
from app.settings import Settings
from app.store import demo, editing, schema
from app.store.database import Database
from app.store.history import Act
from app.store.reference import load
from app.store.seeding import plant
from app.web import orders
from tests import people

PAGES = (
    "/",
    "/pledges",
    "/pledges?donor=DE",
    "/pledges?system=patriot",
    "/pledges?aid=military",
    "/pledges?donor=DE&status=delivered",
    "/pledges?sort=-value",
    "/pledges?q=patriot",
    "/pledges?as_of=2024-01-10",
    "/pledges?view=chart",
    "/pledges?view=map",
    "/pledges/1",
    "/donors",
    "/donors/DE",
    "/systems",
    "/systems/patriot",
    "/events",
    "/sources",
    "/quality",
    "/charts/by-donor?measure=items",
    "/charts/over-time?measure=value",
    "/method",
)
EDITED, LONG = 500, 700  # pledges: one that is saved, one with a thousand versions
EDITING = (f"/pledges/{EDITED}/cells/quantity?edit", f"/pledges/{EDITED}/edit", f"/pledges/{LONG}/history", "/changes")
SAVE = f"/pledges/{EDITED}/cells/quantity"
ROUNDS = 15
# Linux alone tells a process the most memory that it ever held; what `resource` says begins with that of its parent.
PEAK = """
import sys
from pathlib import Path
from app.exporting import main
code = main()
held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(held.split()[1], file=sys.stderr)
sys.exit(code)
"""
Row = tuple[str, float, float, int, int, int]  # page, ms, ms of the processor, questions, bytes, bytes compressed


def main(sizes: list[int]) -> None:
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = filled(Path(folder) / "bench.sqlite", rows)
            told(rows, asyncio.run(measured(database)))
            told_of_files(rows, files(database))
            database.close()


def filled(file: Path, rows: int) -> Database:
    settings = Settings(database_url=f"sqlite:///{file}")
    database = Database(settings.database_url)
    schema.upgrade(database)
    plant(database, read(settings.seed))
    demo.make(database, rows)
    with database.writing() as db:
        for seen in range(1, 1000):
            note = f"told {seen} times"
            editing.edit(db, LONG, seen, Act(author="bench"), lambda pledge, note=note: replace(pledge, note=note))
    return database


async def measured(database: Database) -> list[Row]:
    app = create_app(Settings(database_url=database.url, writes_a_minute=0), database)
    asked = [0]
    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", lambda *_: asked.__setitem__(0, asked[0] + 1))
    key = people.key_of(database, "anna")
    found = []
    for page in (*PAGES, *EDITING):
        signed_in = key if page in EDITING else ""
        for _ in range(3):
            body = await answer(app, page, signed_in)
        gc.collect()
        gc.freeze()
        times, cpu = [], []
        for _ in range(ROUNDS):
            asked[0], start, spent = 0, perf_counter(), process_time()
            body = await answer(app, page, signed_in)
            times.append((perf_counter() - start) * 1000)
            cpu.append((process_time() - spent) * 1000)
        packed = len(brotli.compress(body, quality=4))
        found.append((page, median(times), median(cpu), asked[0], len(body), packed))
    found.append(await saved(app, key, asked))
    return found


def files(database: Database) -> list[tuple[str, float, float, float]]:
    """Each file of all records, made as a long download is: form, seconds, megabytes, and those of the process."""
    found = []
    for form in EXPORTERS:
        with database.reading() as db:
            order = orders.order(db, form, PledgeFilter(), load(db), "http://127.0.0.1")
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as file:
            asked.write(order.told(orders.place(database)))
            asked.seek(0)
            start = perf_counter()
            process = subprocess.Popen([sys.executable, "-c", PEAK], stdin=asked, stdout=file, stderr=subprocess.PIPE)
            peak = int(process.communicate()[1])
            found.append((form, perf_counter() - start, file.seek(0, 2) / 1e6, peak / 1000))
    return found


async def saved(app, key: str, asked: list[int]) -> Row:
    """Saves of one number, each synced to the disk; ms of the processor count those of the whole program."""
    times, cpu, body = [], [], b""
    for seen in range(1, 4 * ROUNDS):
        form = {
            "quantity": str(100 + seen),
            "seen": str(seen),
            "comment": "counted",
            "in": "list",
            "overrule": "it is so",
        }
        asked[0], start, spent = 0, perf_counter(), process_time()
        body = await answer(app, SAVE, key, urlencode(form).encode())
        times.append((perf_counter() - start) * 1000)
        cpu.append((process_time() - spent) * 1000)
    return (
        f"POST {SAVE}",
        median(times[3:]),
        median(cpu[3:]),
        asked[0],
        len(body),
        len(brotli.compress(body, quality=4)),
    )


async def answer(app, page: str, key: str = "", form: bytes = b"") -> bytes:
    """The body, straight from the application: what a client costs is not part of it. `key` signs somebody in, a form
    is posted."""
    path, _, query = page.partition("?")
    headers = [(b"host", b"127.0.0.1")]
    if key:
        headers += [(b"cookie", f"session={key}".encode()), (b"origin", b"http://127.0.0.1")]
        headers += [(b"hx-request", b"true"), (b"hx-request-type", b"partial")] if form else []
        headers += [(b"content-type", b"application/x-www-form-urlencoded")] if form else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST" if form else "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    pieces = []

    async def receive():
        return {"type": "http.request", "body": form, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            assert message["status"] == 200, (page, message["status"])
        pieces.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(pieces)


def told(rows: int, found: list[Row]) -> None:
    table = Table(title=f"{rows:,} made-up records, SQLite")
    for name in ("Page", "ms", "ms CPU", "Questions", "kB", "kB, br"):
        table.add_column(name, justify="left" if name == "Page" else "right", no_wrap=True)
    for page, ms, cpu, questions, size, packed in found:
        table.add_row(page, f"{ms:.1f}", f"{cpu:.1f}", str(questions), f"{size / 1000:.1f}", f"{packed / 1000:.1f}")
    Console(width=100).print(table)


def told_of_files(rows: int, found: list[tuple[str, float, float, float]]) -> None:
    table = Table(title=f"Files of {rows:,} made-up records, each by a process of its own")
    for name in ("Form", "s", "MB", "MB of memory"):
        table.add_column(name, justify="left" if name == "Form" else "right")
    for form, seconds, size, peak in found:
        table.add_row(form, f"{seconds:.1f}", f"{size:.1f}", f"{peak:.0f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
