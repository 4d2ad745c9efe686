"""Addresses that nobody was meant to ask for: never a failure, always the bad part by name."""

from urllib.parse import quote, urlencode

import pytest

from tests.routes.reading import answered, element, rows, words

MANY = "&".join(f"donor=X{number}" for number in range(1000))  # as many as fit into 8 kB
BAD = {
    "an unknown donor": ("donor", "XX"),
    "a donor in small letters": ("donor", "de"),
    "an unknown group": ("group", "WARSAW"),
    "an unknown system": ("system", "death-star"),
    "an unknown node": ("at", "death-star"),
    "an unknown kind of aid": ("aid", "moral"),
    "an unknown status": ("status", "promised"),
    "an unknown role": ("role", "decoration"),
    "an unknown unit": ("unit", "furlong"),
    "an unknown event": ("event", "yalta-1945"),
    "a package that is no number": ("package", "first"),
    "a year of five digits": ("year", "20244"),
    "a year in words": ("year", "MMXXIV"),
    "a year in Arabic digits": ("year", "٢٠٢٤"),
    "a thirteenth month": ("month", "2024-13"),
    "an unknown qualifier": ("qualifier", "surely"),
    "an unknown class": ("counting", "twice"),
    "an unknown confidence": ("confidence", "blind"),
    "neither yes nor no": ("source", "maybe"),
    "an unknown lack": ("lacks", "charm"),
    "overdue but not": ("overdue", "no"),
    "a day that is none": ("from", "2024-02-30"),
    "a day in words": ("to", "yesterday"),
    "a day of the week": ("as_of", "2024-W02-3"),
    "a day of the year zero": ("as_of", "0000-00-00"),
    "a question of 300 letters": ("q", "ж" * 300),
    "a name with a NUL": ("donor", "D\x00E"),
    "a name turned round": ("system", "\u202etoirtap"),
    "a join of queries": ("system", "patriot' OR 1=1 --"),
    "a tag": ("event", "<script>alert(1)</script>"),
    "a template": ("donor", "{{7*7}}%(x)s{0}"),
}
HARMLESS = {  # named, but nothing is left out because of them
    "the billionth page": ("page", "1000000000"),
    "page zero": ("page", "0"),
    "a billion rows a page": ("per", "1e9"),
    "sorted by a command": ("sort", ";drop"),
    "an unknown view": ("view", "hologram"),
    "an unknown measure": ("measure", "roubles"),
    "after nobody": ("after", "-1"),
    "before a fraction": ("before", "1.5"),
}
PAGES = ["/pledges", "/quality", "/charts/by-donor", "/charts/over-time"]
DOWNLOADS = ["/pledges.csv", "/pledges.json", "/charts/by-donor.svg", "/charts/map.csv", "/charts/over-time.json"]


def shown(value: str) -> str:
    """As a page names it: signs that nobody sees stand as �, and long values are cut."""
    return value.replace("\x00", "�").replace("\u202e", "�")[:80]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", BAD)
def test_a_page_names_the_bad_part_and_matches_nothing_in_that_facet(guest, path, name):
    parameter, value = BAD[name]
    answer = guest.get(f"{path}?{urlencode({parameter: value})}")

    assert answer.status_code == 200
    said = words(answer.text, "<main")
    assert f"“{shown(value)}” is not known as a value of “{parameter}”." in said
    if path == "/pledges":
        assert "0 pledges ." in said and "No pledge fits all of this" in said
    if path == "/charts/by-donor":
        assert "Of 0 pledges." in said


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", HARMLESS)
def test_a_page_names_a_way_of_showing_that_it_does_not_know_and_shows_the_usual_one(guest, path, name):
    parameter, value = HARMLESS[name]
    answer = guest.get(path, params={parameter: value})

    assert answer.status_code == 200
    said = words(answer.text, "<main")
    assert f"“{value}” is not known as a value of “{parameter}”." in said
    if path == "/pledges":
        assert "276 pledges ." in said


@pytest.mark.parametrize("path", DOWNLOADS)
@pytest.mark.parametrize("name", BAD | HARMLESS)
def test_a_download_refuses_what_it_cannot_read_and_says_why(guest, path, name):
    parameter, value = (BAD | HARMLESS)[name]
    answer = guest.get(f"{path}?{urlencode({parameter: value})}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == f"Not known: {parameter}={shown(value)}.\n"


def test_a_good_value_beside_a_bad_one_still_counts(guest):
    both = guest.get("/pledges?donor=DE&donor=XX")
    alone = guest.get("/pledges?donor=DE")

    assert "“XX” is not known" in words(both.text, "<main")
    sentence = words(element(alone.text, '<p class="sum"', "p"))
    assert sentence.startswith("53 pledges") and words(element(both.text, '<p class="sum"', "p")) == sentence


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", [*PAGES, "/", "/donors", "/sources", "/pledges/1"])
def test_a_thousand_donors_that_nobody_knows_are_not_all_named(guest, path):
    answer = guest.get(f"{path}?{MANY[:8000]}")

    assert answer.status_code == 200
    assert answer.text.count("is not known as a value of") <= 20


NUMBERED = [
    *("/drafts?before=", "/suggestions?beyond=", "/suggestions?pledge=", "/changes?before=", "/changes?account="),
    *("/changes/1?after=", "/changes.atom?before=", "/pledges.atom?before=", "/pledges/1/history?before="),
    *("/pledges/1/history?to=1&from=", "/pledges/1/history?from=1&to=", "/sources/1/history?before="),
]


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9999999999", "9" * 15, "9" * 40])
def test_a_number_that_no_record_has_is_no_failure(anna, number):
    found = {address: anna.get(address + number).status_code for address in NUMBERED}

    assert {address for address, status in found.items() if status not in (200, 400)} == set()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "path", [*PAGES, *DOWNLOADS, "/", "/donors/DE", "/sources", "/healthz", "/static/img/mark.svg"]
)
@pytest.mark.parametrize("query", [b"donor=DE&" * 10_000, b"q=" + b"a" * 100_000, b"%00" * 40_000])
def test_a_query_of_a_hundred_kilobytes_is_too_long(app, path, query):
    status, body = answered(app, path, query)

    assert status == 414
    assert body == b"The address is too long: its query has more than 8192 bytes.\n"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", [*PAGES, *DOWNLOADS, "/", "/donors/DE", "/systems/patriot", "/sources", "/pledges/1"])
@pytest.mark.parametrize(
    "query",
    ["%", "%zz=%", "%ff%fe=%c3%28", "=&=&&&;", "donor", "donor[]=DE", "q=%f0%28%8c%28", "a=%u0041", "?donor=DE"],
)
def test_garbage_in_per_cent_signs_is_no_failure(guest, path, query):
    assert guest.get(f"{path}?{query}").status_code in (200, 400)


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        "'",
        "*",
        "-",
        "NEAR(",
        "a AND b",
        "title:patriot",
        "(((",
        "\\",
        "%",
        "_",
        "&|!:*",
        "п'",
        "\x00",
        "\ud7ff",
        "^a",
    ],
)
def test_a_search_for_signs_is_a_search_for_words(guest, asked):
    answer = guest.get(f"/pledges?q={quote(asked)}")

    assert answer.status_code == 200
    # A page says what it could not read; a file has no place for that.
    assert guest.get(f"/pledges.csv?q={quote(asked)}").status_code == (400 if asked == "\x00" else 200)


@pytest.mark.parametrize("path", ["/", "/donors", "/donors/DE", "/systems/patriot", "/events", "/pledges/1"])
def test_a_page_that_takes_only_a_day_names_a_day_that_is_none(guest, path):
    answer = guest.get(f"{path}?as_of=2024-02-30")

    assert answer.status_code == 200
    assert "“2024-02-30” is not known as a value of “as_of”." in words(answer.text, "<header")


def test_parameters_that_nobody_knows_are_ignored(guest):
    answer = guest.get("/pledges.csv?utm_source=a&__proto__=b&donor.=DE")

    assert len(rows(answer)) == 276


def test_an_unknown_kind_of_source_is_named_and_matches_nothing(guest):
    said = words(guest.get("/sources?kind=gossip").text, "<main")

    assert "gossip" in said


def test_the_list_of_sources_takes_any_page_and_any_words(guest):
    for query in ("page=200", "page=1000000000", "q=%00", "q=%25", "q=" + "a" * 300, "kind=press&page=7"):
        assert guest.get(f"/sources?{query}").status_code == 200
