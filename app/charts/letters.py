"""How wide words are in the shipped font, so that a chart in a file has room for them."""

from functools import cache
from pathlib import Path
from struct import unpack_from

ROOT = Path(__file__).parents[2]
FONTS = next(
    (folder for folder in (ROOT / "static" / "fonts", ROOT / "app" / "share" / "static" / "fonts") if folder.is_dir()),
    ROOT / "static" / "fonts",
)
REGULAR, BOLD = FONTS / "LiberationSans-Regular.ttf", FONTS / "LiberationSans-Bold.ttf"
FAMILY = "Liberation Sans"
STACK = "Liberation Sans, Arial, Helvetica, sans-serif"  # all of one width
UNKNOWN = 0.7  # of the size: a letter that the font does not have
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """In px, at that size in px."""
    advances = _advances(BOLD if bold else REGULAR)
    return sum(advances.get(ord(letter), UNKNOWN) for letter in text) * size


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """As much of it as fits, with an ellipsis where something is missing."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + ELLIPSIS, size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines that fit; a word that is wider than the room is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold=bold) > room and len(word) > 1:
            fitting = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], size, bold=bold) <= room)
            lines.append(word[:fitting])
            word = word[fitting:]
        line = word
    return [*lines, line] if line else lines


@cache
def _advances(font: Path) -> dict[int, float]:
    """Advance of each character, as a share of the size, from the tables cmap and hmtx of the font."""
    raw = font.read_bytes()
    tables = {}
    for entry in range(unpack_from(">H", raw, 4)[0]):
        name, _, offset, _ = unpack_from(">4sLLL", raw, 12 + 16 * entry)
        tables[name] = offset
    em = unpack_from(">H", raw, tables[b"head"] + 18)[0]
    measured = unpack_from(">H", raw, tables[b"hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        return unpack_from(">H", raw, tables[b"hmtx"] + 4 * min(glyph, measured - 1))[0] / em

    return {code: advance(glyph) for code, glyph in _glyphs(raw, tables[b"cmap"]).items()}


def _glyphs(raw: bytes, cmap: int) -> dict[int, int]:
    """The segments of a cmap subtable of format 4: the basic plane, as Windows keeps it."""
    count = unpack_from(">H", raw, cmap + 2)[0]
    subtables = (unpack_from(">HHL", raw, cmap + 4 + 8 * number) for number in range(count))
    start = cmap + next(offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 1))
    segments = unpack_from(">H", raw, start + 6)[0] // 2
    glyphs = {}
    for number in range(segments):
        at = start + 14 + 2 * number
        last = unpack_from(">H", raw, at)[0]
        first = unpack_from(">H", raw, at + 2 + 2 * segments)[0]
        delta = unpack_from(">h", raw, at + 2 + 4 * segments)[0]
        range_at = at + 2 + 6 * segments
        range_offset = unpack_from(">H", raw, range_at)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            if range_offset:
                glyph = unpack_from(">H", raw, range_at + range_offset + 2 * (code - first))[0]
                glyph = (glyph + delta) % 65536 if glyph else 0
            else:
                glyph = (code + delta) % 65536
            if glyph:
                glyphs[code] = glyph
    return glyphs
