"""What every answer carries for the browser's safety, whatever kind of answer it is; and how it is packed."""

import gzip
import json

import brotli
import pytest
import zstandard

from app.web.errors import TOLD
from tests import owed

ANSWERS = {
    "a page": ("GET", "/", 200),
    "a part": ("GET", "/pledges?part", 200),
    "a download": ("GET", "/pledges.csv", 200),
    "JSON": ("GET", "/pledges.json", 200),
    "a drawing": ("GET", "/charts/by-donor.svg", 200),
    "a picture": ("GET", "/charts/by-donor.png", 200),
    "health": ("GET", "/healthz", 200),
    "readiness": ("GET", "/readyz", 200),
    "robots": ("GET", "/robots.txt", 200),
    "a static file": ("GET", "/static/img/mark.svg", 200),
    "a redirect": ("GET", "/donors/de", 301),
    "a refusal": ("GET", "/pledges.csv?donor=XX", 400),
    "nothing": ("GET", "/nowhere", 404),
    "no static file": ("GET", "/static/nowhere.css", 404),
    "a wrong verb": ("POST", "/donors", 405),
    "a wrong verb on a download": ("DELETE", "/pledges.csv", 405),
    "too long": ("GET", "/pledges?q=" + "a" * 9000, 414),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_kind_of_answer_carries_the_headers(guest, name):
    method, address, status = ANSWERS[name]
    answer = guest.request(method, address, follow_redirects=False)

    assert answer.status_code == status
    assert owed.faults_of_headers(answer.headers, status=0) == []
    assert answer.headers["x-frame-options"] == "DENY"
    assert "server" not in answer.headers


@pytest.mark.parametrize(("address", "size"), [("/imports", 11_700_000), ("/imports/names", 1_200_000)])
def test_more_than_a_route_takes_is_told_on_a_page_like_any_other(guest, address, size):
    answer = guest.post(address, content=b"x" * size, headers={"Content-Type": "application/octet-stream"})

    assert answer.status_code == 413 and "<main" in answer.text and TOLD[413].happened in answer.text
    assert owed.faults_of_headers(answer.headers, status=0) == []


def test_the_policy_lets_nothing_run_that_is_not_ours(guest):
    policy = dict(part.strip().split(" ", 1) for part in guest.get("/").headers["content-security-policy"].split(";"))

    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_https_is_asked_for_only_where_it_is_spoken(app, guest):
    assert "strict-transport-security" not in guest.get("/healthz").headers
    told = guest.get("https://pledges.test/healthz").headers["strict-transport-security"]
    assert int(told.partition("max-age=")[2].partition(";")[0]) >= 31_536_000


@pytest.mark.parametrize(
    ("name", "unpacked"),
    [
        ("gzip", gzip.decompress),
        ("br", brotli.decompress),
        ("zstd", lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed)),
        ("identity", bytes),
    ],
)
@pytest.mark.parametrize(
    "address",
    ["/pledges?donor=DE", "/pledges.csv", "/pledges.json", "/pledges.jsonl", "/pledges.atom?donor=DE", "/dictionary"],
)
def test_a_packed_answer_holds_the_same_bytes(guest, address, name, unpacked):
    with guest.stream("GET", address, headers={"Accept-Encoding": name}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = guest.get(address, headers={"Accept-Encoding": "identity"})

    assert answer.headers.get("content-encoding", "identity") == name
    assert "accept-encoding" in answer.headers["vary"].lower()
    told = unpacked(packed)
    same = _timeless(told) == _timeless(plain.content)  # apart: nobody reads the difference of two such texts
    assert same
    if address.endswith(".json"):
        assert len(json.loads(told)["pledges"]) == 276


def _timeless(page: bytes) -> bytes:
    """Without the sentence that says when the page was made."""
    before, _, after = page.partition(b"This page as of")
    return before + after.partition(b"UTC")[2]


def test_the_explorer_is_small_on_the_wire(guest):
    with guest.stream("GET", "/pledges", headers={"Accept-Encoding": "br"}) as answer:
        assert len(b"".join(answer.iter_raw())) <= 20_000
