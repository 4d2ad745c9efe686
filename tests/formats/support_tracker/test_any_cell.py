"""Whatever stands in a cell: the line becomes a sound record, or is refused with a reason."""

from datetime import date, datetime, time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from app.formats import handed_over
from app.formats.record import told as as_told
from app.formats.record import value_from
from app.formats.row import Row
from app.formats.support_tracker import rows
from tests.formats.tracker import PLAIN, known, sheet

KNOWN = known()
TEXTS = some.text(max_size=40) | some.sampled_from(
    [
        *("until 6/2022", "unclear 13/2022", "from 1/1/2024 until 2/2/2022", "31.02.2023", "1e400", "-5", "1,5", "0"),
        *("https://a.example/1https://b.example", "http://[", "https://é\u202e.example/x y", "\ud83d", "\x00", "٣"),
        *("Military ", "FINANCIAL", "humanitarian", "Commitment", "Stinger missile", "EU (Commission and Council)"),
        *("x" * 400, "about 200", "1 to 2", "EUR", "(" * 300, "https://a.example/" + "y" * 2500),
    ]
)
CELLS = (
    TEXTS
    | some.decimals(allow_nan=False)
    | some.dates(min_value=date(1, 1, 1))
    | some.datetimes(min_value=datetime(1900, 1, 1))
    | some.sampled_from([None, True, time(1, 2)])
)
LINES = some.lists(some.dictionaries(some.sampled_from([*PLAIN]), CELLS, max_size=6), min_size=1, max_size=4)


@given(lines=LINES)
@example(lines=[{"source": "https://" + "ß" * 300 + ".example/"}])
@example(lines=[{"activity": "Å" * 400}, {"activity": "A" * 400}])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_line_is_a_sound_record_or_refused_with_a_reason(lines):
    for one in rows([sheet(*lines, {})], KNOWN):
        assert handed_over.value(handed_over.line(one)) == one
        if isinstance(one, Row) and one.given is not None:
            given = dict(one.given)
            assert as_told(value_from(one.record, given)) == given
        elif isinstance(one, Row):
            assert one.faults
