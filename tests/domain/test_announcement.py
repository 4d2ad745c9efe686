"""What a line of a press release becomes: role and unit as usual, or as its words say; claims of the source."""

from decimal import Decimal

import pytest

from app.domain.announcement import Announcement, Line, pledge_of
from app.domain.claim import ClaimField, Rank
from app.domain.money import amount_from
from app.domain.quantity import UNDISCLOSED, exact, quantity_from
from app.domain.system import Role, System, Unit
from tests.builders import a_day, a_source

PATRIOT = System(code="AD.LR.PATRIOT", slug="patriot", name="Patriot", default_role=Role.COMPLETE_SYSTEM,
                 default_unit=Unit.SYSTEM)  # fmt: skip
AIM = System(code="AD.MR.NASAMS.AMRAAM", slug="amraam", name="AMRAAM", default_role=Role.INTERCEPTOR,
             default_unit=Unit.MISSILE)  # fmt: skip
BARE = System(code="X", slug="x", name="X")
TOLD = Announcement(donor="GB", title="Spring package", announced=a_day("2024-01-10"), event="nuc-2024-01-10")
FIVE_MILLION = amount_from("EUR 5m")


@pytest.mark.parametrize(
    ("line", "system", "role", "unit"),
    [
        (Line(title="Patriot", quantity=exact(2)), PATRIOT, Role.COMPLETE_SYSTEM, Unit.SYSTEM),
        (Line(title="Air-defence missiles", quantity=exact(2)), PATRIOT, Role.INTERCEPTOR, Unit.MISSILE),
        (Line(title="Patriot", quantity=exact(2), said="2 launchers"), PATRIOT, Role.LAUNCHER, Unit.LAUNCHER),
        (Line(title="Patriot fire units"), PATRIOT, Role.COMPLETE_SYSTEM, Unit.FIRE_UNIT),
        (Line(title="Patriot vehicles"), PATRIOT, Role.COMPLETE_SYSTEM, Unit.VEHICLE),
        (Line(title="AMRAAM"), AIM, Role.INTERCEPTOR, Unit.MISSILE),
        (Line(title="X"), BARE, Role.COMPLETE_SYSTEM, Unit.OTHER),
        (Line(title="X"), None, Role.COMPLETE_SYSTEM, Unit.OTHER),
        (Line(title="Leopard tanks", unit=Unit.VEHICLE), None, Role.PLATFORM, Unit.VEHICLE),
        (Line(title="Ammunition", amount=FIVE_MILLION), None, Role.FUNDING, Unit.OTHER),
        (Line(title="Missiles", amount=FIVE_MILLION), None, Role.INTERCEPTOR, Unit.MISSILE),
        (Line(title="Patriot", role=Role.TRAINING), PATRIOT, Role.TRAINING, Unit.PERSON_TRAINED),
        (Line(title="Patriot missiles", role=Role.LAUNCHER), PATRIOT, Role.LAUNCHER, Unit.SYSTEM),
        (Line(title="Patriot", role=Role.FUNDING), PATRIOT, Role.FUNDING, Unit.OTHER),
        (Line(title="Patriot", role=Role.PLATFORM, unit=Unit.SHIP), PATRIOT, Role.PLATFORM, Unit.SHIP),
    ],
)
def test_role_and_unit_are_as_usual_or_as_the_words_say(line, system, role, unit):
    pledge = pledge_of(TOLD, line, system, "p-1", None)

    assert (pledge.role, pledge.unit) == (role, unit)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (Line(title="A", quantity=quantity_from("about 200")), {ClaimField.QUANTITY}),
        (Line(title="A", quantity=UNDISCLOSED), {ClaimField.QUANTITY}),
        (Line(title="A", amount=FIVE_MILLION), {ClaimField.AMOUNT}),
        (Line(title="A", quantity=exact(5), amount=FIVE_MILLION), {ClaimField.QUANTITY, ClaimField.AMOUNT}),
    ],
)
def test_the_source_claims_what_the_line_says_and_the_day(line, fields):
    claims = pledge_of(TOLD, line, None, "p-1", "ministry").claims

    assert {claim.field for claim in claims} == fields | {ClaimField.ANNOUNCED}
    assert {(claim.rank, claim.source) for claim in claims} == {(Rank.PREFERRED, "ministry")}


def test_what_holds_for_all_stands_in_each():
    pledge = pledge_of(TOLD, Line(title="A", quantity=exact(5)), PATRIOT, "p-1", None)

    assert (pledge.lead, pledge.package, pledge.event, pledge.announced) == (
        "GB",
        "p-1",
        "nuc-2024-01-10",
        TOLD.announced,
    )
    assert pledge.claims == () and pledge.quantity.point == Decimal(5)
    assert TOLD.package("p-1", "ministry").sources == ("ministry",) and TOLD.package("p-1", None).sources == ()
    assert TOLD.described(a_source()).publisher == "Ministry of Defence"
