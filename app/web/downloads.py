"""How a file that goes out is sent.

A short one is written in the thread of whoever asks. A long one is made by a process of its own into a file without a
name, which is sent at the pace of its reader: a slow one holds neither the process nor the database, and nobody who
looks at a page waits for a download."""

import asyncio
import os
import subprocess  # nosec B404
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import IO

import structlog
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.exporting import FULL, UNANSWERED, Order
from app.formats import EXPORTERS
from app.store import pledges
from app.store.database import Busy, Full
from app.store.plain import Place
from app.web import orders
from app.web.ask import Ask

log = structlog.get_logger()

SHORT = 1_000  # records that are written at once
AT_ONCE = 2  # processes that make files
UNDER_WAY = 16  # long files on their way to their readers
PATIENCE = 30.0  # seconds that a reader waits for a process to be free
STALLED = 60.0  # seconds in which a reader takes nothing at all
PIECE = 1 << 16
LOOK = 0.02  # seconds until the file is looked at again
COMMAND = (sys.executable, "-m", "app.exporting")


class Works:
    """The places of those who wait for long files."""

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.under_way = 0

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[None]:
        """Raises Busy."""
        if self.under_way >= UNDER_WAY:
            raise Busy("Too many downloads are under way.")
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1

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
        sending, hearing = asyncio.create_task(self._send(send)), asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, hearing):
                task.cancel()
            await asyncio.wait({sending, hearing})
        if not sending.cancelled():
            sending.result()

    async def _send(self, send: Send) -> None:
        async with self.works.reader():
            await self.works.take()
            work = _Work(self.works)
            try:
                work.start(self.order.told(self.place))
                await self._sent(work, send)
            finally:
                await work.end()

    async def _sent(self, work: "_Work", send: Send) -> None:
        """A binary file is complete before its first byte is sent, so that a failure can still be told."""
        await work.begun(whole=EXPORTERS[self.order.form].binary)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for piece in work.pieces():
            try:
                async with asyncio.timeout(STALLED):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except TimeoutError:
                raise ClientDisconnect from None
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Work:
    """One process and the file that it writes."""

    def __init__(self, works: Works) -> None:
        self.works, self.held = works, True
        self.process: subprocess.Popen[bytes] | None = None
        self.folder = tempfile.TemporaryDirectory(prefix="allied-pledges-")
        self.file: IO[bytes] = tempfile.TemporaryFile(dir=self.folder.name)  # noqa: SIM115
        self.errors: IO[bytes] = tempfile.TemporaryFile(dir=self.folder.name)  # noqa: SIM115

    def start(self, told: bytes) -> None:
        with tempfile.TemporaryFile(dir=self.folder.name) as order:
            order.write(told)
            order.seek(0)
            surroundings = os.environ | {"TMPDIR": self.folder.name, "SQLITE_TMPDIR": self.folder.name}
            self.process = subprocess.Popen(  # nosec B603
                COMMAND, stdin=order, stdout=self.file, stderr=self.errors, env=surroundings
            )

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

    async def end(self) -> None:
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
