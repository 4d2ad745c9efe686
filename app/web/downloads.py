"""How a file that goes out is sent.

A short one is written in the thread of whoever asks. A long one is made by a process of its own into a file without a
name, which is sent at the pace of its reader: a slow one holds neither the process nor the database, and nobody who
looks at a page waits for a download."""

import asyncio
import os
import subprocess  # nosec B404
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import IO

import structlog
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.domain.codes import N_
from app.exporting import FULL, UNANSWERED, Order
from app.formats import EXPORTERS
from app.store import pledges
from app.store.database import Busy, Full
from app.store.plain import Place
from app.web import orders
from app.web.ask import Ask
from app.web.refusals import TooMany

log = structlog.get_logger()

SHORT = 1_000  # records that are written at once
AT_ONCE = 2  # processes that make files
UNDER_WAY = 16  # long files on their way to their readers
OF_ONE = 4  # of these, to one address
AGAIN = 30  # seconds until that address is asked to try again
PATIENCE = 30.0  # seconds that a reader waits for a process to be free
STALLED = 60.0  # seconds in which a reader takes nothing at all
PIECE = 1 << 16
LOOK = 0.02  # seconds until the file is looked at again
OWN = N_("Several downloads are on their way to you already. Please try again when one of them is complete.")
COMMAND = (sys.executable, "-m", "app.exporting")


class Works:
    """The places of those who wait for long files."""

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.readers: Counter[str] = Counter()

    @property
    def under_way(self) -> int:
        return self.readers.total()

    @asynccontextmanager
    async def reader(self, address: str) -> AsyncIterator[None]:
        """Raises TooMany and Busy."""
        if self.readers[address] >= OF_ONE:
            raise TooMany(OWN, AGAIN)
        if self.under_way >= UNDER_WAY:
            raise Busy("Too many downloads are under way.")
        self.readers[address] += 1
        try:
            yield
        finally:
            self.readers -= Counter((address,))  # leaves none that stands at nothing

    async def take(self) -> None:
        """A process may be started. Raises Busy."""
        try:
            await asyncio.wait_for(self.free.acquire(), PATIENCE)
        except TimeoutError:
            raise Busy("Too many downloads are being made.") from None


def answer(ask: Ask, form: str, name: str, headers: Mapping[str, str] | None = None) -> Response:
    """The pledges of the filter that was asked for, or all tables; `name` is that of the file."""
    wanted, exporter = ask.wanted, EXPORTERS[form]
    order = orders.order(ask.db, form, wanted, ask.reference, ask.base)
    told = {"Content-Disposition": f'attachment; filename="{name}.{form}"', **(headers or {})}
    short = exporter.holds != "everything" and pledges.count(ask.db, wanted, ask.reference) <= SHORT
    if short:
        pieces = order.pieces(lambda question: orders.answers(ask.db, question))
        return StreamingResponse(pieces, media_type=exporter.kind, headers=told)
    ask.close()
    app = ask.request.app
    return Long(order, orders.place(app.state.database), app.state.works, exporter.kind, told)


class Long(Response):
    def __init__(self, order: Order, place: Place, works: Works, kind: str, headers: Mapping[str, str]) -> None:
        super().__init__(media_type=kind, headers=dict(headers))
        del self.headers["content-length"]
        self.order, self.place, self.works = order, place, works

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending, hearing = asyncio.create_task(self._send(scope, send)), asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, hearing):
                task.cancel()
            await asyncio.wait({sending, hearing})
        if not sending.cancelled():
            sending.result()

    async def _send(self, scope: Scope, send: Send) -> None:
        client = scope.get("client")
        async with self.works.reader(client[0] if client else ""):
            work = _Work(self.works)
            try:
                await work.take()
                work.start(self.order.told(self.place))
                await self._sent(work, send)
            finally:
                await work.end()

    async def _sent(self, work: "_Work", send: Send) -> None:
        """A binary file is complete before its first byte is sent, so that a failure can still be told. A reader who
        takes nothing any more is left: nobody is there to be told of it."""
        await work.begun(whole=EXPORTERS[self.order.form].binary)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for piece in work.pieces():
            try:
                async with asyncio.timeout(STALLED):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except TimeoutError:
                return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Work:
    """One process and the file that it writes."""

    def __init__(self, works: Works) -> None:
        self.works, self.held = works, False
        self.watch: asyncio.Task[None] | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.folder = tempfile.TemporaryDirectory(prefix="allied-pledges-")
        self.file: IO[bytes] = tempfile.TemporaryFile(dir=self.folder.name)  # noqa: SIM115
        self.errors: IO[bytes] = tempfile.TemporaryFile(dir=self.folder.name)  # noqa: SIM115

    async def take(self) -> None:
        """A place to make the file in. Raises Busy."""
        await self.works.take()
        self.held = True

    def start(self, told: bytes) -> None:
        with tempfile.TemporaryFile(dir=self.folder.name) as order:
            order.write(told)
            order.seek(0)
            surroundings = os.environ | {"TMPDIR": self.folder.name, "SQLITE_TMPDIR": self.folder.name}
            self.process = subprocess.Popen(  # nosec B603
                COMMAND, stdin=order, stdout=self.file, stderr=self.errors, env=surroundings
            )
        self.watch = asyncio.create_task(self._watch())

    async def begun(self, *, whole: bool) -> None:
        """Something is there to be sent, or the `whole` of it. Raises Busy and Full."""
        while not self._ended() and (whole or not self._size()):
            await asyncio.sleep(LOOK)

    async def pieces(self) -> AsyncIterator[bytes]:
        at = 0
        while True:
            ended = self._ended()
            piece = os.pread(self.file.fileno(), PIECE, at)
            at += len(piece)
            if piece:
                yield piece
                await asyncio.sleep(0)  # others have their turn, however fast this reader is
            elif ended:
                return
            else:
                await asyncio.sleep(LOOK)

    async def _watch(self) -> None:
        """Gives the place back as soon as the file is made, however long its reader takes."""
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(LOOK)
        self._give_back()

    async def end(self) -> None:
        if self.watch is not None:
            self.watch.cancel()
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)
        self._give_back()
        self.file.close()
        self.errors.close()
        self.folder.cleanup()

    def _ended(self) -> bool:
        """Whether the file is complete. Raises what kept it from being so."""
        code = self.process.poll() if self.process else None
        if code is None:
            return False
        self._give_back()
        if code == 0:
            return True
        self.errors.seek(0)
        said = self.errors.read()[-2000:].decode(errors="replace").strip()
        if code == FULL:
            raise Full(f"There is no room for a download: {said}")
        if code == UNANSWERED:
            raise Busy(f"A download was not answered: {said}")
        log.error("a download failed", exit=code, said=said)
        raise RuntimeError("A process that made a download ended without finishing it.")

    def _size(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def _give_back(self) -> None:
        """The next reader's file can be made."""
        if self.held:
            self.held = False
            self.works.free.release()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
