import pytest

from app.formats.recognised import recognised
from app.formats.row import Unreadable
from tests.formats import hostile, tracker
from tests.formats.hostile import table, workbook

OWN = ("key", "donor", "title", "quantity_point")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (table(hostile.HEADINGS, hostile.LINE), "support_tracker"),
        (table(tuple(tracker.NEWER.values())), "support_tracker"),
        (table(hostile.HEADINGS[:5], hostile.LINE[:5]), "support_tracker"),  # so that the missing columns are named
        (table(OWN), "csv"),
        (table(("key", "note"), ("a", "b"), separator=";"), "csv"),
        (workbook(hostile.rows(OWN)), "xlsx"),
        (workbook(hostile.rows(("A title above",), OWN)), "xlsx"),
        (table(("title", "author", "pages", "year")), ""),
        (table(("key",)), ""),
        (workbook(hostile.rows(("a", "b"))), ""),
        (b'{"license": "CC", "pledges": [\n{"key": "a"}\n]}\n', "json"),
        (b'[{"key": "a"}]', "json"),
        (b'\xef\xbb\xbf\n {"key": "a"}\n{"key": "b"}\n', "jsonl"),
        (b'{"pledges": []}', "json"),
        (b'{"key": "a"}\n', "json"),
        (b'{"key":\n"a"}', "json"),
        (b"[" * 200_000, "json"),
    ],
)
def test_a_file_is_recognised_by_what_stands_in_it(content, name):
    assert recognised(content) == name


def test_what_cannot_be_read_at_all_is_told():
    with pytest.raises(Unreadable):
        recognised(hostile.OLE)
