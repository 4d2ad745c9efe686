"""What only editors see: drafts, and records that were deleted."""

import re

import pytest

from tests.routes.reading import words

TITLE = "Zeppelins of glass"
PLACES = (
    "/",
    "/pledges?q=zeppelins",
    "/pledges?donor=BE&per=100",
    "/pledges.csv?donor=BE",
    "/pledges.json?donor=BE",
    "/donors/BE",
    "/quality",
    "/changes",
    "/choices/pledge?q=zeppelins",
    "/charts/by-donor.csv?donor=BE",
)


@pytest.fixture
def hidden(request, anna):
    """The number of a record that nobody but editors sees."""
    form = {
        "title": TITLE,
        "lead": "Belgium",
        "unit": "aircraft",
        "role": "platform",
        "quantity": "7",
        "source": "https://glass.example/zeppelins",
        "then": "draft",
    }
    answer = anna.post("/pledges", data=form, follow_redirects=False)
    return int(re.search(r"/pledges/(\d+)", answer.headers["location"])[1])


def counted(answer):
    return re.search(r"<b>([\d,]+) pledges?</b>", answer.text)[1]


def test_a_draft_is_in_no_list_sum_download_or_search_of_readers(guest, anna, hidden):
    for address in PLACES:
        assert "zeppelins of glass" not in guest.get(address).text.lower().replace("q=zeppelins", ""), address
    for path in ("", "/history", "@1", "/cells/title"):
        assert guest.get(f"/pledges/{hidden}{path}").status_code == 404
    assert TITLE in words(anna.get(f"/pledges/{hidden}").text, "<main")


def test_a_source_counts_no_draft(guest, anna, hidden):
    listed = words(guest.get("/sources?q=glass.example").text, "<main")

    assert not re.search(r"\b[1-9]\d* pledges?\b", listed.partition("glass.example")[2][:80])


def test_a_draft_that_is_published_is_found_and_counted(guest, anna, hidden):
    before = counted(guest.get("/pledges?donor=BE"))
    assert anna.post(f"/pledges/{hidden}/state", data={"to": "published", "seen": 1}).status_code == 200

    assert int(counted(guest.get("/pledges?donor=BE"))) == int(before) + 1
    assert TITLE in words(guest.get(f"/pledges/{hidden}").text, "<main")
    assert guest.get(f"/pledges/{hidden}@1").status_code == 404, "the version that was a draft"


def test_a_deleted_record_says_so_and_its_versions_can_be_read(guest, anna, hidden):
    anna.post(f"/pledges/{hidden}/state", data={"to": "published", "seen": 1})
    anna.post(f"/pledges/{hidden}/state", data={"to": "deleted", "seen": 2, "comment": "No such thing."})

    gone = guest.get(f"/pledges/{hidden}")
    assert gone.status_code == 410 and "No such thing." in words(gone.text, "<main")
    assert guest.get(f"/pledges/{hidden}@2").status_code == 200
    anna.post(f"/pledges/{hidden}/state", data={"to": "published", "seen": 3})
    assert guest.get(f"/pledges/{hidden}").status_code == 200


def test_a_state_is_changed_only_as_it_was_seen(anna, hidden):
    stale = anna.post(f"/pledges/{hidden}/state", data={"to": "deleted", "seen": 5})

    assert stale.status_code == 409
    assert anna.post(f"/pledges/{hidden}/state", data={"to": "eaten", "seen": 1}).status_code == 422
    assert anna.post(f"/pledges/{hidden}/state", data={"to": "deleted"}).status_code == 428
