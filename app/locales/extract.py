"""Every text of the application, gathered from app/ and templates/ into messages.pot: python -m app.locales.extract"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TEMPLATE = HERE / "messages.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, "n_": (1, 2)}
EPOCH = datetime(2026, 11, 22, tzinfo=UTC)  # a fixed day, so that the file changes only when a text does


def extracted() -> Catalog:
    """The catalogue as the code stands now."""
    catalog = Catalog(project="Allied Pledges", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False)
    with (HERE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=["L10N:"], strip_comment_tags=True)
    for path, line, message, comments, context in found:
        catalog.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return catalog


def written(catalog: Catalog) -> bytes:
    """Sorted and without line numbers: what moves about in a file is no change of its texts."""
    file = BytesIO()
    write_po(file, catalog, width=110, sort_output=True, include_lineno=False)
    return file.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(written(extracted()))
