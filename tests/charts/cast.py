"""The small cast of the chart tests: sums, rows, and a chart of each shape."""

from datetime import date
from decimal import Decimal

from app.charts.chart import Column, Donor, Group, LeftOut, Map, Measure, Months, Ranking, Row, State
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity, Sum, exact, quantity, summed


def total(*quantities: Quantity) -> Sum:
    return summed(quantities)


def at_least(number: int) -> Sum:
    return total(quantity(Qualifier.AT_LEAST, Decimal(number)))


def about(number: int) -> Sum:
    return total(quantity(Qualifier.ABOUT, Decimal(number)))


def up_to(number: int) -> Sum:
    return total(quantity(Qualifier.UP_TO, Decimal(number)))


def between(low: int, high: int) -> Sum:
    return total(quantity(Qualifier.RANGE, Decimal(low), Decimal(high)))


def records(numbered: int, members: int) -> Sum:
    return total(*[exact(1)] * numbered, *[UNDISCLOSED] * (members - numbered))


def row(label: str, pledged: Sum, delivered: Sum | None = None, **more: object) -> Row:
    said = {"key": label, "href": f"/pledges?q={label}&counting=counts", "code": "DE", "sub": "Germany <b>"} | more
    return Row(label=label, pledged=pledged, delivered=delivered, **said)


stingers = row("Stinger", at_least(2800), at_least(423))
strelas = row("Strela", total(exact(2700)), total(exact(2700)))
britons = row("type not named", about(200), sub="United Kingdom", code="GB")
skynexes = row("Skynex", total(exact(2)), between(1, 2), disputed=True)
iris = row("IRIS-T SLM", total(UNDISCLOSED), total(UNDISCLOSED))
patriots = row("Patriot GEM-T", up_to(1000), state=State.NOT_COUNTED, reason="umbrella", code="NSPA")

ABOUT_IT = {
    "measure_line": "Missiles pledged & delivered, by donor",
    "left_out": (LeftOut("5 without a date", "/pledges?lacks=date"),),
    "note": "Kinds are never added.",
    "source": "Allied Pledges",
    "address": "https://pledges.example/charts/by-donor?a=1&b=2",
    "day": "13 June 2024",
}

ranking = Ranking(
    name="by-donor",
    title="Strelas & Stingers <are> the largest numbers",
    groups=(
        Group((stingers, strelas, britons, iris, patriots), "missiles", "Missiles"),
        Group((row("TRML-4D", total(exact(9)), total(exact(9))), skynexes), "systems", "Systems"),
    ),
    **ABOUT_IT,
)
by_records = Ranking(
    name="by-donor",
    title="Who says how many",
    measure=Measure.RECORDS,
    groups=(Group((row("United States", records(22, 96)), row("Belgium", records(0, 4))), "pledges"),),
    **ABOUT_IT,
)
months = Months(
    name="over-time",
    title="Most pledges leave the number out",
    measure=Measure.RECORDS,
    unit="pledges",
    cumulative=True,
    columns=tuple(
        Column(
            month=date(2023, month, 1),
            label=f"2023-{month:02}",
            href=f"/pledges?m={month}",
            until=f"/pledges?to={month}",
            pledged=records(month, 9),
        )
        for month in (1, 2, 4, 5)
    ),
    **ABOUT_IT,
)
europe = Map(
    name="map",
    title="Who pledged, and how often",
    measure=Measure.RECORDS,
    donors=tuple(
        Donor(code=code, name=name, pledged=records(0, count), href=f"/pledges?donor={code}")
        for code, name, count in (
            ("US", "United States", 96),
            ("DE", "Germany", 41),
            ("LU", "Luxembourg", 2),
            ("MT", "Malta", 1),
            ("XK", "Kosovo", 1),
            ("EU", "European Union", 6),
        )
    ),
    **ABOUT_IT,
)
CHARTS = {"ranking": ranking, "records": by_records, "months": months, "map": europe}
