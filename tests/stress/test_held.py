"""Another program holds the database: reading goes on, and who wants to write is told when to come back."""

import asyncio
import os
from collections import Counter
from time import perf_counter

from tests.store.test_database import held_by_another_program
from tests.stress.writers import SAVED, finished

SECONDS = float(os.environ.get("STRESS_HELD", 6))  # 30 in earnest
WRITERS, READERS = 12, 3
ROWS = "SELECT id FROM pledge WHERE id = 1 FOR UPDATE"


async def read(writers, end: float, times: list[float]) -> None:
    async with writers.client() as client:
        while perf_counter() < end:
            start = perf_counter()
            answer = await client.get("/pledges/2", headers={"Cookie": ""})
            times.append(perf_counter() - start)
            assert answer.status_code == 200


async def write(writers, end: float, told: Counter[int], times: list[float]) -> None:
    async with writers.client() as client:
        while perf_counter() < end:
            start = perf_counter()
            answer = await writers.save(client, 1, 1, "Meanwhile.")
            times.append(perf_counter() - start)
            told[answer.status_code] += 1
            assert answer.headers.get("retry-after") == "5", answer.text
            assert "Nothing of yours was saved." in answer.text


async def both(writers, told, reads, writes) -> None:
    end = perf_counter() + SECONDS
    readers = [read(writers, end, reads) for _ in range(READERS)]
    await asyncio.gather(*readers, *(write(writers, end, told, writes) for _ in range(WRITERS)))


def test_while_another_program_holds_the_database_pages_are_read_and_saves_told_to_come_back(writers, own_database):
    told: Counter[int] = Counter()
    reads: list[float] = []
    writes: list[float] = []
    with held_by_another_program(own_database, ROWS):
        finished(both(writers, told, reads, writes))
    print(f"\n{len(reads)} pages, the slowest in {max(reads):.2f} s; {dict(told)}, the slowest in {max(writes):.2f} s")

    assert set(told) == {503}
    assert max(writes) <= 6
    assert max(reads) <= 2.5  # who waited for a thread of the writers would wait twice as long
    assert finished(afterwards(writers)) in SAVED


async def afterwards(writers) -> int:
    async with writers.client() as client:
        seen = await writers.version(client, 1)
        return (await writers.save(client, 1, seen, "Afterwards.")).status_code
