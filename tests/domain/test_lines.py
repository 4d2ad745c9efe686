"""Lines without a lasting name: which line of a new release is which of an old one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from app.domain.lines import ALIKE, Line, activity_of, likeness, matched
from app.domain.money import Value, ValueSetBy
from app.domain.quantity import exact
from app.domain.when import on
from tests.builders import a_pledge


def line(activity, number, **told):
    days = on(date(2023, 1 + number % 12, 1 + number % 28))
    euros = Decimal(1000 + number)
    value = Value(low=euros, point=euros, high=euros, set_by=ValueSetBy.DATASET)
    made = a_pledge(
        key=f"{activity}-{number}",
        title=f"Item {number % 7}",
        quantity=exact(number % 5),
        announced=days,
        value=value,
        dataset_key=f"K17-{activity}-{number:03d}",
    )
    return Line(activity, replace(made, **told))


def test_an_activity_is_read_from_the_name_of_a_line():
    assert activity_of("KIEL17-AUM18-004") == "AUM18"
    assert activity_of("KIEL17-DE-MIL-1-291") == "DE-MIL-1"
    assert activity_of("something else") == ""


def test_lines_that_say_the_same_are_matched_in_whatever_order():
    old = [line("A", number) for number in range(40)]
    new = old[:]
    Random(4).shuffle(new)

    found = matched(old, new)

    assert all(old[i].pledge == new[j].pledge for j, i in found.items())
    assert len(found) == 40


def test_lines_that_are_told_twice_are_two_lines_in_their_order():
    old = [line("A", 3), line("A", 3), line("A", 4)]

    assert matched(old, old) == {0: 0, 1: 1, 2: 2}


def test_a_line_with_one_changed_cell_is_still_that_line():
    old = [line("A", number) for number in range(30)]
    new = [
        replace(one, pledge=replace(one.pledge, quantity=exact(99))) if n == 12 else one for n, one in enumerate(old)
    ]

    assert matched(old, new)[12] == 12


def test_a_line_that_nothing_resembles_is_new():
    old = [line("A", 1, dataset_key="K16-A-009")]
    other = line("A", 200, title="Helmets", system=None, aid="humanitarian", quantity=exact(70000))

    assert matched(old, [other]) == {}


def test_a_line_that_reads_wholly_otherwise_is_still_the_one_that_its_release_named():
    old = [line("A", 1), line("A", 2)]
    other = line("A", 200, title="Helmets", system=None, aid="humanitarian", quantity=exact(70000))
    new = Line("A", replace(other.pledge, dataset_key=old[1].pledge.dataset_key))

    assert matched(old, [new]) == {0: 1}


def test_what_is_left_of_an_activity_is_matched_by_its_place_where_it_is_not_wholly_another():
    old = [line("A", 1), line("A", 2)]
    new = [replace(one, pledge=replace(one.pledge, title="Renamed", quantity=exact(77))) for one in old]

    assert all(likeness(old[n].pledge, new[n].pledge) < ALIKE + 0.1 for n in (0, 1))
    assert matched(old, new) == {0: 0, 1: 1}


def test_a_line_that_went_to_another_activity_is_found_by_all_that_counts():
    old, new = [line("A", 5)], [line("B", 5)]

    assert matched(old, new) == {0: 0}


def test_most_of_a_shuffled_and_altered_release_is_matched_to_the_right_line():
    random = Random(17)
    old = [line(f"A{number % 30}", number) for number in range(900)]
    new = [(n, one) for n, one in enumerate(old)]
    for place in random.sample(range(900), 100):
        n, one = new[place]
        new[place] = n, replace(one, pledge=replace(one.pledge, title=f"Altered {place}"))
    random.shuffle(new)

    found = matched(old, [one for _, one in new])

    right = sum(found.get(place) == n for place, (n, _) in enumerate(new))
    assert right >= 0.95 * 900
