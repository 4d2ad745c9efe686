import pytest

from app.domain.donor import Donor, DonorKind
from app.domain.event import Event
from app.domain.field import Wrong
from app.domain.naming import code_from, named, slug_from
from app.domain.source import Source
from app.domain.system import System

PATRIOT = System(code="AD.LR.PATRIOT", slug="patriot", name="Patriot")
GEMT = System(code="AD.LR.PATRIOT.GEMT", slug="patriot-gem-t", name="Patriot GEM-T")
COALITION = Donor(code="", slug="", name="Navy Coalition", kind=DonorKind.COALITION)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ramstein meeting no. 18", "ramstein-meeting-no-18"),
        ("Türkiye", "turkiye"),
        ("Færøerne & Łódź – straße", "faeroerne-lodz-strasse"),
        ("Рада Україна–НАТО", ""),
        ("", ""),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_title_suggests_the_name_in_addresses(title, slug):
    assert slug_from(title) == slug


@pytest.mark.parametrize(
    ("name", "code"),
    [("European Peace Facility", "EPF"), ("Occar", "OCCAR"), ("Extraordinarily", "EXTRAORDINAR"), ("", "")],
)
def test_the_first_letters_of_a_name_are_its_code(name, code):
    assert code_from(name) == code


def test_names_are_taken_as_typed_else_as_suggested():
    assert named(COALITION, {}).code == "NC"
    assert named(COALITION, {"code": "navy", "slug": "the-navies"}) == Donor(
        code="NAVY", slug="the-navies", name="Navy Coalition", kind=DonorKind.COALITION
    )
    assert named(Event(slug="", title="Council of Kyiv"), {"slug": ""}).slug == "council-of-kyiv"
    assert named(Source(key=""), {"key": ""}, key="p-1").key == "p-1"
    assert named(Source(key=""), {"key": "mod-1"}, key="p-1").key == "mod-1"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "AD.LR.PATRIOT.PAC4MSE"), ("pac4", "AD.LR.PATRIOT.PAC4"), ("AD.LR.PATRIOT.PAC4", "AD.LR.PATRIOT.PAC4")],
)
def test_the_code_of_a_system_goes_on_from_the_one_above(typed, code):
    assert named(System(code="", slug="", name="PAC-4 MSE"), {"code": typed}, PATRIOT).code == code


@pytest.mark.parametrize(
    ("value", "texts", "parent", "field"),
    [
        (COALITION, {"code": "N-A"}, None, "code"),
        (COALITION, {"slug": "The Navies"}, None, "slug"),
        (COALITION, {"slug": "a" * 61}, None, "slug"),
        (Donor(code="", slug="", name="Brazil"), {}, None, "code"),
        (Donor(code="", slug="", name="Brazil"), {"code": "BRA"}, None, "code"),
        (Event(slug="", title="New"), {}, None, "slug"),
        (Event(slug="", title="Рада"), {}, None, "slug"),
        (System(code="", slug="", name="X"), {}, None, "parent"),
        (System(code="", slug="", name="X"), {}, GEMT, "parent"),
        (System(code="", slug="", name="X"), {"code": "A.B"}, PATRIOT, "code"),
        (Source(key=""), {"key": "A B"}, None, "key"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(value, texts, parent, field):
    with pytest.raises(Wrong) as wrong:
        named(value, texts, parent, "p-1")
    assert wrong.value.field == field
