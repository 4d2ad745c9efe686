"""Addresses of sources as people paste them into one cell: several, titles among them, an archive's around another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

FOLLOWERS = re.compile(r"[?&](fbclid|ref_src|ref_url|extid|ab_channel)=[^&]*")  # tell of the visitor, not of the page
ARCHIVE = re.compile(r"https?://web\.archive\.org/web/[^/]+/")
START = re.compile(r"https?://", re.IGNORECASE)
ONE_SLASH = re.compile(r"(https?:)/(?=[^/])", re.IGNORECASE)  # what an archive makes of the // of the page it holds
# Where a second address follows the first without a blank. After / : = it belongs to the first one.
GLUED = re.compile(r"(?<=[\w)\]~-])(?=https?://)", re.IGNORECASE)
REST_OF_FRAGMENT = re.compile(r"(?:[-–]|#?:~:|&text=).*", re.DOTALL)  # a text fragment that was torn off by a blank
BLANK = re.compile(r"[\s.;,|]*")
SOUND = re.compile(r'https?://[^\s<>"]{3,1990}')  # what a source may have as its address


@dataclass(frozen=True)
class Cited:
    """What a cell names: addresses, each once, as they are kept; and texts without one, such as titles."""

    addresses: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def cited(cell: str) -> Cited:
    addresses: list[str] = []
    texts: list[str] = []
    for line in cell.splitlines():
        for piece in _pieces(line):
            if address := cleaned(piece):
                addresses.append(address)
            elif not REST_OF_FRAGMENT.fullmatch(piece):
                texts.append(piece)
    return Cited(tuple(dict.fromkeys(addresses)), tuple(dict.fromkeys(texts)))


def cleaned(address: str) -> str:
    """The address of the page, without what points to a place in it or follows the visitor; "" where it is none."""
    address = address.rstrip(".,;")
    half = len(address) // 2
    if address[:half] == address[half:]:  # pasted twice
        address = address[:half]
    try:
        address = FOLLOWERS.sub("", urldefrag(address).url)
    except ValueError:
        return ""
    address = START.sub(lambda start: start[0].lower(), address)
    return address if SOUND.fullmatch(address) and host(address) else ""


def host(address: str) -> str:
    """Without www.; of an archived page that of the page. "" where there is none."""
    try:
        return (urlsplit(original(address)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def original(address: str) -> str:
    """The page that an archive's address holds, else the address itself."""
    inner = ONE_SLASH.sub(r"\1//", ARCHIVE.sub("", address))
    return inner if SOUND.fullmatch(inner) else address


def _pieces(line: str) -> Iterator[str]:
    """Addresses, and the texts between them."""
    text: list[str] = []
    for word in line.split():
        start = START.search(word)
        if start is None:
            text.append(word)
            continue
        text.append(word[: start.start()])
        yield from _told(text)
        text = []
        yield from GLUED.split(word[start.start() :])
    yield from _told(text)


def _told(words: list[str]) -> Iterator[str]:
    text = " ".join(word for word in words if word)
    if not BLANK.fullmatch(text):
        yield text
