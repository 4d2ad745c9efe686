"""The published figures that come with the program, beside lines that add up to them or do not."""

from collections import Counter
from decimal import Decimal

from app.domain.pledge import AidType
from app.formats.row import Sum
from app.importing.published import DATASET, _published, beside
from app.settings import Settings

SEED = Settings(_env_file=None).seed


def sums(**more: int) -> list[Sum]:
    """Sums of the lines of release 28 as published, the EU's in part those of its bank; `more` by donor."""
    found = []
    for (donor, aid, measure), euros in _published(SEED / "published_totals.csv", "28").items():
        own = euros + (more.get(donor, 0) if aid is AidType.HUMANITARIAN else 0)
        bank = own / 4 if donor == "EU" else Decimal(0)
        found += [Sum(donor=donor, aid=aid, measure=measure, euros=own - bank)]
        found += [Sum(donor="EIB", aid=aid, measure=measure, euros=bank)] if bank else []
    return found


def test_lines_that_add_up_to_what_was_published_are_equal_the_bank_within_the_union():
    held = beside(sums(), DATASET, "28", SEED)

    assert len(held) == 2 * 3 * 42 and all(one.equal for one in held)
    assert {one.donor for one in held if one.notes} == {"EU", "SI"}


def test_what_slovenias_sheet_leaves_out_is_apart_and_explained():
    apart = [one for one in beside(sums(SI=6_700_000), DATASET, "28", SEED) if not one.equal]

    assert Counter(one.donor for one in apart) == {"SI": 2}
    assert all(one.apart == 6_700_000 and "blank" in one.notes[0] for one in apart)


def test_another_difference_is_apart_without_a_reason():
    (one, *_) = [one for one in beside(sums(PL=-900_000), DATASET, "28", SEED) if not one.equal]

    assert one.donor == "PL" and one.notes == ()


def test_what_a_file_states_itself_goes_before_what_comes_with_the_program():
    stated = Sum(donor="PL", aid=AidType.MILITARY, measure="allocation", euros=Decimal(5_000_000), published=True)
    held = beside([*sums(), stated], DATASET, "28", SEED)

    assert [(one.donor, one.published) for one in held] == [("PL", Decimal(5_000_000))]


def test_of_a_release_that_was_not_published_nothing_is_held_beside():
    assert beside(sums(), DATASET, "17", SEED) == []
