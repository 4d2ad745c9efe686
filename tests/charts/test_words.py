import pytest

from app.charts.words import Said, Words, say, say_delivered
from app.domain.quantity import UNDISCLOSED, Sum, exact
from tests.charts import cast

WORDS = Words()


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (cast.total(exact(19638)), "19,638"),
        (cast.at_least(14), "at least 14"),
        (cast.total(exact(14), UNDISCLOSED), "at least 14"),
        (cast.about(200), "about 200"),
        (cast.up_to(1000), "up to 1,000"),
        (cast.between(150, 250), "150–250"),
        (cast.total(UNDISCLOSED), "undisclosed"),
        (Sum(), "none reported"),
        (None, "none reported"),
    ],
)
def test_words_of_doubt_stand_before_the_number(total, said):
    assert str(say(total, WORDS)) == said


@pytest.mark.parametrize(
    ("delivered", "disputed", "said"),
    [
        (cast.at_least(423), False, "at least 423 delivered"),
        (cast.between(1, 2), True, "1 or 2 delivered"),
        (cast.total(UNDISCLOSED), False, "delivered undisclosed"),
        (None, False, ""),
    ],
)
def test_what_arrived_is_said_under_the_number(delivered, disputed, said):
    assert say_delivered(delivered, WORDS, disputed=disputed) == said


def test_words_can_be_translated():
    words = Words.translated(
        lambda text: {"at least": "mindestens"}.get(text, text), number=lambda number: f"{number:n}"
    )

    assert str(say(cast.at_least(14), words)) == "mindestens 14"


def test_the_page_may_say_sums_in_its_own_way():
    assert (
        str(say(cast.at_least(14), Words(say=lambda total: Said("no fewer than", str(total.low)))))
        == "no fewer than 14"
    )
