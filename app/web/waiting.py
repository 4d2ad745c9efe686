"""Writes get some of the threads and never all: whoever reads finds one, however many wait to write."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import Depends, Request

from app.store import database
from app.store.database import Busy, patience

SAFE = ("GET", "HEAD", "OPTIONS")
PATIENCE = database.PATIENCE - 1.0  # seconds; the rest is for the answer, of many who give up at one moment


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
        await asyncio.wait_for(free.acquire(), PATIENCE)
    except TimeoutError:
        raise Busy("Too many writes are waiting.") from None
    try:
        patience.set(max(0.0, PATIENCE - (monotonic() - came)))
        yield
    finally:
        free.release()


# Of every route, by the app: one that only reads passes. Named once more at a route it still takes one place.
TO_WRITE = Depends(turn, scope="function")
