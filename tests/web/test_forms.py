"""What a form gives back, and what it refuses."""

import pytest

from app.web.forms import Form, Problem, Problems, shown
from app.web.kept import Kept, kept_in
from app.web.origin import safe_path
from app.web.refusals import Misread


def test_a_text_is_one_line_without_outer_space_and_the_last_of_its_name():
    form = Form([("title", "first"), ("title", "  Second  Patriot "), ("id", "1"), ("id", "2")])

    assert form.text("title") == "Second  Patriot"
    assert form.texts("id") == ["1", "2"]
    assert form.text("nothing", "else") == "else" and form.has("title") and not form.has("nothing")
    assert form.pairs()[0] == ("title", "first")


def test_an_area_keeps_its_lines():
    form = Form([("note", "\r\n one\r\n\r\n\ttwo \r\n")])

    assert form.area("note") == " one\n\n\ttwo"
    assert form.lines("note") == ["one", "two"]


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200f", "\u061c"])
def test_signs_that_nobody_sees_are_refused_at_their_field(sign):
    form = Form([("title", f"Pat{sign}riot")])
    for read in (form.text, form.area, form.texts, form.lines):
        with pytest.raises(Problem) as refused:
            read("title")
        assert refused.value.field == "title"
    assert form.raw("title") == f"Pat{sign}riot"


@pytest.mark.parametrize("typed", ["Зенітна ракета", "IRIS-T, 40 000 €", "防空", "e\u0301", "👩‍🚒", "a\u00a0b"])
def test_letters_of_all_people_are_taken(typed):
    assert Form([("title", typed)]).text("title") == typed


def test_a_line_end_within_a_line_is_refused():
    with pytest.raises(Problem):
        Form([("title", "one\ntwo")]).text("title")


def test_a_field_that_the_form_does_not_have_is_named():
    form = Form([("name", "x"), ("role\x00", "admin")])
    form.ensure_only({"name", "role\x00"})
    with pytest.raises(Misread, match="role\ufffd"):
        form.ensure_only({"name"})


def test_problems_lead_to_their_fields():
    problems = Problems.told({"name": "A name is missing."})

    assert problems.at("name") == "A name is missing." and problems.at("email") == ""
    assert problems.links("a-") == [("a-name", "A name is missing.")]
    assert not Problems.told(None)


def test_what_is_kept_comes_back_as_it_was():
    kept = Kept("/pledges/7/edit?x=1", (("text", "20\r\n30"), ("text", "40"), ("seen", "3"), ("kept.x", "")))
    other = Form([("email", "anna@example.org"), ("password", "secret"), *kept.hidden()])

    assert kept_in(other) == kept
    assert kept.shown() == [("text", "20\r\n30"), ("text", "40"), ("seen", "3")]
    assert kept_in(Form([("kept_to", "//evil.test"), ("kept.text", "20")])) is None


@pytest.mark.parametrize(
    "path", ["/", "/pledges?q=%2F%2Fevil", "/pledges/1@2", "/a?next=//b", "/sources/%E2%82%AC", "/é"]
)
def test_an_address_of_this_site_is_gone_on_to(path):
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pledges",
        "//evil.test",
        "/\\evil.test",
        "https://evil.test",
        "/\tx",
        "/\n/evil.test",
        "/ x",
        "/\u2028x",
        "\\",
        "/" + "a" * 5000,
    ],
)
def test_any_other_is_not(path):
    assert safe_path(path, "/home") == "/home"


def test_a_text_from_outside_is_named_without_what_turns_it_round():
    assert shown("role\u202e\x00" + "x" * 200) == "role\ufffd\ufffd" + "x" * 74
