from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.pledge import State
from app.domain.quantity import exact
from app.store import changes, editing, history, records, referred, reverting, verifying
from app.store.history import Act, now
from app.store.reverting import NotWhole
from tests import people
from tests.builders import a_pledge

ADA = Act(author="ada")


@pytest.fixture
def mallory(own_database):
    """Somebody with an account who will be sorry."""
    return Act(author="mallory", account=people.account_of(own_database, "clara"))


@pytest.fixture
def db(own_database, mallory):
    with own_database.writer.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def leopards(db):
    return editing.create(db, [a_pledge()], ADA)[0].id


def edited(db, number, act, **changes):
    version = records.find(db, number).version
    return editing.edit(db, number, version, act, lambda pledge: replace(pledge, **changes))


def pledge_of(db, number):
    return records.find(db, number).pledge


def since():
    return now() - timedelta(minutes=5)


def test_one_edit_is_taken_back_and_later_ones_stay(db, leopards):
    edited(db, leopards, ADA, title="Tanks")
    edited(db, leopards, ADA, note="seen")
    reverting.revert(db, leopards, 2, ADA)

    assert (pledge_of(db, leopards).title, pledge_of(db, leopards).note) == ("Leopard 2 tanks", "seen")


def test_what_was_changed_again_since_stands_in_the_way(db, leopards):
    edited(db, leopards, ADA, title="Tanks")
    edited(db, leopards, ADA, title="More tanks")
    with pytest.raises(NotWhole) as refused:
        reverting.revert(db, leopards, 2, ADA)

    (stuck,) = refused.value.stuck
    assert [clash.field for clash in stuck.clashes] == ["title"]
    assert pledge_of(db, leopards).title == "More tanks"


def test_taking_back_can_be_taken_back(db, leopards):
    edited(db, leopards, ADA, title="Tanks")
    reverting.revert(db, leopards, 2, ADA)
    reverting.revert(db, leopards, 3, ADA)

    assert pledge_of(db, leopards).title == "Tanks"


def test_what_was_made_is_deleted_when_it_is_taken_back(db, leopards):
    reverting.revert(db, leopards, 1, ADA)

    assert records.find(db, leopards).state is State.DELETED


def test_a_whole_change_goes_back_in_one_act(db):
    made = [one.id for one in editing.create(db, [a_pledge(key=f"k{n}") for n in range(4)], ADA)]
    change = editing.edit_all(db, dict.fromkeys(made, 1), ADA, lambda one: replace(one, supplier="nobody"))[0].change
    written = reverting.revert_change(db, change, replace(ADA, reverts=change))

    assert {pledge_of(db, number).supplier for number in made} == {""}
    assert len({one.change for one in written}) == 1
    assert changes.one(db, written[0].change).reverts == change


def renamed(db, name, act=ADA):
    """The change that gave a donor another name."""
    was = referred.find(db, "donor", name="LT").value
    return history.record(db, act, referred.save(db, "donor", [replace(was, name=name)]))


def test_what_an_account_made_of_donors_goes_back_too(db, mallory, leopards):
    edited(db, leopards, mallory, title="Nonsense", lead="LT")
    for name in ("Nonsense", "More nonsense"):
        renamed(db, name, mallory)
    reverting.revert_account(db, mallory.account, since(), ADA)

    assert referred.find(db, "donor", name="LT").value.name == "Lithuania"
    assert (pledge_of(db, leopards).title, pledge_of(db, leopards).lead) == ("Leopard 2 tanks", "DE")
    assert verifying.within(db) == []


def test_what_pledges_refer_to_goes_back_with_the_change_or_stands_in_the_way(db):
    first = renamed(db, "Lietuva")
    reverting.revert_change(db, first, ADA)
    assert referred.find(db, "donor", name="LT").value.name == "Lithuania"

    second = renamed(db, "Lietuva")
    renamed(db, "Litauen")
    with pytest.raises(NotWhole) as refused:
        reverting.revert_change(db, second, ADA)
    assert refused.value.others == ["LT"]


def test_ten_edits_of_a_vandal_go_back_in_one_act_and_those_of_others_stay(db, mallory):
    made = [one.id for one in editing.create(db, [a_pledge(key=f"k{n}") for n in range(5)], ADA)]
    for number in made:
        edited(db, number, mallory, title="Nonsense")
        edited(db, number, mallory, quantity=exact(9999), title="More nonsense")
        edited(db, number, ADA, note="seen")
    own = editing.create(db, [a_pledge(key="spam", title="Spam")], mallory)[0].id
    written = reverting.revert_all(db, reverting.revisions_of_account(db, mallory.account, since()), ADA)

    assert len({one.change for one in written}) == 1
    assert {(pledge_of(db, n).title, pledge_of(db, n).quantity, pledge_of(db, n).note) for n in made} == {
        ("Leopard 2 tanks", exact(18), "seen")
    }
    assert records.find(db, own).state is State.DELETED
    assert verifying.within(db) == []


def test_what_was_taken_back_before_is_in_nobodys_way(db, mallory, leopards):
    for title in ("Nonsense", "More nonsense"):
        edited(db, leopards, mallory, title=title)
    everything = reverting.revisions_of_account(db, mallory.account, since())
    reverting.revert_all(db, everything, ADA)

    assert reverting.revert_all(db, everything, ADA) == []
    assert pledge_of(db, leopards).title == "Leopard 2 tanks"


def test_if_one_of_them_cannot_go_back_none_does(db, mallory):
    first, second = (one.id for one in editing.create(db, [a_pledge(key="a"), a_pledge(key="b")], ADA))
    for number in (first, second):
        edited(db, number, mallory, title="Nonsense")
    edited(db, second, ADA, title="Mended")
    with pytest.raises(NotWhole) as refused:
        reverting.revert_all(db, reverting.revisions_of_account(db, mallory.account, since()), ADA)

    assert [stuck.id for stuck in refused.value.stuck] == [second]
    assert pledge_of(db, first).title == "Nonsense"


def test_what_was_done_before_that_time_stays(db, mallory, leopards):
    edited(db, leopards, mallory, title="Nonsense")
    ahead = now() + timedelta(minutes=5)

    assert reverting.revisions_of_account(db, mallory.account, ahead) == {}
