"""The tables of a file that somebody uploads: a workbook, or text with separators. What it is, its content says."""

from app.domain.codes import N_
from app.formats import delimited, workbook
from app.formats.row import Sheet, Unreadable

LARGEST_FILE = 10_000_000  # bytes

EMPTY = N_("The file is empty.")
TOO_LARGE = N_("The file is too large; 10 MB is the most.")
PROTECTED = N_("The workbook is protected by a password. Take the password off and send it again.")
OLD = N_("This is a workbook of the old kind (.xls). Open it and save it as .xlsx.")
OTHER_OFFICE = N_("This is an office file, but no workbook that can be read here. Save the table as .xlsx.")
NO_TABLE = N_("This is no table. A workbook (.xlsx) or a CSV file can be read.")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of the old office files, and of those with a password
OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"Rar!",
)


def sheets(content: bytes) -> list[Sheet]:
    """In the order of the workbook. Raises Unreadable; the rows may raise it too while they are read."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    if not content.strip():
        raise Unreadable(EMPTY)
    if content.startswith(b"PK"):
        return workbook.sheets(content)
    if content.startswith(OLE):
        raise Unreadable(_what_ole_holds(content))
    if content.startswith(OTHERS) or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"<", b"{", b"["):
        raise Unreadable(NO_TABLE)
    return [delimited.sheet(content)]


def _what_ole_holds(content: bytes) -> str:
    """By the names in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return PROTECTED
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return OLD
    return OTHER_OFFICE
