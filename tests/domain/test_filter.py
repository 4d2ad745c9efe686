from datetime import date
from types import MappingProxyType
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import Code
from app.domain.filter import (
    CODES,
    LONGEST_QUESTION,
    MOST_VALUES,
    Facet,
    Measure,
    PledgeFilter,
    Sort,
    View,
    read,
)
from tests.builders import KNOWN

NAMES = {
    Facet.DONOR: ["DE", "GB", "NL"],
    Facet.SYSTEM: ["patriot", "air-defence"],
    Facet.AT: ["patriot"],
    Facet.EVENT: ["nuc-2024-01-10"],
    Facet.PACKAGE: ["1", "77"],
    Facet.YEAR: ["2022", "2024"],
    Facet.MONTH: ["2024-01", "2023-12"],
    Facet.OVERDUE: ["yes"],
}
VALUES = {facet: NAMES.get(facet) or [str(code) for code in CODES[facet]] for facet in Facet}


def asked(query: str) -> PledgeFilter:
    return read(parse_qsl(query, keep_blank_values=True), KNOWN)


def unread(wanted: PledgeFilter) -> list[tuple[str, str]]:
    return [(one.parameter, one.value) for one in wanted.unread]


def chosen():
    one_facet = st.sampled_from(Facet).flatmap(
        lambda facet: st.tuples(st.just(facet), st.lists(st.sampled_from(VALUES[facet]), min_size=1, unique=True))
    )
    return st.lists(one_facet, max_size=5).map(lambda pairs: MappingProxyType({f: tuple(v) for f, v in pairs}))


DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
WHOLE = st.none() | st.integers(0, 2**53)
FILTERS = st.builds(
    PledgeFilter,
    chosen=chosen(),
    since=DAYS,
    to=DAYS,
    as_of=DAYS,
    q=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40),
    sort=st.sampled_from(Sort),
    falling=st.booleans(),
    after=WHOLE,
    before=WHOLE,
    page=st.integers(1, 200),
    per=st.sampled_from([25, 50, 100]),
    view=st.sampled_from(View),
    measure=st.sampled_from(Measure),
)


@given(FILTERS)
def test_a_filter_reads_back_from_its_own_address(wanted):
    again = asked(wanted.query())

    assert again == wanted
    assert again.query() == wanted.query()


@given(FILTERS, FILTERS)
def test_equal_filters_have_equal_addresses_and_others_have_others(one, other):
    assert (one.query() == other.query()) is (one == other)


@given(
    st.lists(
        st.tuples(st.sampled_from([*Facet, "from", "to", "q", "as_of", "sort", "page", "per"]), st.text()), max_size=8
    )
)
def test_no_address_is_too_strange_to_be_read(pairs):
    wanted = read([(str(name), value) for name, value in pairs], KNOWN)

    assert asked(wanted.query()).narrowing() == wanted.narrowing()


@pytest.mark.parametrize("facet", Facet)
def test_every_facet_reads_its_values_and_names_those_it_does_not_know(facet):
    known = "&".join(f"{facet}={value}" for value in VALUES[facet])

    assert asked(known).values(facet) == tuple(VALUES[facet])
    assert unread(asked(f"{facet}=%3Bdrop")) == [(facet, ";drop")]
    assert asked(f"{facet}=%3Bdrop").impossible


@pytest.mark.parametrize("facet", CODES)
def test_every_code_of_a_facet_has_a_title_to_be_shown(facet):
    assert issubclass(CODES[facet], Code) and all(code.title for code in CODES[facet])


def test_an_empty_address_asks_for_everything_newest_first():
    wanted = asked("")

    assert wanted == PledgeFilter()
    assert not wanted.narrowed and wanted.sort is Sort.ANNOUNCED and wanted.falling
    assert wanted.address() == "/pledges"


@pytest.mark.parametrize(
    ("query", "bad"),
    [
        ("page=1000000000", ("page", "1000000000")),
        ("page=0", ("page", "0")),
        ("page=201", ("page", "201")),
        ("per=1e9", ("per", "1e9")),
        ("per=51", ("per", "51")),
        ("sort=%3Bdrop", ("sort", ";drop")),
        ("sort=--title", ("sort", "--title")),
        ("after=-1", ("after", "-1")),
        ("before=x", ("before", "x")),
        ("view=list", ("view", "list")),
        ("measure=tons", ("measure", "tons")),
        ("from=2024-13-01", ("from", "2024-13-01")),
        ("from=2024-02-30", ("from", "2024-02-30")),
        ("to=20240101", ("to", "20240101")),
        ("as_of=yesterday", ("as_of", "yesterday")),
        ("as_of=٢٠٢٤-٠١-١٠", ("as_of", "٢٠٢٤-٠١-١٠")),
        ("year=1989", ("year", "1989")),
        ("year=٢٠٢٤", ("year", "٢٠٢٤")),
        ("month=2024-13", ("month", "2024-13")),
        ("package=0", ("package", "0")),
        ("donor=XX", ("donor", "XX")),
        ("donor=de", ("donor", "de")),
        ("system=Patriot", ("system", "Patriot")),
        ("overdue=no", ("overdue", "no")),
    ],
)
def test_what_cannot_be_read_is_named_and_never_raises(query, bad):
    assert unread(asked(query)) == [bad]


@pytest.mark.parametrize("query", ["from=x", "to=x", "as_of=x", "donor=XX", "year=1", f"q={'x' * 300}"])
def test_a_narrowing_piece_that_cannot_be_read_leaves_nothing(query):
    assert asked(query).impossible and asked(query).narrowed


@pytest.mark.parametrize("query", ["page=0", "per=7", "sort=x", "view=x", "measure=x", "after=x", "donor=DE&donor=XX"])
def test_a_piece_that_does_not_narrow_is_named_and_leaves_the_rest(query):
    assert asked(query).unread and not asked(query).impossible


def test_a_strange_page_or_sort_falls_back_to_the_usual_one():
    wanted = asked("page=1000000000&per=1e9&sort=;drop")

    assert (wanted.page, wanted.per, wanted.sort, wanted.falling) == (1, 50, Sort.ANNOUNCED, True)


def test_parameters_nobody_knows_are_ignored_and_empty_fields_ask_for_nothing():
    assert asked("utm_source=x&donor=&q=&from=&page=") == PledgeFilter()


def test_ten_thousand_repeats_are_one_value():
    assert asked("&".join(["donor=DE"] * 10_000)).values("donor") == ("DE",)


def test_of_ten_thousand_values_some_are_kept_and_some_of_the_rest_are_named():
    wanted = asked("&".join(f"package={number}" for number in range(1, 10_001)))

    assert len(wanted.values("package")) == MOST_VALUES
    assert len(wanted.unread) == 20


def test_of_single_parameters_the_last_one_counts():
    assert asked("per=25&per=100").per == 100


def test_unseen_signs_are_taken_out_of_a_question_and_shown_in_what_is_named():
    assert asked("q=pat%00riot%E2%80%AE").q == "pat riot"
    assert unread(asked("donor=D%00E%E2%80%AEX")) == [("donor", "D\ufffdE\ufffdX")]


def test_a_question_that_is_too_long_is_named_and_not_asked():
    assert asked("q=" + "x" * LONGEST_QUESTION).q == "x" * LONGEST_QUESTION
    assert asked("q=" + "x" * (LONGEST_QUESTION + 1)).q == ""
    assert len(asked("q=" + "x" * 100_000).unread[0].value) == 80


def test_a_value_is_added_once_taken_away_and_replaced():
    wanted = PledgeFilter().with_("donor", "DE").with_("donor", "GB").with_("donor", "DE")

    assert wanted.query() == "donor=DE&donor=GB"
    assert wanted.without("donor", "DE").query() == "donor=GB"
    assert wanted.without("donor").query() == ""
    assert wanted.only("donor", "NL").query() == "donor=NL"
    assert wanted.has("donor", "GB") and not wanted.has("donor", "NL")


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.with_("donor", "DE"),
        lambda one: one.without("year"),
        lambda one: one.only("year", "2023"),
        lambda one: one.but(per=25),
        lambda one: one.sorted_by(Sort.VALUE),
        lambda one: one.cleared(),
    ],
)
def test_every_change_begins_at_the_first_page(change):
    changed = change(asked("year=2024&page=7&after=9&before=3"))

    assert (changed.page, changed.after, changed.before) == (1, None, None)


def test_sorting_once_more_turns_the_order():
    by_value = PledgeFilter().sorted_by(Sort.VALUE)
    by_title = PledgeFilter().sorted_by(Sort.TITLE)

    assert by_value.falling and not by_value.sorted_by(Sort.VALUE).falling
    assert not by_title.falling and by_title.sorted_by(Sort.TITLE).falling


def test_clearing_keeps_how_things_are_shown_and_narrowing_keeps_only_what_matches():
    wanted = asked("donor=DE&q=patriot&as_of=2024-01-10&sort=title&per=25&view=map&measure=value")

    assert wanted.cleared().query() == "sort=title&view=map&measure=value&per=25"
    assert wanted.narrowing().query() == "donor=DE&q=patriot&as_of=2024-01-10"
