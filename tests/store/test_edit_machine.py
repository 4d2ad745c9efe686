"""Random edits, merges, deletions, reverts and restorations beside a model of plain dictionaries that cannot err."""

import os
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.domain.pledge import State
from app.domain.quantity import exact
from app.store import editing, records, reverting, verifying
from app.store.editing import Clashing
from app.store.history import Act
from app.store.reverting import NotWhole
from tests.builders import a_pledge

STEPS = 50
EXAMPLES = int(os.environ.get("EDIT_EXAMPLES", "46"))  # some 45 steps each: more than 2,000
ANNA = Act(author="anna")
VALUES = {
    "title": ["Leopard 2 tanks", "Tanks", "Panzer"],
    "note": ["", "seen", "doubted"],
    "quantity": [exact(18), exact(14), exact(20)],
    "supplier": ["", "a maker"],
    "state": [State.PUBLISHED, State.DELETED],
}
changes = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(0, 2), min_size=1, max_size=3).map(
    lambda some: {name: VALUES[name][place % len(VALUES[name])] for name, place in some.items()}
)


class Clash(Exception):
    """What the model says where two changes of a field cannot both stand."""


def merged(base, theirs, mine):
    for name in base:
        if mine[name] != base[name] != theirs[name] != mine[name]:
            raise Clash
    return {name: mine[name] if mine[name] != base[name] else theirs[name] for name in base}


def plain(pledge):
    return {name: getattr(pledge, name) for name in VALUES}


class Editors(RuleBasedStateMachine):
    """`model` holds every version of every record; the store is asked to do the same."""

    @initialize()
    def begin(self):
        self.db = self.database.writer.connect()
        self.model = {}

    def teardown(self):
        if hasattr(self, "db"):
            self.db.rollback()
            self.db.close()

    @rule()
    def somebody_records_a_pledge(self):
        made = editing.create(self.db, [a_pledge(key="")], ANNA)[0]
        self.model[made.id] = [plain(made.pledge)]

    @rule(data=st.data(), some=changes)
    def somebody_edits_against_any_version(self, data, some):
        number, versions, seen = self.pick(data)
        expected = self.expected(versions, seen, versions[seen - 1] | some)
        try:
            editing.edit(self.db, number, seen, ANNA, lambda pledge: replace(pledge, **some))
            assert expected is not None
        except Clashing:
            assert expected is None

    @rule(data=st.data())
    def somebody_takes_an_edit_back(self, data):
        number, versions, version = self.pick(data)
        before = versions[version - 2] if version > 1 else versions[0] | {"state": State.DELETED}
        expected = self.expected(versions, version, before)
        try:
            reverting.revert_all(self.db, {number: [version]}, ANNA)
            assert expected is not None
        except NotWhole:
            assert expected is None

    @rule(data=st.data(), state=st.sampled_from(VALUES["state"]))
    def somebody_deletes_or_restores(self, data, state):
        number, versions, _ = self.pick(data)
        self.expected(versions, len(versions), versions[-1] | {"state": state})
        latest = records.find(self.db, number).latest
        editing.edit(self.db, number, latest, ANNA, lambda pledge: editing.with_state(pledge, state))

    @invariant()
    def every_version_of_every_record_is_that_of_the_model(self):
        for number, versions in getattr(self, "model", {}).items():
            wanted = set(range(1, len(versions) + 1))
            found = records.versions(self.db, number, wanted | {len(versions) + 1})
            assert {version: plain(pledge) for version, pledge in found.items()} == {
                version: versions[version - 1] for version in wanted
            }

    def pick(self, data):
        if not self.model:
            self.somebody_records_a_pledge()
        number = data.draw(st.sampled_from(sorted(self.model)))
        versions = self.model[number]
        return number, versions, data.draw(st.integers(1, len(versions)))

    def expected(self, versions, seen, mine):
        """The next version as the model has it, added to it where it says something new; None for a clash."""
        try:
            after = merged(versions[seen - 1], versions[-1], mine)
        except Clash:
            return None
        if after != versions[-1]:
            versions.append(after)
        return after


@pytest.mark.parametrize("steps", [STEPS])
def test_two_thousand_random_steps_end_as_the_model_says(database, steps):
    machine = type("Editors", (Editors,), {"database": database})
    examples = EXAMPLES if database.is_sqlite else max(1, EXAMPLES // 8)

    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, database=None),
    )


def test_after_random_steps_all_that_follows_is_as_the_rules_give_it(database):
    class Verified(Editors):
        def teardown(self):
            if hasattr(self, "db"):
                assert verifying.within(self.db) == []
            super().teardown()

    machine = type("Verified", (Verified,), {"database": database})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=2, stateful_step_count=30, deadline=None, database=None)
    )
