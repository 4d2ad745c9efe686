import pytest

from app.formats.headed import headed
from app.formats.row import Label, Row, Sheet, Unreadable
from app.formats.support_tracker import NO_LINES, NO_RELEASE, rows
from app.formats.support_tracker.columns import MISSING, NOT_THERE, main_table
from tests.formats import tracker
from tests.formats.tracker import NEWER, OLDER, known, pledges, sheet

LINES = [
    {"units": "undisclosed", "stated": 2000, "activity_euros": "1000,5", "line_euros": "1000.5"},
    {"item": "generator", "units": "2", "delivered": "1", "arrived": "https://b.example/2"},
    {"measure": "Commitment", "item": ".", "activity_euros": "7", "initiative": "\u00a0NATO CAP"},
]


def cells(meaning: str) -> list[object]:
    return [(tracker.PLAIN | line)[meaning] for line in LINES]


def test_older_and_newer_names_of_the_columns_give_the_same_pledges():
    older, newer = ([sheet(*LINES, layout=layout)] for layout in (OLDER, NEWER))

    assert pledges(rows(older, known())) == pledges(rows(newer, known()))


def test_columns_are_found_wherever_they_stand_and_however_they_are_written():
    """Trailing blanks, another case, columns without a name, a heading that stands twice."""
    odd = {meaning: f" {heading.upper()}  " for meaning, heading in reversed(OLDER.items())}
    header = [None, *odd.values(), "", "Sub-type of item", "Items"]
    lines = [["", *(cells(meaning)[number] for meaning in odd), None, "x", "another"] for number in range(len(LINES))]

    odd_one = Sheet("a", iter([header, *lines]))

    assert pledges(rows([odd_one], known())) == pledges(rows([sheet(*LINES)], known()))


def test_the_main_table_is_found_on_any_sheet_below_a_title():
    notes = Sheet("Read me", iter([["About"], ["the", "tracker"]]))
    main = sheet(LINES[0], name="Data", above=20)

    read = list(rows([notes, main], known()))

    assert [row.place.sheet for row in read if isinstance(row, Row)] == ["Data"] * 2
    assert {row.place.row for row in read if isinstance(row, Row)} == {22}


def test_headings_too_far_down_are_none():
    with pytest.raises(Unreadable) as problem:
        list(rows([sheet(LINES[0], above=30)], known()))
    assert problem.value.sentence == NOT_THERE


def test_missing_columns_are_named():
    layout = {name: heading for name, heading in OLDER.items() if name not in ("line_euros", "aid")}
    with pytest.raises(Unreadable) as problem:
        list(rows([sheet(LINES[0], layout=layout)], known()))

    assert problem.value.sentence == MISSING
    assert problem.value.told == {
        "sheet": tracker.SHEET,
        "columns": "Type of Aid General, Allocated Total in EUR (redistributed)",
    }


def test_headings_alone_are_no_release():
    with pytest.raises(Unreadable) as problem:
        list(rows([sheet()], known()))
    assert problem.value.sentence == NO_LINES


@pytest.mark.parametrize("release", ["", " ", "17 of 2024", "../17", "1" * 30])
def test_whoever_imports_says_which_release_it_is(release):
    with pytest.raises(Unreadable) as problem:
        list(rows([sheet(LINES[0])], known(release)))
    assert problem.value.sentence == NO_RELEASE


def test_a_release_is_labelled_first():
    label = next(rows([sheet(*LINES, {"announced": "until 12/31/2030"})], known("18")))

    assert label == Label(
        dataset="Ukraine Support Tracker, Kiel Institute", release="18", until=tracker.PLAIN["announced"], rows=4
    )


def test_sheets_that_were_looked_at_keep_their_rows():
    first = headed(Sheet("a", iter([["x"], ["y"]])))
    main_table([first, headed(sheet(LINES[0]))])

    assert list(first.rows) == [["x"], ["y"]]


def test_headings_in_the_midst_of_the_lines_are_passed_over():
    twice = [list(OLDER.values()), *[[(tracker.PLAIN | line)[name] for name in OLDER] for line in LINES]] * 2
    read = list(rows([Sheet("a", iter(twice))], known()))

    assert [one["dataset_key"] for one in pledges(read)] == [f"KIEL17-AUM1-{number:03}" for number in range(1, 7)]
    assert tracker.faults(read) == []


def test_a_row_of_which_only_columns_without_a_name_are_filled_is_told():
    header = [None, *OLDER.values()]
    read = list(rows([Sheet("a", iter([header, ["a note"], [None, *map(tracker.PLAIN.get, OLDER)]]))], known()))

    assert [place[0] for place in tracker.faults(read)] == [2, 2, 2]
    assert len(pledges(read)) == 1
