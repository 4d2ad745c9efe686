from dataclasses import replace

import pytest

from app.domain.claim import ClaimField, Rank
from app.domain.pledge import LinkKind, State
from app.domain.quantity import exact
from app.store import editing, records, verifying
from app.store.editing import Circle, Clashing, Gone
from app.store.history import Act
from tests.builders import a_claim, a_link, a_pledge

ANNA, BEN = Act(author="anna"), Act(author="ben")


@pytest.fixture
def db(database):
    """A transaction for one test that writes: nothing of it stays."""
    with database.writer.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def leopards(db):
    """The number of a record at its first version."""
    return editing.create(db, [a_pledge()], ANNA)[0].id


def titled(title):
    return lambda pledge: replace(pledge, title=title)


def numbered(number):
    return lambda pledge: replace(pledge, quantity=exact(number))


def now(db, number):
    return records.find(db, number)


def test_an_edit_makes_the_next_version(db, leopards):
    written = editing.edit(db, leopards, 1, ANNA, titled("Tanks"))

    assert (written.version, now(db, leopards).pledge.title) == (2, "Tanks")
    assert [one.operation for one in records.history(db, leopards)] == ["update", "create"]


def test_an_edit_that_changes_nothing_writes_nothing(db, leopards):
    written = editing.edit(db, leopards, 1, ANNA, titled("Leopard 2 tanks"))

    assert (written.version, written.change) == (1, None)
    assert len(records.history(db, leopards)) == 1


def test_a_stale_edit_of_another_field_merges_and_says_so(db, leopards):
    editing.edit(db, leopards, 1, ANNA, titled("Tanks"))
    written = editing.edit(db, leopards, 1, BEN, numbered(20))

    assert [one.field for one in written.theirs] == ["title"]
    assert (now(db, leopards).pledge.title, now(db, leopards).pledge.quantity) == ("Tanks", exact(20))


def test_a_stale_edit_of_the_same_field_clashes_and_writes_nothing(db, leopards):
    editing.edit(db, leopards, 1, ANNA, numbered(14))
    with pytest.raises(Clashing) as clash:
        editing.edit(db, leopards, 1, BEN, numbered(20))

    (one,) = clash.value.clashes
    assert (one.base, one.theirs, one.mine) == (exact(18), exact(14), exact(20))
    assert (clash.value.version, now(db, leopards).version) == (2, 2)


def test_a_version_that_never_was_and_a_record_that_is_none_are_gone(db, leopards):
    for number, seen in ((leopards, 7), (999_999, 1)):
        with pytest.raises(Gone):
            editing.edit(db, number, seen, ANNA, titled("Tanks"))


def test_a_merged_record_has_one_preferred_claim_that_bears_its_figure(db, leopards, seed):
    source = next(iter(seed.sources))
    claim = a_claim(source=source, quantity=exact(18), rank=Rank.PREFERRED)
    editing.edit(db, leopards, 1, ANNA, lambda pledge: replace(pledge, claims=(claim,)))
    editing.edit(db, leopards, 1, BEN, numbered(20))

    (left,) = now(db, leopards).pledge.claims
    assert (left.field, left.rank) == (ClaimField.QUANTITY, Rank.NORMAL)


def test_a_deleted_record_is_in_nothing_and_comes_back_whole(db, leopards):
    before = now(db, leopards).pledge
    editing.edit(db, leopards, 1, ANNA, lambda pledge: editing.with_state(pledge, State.DELETED))
    assert now(db, leopards).state is State.DELETED
    editing.edit(db, leopards, 2, ANNA, lambda pledge: editing.with_state(pledge, State.PUBLISHED))

    assert now(db, leopards).pledge == before
    assert [one.operation for one in records.history(db, leopards)] == ["restore", "delete", "create"]


def test_a_draft_is_told_to_editors_alone_until_it_is_published(db):
    made = editing.create(db, [a_pledge(state=State.DRAFT)], ANNA)[0].id
    editing.edit(db, made, 1, ANNA, titled("Tanks"))
    editing.edit(db, made, 2, ANNA, lambda pledge: editing.with_state(pledge, State.PUBLISHED))

    assert [one.operation for one in records.history(db, made)] == ["publish"]
    assert [one.operation for one in records.history(db, made, drafts=True)] == ["publish", "draft", "draft"]


def test_links_never_lead_back(db, leopards):
    other, third = (
        editing.create(db, [a_pledge(key=key, links=(a_link(LinkKind.PART_OF, to),))], ANNA)[0].id
        for key, to in (("other", "leopards"), ("third", "other"))
    )
    with pytest.raises(Circle):
        editing.edit(db, leopards, 1, ANNA, lambda pledge: replace(pledge, links=(a_link(LinkKind.RELATED, "third"),)))
    assert other != third and now(db, leopards).version == 1


def test_whatever_was_edited_the_whole_is_as_the_rules_give_it(db, leopards):
    draft = editing.create(db, [a_pledge(key="other", state=State.DRAFT)], ANNA)[0].id
    editing.edit(db, leopards, 1, ANNA, numbered(20))
    editing.edit(db, leopards, 2, ANNA, lambda pledge: editing.with_state(pledge, State.DELETED))
    editing.edit(db, draft, 1, ANNA, titled("Tanks"))

    assert verifying.within(db) == []


def test_the_same_change_of_many_is_one_act_or_none(db, leopards):
    others = [one.id for one in editing.create(db, [a_pledge(key=f"k{n}") for n in range(5)], ANNA)]
    written = editing.edit_all(db, dict.fromkeys([leopards, *others], 1), ANNA, titled("Tanks"))
    assert len({one.change for one in written}) == 1

    with pytest.raises(Clashing):
        editing.edit_all(db, {leopards: 1, others[0]: 2}, ANNA, titled("Other tanks"))
