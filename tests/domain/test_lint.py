from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.lint import Around, Doubt, Error, Kin, Whole, alike, errors, lints
from app.domain.milestone import CountBasis, Status
from app.domain.pledge import LinkKind, PartyRole, ShareKind
from app.domain.quantity import UNDISCLOSED, exact
from app.domain.system import FITTING, Role, Unit, fits
from app.domain.when import When, when_from
from tests.builders import a_day, a_delivery, a_link, a_party, a_pledge, a_status, an_amount, said

TODAY = date(2026, 6, 1)
PERCENT = ShareKind.PERCENT


def found(told):
    return [(str(one.code), one.field) for one in told]


def doubts(pledge, **around):
    return found(lints(pledge, Around(today=TODAY, **around)))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": ""}, "no_title", "title"),
        ({"title": "  "}, "no_title", "title"),
        ({"title": "x" * 301}, "long_title", "title"),
        ({"summary": "x" * 20_001}, "long_text", "summary"),
        ({"note": "x" * 20_001}, "long_text", "note"),
        ({"announced": a_day("2013-12-31")}, "announced", "announced"),
        ({"announced": a_day("2027-06-03")}, "announced", "announced"),
        ({"expected": a_day("2124-01-01")}, "expected", "expected"),
        ({"milestones": (a_delivery(1, "2124-01-01"),)}, "happened", "milestones"),
        ({"milestones": (a_delivery(1, "2013-01-01"),)}, "happened", "milestones"),
        ({"milestones": (a_status(Status.CONTRACTED, "2124-01-01"),)}, "happened", "milestones"),
        ({"milestones": (a_delivery(dates=when_from("by 2100")),)}, "happened", "milestones"),
        ({"parties": (a_party("NL", PERCENT, -1),)}, "negative_share", "parties"),
        ({"parties": (a_party("NL", PERCENT, 60), a_party("GB", PERCENT, 41))}, "above_the_whole", "parties"),
        (
            {"parties": (a_party("NL", PERCENT, 60), a_party("GB", PERCENT, 41, role=PartyRole.FUNDER))},
            "above_the_whole",
            "parties",
        ),
        ({"parties": (a_party("NL"), a_party("NL"))}, "party_twice", "parties"),
        ({"role": Role.FUNDING, "unit": Unit.OTHER, "quantity": exact(5)}, "funding_counted", "quantity"),
        ({"status_pin": Status.ON_HOLD}, "pin_without_reason", "status_pin_reason"),
        ({"status_pin": Status.ON_HOLD, "status_pin_reason": " "}, "pin_without_reason", "status_pin_reason"),
        ({"links": (a_link(LinkKind.RELATED, "leopards"),)}, "link_to_itself", "links"),
    ],
)
def test_what_cannot_be_is_refused(changes, code, field):
    assert found(errors(a_pledge(**changes), TODAY)) == [(code, field)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "x" * 300, "summary": "x" * 20_000, "note": "x" * 20_000},
        {"announced": a_day("2014-01-01")},
        {"announced": a_day("2027-06-01"), "expected": a_day("2056-01-01")},
        {"announced": When(), "expected": when_from("by end of 2034")},
        {"parties": (a_party("NL", PERCENT, 60), a_party("GB", PERCENT, 40))},
        {"parties": (a_party("NL", PERCENT, 60), a_party("NL", PERCENT, 60, role=PartyRole.BENEFICIARY))},
        {"parties": (a_party("NL", ShareKind.QUANTITY, 500),)},
        {"role": Role.FUNDING, "unit": Unit.OTHER, "quantity": UNDISCLOSED},
        {"status_pin": Status.ON_HOLD, "status_pin_reason": "The minister said so."},
        {"links": (a_link(LinkKind.RELATED, "patriots"),)},
    ],
)
def test_what_can_be_is_not_refused(changes):
    assert errors(a_pledge(**changes), TODAY) == []


@pytest.mark.parametrize(
    ("quantity", "largest", "records", "asked"),
    [
        (exact(1801), 180, 3, True),
        (exact(1800), 180, 3, False),
        (exact(1801), 180, 2, False),
        (exact(1801), None, 0, False),
        (said("up_to", 2000), 180, 9, True),
        (said("at_least", 2000), 180, 9, True),
        (UNDISCLOSED, 180, 9, False),
    ],
)
def test_a_number_far_larger_than_any_known_is_asked_about(quantity, largest, records, asked):
    told = doubts(a_pledge(quantity=quantity), largest=largest and Decimal(largest), records=records)

    assert told == ([("far_larger", "quantity")] if asked else [])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", Unit)
def test_a_unit_fits_the_roles_that_are_counted_in_it(role, unit):
    told = doubts(a_pledge(role=role, unit=unit, quantity=UNDISCLOSED))

    assert fits(role, unit) is (unit is Unit.OTHER or unit in FITTING[role])
    assert told == ([] if fits(role, unit) else [("unfitting_unit", "unit")])


@pytest.mark.parametrize(
    ("role", "unit"),
    [(Role.COMPLETE_SYSTEM, Unit.MISSILE), (Role.INTERCEPTOR, Unit.LAUNCHER), (Role.TRAINING, Unit.VEHICLE)],
)
def test_missiles_are_no_systems_and_launchers_no_missiles(role, unit):
    assert not fits(role, unit)


@pytest.mark.parametrize(
    ("announced", "dates", "asked"),
    [
        ("25 January 2023", "24 January 2023", True),
        ("25 January 2023", "25 January 2023", False),
        ("January 2023", "December 2022", True),
        ("January 2023", "January 2023", False),
        ("25 January 2023", "2023", False),  # it may have come later in the year
        ("by 4 January 2024", "2023", False),  # nobody knows since when it is announced
        ("undated", "2022", False),
        ("25 January 2023", "undated", False),
    ],
)
def test_a_delivery_that_surely_came_before_the_announcement_is_asked_about(announced, dates, asked):
    pledge = a_pledge(announced=when_from(announced), milestones=(a_delivery(1, dates=when_from(dates)),))

    assert doubts(pledge) == ([("delivered_early", "milestones")] if asked else [])


def test_a_status_may_be_older_than_the_announcement():
    assert doubts(a_pledge(milestones=(a_status(Status.SIGNALLED, "2022-12-01"),))) == []


@pytest.mark.parametrize(
    ("pledged", "come", "asked"),
    [
        (exact(18), [18], False),
        (exact(18), [10, 9], True),
        (said("about", 18), [20], False),
        (said("up_to", 18), [19], True),
        (said("at_least", 18), [30], False),
        (exact(18), [said("up_to", 30)], False),
        (UNDISCLOSED, [30], False),
    ],
)
def test_more_delivered_than_was_pledged_is_asked_about(pledged, come, asked):
    pledge = a_pledge(quantity=pledged, milestones=tuple(a_delivery(number) for number in come))

    assert doubts(pledge) == ([("delivered_more", "milestones")] if asked else [])


@pytest.mark.parametrize(
    ("whole", "parts", "asked"),
    [
        (exact(18), [exact(10), exact(8)], False),
        (exact(18), [exact(10), exact(9)], True),
        (exact(18), [said("up_to", 500), exact(18)], False),
        (exact(18), [UNDISCLOSED], False),
        (said("up_to", 18), [exact(19)], True),
        (said("at_least", 18), [exact(19)], False),
    ],
)
def test_parts_that_surely_come_to_more_than_the_whole_are_asked_about(whole, parts, asked):
    kin = tuple(Kin(f"part-{place}", "A part", part) for place, part in enumerate(parts))
    first, others = kin[0], kin[1:]

    assert doubts(a_pledge(quantity=whole), parts=kin) == ([("parts_above", "quantity")] if asked else [])
    told = doubts(a_pledge(quantity=first.quantity), wholes=(Whole(Kin("whole", "The whole", whole), others),))
    assert told == ([("above_its_whole", "quantity")] if asked else [])


def test_amounts_of_parts_are_added_in_the_currency_of_the_whole():
    parts = (Kin("a", "A", amount=an_amount(60)), Kin("b", "B", amount=an_amount(50, "USD")))

    assert doubts(a_pledge(amount=an_amount(100)), parts=parts) == []
    parts = (*parts, Kin("c", "C", amount=an_amount(41)))
    assert doubts(a_pledge(amount=an_amount(100)), parts=parts) == [("parts_above", "amount")]


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-06-01", False), ("2026-06-02", False), ("2026-06-03", True), ("2027-01-01", True)]
)
def test_what_lies_more_than_a_day_ahead_is_asked_about(day, asked):
    assert doubts(a_pledge(announced=a_day(day))) == ([("announced_ahead", "announced")] if asked else [])
    told = doubts(a_pledge(milestones=(a_delivery(1, day),)))
    assert told == ([("happened_ahead", "milestones")] if asked else [])


def test_a_year_that_is_not_over_lies_not_ahead():
    assert doubts(a_pledge(milestones=(a_delivery(1, dates=when_from("2026")),))) == []


def test_each_likely_double_is_named():
    told = lints(a_pledge(), Around(today=TODAY, doubles=(Kin("tanks", "Leopard tanks"),)))

    assert [one.sentence % dict(one.values) for one in told] == ["“Leopard tanks” looks like the same pledge."]


LEOPARDS = a_pledge()
OTHER = replace(LEOPARDS, key="tanks")
MONEY = a_pledge(system=None, role=Role.FUNDING, unit=Unit.OTHER, quantity=UNDISCLOSED, amount=an_amount(100))


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (LEOPARDS, LEOPARDS, False),
        (LEOPARDS, OTHER, True),
        (LEOPARDS, replace(OTHER, title="Tanks", quantity=exact(14)), True),
        (LEOPARDS, replace(OTHER, announced=a_day("2023-02-24")), True),
        (LEOPARDS, replace(OTHER, announced=a_day("2023-02-25")), False),
        (LEOPARDS, replace(OTHER, announced=When()), False),
        (LEOPARDS, replace(OTHER, lead="NL"), False),
        (LEOPARDS, replace(OTHER, system="leopard-1"), False),
        (LEOPARDS, replace(OTHER, unit=Unit.SYSTEM), False),
        (LEOPARDS, replace(OTHER, links=(a_link(LinkKind.PART_OF, "leopards"),)), False),
        (replace(LEOPARDS, dataset="kiel"), replace(OTHER, dataset="kiel"), False),
        (replace(LEOPARDS, dataset="kiel"), OTHER, True),
        (MONEY, replace(MONEY, key="more"), True),
        (MONEY, replace(MONEY, key="more", amount=an_amount(101)), False),
        (MONEY, replace(MONEY, key="more", amount=None), False),
    ],
)
def test_two_records_are_alike_when_they_may_tell_of_one_pledge(one, other, answer):
    assert alike(one, other) is alike(other, one) is answer


@pytest.mark.parametrize("code", [*Error, *Doubt])
def test_every_finding_is_a_sentence(code):
    assert code.title.endswith(".")


def test_what_was_found_fills_its_sentence():
    pledge = a_pledge(quantity=exact(2000), milestones=(a_delivery(3000, basis=CountBasis.RUNNING_TOTAL),))
    told = lints(pledge, Around(today=TODAY, largest=Decimal(30), records=5))

    assert [one.sentence % dict(one.values) for one in told] == [
        "2,000 is more than ten times the largest number known of this kind, 30.",
        "More is delivered, 3,000, than is pledged, 2,000.",
    ]


def test_nothing_of_the_seed_is_refused_or_asked_about(seed):
    for pledge in seed.pledges.values():
        assert [*errors(pledge, TODAY), *lints(pledge, Around(today=TODAY))] == []
