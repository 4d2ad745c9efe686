import pytest

from app.domain.filter import PledgeFilter
from app.store.folding import folded, words
from app.store.matching import PLEDGE
from tests.brute import every


def found(db, reference, question):
    return {row.key for row in every(db, PledgeFilter(q=question), reference, [PLEDGE.c.key])}


def test_patriot_is_found_in_latin_and_cyrillic_in_any_case(db, reference):
    patriots = found(db, reference, "patriot")

    assert "jan24-patriot-system-germany" in patriots
    for question in ("Patriot", "PATRIOT", "Петріот", "петріот", "Патріот", "PAT", "  patriot  ", "patriot!"):
        assert found(db, reference, question) >= patriots - {""}, question


@pytest.mark.parametrize("question", ["IRIS-T", "iris t", "IRIS-T SLM", '"IRIS-T"', "IRIS‑T"])
def test_iris_t_is_found_with_its_sign_and_without(question, db, reference):
    assert any("iris" in key for key in found(db, reference, question))


def test_accents_do_not_matter(db, reference):
    assert found(db, reference, "Großbritannien") == found(db, reference, "GROSSBRITANNIEN") != set()
    assert found(db, reference, "système") == found(db, reference, "systeme")


def test_only_the_last_word_may_be_a_beginning(db, reference):
    assert found(db, reference, "germany patr")
    assert found(db, reference, "patr germany") == set()
    assert found(db, reference, "atriot") == set()


def test_all_words_must_be_there(db, reference):
    both = found(db, reference, "germany patriot")

    assert both and both <= found(db, reference, "germany") & found(db, reference, "patriot")


@pytest.mark.parametrize("question", ["-", "!!!", "' OR 1=1 --", '"', "*", "NEAR(", "a AND", "\\", "'':*", "&|!", "(("])
def test_signs_of_the_search_language_are_only_signs(question, db, reference, brute):
    expected = {one.pledge.key for one in brute.told if one.said(question)}

    assert found(db, reference, question) == expected


def test_every_record_is_found_by_its_own_words(db, reference, brute):
    for one in brute.told[::9]:
        assert one.pledge.key in found(db, reference, " ".join(one.words[:5])), one.words[:5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("IRIS-T SLM", ["iris", "t", "slm"]),
        ("Großbritannien", ["grossbritannien"]),
        ("Système SAMP/T", ["systeme", "samp", "t"]),
        ("Петріот, ЗРК", ["петріот", "зрк"]),
        ("Київ їжак", ["киів", "іжак"]),
        ("under_score", ["under", "score"]),
        ("", []),
    ],
)
def test_words_are_folded_alike_for_both_databases(text, told):
    assert words(text) == told


@pytest.mark.parametrize("text", ["Å", "ﬁ", "İ", "ß", "Ё", "\u0301", "１２３"])
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
