"""Writes get some of the threads and never all: whoever reads finds one, however many wait to write."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import Depends, Request

from app.store import database
from app.store.database import Busy, patience

SAFE = ("GET", "HEAD", "OPTIONS")


class Waiting:
    """Half of the threads. Whoever finds none free waits without a thread, in the order of arrival."""

    def __init__(self, threads: int) -> None:
        self.free = asyncio.Semaphore(max(1, threads // 2))


async def turn(request: Request) -> AsyncIterator[None]:
    """Held while the route runs. What was waited here is taken off what its writes may wait. Raises Busy."""
    if request.method in SAFE:
        yield
        return
    free, came = request.app.state.waiting.free, monotonic()
    try:
        await asyncio.wait_for(free.acquire(), database.PATIENCE)
    except TimeoutError:
        raise Busy("Too many writes are waiting.") from None
    try:
        patience.set(max(0.0, database.PATIENCE - (monotonic() - came)))
        yield
    finally:
        free.release()


# For every route that writes, or a router with some; what only reads passes:
# @router.post("/pledges", dependencies=[TO_WRITE]) or APIRouter(dependencies=[TO_WRITE])
TO_WRITE = Depends(turn, scope="function")
