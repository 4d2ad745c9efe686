"""A feed is what RFC 4287 asks for, whatever stands in it."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from app.formats.atom import NAMESPACE, Entry, Feed, tag, written

BASE = "https://pledges.example:8443"
AT = datetime(2024, 1, 10, 9, 30, tzinfo=UTC)


def a_feed(*entries, **changes):
    told = {"title": "Changes", "author": "Allied Pledges", "base": BASE, "here": f"{BASE}/changes.atom",
            "page": f"{BASE}/changes", "at": AT, "entries": entries}  # fmt: skip
    return Feed(**told | changes)


def an_entry(**changes):
    told = {"name": "pledge/leopards/3", "title": "Leopard 2", "at": AT, "page": f"{BASE}/pledges/7@3"}
    return Entry(**told | changes)


def found(element, name):
    return [one.text for one in element.findall(f"{{{NAMESPACE}}}{name}")]


def links(element):
    return {one.get("rel"): one.get("href") for one in element.findall(f"{{{NAMESPACE}}}link")}


def test_a_feed_has_what_it_owes():
    root = fromstring(
        written(a_feed(an_entry(lines=["why", "Quantity from 18 to 20"], author="Anna"), next="https://n"))
    )
    (entry,) = root.findall(f"{{{NAMESPACE}}}entry")

    assert root.tag == f"{{{NAMESPACE}}}feed"
    assert [len(found(root, name)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert found(root.find(f"{{{NAMESPACE}}}author"), "name") == ["Allied Pledges"]
    assert links(root) == {"self": f"{BASE}/changes.atom", "alternate": f"{BASE}/changes", "next": "https://n"}
    assert found(entry, "id") == ["tag:pledges.example,2024:pledge/leopards/3"]
    assert found(entry, "updated") == ["2024-01-10T09:30:00Z"]
    assert links(entry) == {"alternate": f"{BASE}/pledges/7@3"}
    assert found(entry, "summary") == ["why\nQuantity from 18 to 20"]


def test_moments_are_in_utc_whatever_they_came_in():
    for at in (datetime(2024, 1, 10, 9, 30), AT, datetime(2024, 1, 10, 11, 30, tzinfo=timezone(timedelta(hours=2)))):
        assert b"<updated>2024-01-10T09:30:00Z</updated>" in written(a_feed(an_entry(at=at)))


def test_a_name_is_the_same_wherever_it_is_asked_and_holds_no_odd_sign():
    assert tag(BASE, "pledge/ä b/1") == tag("https://pledges.example", "pledge/ä b/1")
    assert tag(BASE, "pledge/ä b/1") == "tag:pledges.example,2024:pledge/%C3%A4%20b/1"


@given(st.text(), st.text())
def test_no_text_breaks_out(title, line):
    root = fromstring(written(a_feed(an_entry(title=title, lines=[line], author=title), title=title)))

    assert len(list(root.iter(f"{{{NAMESPACE}}}entry"))) == 1
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("feed", "id", "title", "updated", "author", "name", "rights", "link", "entry", "contributor", "summary")
    }
