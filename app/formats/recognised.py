"""Which importer a file is for, by what stands in it."""

import json
from collections.abc import Sequence

from app.domain.dictionary import COLUMNS
from app.formats import book, support_tracker
from app.formats.headed import Headed, headed

OURS = {entry.name for entry in COLUMNS}
NAMING = {"key", "title", "donor"}  # an own table has one of them at least
LISTED = "pledges"  # what our JSON files call their records


def recognised(content: bytes) -> str:
    """The name of an importer, "" where none knows the file. Raises Unreadable."""
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _kind_of_json(text)
    sheets = [headed(sheet) for sheet in book.sheets(content)]
    if support_tracker.recognises(sheets):
        return "support_tracker"
    if not _ours(sheets):
        return ""
    return "xlsx" if content.startswith(b"PK") else "csv"


def _kind_of_json(text: bytes) -> str:
    """A record on its first line makes it a file of lines; one list of records is written over several."""
    first, _, rest = text.partition(b"\n")
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    if isinstance(record, dict) and LISTED not in record and rest.strip():
        return "jsonl"
    return "json"


def _ours(sheets: Sequence[Headed]) -> bool:
    """Whether the headings of a sheet are columns of the dictionary, for the most part."""
    for sheet in sheets:
        for row in sheet.head:
            named = {cell.strip() for cell in row if isinstance(cell, str) and cell.strip()}
            known = named & OURS
            if len(known) > 1 and known & NAMING and 2 * len(known) >= len(named):
                return True
    return False
