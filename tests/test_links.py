"""Every link leads somewhere: the pages are walked as a reader would, each kind of address some times."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

OF_EACH_KIND = 12


def kind(address: str) -> str:
    """Addresses of one kind differ by a number, a name of a record, or their parameters."""
    parts = urlsplit(address)
    path = re.sub(r"^/(donors|systems|events|sources|pledges|packages)/[^/]+", r"/\1/*", parts.path)
    return f"{path}?" if parts.query else path


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_link_leads_to_a_page_that_is_there(guest):
    seen, waiting, kinds = {"http://pledges.test/"}, ["http://pledges.test/"], Counter()
    while waiting:
        guest.links.clear()
        address = waiting.pop(0)
        answer = guest.get(address)

        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        for link in sorted(guest.links - seen):
            seen.add(link)
            kinds[kind(link)] += 1
            if kinds[kind(link)] <= OF_EACH_KIND:
                waiting.append(link)

    assert {
        "/pledges/*",
        "/donors/*",
        "/systems/*",
        "/events/*",
        "/sources/*",
        "/packages/*",
        "/quality",
        "/pledges?",
    } <= set(kinds)
