"""What a page says of a value, as tables of cases; and that every word goes through the catalogue."""

from contextvars import copy_context
from datetime import date, datetime
from decimal import Decimal
from gettext import NullTranslations

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from app.domain.milestone import Delivered
from app.domain.money import Amount, Rate, Value
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity, Sum, exact
from app.domain.quantity import quantity as read
from app.domain.when import When, month, on
from app.locales.extract import TEMPLATE, extracted
from app.locales.pseudo import Pseudo
from app.web import words
from app.web.words import Said

D = Decimal
Q = Qualifier


def amount(currency: str, qualifier: Qualifier, *numbers: str, said: str = "") -> Amount:
    one = read(qualifier, *(D(number) for number in numbers), words=said)
    return Amount(qualifier, one.low, one.point, one.high, said, currency=currency)


def worth(low: str | None = None, point: str | None = None, high: str | None = None) -> Value:
    return Value(low=D(low) if low else None, point=D(point) if point else None, high=D(high) if high else None)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (D(1000), "1,000"),
        (D("48.333333"), "48.333333"),
        (D("24.500000"), "24.5"),
        (D("100"), "100"),
        (D("1E+3"), "1,000"),
        (0, "0"),
        (399680, "399,680"),
        (D("9000000000000"), "9,000,000,000,000"),
    ],
)
def test_numbers(value, said):
    assert words.number(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (exact(4), "system", Said(number="4", unit="systems")),
        (exact(1), "battery", Said(number="1", unit="battery")),
        (exact(0), "missile", Said(number="0", unit="missiles")),
        (exact(D("48.333333")), "other", Said(number="48.333333", unit="items")),
        (read(Q.AT_LEAST, D(14)), "system", Said("at least", "14", "systems")),
        (read(Q.UP_TO, D(1000)), "missile", Said("up to", "1,000", "missiles")),
        (read(Q.UP_TO, D(500), firm=D(100)), "missile", Said("up to", "500", "missiles", "100 firm")),
        (read(Q.ABOUT, D(200)), "missile", Said("about", "200", "missiles", "180–220, assumed")),
        (read(Q.RANGE, D(150), D(250)), "round", Said(number="150–250", unit="rounds")),
        (read(Q.ESTIMATED, D(60)), "vehicle", Said("estimated", "60", "vehicles")),
        (read(Q.ORDER_OF_MAGNITUDE, words="hundreds"), "missile", Said(number="“hundreds”", unit="missiles")),
        (
            read(Q.ORDER_OF_MAGNITUDE, D(100), D(999), words="“hundreds”"),
            None,
            Said(number="“hundreds”", note="100–999"),
        ),
        (read(Q.ORDER_OF_MAGNITUDE, D(100), D(999)), None, Said(number="100–999")),
        (read(Q.ORDER_OF_MAGNITUDE), "missile", Said(absent="undisclosed")),
        (read(Q.SOME), "missile", Said(absent="some, no number")),
        (UNDISCLOSED, "missile", Said(absent="undisclosed")),
        (Quantity(Q.EXACT), "missile", Said(absent="undisclosed")),
    ],
)
def test_a_quantity_keeps_its_doubt(value, unit, said):
    assert words.quantity(value, unit) == said


def test_words_of_doubt_stand_before_the_number():
    assert words.quantity_words(read(Q.UP_TO, D(1000)), "missile") == "up to 1,000 missiles"
    assert words.quantity_words(read(Q.ABOUT, D(200))) == "about 200"
    assert words.quantity_words(UNDISCLOSED, "missile") == "undisclosed"


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        ("missile", "missile", "missiles"),
        ("fire_unit", "fire unit", "fire units"),
        ("battery", "battery", "batteries"),
        ("aircraft", "aircraft", "aircraft"),
        ("uav", "drone", "drones"),
        ("person_trained", "person trained", "people trained"),
        ("other", "item", "items"),
        ("unheard_of", "item", "items"),
        (None, "", ""),
    ],
)
def test_units(unit, one, many):
    assert words.unit_words(unit, 1) == one
    assert words.unit_words(unit, D("1.000000")) == one
    assert words.unit_words(unit, 2) == words.unit_words(unit, D("0.5")) == words.unit_words(unit) == many


@pytest.mark.parametrize(
    ("total", "unit", "said"),
    [
        (Sum(D(24), D(24), D(24), 7, 7, 7), "system", "24 systems"),
        (Sum(D(14), D(14), None, 5, 5, 6), "system", "at least 14 systems"),
        (Sum(D(14), D(0), None, 0, 1, 1), None, "at least 14"),
        (Sum(D(180), D(200), D(220), 1, 1, 1, assumed=True), "missile", "about 200 missiles"),
        (Sum(D(0), D(0), None, 0, 0, 1), "missile", "undisclosed, 0 of 1 with a number"),
        (Sum(D(180), D(0), D(220), 0, 3, 5), None, "180 to 220, 3 of 5 with a number"),
        (Sum(D(0), D(0), D(1000), 0, 3, 5), None, "0 to 1,000, 3 of 5 with a number"),
        (Sum(D(0), D(0), D(1000), 0, 1, 1), "missile", "up to 1,000 missiles"),
        (Sum(D(160), D(10), D(260), 1, 2, 2), None, "160 to 260"),
        (Sum(D(0), D(60), None, 1, 1, 3), None, "estimated 60, 1 of 3 with a number"),
        (Sum(), None, "none"),
    ],
)
def test_a_sum_in_words(total, unit, said):
    assert words.sum_words(total, unit) == said


def test_a_sum_of_real_quantities_says_how_many_give_a_number():
    total = Sum().plus(exact(2)).plus(exact(6)).plus(UNDISCLOSED)

    assert words.summed(total, "system") == Said("at least", "8", "systems", "2 of 3 with a number")


@pytest.mark.parametrize(
    ("value", "pledged", "said"),
    [
        (Delivered(), exact(42), "none reported"),
        (Delivered(reports=1), exact(42), "undisclosed"),
        (Delivered(D(31), D(31), D(31), 2), exact(42), "31 of 42"),
        (Delivered(D(0), D(0), D(0), 1), exact(42), "0 of 42"),
        (Delivered(D(82), None, None, 3), None, "at least 82 missiles"),
        (Delivered(D(1), None, D(2), 2), exact(2), "1–2 of 2"),
        (Delivered(D(0), None, D(5), 1), None, "up to 5 missiles"),
        (Delivered(D(180), D(200), D(220), 1), read(Q.ABOUT, D(200)), "about 200 missiles"),
        (Delivered(D(0), D(60), None, 1), None, "estimated 60 missiles"),
    ],
)
def test_what_has_arrived(value, pledged, said):
    assert words.delivered_words(value, pledged, "missile") == said


@pytest.mark.parametrize(
    ("value", "short", "full"),
    [
        (amount("USD", Q.EXACT, "5500000000"), "USD 5.5bn", "USD 5,500,000,000"),
        (amount("EUR", Q.EXACT, "182000000"), "EUR 182m", "EUR 182,000,000"),
        (amount("USD", Q.UP_TO, "250000000"), "up to USD 250m", "up to USD 250,000,000"),
        (amount("EUR", Q.RANGE, "5000000000", "5600000000"), "EUR 5bn–5.6bn", "EUR 5,000,000,000–5,600,000,000"),
        (amount("EUR", Q.ORDER_OF_MAGNITUDE, said="billions of euros"), "“billions of euros”", "“billions of euros”"),
        (amount("NOK", Q.EXACT, "850000.5"), "NOK 850,000.5", "NOK 850,000.5"),
        (amount("USD", Q.UNDISCLOSED), "undisclosed", "undisclosed"),
    ],
)
def test_an_amount_as_published(value, short, full):
    assert words.money_words(value) == short
    assert words.money_full(value) == full


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (worth("139400000", "139400000", "139400000"), "€139.4m"),
        (worth("5037000000", "5037000000", "5037000000"), "€5.04bn"),
        (worth("999960000", "999960000", "999960000"), "€1bn"),
        (worth("999999", "999999", "999999"), "€999,999"),
        (worth("90000000", "100000000", "110000000"), "about €100m"),
        (worth("0", None, "5100000000"), "up to €5.1bn"),
        (worth("5000000000", None, "5600000000"), "€5bn–5.6bn"),
        (worth("7000000000"), "at least €7bn"),
        (worth(), "not valued"),
    ],
)
def test_worth_in_euros(value, said):
    assert words.euros(value) == said


def test_a_large_figure_has_the_currency_before_and_the_magnitude_after():
    assert words.figure(amount("USD", Q.EXACT, "5500000000")) == Said("USD", "5.5", "billion")
    assert words.figure(amount("EUR", Q.UP_TO, "182000000")) == Said("up to EUR", "182", "million")
    assert words.figure(amount("EUR", Q.EXACT, "5000")) == Said("EUR", "5,000", "")
    assert words.figure(amount("EUR", Q.ORDER_OF_MAGNITUDE, said="billions")).number == "“billions”"


def test_a_sum_of_worths():
    assert str(words.euro_sum(Sum(D(139_400_000), D(139_400_000), None, 2, 2, 5))) == "at least €139.4m"
    assert words.euro_sum(Sum(D(0), D(0), None, 0, 0, 5)) == Said(absent="not valued", note="0 of 5 with a number")


def test_the_rate_names_its_day():
    rate = Rate(currency="USD", day=date(2024, 1, 3), per_euro=D("1.0919"))

    assert words.rate_words(rate) == "at the ECB rate of 3 January 2024, 1.0919"


@pytest.mark.parametrize(
    ("value", "text", "table"),
    [
        (on(date(2024, 1, 4)), "4 January 2024", "4 Jan 2024"),
        (month(2023, 12), "December 2023", "Dec 2023"),
        (When(date(2024, 1, 1), date(2024, 3, 31)), "1st quarter 2024", "Q1 2024"),
        (When(date(2024, 1, 1), date(2024, 12, 31)), "2024", "2024"),
        (When(None, date(2024, 12, 31)), "by 31 December 2024", "by 31 Dec 2024"),
        (When(date(2022, 3, 20), date(2022, 7, 1)), "between 20 March and 1 July 2022", "20 Mar – 1 Jul 2022"),
        (
            When(date(2022, 12, 20), date(2023, 1, 5)),
            "between 20 December 2022 and 5 January 2023",
            "20 Dec 2022 – 5 Jan 2023",
        ),
        (When(date(2024, 1, 1)), "from 1 January 2024", "from 1 Jan 2024"),
        (When(words="soon"), "“soon”", "“soon”"),
        (When(), "undated", "undated"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(value, text, table):
    assert words.when(value).replace("\u2009", " ") == text
    assert words.when_short(value).replace("\u2009", " ") == table


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            When(date(2024, 1, 1), date(2024, 3, 31), "early 2024"),
            "early 2024, read as by 31 March 2024, precise to the quarter",
        ),
        (
            When(date(2023, 12, 1), date(2023, 12, 31), "Dec 2023"),
            "Dec 2023, read as by 31 December 2023, precise to the month",
        ),
        (
            When(date(2024, 1, 1), date(2024, 12, 31), "2024"),
            "2024, read as by 31 December 2024, precise to the year",
        ),
        (When(None, date(2024, 12, 31), "by end of 2024"), "by end of 2024, read as by 31 December 2024"),
        (on(date(2024, 1, 4)), "4 January 2024"),
        (When(date(2024, 1, 4), date(2024, 1, 4), "4 January 2024"), "4 January 2024"),
        (When(words="soon"), "“soon”"),
        (When(), "undated"),
    ],
)
def test_how_a_published_date_was_read(value, said):
    assert words.when_read(value) == said


def test_days_and_moments():
    assert words.day(date(2024, 1, 4)) == "4 January 2024"
    assert words.day_short(date(2024, 9, 4)) == "4 Sept 2024"
    assert words.day_full(date(2024, 1, 10)) == "Wednesday, 10 January 2024"
    assert words.moment(datetime(2026, 11, 20, 16, 2)) == "20 November 2026, 16:02"
    assert words.overdue_words(1) == "1 day overdue"
    assert words.overdue_words(1200) == "1,200 days overdue"


def test_lists_and_quotes():
    assert words.listed(["Germany", "Netherlands", "Spain"]) == "Germany, Netherlands and Spain"
    assert words.listed(["Germany"]) == "Germany"
    assert words.listed([]) == ""
    assert words.quoted('"hundreds"') == "“hundreds”"


@pytest.mark.parametrize(
    ("address", "safe", "host"),
    [
        ("https://www.eurasiareview.com/10012024", "https://www.eurasiareview.com/10012024", "eurasiareview.com"),
        (" http://nspa.nato.int/a?b=c#d ", "http://nspa.nato.int/a?b=c#d", "nspa.nato.int"),
        ("javascript:alert(1)", "", ""),
        ("JAVASCRIPT://x/%0aalert(1)", "", ""),
        ("data:text/html,x", "", ""),
        ("//elsewhere.example", "", ""),
        ("https://", "", ""),
        ("https://[broken", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_only_web_addresses_are_followed(address, safe, host):
    assert words.safe_address(address) == safe
    assert words.host(address) == host


def in_language(translations: NullTranslations, locale: Locale, ask):
    def asked():
        words.use(translations, locale)
        return ask()

    return copy_context().run(asked)


def test_numbers_and_dates_follow_the_reader():
    german = in_language(
        NullTranslations(),
        Locale("de"),
        lambda: (words.number(D("1000.5")), words.day(date(2024, 1, 4)), words.listed(["a", "b"])),
    )

    assert german == ("1.000,5", "4. Januar 2024", "a und b")
    assert words.number(D("1000.5")) == "1,000.5"


def test_every_word_goes_through_the_catalogue():
    said = in_language(
        Pseudo(),
        words.ENGLISH.locale,
        lambda: [
            words.quantity_words(read(Q.UP_TO, D(500), firm=D(100)), "missile"),
            words.sum_words(Sum(D(0), D(0), None, 0, 0, 1)),
            words.delivered_words(Delivered()),
            words.when(When()),
            words.overdue_words(3),
            words.word(Q.AT_LEAST),
        ],
    )

    assert said == [
        "⟦up to⟧ 500 ⟦missiles⟧",
        "⟦⟦undisclosed⟧, ⟦0 of 1 with a number⟧⟧",
        "⟦none reported⟧",
        "⟦undated⟧",
        "⟦3 days overdue⟧",
        "⟦at least⟧",
    ]


def test_the_catalogue_holds_every_text():
    with TEMPLATE.open("rb") as file:
        kept = {message.id for message in read_po(file) if message.id}
    there = {message.id for message in extracted() if message.id}

    assert kept == there, "python -m app.locales.extract writes the file anew"
