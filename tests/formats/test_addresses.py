import pytest

from app.formats.addresses import cited, cleaned, host, original

ARCHIVED = "http://web.archive.org/web/20230316103145/https://diplomatie.belgium.be/en/aid"

CELLS = [
    # cell, addresses, texts
    ("https://a.example/1", ["https://a.example/1"], []),
    ("https://a.example/1 https://b.example/2", ["https://a.example/1", "https://b.example/2"], []),
    ("https://a.example/1\nhttps://b.example/2", ["https://a.example/1", "https://b.example/2"], []),
    ("https://a.example/1\u00a0https://b.example/2", ["https://a.example/1", "https://b.example/2"], []),
    ("https://a.example/1.pdfhttps://b.example/2", ["https://a.example/1.pdf", "https://b.example/2"], []),
    ("https://a.example/1https://a.example/1", ["https://a.example/1"], []),
    ("https://a.example/1?by=https://a.example/1?by=", ["https://a.example/1?by="], []),
    ("https://a.example/1 https://a.example/1", ["https://a.example/1"], []),
    (".https://a.example/1", ["https://a.example/1"], []),
    ("HTTPS://A.example/1", ["https://A.example/1"], []),
    (ARCHIVED, [ARCHIVED], []),
    ("https://cache.example/q=x:https://a.example/1", ["https://cache.example/q=x:https://a.example/1"], []),
    ("https://a.example/1?from=https%3A%2F%2Fb.example", ["https://a.example/1?from=https%3A%2F%2Fb.example"], []),
    ("https://a.example/1#:~:text=They%20gave", ["https://a.example/1"], []),
    ("https://a.example/1#:~:text=They &text=gave ", ["https://a.example/1"], []),
    ("https://a.example/1 - :~:text=They", ["https://a.example/1"], []),
    ("https://x.example/1?ref_src=twsrc&ref_url=https%3A%2F%2Fb", ["https://x.example/1"], []),
    ("https://a.example/1, https://b.example/2.", ["https://a.example/1", "https://b.example/2"], []),
    ("E-Mail from the Foreign Ministry", [], ["E-Mail from the Foreign Ministry"]),
    ("Aid told (a.example)\u00a0", [], ["Aid told (a.example)"]),
    ("Aid told https://a.example/1 and more", ["https://a.example/1"], ["Aid told", "and more"]),
    ("https://a.example/2023-06-0 9/", ["https://a.example/2023-06-0"], ["9/"]),
    ("http://[::1", [], ["http://[::1"]),
    ("http://", [], ["http://"]),
    ("https://a.example/" + "x" * 3000, [], ["https://a.example/" + "x" * 3000]),
    ('https://a.example/"x"', [], ['https://a.example/"x"']),
    (".", [], []),
    ("..", [], []),
    ("\u00a0", [], []),
    ("", [], []),
]


@pytest.mark.parametrize(("cell", "addresses", "texts"), CELLS)
def test_a_cell_is_divided_into_addresses_and_texts(cell, addresses, texts):
    found = cited(cell)

    assert list(found.addresses) == addresses
    assert list(found.texts) == texts


def test_an_archived_page_goes_by_the_page_that_it_holds():
    assert original(ARCHIVED) == "https://diplomatie.belgium.be/en/aid"
    assert host(ARCHIVED) == "diplomatie.belgium.be"
    assert original("https://web.archive.org/web/2022/https:/www.um.fi/aid") == "https://www.um.fi/aid"
    assert host("https://web.archive.org/web/2022/https:/www.um.fi/aid") == "um.fi"
    assert original("https://web.archive.org/web/2022/") == "https://web.archive.org/web/2022/"


def test_a_fragment_of_644_letters_leaves_the_page():
    assert cleaned("https://a.example/1#:~:text=" + "x" * 644) == "https://a.example/1"
