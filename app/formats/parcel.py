"""The zip archive that a workbook is: unpacked within limits, looked through, and packed anew.

Packed anew, for two programs can read one hostile archive in two ways: what is read later is then exactly what was
looked through here."""

import io
import zipfile
import zlib
from collections.abc import Callable

from app.domain.codes import N_
from app.formats.part import looked_through
from app.formats.row import Unreadable

MOST_ENTRIES = 500
MOST_UNPACKED = 60_000_000  # bytes
STEP = 65_536  # bytes unpacked at a time
ENCRYPTED = 0x1  # in the flags of an entry
XML = (".xml", ".rels", ".vml")
# Of no use to a reader of values, and large: the order of formulas, links to other workbooks, pictures.
LEFT_OUT = ("xl/calcchain.xml", "xl/externallinks/", "xl/worksheets/_rels/", "xl/drawings/", "xl/media/", "docprops/")

DAMAGED = N_("The workbook is damaged or cut short. Send it again, or save it anew.")
TOO_MANY = N_("The workbook has too many parts; 500 are the most.")
TOO_LARGE = N_("The workbook is too large when unpacked; 60 MB is the most.")
PROTECTED = N_("The workbook is protected by a password. Take the password off and send it again.")
MACROS = N_("The workbook holds macros. Save it as .xlsx, without them.")
BINARY = N_("This is a binary workbook (.xlsb). Save it as .xlsx.")
OPEN_DOCUMENT = N_("This is a sheet of the OpenDocument kind (.ods). Save it as .xlsx.")
NO_WORKBOOK = N_("This is an archive, but no workbook. A workbook (.xlsx) or a CSV file can be read.")


def repacked(content: bytes) -> bytes:
    """The archive with the parts that matter. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _sort_out(entries)
            return _packed(_parts(archive, entries))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(DAMAGED) from None


def _sort_out(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(TOO_MANY)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unreadable(PROTECTED)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable(DAMAGED)
    names = [entry.filename.lower() for entry in entries]
    if len({*names}) < len(names):
        raise Unreadable(DAMAGED)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Unreadable(MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(BINARY)
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(OPEN_DOCUMENT)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(NO_WORKBOOK)


def _parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """What each entry really unpacks to; its directory may say anything."""
    parts, unpacked = {}, 0
    for entry in entries:
        kept = io.BytesIO()
        name = entry.filename.lower()
        xml = name.endswith(XML)
        wanted = xml and not name.startswith(LEFT_OUT)
        look: Callable[[bytes], None] = looked_through() if xml else lambda step: None
        with archive.open(entry) as part:
            while step := part.read(STEP):
                unpacked += len(step)
                if unpacked > MOST_UNPACKED:
                    raise Unreadable(TOO_LARGE)
                look(step)
                if wanted:
                    kept.write(step)
        look(b"")
        if wanted:
            parts[entry.filename] = kept.getvalue()
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
