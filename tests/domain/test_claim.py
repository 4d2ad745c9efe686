import pytest

from app.domain.claim import ClaimField, Confidence, Rank, Reason, confidence, disputed
from app.domain.quantity import exact
from app.domain.source import SourceKind
from tests.builders import a_claim, a_day, an_amount, said

OFFICIAL, PRESS, WIRE = SourceKind.OFFICIAL_DONOR, SourceKind.PRESS, SourceKind.WIRE
SET_ASIDE = {"rank": Rank.DEPRECATED, "reason": Reason.TYPO}


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ({"quantity": exact(200)}, {"quantity": exact(300)}, ["quantity"]),
        ({"quantity": exact(200)}, {"quantity": said("about", 200)}, []),
        ({"quantity": said("up_to", 1000)}, {"quantity": said("range", 500, 800)}, []),
        ({"quantity": exact(200)}, {"quantity": exact(300), **SET_ASIDE}, []),
        ({"quantity": exact(200)}, {"words": "hundreds"}, []),  # a claim without a readable value disputes nothing
        ({"amount": an_amount(55, "USD")}, {"amount": an_amount(56, "USD")}, ["quantity"]),
        ({"amount": an_amount(55, "USD")}, {"amount": an_amount(51, "EUR")}, []),
        ({"code": "ukraine"}, {"code": "donor_stock"}, ["quantity"]),
        ({"code": "ukraine"}, {"code": "ukraine"}, []),
        ({"dates": a_day("2024-01-03")}, {"dates": a_day("2024-01-10")}, ["quantity"]),
        ({"dates": a_day("2024-01-03")}, {"dates": a_day("2024-01-03")}, []),
    ],
)
def test_a_figure_is_disputed_when_two_claims_that_stand_differ(one, other, fields):
    assert disputed([a_claim(**one), a_claim(source="press", **other)]) == [ClaimField(name) for name in fields]


def test_claims_on_different_figures_do_not_dispute_each_other():
    told = [a_claim(ClaimField.QUANTITY, quantity=exact(1)), a_claim(ClaimField.DELIVERED, quantity=exact(2))]

    assert disputed(told) == []


def test_disputed_fields_come_in_one_order_whatever_the_order_of_the_claims():
    told = [
        a_claim(ClaimField.BENEFICIARY, code="ukraine"),
        a_claim(ClaimField.BENEFICIARY, code="donor_stock"),
        a_claim(ClaimField.QUANTITY, quantity=exact(1)),
        a_claim(ClaimField.QUANTITY, quantity=exact(2)),
    ]

    assert disputed(told) == disputed(told[::-1]) == [ClaimField.QUANTITY, ClaimField.BENEFICIARY]


@pytest.mark.parametrize(
    ("kinds", "fields", "told"),
    [
        ([], [], Confidence.UNSOURCED),
        ([PRESS], [], Confidence.REPORTED),
        ([PRESS, WIRE], [], Confidence.REPORTED),
        ([OFFICIAL], [], Confidence.PROBABLE),
        ([OFFICIAL, PRESS], [], Confidence.CONFIRMED),
        ([OFFICIAL, SourceKind.AUDIT_BODY], [], Confidence.CONFIRMED),
        ([OFFICIAL, PRESS], [ClaimField.QUANTITY], Confidence.DISPUTED),
    ],
)
def test_confidence_follows_from_the_sources_and_from_what_is_disputed(kinds, fields, told):
    assert confidence({str(place): kind for place, kind in enumerate(kinds)}, fields) is told


def test_official_are_donors_ukraine_organisations_parliaments_and_auditors():
    assert {kind.value for kind in SourceKind if kind.official} == {
        "official_donor",
        "official_recipient",
        "official_multilateral",
        "parliament",
        "audit_body",
    }


@pytest.mark.parametrize(
    "told",
    [
        {"quote": "x" * 301},
        {"rank": Rank.DEPRECATED},
        {"reason": Reason.TYPO},
        {"rank": Rank.NORMAL, "reason": Reason.TYPO},
    ],
)
def test_a_claim_that_breaks_its_rules_is_refused(told):
    with pytest.raises(ValueError, match=r"\.$"):
        a_claim(**told)
