"""Suggestions as they are kept, on both databases."""

from threading import Barrier, Thread

import pytest

from app.domain.suggestion import WAITING, SuggestionState
from app.store import attempts, suggestions
from app.store.attempts import TooOften
from app.store.suggestions import Decided, Decision, Proposal
from tests import people

MARIA = Proposal(texts={"quantity": "about 20"}, pledge=1, seen=1, source="BBC", quote="some twenty", name="Maria")


def kept(database, **changes):
    """The number of a suggestion, and its secret."""
    with database.writing() as db:
        secret = suggestions.make(db, Proposal(**{**vars(MARIA), **changes}))
        return suggestions.of_secret(db, secret).id, secret


def decide(database, number, **changes):
    told = {"state": SuggestionState.ACCEPTED, "by": people.account_of(database, "anna")} | changes
    with database.writing() as db:
        suggestions.decide(db, number, Decision(**told))


def test_a_suggestion_comes_back_as_it_was_typed(own_database):
    _, secret = kept(own_database)
    with own_database.reading() as db:
        told = suggestions.of_secret(db, secret)

        assert (told.texts, told.source, told.quote, told.by) == (
            {"quantity": "about 20"},
            "BBC",
            "some twenty",
            "Maria",
        )
        assert told.waits and told.visible and told.title and not told.new
        assert suggestions.of_secret(db, secret[:-1]) is None


def test_the_secret_is_nowhere_to_be_read(own_database):
    _, secret = kept(own_database)
    with own_database.reading() as db:
        row = db.exec_driver_sql("SELECT * FROM suggestion").one()

    assert len(secret) >= 43 and secret not in str(tuple(row))


def test_a_decision_is_kept_and_taken_once(own_database):
    number, _ = kept(own_database)
    decide(own_database, number, state=SuggestionState.PARTLY, taken=["quantity"], reason="Half of it.")
    with own_database.reading() as db:
        told = suggestions.find(db, number)
    assert (told.state, told.taken, told.reason) == (SuggestionState.PARTLY, ("quantity",), "Half of it.")

    for again in (lambda: decide(own_database, number), lambda: held(own_database, number)):
        with pytest.raises(Decided):
            again()


def held(database, number):
    with database.writing() as db:
        suggestions.hold(db, number)


def test_of_two_who_decide_at_once_one_wins(own_database):
    number, _ = kept(own_database)
    people.account_of(own_database, "anna")
    together, won = Barrier(2), []

    def try_it(state):
        together.wait(5)
        try:
            with own_database.writing() as db:
                suggestions.hold(db, number)
                suggestions.decide(db, number, Decision(state=state, by=1))
            won.append(state)
        except Decided:
            pass

    states = (SuggestionState.ACCEPTED, SuggestionState.REFUSED)
    threads = [Thread(target=try_it, args=[state]) for state in states]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)

    with own_database.reading() as db:
        assert [suggestions.find(db, number).state] == won


def test_the_queue_has_the_oldest_first_and_counts_each_state(own_database):
    first, second, third = (kept(own_database, name=name)[0] for name in ("A", "B", "C"))
    decide(own_database, second, state=SuggestionState.REFUSED)
    with own_database.writing() as db:
        later = suggestions.postpone(db, MARIA)

        def numbers(states=WAITING, **more):
            return [one.id for one in suggestions.listed(db, states, **more)]

        assert numbers() == [first, third, later]
        assert numbers(beyond=first, most=1) == [third]
        assert numbers(list(SuggestionState), newest=True, beyond=later) == [third, second, first]
        assert numbers(pledge=2) == []
        assert suggestions.waiting_on(db, 1) == 3 and suggestions.waiting_on(db, 2) == 0
        found = suggestions.counts(db)
    assert {state: count for state, count in found.items() if count} == {"open": 2, "refused": 1, "postponed": 1}


def test_somebody_sees_their_own(own_database):
    clara = people.account_of(own_database, "clara")
    kept(own_database)
    number, _ = kept(own_database, account=clara)
    with own_database.reading() as db:
        (told,) = suggestions.listed(db, WAITING, account=clara)

        assert (told.id, told.by) == (number, "Clara Vogt")
        assert suggestions.counts(db, clara)[SuggestionState.OPEN] == 1


def test_so_many_an_hour_come_from_one_network(own_database):
    def once(address):
        with own_database.writing() as db:
            attempts.count(db, "suggestion", address, 3)

    for end in "abc":
        once(f"2001:db8::{end}")
    with pytest.raises(TooOften) as often:
        once("2001:db8::d")
    once("2001:db8:0:1::d")

    assert 0 < often.value.wait <= 3600
