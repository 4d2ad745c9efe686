"""A made-up release of the Support Tracker: the columns of release 17, a few hundred lines with a sum that is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.formats.hostile import table

REAL = Path(__file__).parents[3] / "shared" / "data" / "kiel" / "kiel_r17_main_data.xlsx"
HEADINGS = (
    *("ID", "Countries", "Announcement Date", "Type of Aid General", "Type of donation", "Items", "No. of Units"),
    *("Allocated Total in EUR (redistributed)", "Converted Value in EUR", "Source of Aid 1"),
)
DONORS = ("Germany", "United States", "Czech Republic", "EU (Commission and Council)")
ITEMS = ("Stinger missile", "Patriot air defense battery", "Iris-T SLM air defence system")
FIRST = date(2023, 1, 2)


@dataclass(frozen=True)
class Release:
    lines: tuple[tuple[str, ...], ...]

    @property
    def file(self) -> bytes:
        return table(HEADINGS, *self.lines)

    @property
    def allocated(self) -> Decimal:
        return sum((Decimal(line[7]) for line in self.lines), Decimal(0))


def a_release(lines: int = 120, units: int = 0) -> Release:
    """`units`: how many lines say another number of units than they would."""
    return Release(tuple(_line(number, number < units) for number in range(lines)))


def _line(number: int, other: bool) -> tuple[str, ...]:
    donor = DONORS[number % len(DONORS)]
    return (
        f"{donor[:2].upper()}M{number // 12}",
        donor,
        (FIRST + timedelta(days=number)).isoformat(),
        "Military",
        "Allocation",
        ITEMS[number % len(ITEMS)],
        str(500 if other else number + 1),
        str(1_000_000 + number),
        str(1_000_000 + number),
        f"https://ministry.example/{number // 3}",
    )
