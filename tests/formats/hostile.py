"""Files that mean harm, or are just odd: made when they are needed, small to make. `FILES` has them by name."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from app import reading
from app.formats import book, cells, delimited, parcel, part, support_tracker
from app.formats.support_tracker import columns

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
HEADINGS = (
    *("ID", "Countries", "Announcement Date", "Type of Aid General", "Type of donation"),
    *("Allocated Total in EUR (redistributed)", "Converted Value in EUR", "Items"),
)
LINE = ("AUM1", "Australia", "2023-10-24", "Military", "Allocation", "1000", "1000", "Stinger missile")


def workbook(sheet: str = "", **parts: str | bytes) -> bytes:
    """A workbook of one sheet; `sheet` is what stands in it as XML. Names of parts have __ for /, and - for a dot."""
    named = {name.replace("__", "/").replace("-", "."): content for name, content in parts.items()}
    standing = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Main" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return packed(standing | named)


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(*each: tuple[str, ...]) -> str:
    """Rows of a sheet that hold texts."""
    told = (
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' for cell in row)
        + "</row>"
        for row in each
    )
    return f"<sheetData>{''.join(told)}</sheetData>"


def cells_at(*places: str) -> str:
    return "<sheetData>" + "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in places) + "</sheetData>"


def table(*each: tuple[str, ...], separator: str = ",") -> bytes:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\n" for row in each).encode()


def lying(content: bytes, name: str, size: int) -> bytes:
    """An archive whose directory claims another size of one of its parts."""
    changed = bytearray(content)
    for signature, at, head in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        place = changed.find(signature)
        while place >= 0:
            if changed[place + head : place + head + len(name)] == name.encode():
                changed[place + at : place + at + 4] = struct.pack("<I", size)
            place = changed.find(signature, place + 4)
    return bytes(changed)


def with_doctype(declared: str, text: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE worksheet [{declared}]>'
    sheet = f'{head}<worksheet xmlns="{MAIN}">{rows((text,))}</worksheet>'
    return workbook(**{"xl__worksheets__sheet1-xml": sheet})


def _billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{one} "{f"&l{one - 1};" * 10}">' for one in range(1, 10))
    return with_doctype(f'<!ENTITY l0 "ha">{laughs}', "&l9;")


def _cut() -> bytes:
    whole = workbook(rows(HEADINGS, *[LINE] * 200))
    return whole[: len(whole) // 2]


def _locked() -> bytes:
    content = bytearray(workbook(rows(HEADINGS, LINE)))
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(signature)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(signature, place + 4)
    return bytes(content)


def _everywhere(text: str, times: int) -> bytes:
    """One long text of the table of shared texts, in many cells."""
    shared = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    relations = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    )
    sheet = "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * times + "</sheetData>"
    return workbook(sheet, **{"xl__sharedStrings-xml": shared, "xl___rels__workbook-xml-rels": relations})


@dataclass(frozen=True)
class Hostile:
    """`sentence`: what the reader says of it; None where it can be read, perhaps with faults. `heavy`: takes time."""

    make: Callable[[], bytes]
    sentence: str | None
    heavy: bool = False


FILES: dict[str, Hostile] = {
    "empty": Hostile(bytes, book.EMPTY),
    "blank": Hostile(lambda: b" \r\n\t\n", book.EMPTY),
    "too large": Hostile(lambda: b"a" * 10_000_001, book.TOO_LARGE),
    "not a workbook: pdf": Hostile(lambda: b"%PDF-1.7\n" + bytes(200), book.NO_TABLE),
    "not a workbook: picture": Hostile(lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), book.NO_TABLE),
    "not a workbook: page": Hostile(lambda: b"<html><table><tr><td>1</td></tr></table></html>", book.NO_TABLE),
    "not a workbook: chance": Hostile(
        lambda: bytes((37 * n + n * n // 7) % 256 for n in range(3000)), delimited.NO_TEXT
    ),
    "not a workbook: archive": Hostile(lambda: packed({"a.txt": "a"}), parcel.NO_WORKBOOK),
    "not a workbook: letter": Hostile(
        lambda: packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), parcel.NO_WORKBOOK
    ),
    "open document": Hostile(lambda: packed({"mimetype": "a", "content.xml": "<a/>"}), parcel.OPEN_DOCUMENT),
    "binary workbook": Hostile(lambda: packed({"[Content_Types].xml": "<a/>", "xl/workbook.bin": "a"}), parcel.BINARY),
    "protected by a password": Hostile(lambda: OLE + "EncryptedPackage".encode("utf-16-le"), book.PROTECTED),
    "protected in parts": Hostile(_locked, parcel.PROTECTED),
    "xls": Hostile(lambda: OLE + "Workbook".encode("utf-16-le"), book.OLD),
    "letter of the old kind": Hostile(lambda: OLE + "WordDocument".encode("utf-16-le"), book.OTHER_OFFICE),
    "macros": Hostile(lambda: workbook(rows(HEADINGS, LINE), **{"xl__vbaProject-bin": b"\x01"}), parcel.MACROS),
    "old macros": Hostile(lambda: workbook(**{"xl__macrosheets__sheet1-xml": "<a/>"}), parcel.MACROS),
    "cut in half": Hostile(_cut, parcel.DAMAGED),
    "zip bomb": Hostile(lambda: workbook("<sheetData>" + " " * 70_000_000 + "</sheetData>"), parcel.TOO_LARGE, True),
    "zip bomb beside": Hostile(lambda: workbook(**{"xl__media__a-png": bytes(70_000_000)}), parcel.TOO_LARGE, True),
    "lying directory": Hostile(
        lambda: lying(workbook("<sheetData>" + " " * 3_000_000 + "</sheetData>"), "xl/worksheets/sheet1.xml", 100),
        parcel.DAMAGED,
    ),
    "too many parts": Hostile(
        lambda: workbook(**{f"xl__media__{number}-png": b"" for number in range(500)}), parcel.TOO_MANY
    ),
    "one part twice": Hostile(lambda: workbook(**{"XL__worksheets__sheet1-xml": "<worksheet/>"}), parcel.DAMAGED),
    "billion laughs": Hostile(_billion_laughs, part.DOCTYPE),
    "external entity": Hostile(
        lambda: with_doctype('<!ENTITY from SYSTEM "file:///etc/passwd">', "&from;"), part.DOCTYPE
    ),
    "doctype beside": Hostile(
        lambda: workbook(rows(HEADINGS, LINE), **{"docProps__app-xml": "<!DOCTYPE a><a/>"}), part.DOCTYPE
    ),
    "no sound xml": Hostile(lambda: workbook("<sheetData><row></sheetData>"), part.NOT_SOUND),
    "NUL in xml": Hostile(lambda: workbook(rows(("a&#0;b",))), part.NOT_SOUND),
    "a million columns": Hostile(
        lambda: workbook("<sheetData><row>" + "<c><v>1</v></c>" * 1_000_000 + "</row></sheetData>"), cells.TOO_WIDE
    ),
    "a million columns of text": Hostile(lambda: b"a," * 1_000_000, cells.TOO_WIDE),
    "far cell": Hostile(lambda: workbook(cells_at("A1", "XFD1048576")), cells.TOO_MANY),
    "far cell alone": Hostile(lambda: workbook(cells_at("XFD1048576")), columns.NOT_THERE),
    "cell outside": Hostile(lambda: workbook(cells_at("A4294967295")), part.TOO_FAR),
    "cell of no name": Hostile(lambda: workbook(cells_at("&#65;$1")), part.TOO_FAR),
    "as many cells as may be": Hostile(
        lambda: workbook("<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 30 + "</row>") * 99_999 + "</sheetData>"),
        columns.NOT_THERE,
        True,
    ),
    "300,000 merged ranges": Hostile(
        lambda: workbook(
            rows(HEADINGS, LINE)
            + "<mergeCells>"
            + "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(3, 300_003))
            + "</mergeCells>"
        ),
        None,
    ),
    "a cell of 10 MB": Hostile(lambda: workbook(rows(HEADINGS, ("a" * 10_000_000,))), cells.TOO_LONG),
    "a cell of 9 MB of text": Hostile(lambda: table(HEADINGS, ("a" * 9_000_000,)), cells.TOO_LONG),
    "one long text in 100,000 cells": Hostile(lambda: _everywhere("a" * 32_000, 100_000), reading.TOO_HEAVY),
    "one name of 50 MB": Hostile(lambda: workbook(f"<sheetData><{'a' * 50_000_000}/></sheetData>"), part.NOT_SOUND),
    "nested a million times": Hostile(lambda: workbook("<a>" * 1_000_000 + "</a>" * 1_000_000), columns.NOT_THERE),
    "quotation mark left open": Hostile(lambda: b'a,b\n1,"2\n3,4\n', delimited.NOT_CLOSED),
    "wrong sheet": Hostile(lambda: workbook(rows(("Country", "Total"), ("Australia", "1"))), columns.NOT_THERE),
    "no headings": Hostile(lambda: workbook(rows(LINE, LINE)), columns.NOT_THERE),
    "no sheet": Hostile(lambda: workbook(), columns.NOT_THERE),
    "one column": Hostile(lambda: b"Countries\nAustralia\nAustria\n", columns.NOT_THERE),
    "headings alone": Hostile(lambda: workbook(rows(HEADINGS)), support_tracker.NO_LINES),
    "columns missing": Hostile(lambda: table(HEADINGS[:5], LINE[:5]), columns.MISSING),
    "headings twice": Hostile(lambda: table(HEADINGS, LINE, HEADINGS, LINE), None),
    "NUL in a cell": Hostile(lambda: table(HEADINGS, (*LINE[:7], "Stinger\x00 missile")), None),
    "turned letters": Hostile(lambda: workbook(rows(HEADINGS, (*LINE[:7], "Stinger\u202e missile"))), None),
    "formula in a cell": Hostile(lambda: table(HEADINGS, (*LINE[:7], "=HYPERLINK(1)")), None),
}
