"""Every word of the interface comes from the message catalogue: in a language that puts ⟦ ⟧ around each message,
whatever stands outside of them is data, a number, a date, or a string that bypasses the catalogue."""

import re
from contextvars import ContextVar
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel import Locale
from babel.dates import get_month_names
from sqlalchemy import MetaData, String, select

from app.domain.codes import Code
from app.domain.dictionary import COLUMNS
from app.locales import extract
from app.locales.pseudo import Pseudo
from app.web import words
from app.web.words import Language
from tests.owed import Page
from tests.routes.test_pages import PAGES

ENGLISH = Locale("en", "GB")
TOLD = (
    "title",
    "aria-label",
    "alt",
    "placeholder",
    "label",
    "data-l",
    "data-copied",
    "data-failed",
    "aria-description",
)
NAMES = {
    "CSV",
    "SVG",
    "PNG",
    "JSON",
    "Vega-Lite",
    "BibTeX",
    "CSL-JSON",
    "UTC",
    "ECB",
}  # of formats and institutions, the same in every language
MONTHS = {name for width in ("wide", "abbreviated") for name in get_month_names(width, locale=ENGLISH).values()}
CODES = {str(code) for kind in Code.__subclasses__() for code in kind if code.islower()}
TYPED = {"publisher", "place", "words", "title", "name"}  # columns that people fill in and that may hold a single word
BETWEEN = re.compile(r"[\n,;:·–—()“”|/+]|(?<=\w)\. |\s-\s")
MISSING = ["/nothing", "/pledges/999999", "/pledges/1@99", "/donors/XX", "/systems/x", "/events/x", "/sources/999999"]
BAD = ["/pledges?donor=XX&sort=;x&as_of=x", "/donors?as_of=x", "/charts/by-donor?donor=XX", "/pledges?page=150"]
MORE = [
    "/pledges?donor=DE&as_of=2024-01-10&q=patriot&from=2023-01-01&to=2024-12-31",
    "/pledges/3",
    "/pledges/6?as_of=2023-12-31",
]
MORE += [
    "/sources/3",
    "/donors/NSPA",
    "/events/nuc-2024-01-10?as_of=2024-01-10",
    "/sources?kind=gossip&q=x",
    "/packages/1",
]


@pytest.fixture(scope="module", params=["sqlite"])
def database(request, tmp_path_factory):
    """The words do not depend on the database."""
    from tests.conftest import _copy

    yield from _copy(request.param, request, tmp_path_factory)


@pytest.fixture
def pseudo(guest, monkeypatch):
    """A reader of the language in which every message stands between ⟦ and ⟧."""
    in_brackets = Language(Pseudo(), ENGLISH)
    monkeypatch.setattr(words, "_language", ContextVar("language", default=in_brackets))
    return guest


@pytest.fixture(scope="module")
def data(database) -> set[str]:
    """Every text of the records, whole and in pieces. Codes are none: readers are shown their titles."""
    tables = MetaData()
    tables.reflect(database.reader)
    found: set[str] = set()
    with database.reading() as db:
        for table in tables.tables.values():
            for column in table.c:
                if isinstance(column.type, String):
                    values = {value for (value,) in db.execute(select(column).distinct()) if value}
                    found |= values if column.name in TYPED else values - CODES
    hosts = {re.sub(r"^https?://(www\.)?([^/]+).*$", r"\2", value) for value in found if value.startswith("http")}
    return {piece for value in found for piece in pieces(value)} | found | hosts


def pieces(text: str) -> set[str]:
    return {part.strip(" .!?'\"‘’„-&") for part in BETWEEN.split(text)}


def bypassing(text: str, data: set[str]) -> set[str]:
    """What of a text is neither a message nor data."""
    while text != (text := re.sub(r"⟦[^⟦⟧]*⟧", "|", text)):
        pass
    text = re.sub(r"https?://\S+", "", text)
    found = set()
    for piece in pieces(text.replace("\n", " ")) - data - NAMES:
        left = [word for word in re.findall(r"[^\W\d_]+", piece) if word not in MONTHS | NAMES]
        # Babel joins the last of a list with "and".
        if left and not all(part.strip() in data for part in re.split(r" and |(?<=\w) (?=\d)", piece)):
            found.add(piece)
    return found


def told(page: Page):
    """Every text that a person is shown or read."""
    for one in page.elements:
        if one.tag in ("script", "style", "code", "pre") or one.within("code") or one["class"] == "code":
            continue
        if one["class"] == "rank-title":
            yield one.text  # the second half of the message stands small
        elif one.parent["class"] != "rank-title":
            yield from one.own_text
        yield from (one[name] for name in TOLD if one.has(name))
        if one.tag == "meta" and one["name"] == "description":
            yield one["content"]


@pytest.mark.parametrize("address", [*PAGES, *MORE, *MISSING, *BAD])
def test_every_word_of_a_page_comes_from_the_catalogue(pseudo, data, address):
    page = Page(pseudo.get(address).text)

    assert any("⟦" in text for text in page.root.text.split())
    asked = {value for _, value in parse_qsl(urlsplit(address).query)}
    found = {one for text in told(page) for one in bypassing(text, data | asked)}
    if address == "/dictionary":
        found -= {entry.name for entry in COLUMNS}
    assert not found


@pytest.mark.parametrize("address", ["/charts/by-donor.svg", "/charts/over-time.svg", "/charts/map.svg?donor=DE"])
def test_every_word_of_a_drawing_comes_from_the_catalogue(pseudo, data, address):
    page = Page(pseudo.get(address).text)

    found = {one for text in told(page) for one in bypassing(text, data)}
    assert not {one for one in found if not any(one in name for name in data)}  # long names stand on two lines


@pytest.mark.parametrize(
    "address", ["/charts/nope", "/pledges.csv?donor=XX", "/charts/by-donor.svg?donor=XX", "/pledges/1?x=" + "a" * 9000]
)
def test_a_refusal_in_plain_text_comes_from_the_catalogue(pseudo, address):
    answer = pseudo.get(address)

    assert answer.status_code in (400, 404, 414)
    assert answer.text.startswith("⟦") and answer.text.strip().endswith("⟧")


def test_the_catalogue_is_up_to_date():
    """`python -m app.locales.extract` brings it up to date."""
    fresh = extract.written(extract.extracted()) == extract.TEMPLATE.read_bytes()
    assert fresh


def test_nearly_every_message_would_be_found_if_it_bypassed_the_catalogue(data):
    messages = [
        str(message.id[0] if message.pluralizable else message.id) for message in extract.extracted() if message.id
    ]
    unseen = [message for message in messages if not bypassing(message, data)]

    assert len(messages) > 600
    assert len(unseen) < len(messages) / 20, unseen


def test_a_string_that_bypasses_the_catalogue_is_found():
    known = {"Germany", "Second Patriot system"}

    assert not bypassing("⟦%(a)s of ⟦b⟧⟧ Germany, 10 January 2024 · 1,000", known)
    assert not bypassing("Second Patriot system, Germany – ⟦Allied Pledges⟧", known)
    assert bypassing("⟦5 pledges⟧ of Germany", known) == {"of Germany"}
    assert bypassing("Download", known) == {"Download"}
    assert not bypassing("5 €1.2 %", known)
