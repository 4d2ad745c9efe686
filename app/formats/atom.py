"""A feed, as RFC 4287 has it; pages of it as RFC 5005."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
SINCE = "2024"  # the year from which the names of entries are given out
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`name` is the end of its address as a tag and never changes; `at` is in UTC."""

    name: str
    title: str
    at: datetime
    page: str  # address
    author: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Feed:
    """All addresses are absolute. `next` is that of older entries."""

    title: str
    author: str
    base: str
    here: str
    page: str
    at: datetime
    entries: Sequence[Entry]
    next: str = ""
    licence: str = "CC BY 4.0"


def written(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": NAMESPACE})
    _text(root, "id", feed.here)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.at))
    _text(SubElement(root, "author"), "name", feed.author)
    _text(root, "rights", feed.licence)
    _link(root, "self", feed.here, KIND)
    _link(root, "alternate", feed.page, "text/html")
    if feed.next:
        _link(root, "next", feed.next, KIND)
    for one in feed.entries:
        entry = SubElement(root, "entry")
        _text(entry, "id", tag(feed.base, one.name))
        _text(entry, "title", one.title)
        _text(entry, "updated", _moment(one.at))
        _link(entry, "alternate", one.page, "text/html")
        if one.author:
            _text(SubElement(entry, "contributor"), "name", one.author)
        if one.lines:
            _text(entry, "summary", "\n".join(one.lines))
    indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def tag(base: str, name: str) -> str:
    """An entry by a name that no other has, wherever it is read."""
    return f"tag:{urlsplit(base).hostname or 'localhost'},{SINCE}:{quote(name, safe='/-._~')}"


def _moment(at: datetime) -> str:
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = NO_XML.sub("\ufffd", text)


def _link(parent: Element, relation: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind, "href": NO_XML.sub("", address)})
