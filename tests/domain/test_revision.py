from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claim import ClaimField, Rank
from app.domain.milestone import Status
from app.domain.quantity import exact
from app.domain.revision import Difference, differences, merge
from tests.builders import a_claim, a_day, a_delivery, a_party, a_pledge

BASE = a_pledge(
    claims=(a_claim(quantity=exact(18), rank=Rank.PREFERRED), a_claim(ClaimField.AMOUNT, "wire", words="much")),
    milestones=(a_delivery(4), a_delivery(6, "2023-04-01")),
    parties=(a_party("NL"),),
)
FIELDS = {
    "title": ["Leopards", "Tanks", "Twenty tanks"],
    "quantity": [exact(18), exact(20), exact(14)],
    "announced": [a_day("2023-01-25"), a_day("2023-01-26"), a_day("")],
    "note": ["", "seen", "doubted"],
}


def test_a_version_does_not_differ_from_itself():
    assert differences(BASE, BASE) == []


def test_a_changed_field_is_told_with_what_it_was():
    assert differences(BASE, replace(BASE, title="Tanks")) == [Difference("title", BASE.title, "Tanks")]


def test_a_changed_part_is_told_as_one_change_and_a_new_one_as_new():
    more = replace(BASE.claims[0], quantity=exact(20))
    after = replace(BASE, claims=(more, BASE.claims[1], a_claim(ClaimField.EXPECTED, "wire", words="soon")))

    assert differences(BASE, after) == [
        Difference("claims", BASE.claims[0], more),
        Difference("claims", None, after.claims[2]),
    ]


def test_changes_of_different_fields_merge_and_say_what_came():
    found = merge(BASE, replace(BASE, note="seen"), replace(BASE, title="Tanks"))

    assert found.record == replace(BASE, note="seen", title="Tanks")
    assert (found.clashes, found.theirs) == ((), (Difference("note", "", "seen"),))


def test_the_same_change_by_both_is_no_clash():
    both = replace(BASE, title="Tanks")

    assert merge(BASE, both, both).record == both and merge(BASE, both, both).clashes == ()


def test_two_changes_of_one_field_clash_and_theirs_stands():
    found = merge(BASE, replace(BASE, quantity=exact(14)), replace(BASE, quantity=exact(20), note="seen"))

    (clash,) = found.clashes
    assert (clash.field, clash.base, clash.theirs, clash.mine) == ("quantity", exact(18), exact(14), exact(20))
    assert found.record.quantity == exact(14) and found.record.note == "seen"


def test_different_parts_merge():
    theirs = replace(BASE, claims=(BASE.claims[0], replace(BASE.claims[1], words="more")))
    mine = replace(BASE, claims=(replace(BASE.claims[0], quote="“18”"), BASE.claims[1]), parties=())

    found = merge(BASE, theirs, mine)
    assert found.record.claims == (mine.claims[0], theirs.claims[1]) and found.record.parties == ()
    assert found.clashes == ()


def test_both_may_add_parts():
    one, other = a_delivery(1, "2023-05-01"), a_delivery(2, "2023-06-01")
    found = merge(
        BASE, replace(BASE, milestones=(*BASE.milestones, one)), replace(BASE, milestones=(*BASE.milestones, other))
    )

    assert found.record.milestones == (*BASE.milestones, one, other) and not found.clashes


def test_the_same_part_changed_by_both_clashes():
    theirs = replace(BASE, claims=(replace(BASE.claims[0], quantity=exact(14)), BASE.claims[1]))
    mine = replace(BASE, claims=(replace(BASE.claims[0], quantity=exact(20)), BASE.claims[1]))

    (clash,) = merge(BASE, theirs, mine).clashes
    assert [one.quantity for one in (clash.base, clash.theirs, clash.mine)] == [exact(18), exact(14), exact(20)]


def test_a_part_that_they_took_out_and_i_changed_clashes():
    mine = replace(BASE, parties=(replace(BASE.parties[0], donor="NL", currency="EUR"),))

    (clash,) = merge(BASE, replace(BASE, parties=()), mine).clashes
    assert clash.theirs is None and clash.mine == mine.parties[0]


def test_a_part_that_both_took_out_is_gone():
    found = merge(BASE, replace(BASE, parties=()), replace(BASE, parties=()))

    assert found.record.parties == () and not found.clashes


def test_a_pin_and_its_reason_clash_together():
    theirs = replace(BASE, status_pin=Status.LAPSED, status_pin_reason="said so")
    mine = replace(BASE, status_pin=Status.CANCELLED, status_pin_reason="said so")

    assert {clash.field for clash in merge(BASE, theirs, mine).clashes} == {"status_pin"}
    assert merge(BASE, theirs, mine).record == theirs


versions = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FIELDS.items()})


@given(versions, versions)
def test_whatever_is_merged_no_change_is_lost_and_none_invented(theirs, mine):
    they, me = replace(BASE, **theirs), replace(BASE, **mine)
    found = merge(BASE, they, me)

    clashing = {clash.field for clash in found.clashes}
    for name in FIELDS:
        base, other, own, now = (getattr(one, name) for one in (BASE, they, me, found.record))
        assert now == (own if other == base else other)
        assert (name in clashing) == (own not in (base, other) and other != base)


@pytest.mark.parametrize("name", ["claims", "milestones", "parties", "links"])
@given(st.lists(st.integers(0, 4), max_size=5), st.lists(st.integers(0, 4), max_size=5))
def test_a_merge_with_an_unchanged_side_is_the_other_side_as_a_collection(name, base, mine):
    parts = {
        "claims": lambda n: a_claim(source=f"s{n}"),
        "milestones": lambda n: a_delivery(n),
        "parties": lambda n: a_party(f"D{n}"),
        "links": lambda n: f"l{n}",
    }[name]
    was, own = (replace(BASE, **{name: tuple(parts(n) for n in some)}) for some in (base, mine))

    assert sorted(map(str, getattr(merge(was, was, own).record, name))) == sorted(map(str, getattr(own, name)))
    assert merge(was, own, was).record == own
