"""Citations: one line of text, an entry that BibTeX can read, an item that Zotero can."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.citation import Citation


def a_citation(**changes):
    told = {
        "title": "Leopard 2 tanks",
        "version": 3,
        "address": "https://pledges.example/pledges/7@3",
        "day": date(2024, 1, 10),
        "accessed": date(2026, 11, 22),
    }
    return Citation(**told | changes)


def fields(entry):
    """The fields of an entry whose braces are even."""
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.MULTILINE))


def open_braces(entry):
    """How many braces are open at the end; a backslash before one makes it a sign. Fails below none."""
    depth = 0
    for sign in re.sub(r"\\[{}]", "", entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    return depth


def test_the_entry_has_a_key_and_what_a_bibliography_needs():
    entry = a_citation().bibtex()

    assert entry.startswith("@misc{allied-pledges-7-3,\n") and entry.endswith("\n}\n")
    assert fields(entry) == {
        "author": "{Allied Pledges}",
        "title": "{Leopard 2 tanks}",
        "version": "3",
        "year": "2024",
        "date": "2024-01-10",
        "url": "https://pledges.example/pledges/7@3",
        "urldate": "2026-11-22",
        "note": "Version 3, accessed 22 November 2026",
    }


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Spares & support", r"{Spares \& support}"),
        ("100 % of $5m", r"{100 \% of \$5m}"),
        ("lot_7 #2", r"{lot\_7 \#2}"),
        ("a{b}c", r"{a\{b\}c}"),
        ("~^", r"{\textasciitilde{}\textasciicircum{}}"),
        (r"\input{x}", r"{\textbackslash{}input\{x\}}"),
        ("Flugabwehrkanonenpanzer für die Україна", "{Flugabwehrkanonenpanzer für die Україна}"),
        ("two\nlines\x00", "{two lines}"),
    ],
)
def test_signs_of_latex_are_escaped_and_letters_of_all_scripts_stay(title, written):
    assert fields(a_citation(title=title).bibtex())["title"] == written


@given(st.text(), st.text())
def test_no_title_or_address_breaks_out_of_its_field(title, address):
    entry = a_citation(title=title, address=address).bibtex()

    assert open_braces(entry) == 0
    assert {"author", "title", "year", "url"} <= {*fields(entry)}


def test_an_address_keeps_its_signs():
    told = fields(a_citation(address="https://pledges.example/pledges?q=a_b&at=50%25{x}").bibtex())

    assert told["url"] == "https://pledges.example/pledges?q=a_b&at=50%25%7Bx%7D"


def test_the_item_is_what_csl_asks_for():
    assert json.loads(a_citation(title="Flugabwehr “neu”").csl_json()) == [
        {
            "id": "allied-pledges-7-3",
            "type": "dataset",
            "title": "Flugabwehr “neu”",
            "author": [{"literal": "Allied Pledges"}],
            "publisher": "Allied Pledges",
            "version": "3",
            "issued": {"date-parts": [[2024, 1, 10]]},
            "accessed": {"date-parts": [[2026, 11, 22]]},
            "URL": "https://pledges.example/pledges/7@3",
        }
    ]


@given(st.text(st.characters(codec="utf-8")))
def test_every_title_gives_valid_json_in_utf_8(title):
    told = a_citation(title=title).csl_json().encode()

    assert len(json.loads(told)) == 1


def test_an_address_without_letters_still_gives_a_key():
    assert a_citation(address="https://pledges.example/").key == "allied-pledges-pledges-example"
    assert a_citation(address="").key == "allied-pledges-3"
