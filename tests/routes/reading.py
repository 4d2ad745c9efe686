"""Answers as a reader takes them in: the words of a page in their order, the rows of a download."""

import asyncio
import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

UNREAD = {"script", "template", "svg"}


class _Words(HTMLParser):
    """The words of a page, without drawings and without what a script would show later."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within = 0

    def handle_starttag(self, tag, attrs):
        self._within += tag in UNREAD

    def handle_endtag(self, tag):
        self._within -= tag in UNREAD

    def handle_data(self, data):
        if not self._within:
            self.found.append(data)


def words(html: str, start: str = "", end: str = "") -> str:
    """What stands on a page, or from one piece of its source to another."""
    html = html[html.index(start) :] if start else html
    html = html[: html.index(end, len(start))] if end else html
    parser = _Words()
    parser.feed(html)
    return re.sub(r"\s+", " ", " ".join(parser.found)).strip()


def element(html: str, start: str, tag: str) -> str:
    """The source of an element that begins with `start` and holds none of its own kind."""
    at = html.index(start)
    return html[at : html.index(f"</{tag}>", at) + len(tag) + 3]


def rows_of_table(html: str, start: str) -> list[list[str]]:
    """The cells of a table as words, without its head."""
    body = element(html, start, "table").partition("<tbody")[2]
    return [
        [words(f"<{cell}") for cell in re.split(r"<(?=t[hd][ >])", row)[1:]] for row in re.split(r"<tr[ >]", body)[1:]
    ]


def rows(answer) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def as_csv(address: str) -> str:
    """The address of the download behind a link to a list of pledges."""
    parts = urlsplit(address)
    assert parts.path == "/pledges", address
    return f"/pledges.csv?{parts.query}"


def parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def answered(app, path: str, query: bytes) -> tuple[int, bytes]:
    """What the app answers to a query as it stands, which no client would send: status and body."""
    told = []

    async def ask() -> None:
        scope = {"type": "http", "method": "GET", "scheme": "http", "http_version": "1.1", "headers": []}
        scope |= {"path": path, "raw_path": path.encode(), "query_string": query, "server": ("pledges.test", 80)}
        await app(scope, receive, send)

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        told.append(message)

    asyncio.run(ask())
    return told[0]["status"], b"".join(message.get("body", b"") for message in told[1:])
