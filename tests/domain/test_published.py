"""What a dataset has published beside what its lines add up to."""

from decimal import Decimal

from app.domain.pledge import AidType
from app.domain.published import Note, held_beside

MILITARY = AidType.MILITARY


def test_a_figure_within_half_a_million_of_its_lines_is_equal():
    published = {("DE", MILITARY, "allocation"): Decimal("25295000000")}
    near, far = Decimal("25295499999"), Decimal("25295500001")

    assert held_beside(published, {("DE", MILITARY, "allocation"): near}, [])[0].equal
    assert not held_beside(published, {("DE", MILITARY, "allocation"): far}, [])[0].equal


def test_a_figure_with_another_donors_lines_in_it_is_held_beside_both():
    note = Note("", "EU", "", "EIB", "With the bank.")
    lines = {("EU", MILITARY, "allocation"): Decimal(80), ("EIB", MILITARY, "allocation"): Decimal(20)}

    found = held_beside({("EU", MILITARY, "allocation"): Decimal(100)}, lines, [note])

    assert found[0].equal and found[0].apart == 0 and found[0].notes == ("With the bank.",)


def test_a_figure_without_a_line_is_apart_by_all_of_it():
    found = held_beside({("DE", MILITARY, "commitment"): Decimal(9_000_000)}, {}, [])

    assert found[0].apart == -9_000_000 and not found[0].equal


def test_a_note_holds_only_where_it_says():
    note = Note("allocation", "SI", "humanitarian", "", "A blank.")

    assert note.holds(("SI", AidType.HUMANITARIAN, "allocation"))
    assert not note.holds(("SI", AidType.MILITARY, "allocation"))
    assert not note.holds(("SI", AidType.HUMANITARIAN, "commitment"))
