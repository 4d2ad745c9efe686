"""What somebody else made of a record while it was being typed in."""

from collections.abc import Collection, Iterable

from app.domain.pledge import Pledge
from app.domain.pledge_fields import PARTS, PLEDGE
from app.domain.revision import Difference, differences
from app.store import records
from app.store.records import Record
from app.web import words
from app.web.acts import follows
from app.web.ask import Ask
from app.web.panel import Meanwhile


def meanwhile(ask: Ask, record: Record, was: Pledge, clashing: Collection[str]) -> Meanwhile:
    """`record` as it stands now; `clashing` are the fields that both changed."""
    last = records.history(ask.db, record.id, drafts=True, most=1)[0]
    others = [
        one for one in differences(was, record.pledge) if one.field not in clashing and not follows(one, set(clashing))
    ]
    return Meanwhile(last.author, words.moment(last.at), record.version, titles(others))


def titles(some: Collection[Difference]) -> list[str]:
    """The fields of these differences, each once, as a form calls them."""
    return titled(one.field for one in some)


def titled(fields: Iterable[str]) -> list[str]:
    """These fields and kinds of parts, each once, as a form calls them."""
    names = dict.fromkeys(fields)
    return [words.gettext((PLEDGE.get(name) or PARTS[name]).title) for name in names if name in PLEDGE or name in PARTS]
