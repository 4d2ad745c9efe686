"""Many who save at once over HTTP, and what became of what they saved."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from time import perf_counter
from typing import Any, TypeVar

import httpx

T = TypeVar("T")
SAVED, CONFLICT = (200, 303), (409, 412)
SEEN = re.compile(r'name="seen" value="(\d+)"')
MOVED_ON = re.compile(r"[?&]saved=(\d+)")


def finished(asked: Coroutine[Any, Any, T]) -> T:
    """What it comes to. It runs in a thread of its own: a browser of other tests may keep this one's loop."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asked).result()


def note(seen: int, words: str) -> dict[str, str]:
    return {"seen": str(seen), "note": words, "comment": ""}


@dataclass(frozen=True)
class Target:
    """Where to save one field of a record and where to see its version; what is sent for a version and words."""

    save: str = "/pledges/{id}/cells/note"
    look: str = "/pledges/{id}/cells/note?edit"
    body: Callable[[int, str], dict[str, str]] = note


@dataclass
class Outcome:
    """What many writers were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)  # of each save, whatever the answer
    acknowledged: Counter[int] = field(default_factory=Counter)  # by the number of the record
    last: dict[int, tuple[int, str]] = field(default_factory=dict)  # the newest version and its words, by record
    faults: list[str] = field(default_factory=list)

    def heard(self, record: int, words: str, answer: httpx.Response, seconds: float) -> None:
        self.statuses[answer.status_code] += 1
        self.seconds.append(seconds)
        if answer.status_code in SAVED:
            self.acknowledged[record] += 1
            version = version_of(answer)
            if version and version > self.last.get(record, (0, ""))[0]:
                self.last[record] = version, words
        elif answer.status_code not in CONFLICT:
            self.faults.append(f"{answer.status_code}: {answer.text[:200]}")
        if "is locked" in answer.text:
            self.faults.append(f"{answer.status_code} tells of a lock")

    def within(self, share: float) -> float:
        """Seconds within which that share of the saves was answered."""
        return sorted(self.seconds)[max(0, ceil(len(self.seconds) * share) - 1)]

    def __str__(self) -> str:
        told = ", ".join(f"{number} x {status}" for status, number in sorted(self.statuses.items()))
        return f"{told}; half within {self.within(0.5):.3f} s, 99 of 100 within {self.within(0.99):.3f} s"


class Writers:
    """Everybody shares the cookie of one editor, and each has a connection of their own."""

    def __init__(self, address: str, cookies: dict[str, str], target: Target = Target()) -> None:
        self.address, self.cookies, self.target = address, cookies, target

    def client(self) -> httpx.AsyncClient:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        return httpx.AsyncClient(base_url=self.address, cookies=self.cookies, headers=headers, timeout=30)

    async def version(self, client: httpx.AsyncClient, record: int) -> int:
        answer = await client.get(self.target.look.format(id=record))
        found = SEEN.search(answer.text)
        assert answer.status_code == 200 and found, f"{answer.status_code} {answer.text[:300]}"
        return int(found[1])

    async def save(self, client: httpx.AsyncClient, record: int, seen: int, words: str) -> httpx.Response:
        return await client.post(self.target.save.format(id=record), data=self.target.body(seen, words))

    async def race(self, record: int, rounds: int, writers: int) -> list[list[httpx.Response]]:
        """The answers of each round, in which all save on the version that they all have seen."""
        clients = [self.client() for _ in range(writers)]
        answered = []
        for turn in range(rounds):
            seen = await self.version(clients[0], record)
            words = [f"Round {turn}, writer {place}." for place in range(writers)]
            saves = [self.save(one, record, seen, said) for one, said in zip(clients, words, strict=True)]
            answered.append(await asyncio.gather(*saves))
        await asyncio.gather(*(client.aclose() for client in clients))
        return answered

    async def storm(self, records: Sequence[int], writers: int, seconds: float) -> Outcome:
        """Each saves to one of the records again and again, on the version that it saw last."""
        outcome, end = Outcome(), perf_counter() + seconds
        places = [(place, records[place % len(records)]) for place in range(writers)]
        await asyncio.gather(*(self._again_and_again(place, record, end, outcome) for place, record in places))
        return outcome

    async def _again_and_again(self, place: int, record: int, end: float, outcome: Outcome) -> None:
        async with self.client() as client:
            seen = await self.version(client, record)
            for turn in count():
                if perf_counter() > end:
                    return
                words = f"Writer {place}, turn {turn}."
                start = perf_counter()
                try:
                    answer = await self.save(client, record, seen, words)
                except httpx.TransportError as error:
                    outcome.faults.append(f"no answer: {error!r}")
                    return
                outcome.heard(record, words, answer, perf_counter() - start)
                if outcome.faults:
                    return
                seen = version_of(answer) or await self.version(client, record)


def version_of(answer: httpx.Response) -> int | None:
    """The version that an answer tells of."""
    found = MOVED_ON.search(answer.headers.get("location", "")) or SEEN.search(answer.text)
    return int(found[1]) if found else None
