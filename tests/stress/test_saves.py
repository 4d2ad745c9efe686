"""One version has one winner, and what was acknowledged is there, however many save at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, text

from app.store.columns import core
from app.store.tables import Pledge
from tests.stress import conftest
from tests.stress.writers import CONFLICT, SAVED, finished

PLEDGE = core(Pledge).c
HOT = [1, 2, 3, 4, 5]
RACERS = 8
MOVE_ON = text("UPDATE scratch SET version = version + 1 WHERE id = :id AND version = :seen")


def test_of_eight_saves_on_one_version_one_wins_and_the_others_are_shown_its_words(writers):
    rounds = finished(writers.race(HOT[0], conftest.ROUNDS, RACERS))

    for turn, answers in enumerate(rounds):
        won = [place for place, answer in enumerate(answers) if answer.status_code in SAVED]
        lost = [answer for answer in answers if answer.status_code in CONFLICT]
        assert (len(won), len(lost)) == (1, RACERS - 1), Counter(answer.status_code for answer in answers)
        assert all(f"Round {turn}, writer {won[0]}." in answer.text for answer in lost)


def test_what_many_writers_were_acknowledged_is_there_and_none_waits_long(writers, own_database):
    before = versions(own_database)
    outcome = finished(writers.storm(HOT, conftest.WRITERS, conftest.SECONDS))
    after = versions(own_database)
    print(f"\n{own_database.writer.dialect.name}, {conftest.WRITERS} writers, {conftest.SECONDS} s: {outcome}")

    assert not outcome.faults
    assert outcome.acknowledged.total() > 0
    assert {one: after[one][0] - before[one][0] for one in HOT} == {one: outcome.acknowledged[one] for one in HOT}
    for record, (version, words) in outcome.last.items():
        assert after[record] == (version, words)
    assert outcome.within(0.99) <= 2


def versions(database) -> dict[int, tuple[int, str]]:
    with database.reading() as db:
        return {row.id: (row.version, row.note) for row in db.execute(select(PLEDGE.id, PLEDGE.version, PLEDGE.note))}


# ---- the same in the store alone, by threads


def test_of_eight_threads_on_one_version_one_wins(scratch):
    with ThreadPoolExecutor(RACERS) as threads:
        for _ in range(max(20, conftest.ROUNDS)):
            seen = versions_in(scratch)[1]
            won = list(threads.map(lambda seen: moved_on(scratch, 1, seen), [seen] * RACERS))
            assert won.count(True) == 1


def test_what_many_threads_were_acknowledged_is_there(scratch):
    def again_and_again(place: int) -> Counter[int]:
        told: Counter[int] = Counter()
        for turn in range(20):
            record = HOT[(place + turn) % len(HOT)]
            told[record] += moved_on(scratch, record, versions_in(scratch)[record])
        return told

    before = versions_in(scratch)
    with ThreadPoolExecutor(conftest.WRITERS) as threads:
        told = sum(threads.map(again_and_again, range(conftest.WRITERS)), Counter())

    assert told.total() > 0
    assert versions_in(scratch) == {record: before[record] + told[record] for record in HOT}


def moved_on(database, record: int, seen: int) -> bool:
    """Whether this one was first. Raises Busy."""
    with database.writing() as db:
        return db.execute(MOVE_ON, {"id": record, "seen": seen}).rowcount == 1


def versions_in(database) -> dict[int, int]:
    with database.reading() as db:
        return {row.id: row.version for row in db.execute(text("SELECT id, version FROM scratch"))}
