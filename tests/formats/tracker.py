"""Made-up files in the layouts of the Support Tracker, and the real ones where they are at hand."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from app.domain.mapping import folded
from app.domain.system import Role, Unit
from app.formats import book
from app.formats.row import Cell, Item, Known, Publisher, Read, Row, Sheet
from app.formats.support_tracker import rows

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data"
RELEASE_17 = REAL / "kiel" / "kiel_r17_main_data.xlsx"
RELEASE_28 = REAL / "kiel" / "kiel_r28_bilateral_activities.csv"
SHEET = "Bilateral Assistance, MAIN DATA"
OLDER = {
    "activity": "ID",
    "donor": "Countries",
    "announced": "Announcement Date",
    "aid": "Type of Aid General",
    "specific": "Type of Aid Specific",
    "explanation": "Explanation",
    "currency": "Original Currency",
    "measure": "Type of donation",
    "stated": "Monetary Value as Given by Source",
    "item": "Items",
    "units": "No. of Units",
    "delivered": "No. of Units Delivered (in-kind military aid)",
    "price": "Unit Price in USD",
    "activity_euros": "Converted Value in EUR",
    "delivered_euros": "Total monetary value delivered in EUR",
    "line_euros": "Allocated Total in EUR (redistributed)",
    "source": "Source of Aid 1",
    "source_2": "Source of Aid 2",
    "initiative": "International Initiative",
    "arrived": "Source for Delivery",
}
NEWER = {
    "activity": "activity_id",
    "donor": "donor",
    "announced": "announcement_date",
    "aid": "aid_type_general",
    "specific": "aid_type_specific",
    "explanation": "explanation",
    "measure": "measure",
    "currency": "reporting_currency",
    "stated": "source_reported_value",
    "item": "item",
    "units": "item_numb",
    "delivered": "item_numb_deliv",
    "price": "item_price_USD",
    "activity_euros": "tot_activity_value_EUR",
    "line_euros": "tot_sub_activity_value_EUR_redistr",
    "delivered_euros": "tot_value_deliv_EUR",
    "source": "source_1",
    "source_2": "source_2",
    "initiative": "international_initiative",
    "arrived": "delivery_source",
}
PLAIN: dict[str, Cell] = {
    "activity": "AUM1",
    "donor": "Australia",
    "announced": date(2023, 10, 24),
    "aid": "Military",
    "specific": "Weapons",
    "explanation": "PROSE OF THE INSTITUTE",
    "measure": "Allocation",
    "currency": "AUD",
    "stated": "Not given",
    "item": "Stinger missile",
    "units": "undisclosed",
    "delivered": ".",
    "price": ".",
    "activity_euros": "",
    "line_euros": "",
    "delivered_euros": ".",
    "source": "https://www.pm.gov.au/media/one",
    "source_2": ".",
    "initiative": ".",
    "arrived": ".",
}


def known(release: str = "17") -> Known:
    """What the seed knows."""
    donors, names = {}, {}
    for row in _seed("donors.csv"):
        names[row["code"]] = row["name_en"]
        donors |= {folded(name): row["code"] for name in (row["code"], row["name_en"], *row["aliases"].split("|"))}
    donors.pop("", None)
    return Known(
        donors=donors,
        donor_names=names,
        items={
            folded(row["item"]): Item(row["system"] or None, Role(row["role"]), Unit(row["unit"]))
            for row in _seed("item_map.csv")
        },
        publishers={
            row["host"]: Publisher(row["publisher"], row["kind"], row["language"]) for row in _seed("publishers.csv")
        },
        release=release,
    )


def sheet(*lines: Mapping[str, Cell], layout: Mapping[str, str] = OLDER, name: str = SHEET, above: int = 0) -> Sheet:
    """A sheet with lines that say something else than the plain one."""
    headings: list[Cell] = list(layout.values())
    cells = [[(PLAIN | line)[meaning] for meaning in layout] for line in lines]
    return Sheet(name, iter([*([[]] * above), headings, *cells]))


def told(*lines: Mapping[str, Cell], release: str = "17") -> list[Read]:
    return list(rows([sheet(*lines)], known(release)))


def pledges(read: Iterable[Read]) -> list[dict[str, object]]:
    return [dict(row.given) for row in records(read, "pledge")]


def pledge(**line: Cell) -> dict[str, object]:
    """The only pledge of a table of one line."""
    [one] = pledges(told(line))
    return one


def records(read: Iterable[Read], record: str) -> Iterator[Row]:
    """Those that were not refused."""
    return (one for one in read if isinstance(one, Row) and one.record == record and one.given is not None)


def faults(read: Iterable[Read]) -> list[tuple[int, str, str, str]]:
    """Row, column, value and sentence of each."""
    return [
        (fault.place.row, fault.place.column, fault.value, fault.sentence)
        for row in read
        if isinstance(row, Row)
        for fault in row.faults
    ]


def facts(name: str) -> list[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def read_file(file: Path, release: str) -> list[Read]:
    return list(rows(book.sheets(file.read_bytes()), known(release)))


def a_release(lines: int) -> list[dict[str, Cell]]:
    """Lines of many kinds, in packages of five, for where the real ones are not at hand."""
    donors = ("Australia", "Germany", "United States", "EU (Commission and Council)", "Czech Republic")
    kinds = (("Military", "M"), ("Humanitarian ", "H"), ("Financial", "F"))
    found: list[dict[str, Cell]] = []
    for number in range(lines):
        package = number // 5
        aid, letter = kinds[package % 3]
        first = number % 5 == 0
        found.append(
            {
                "activity": f"{donors[package % 5][:2].upper()}{letter}{package // 15 + 1}",
                "donor": donors[package % 5],
                "announced": date(2022, 1 + package % 12, 1 + package % 28) if package % 4 else "until 6/2022",
                "aid": aid,
                "measure": "Commitment" if number % 11 == 0 else "Allocation",
                "item": "Stinger missile" if letter == "M" and number % 2 else ".",
                "units": Decimal(number) if number % 3 else "undisclosed",
                "activity_euros": Decimal(number * 1000) / 7 if first else "",
                "line_euros": Decimal(number * 100) / 3 if number % 2 else "",
                "delivered_euros": Decimal(number) / 9 if first else ".",
                "source": f"https://www.gov{package % 9}.example/{number}",
            }
        )
    return found


def as_workbook(lines: int) -> bytes:
    """A made-up release as a file of its own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "strings_to_urls": False}) as made:
        made.add_worksheet("Read me")
        table = made.add_worksheet(SHEET)
        table.write_row(0, 0, OLDER.values())
        for number, line in enumerate(a_release(lines), start=1):
            table.write_row(number, 0, [(PLAIN | line)[meaning] for meaning in OLDER])
    return out.getvalue()


def _seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seed" / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
