"""What happened to a donor, a system, a source, a meeting or a package, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.codes import N_
from app.domain.field import fields
from app.domain.revision import Difference, differences
from app.store import referred
from app.store.records import Told
from app.web import words
from app.web.acts import ADDED, CHANGED, REMOVED, Sentence
from app.web.ask import Ask
from app.web.kinds import Kind
from app.web.record_words import MEMBERSHIPS, told

DID = {"create": N_("%(author)s added the record."), "update": N_("%(author)s changed the record.")}


@dataclass(frozen=True)
class Act:
    version: int
    at: datetime
    did: str
    comment: str
    sentences: list[Sentence]


def acts(ask: Ask, kind: Kind, number: int, some: Sequence[Told]) -> list[Act]:
    wanted = {one.version - back for one in some for back in (0, 1)}
    versions = referred.versions(ask.db, kind.record, number, wanted)
    found = []
    for one in some:
        before, after = versions.get(one.version - 1), versions.get(one.version)
        said = [_sentence(ask, kind, change) for change in differences(before, after)] if before and after else []
        did = words.gettext(DID.get(one.operation, DID["update"])) % {"author": one.author}
        found.append(Act(one.version, one.at, did, one.comment, said))
    return found


def _sentence(ask: Ask, kind: Kind, one: Difference) -> Sentence:
    known = {**kind.names, **kind.fields, **fields(MEMBERSHIPS)}
    title = words.gettext(known[one.field].title) if one.field in known else one.field
    before, after = (told(ask, known.get(one.field, MEMBERSHIPS), value) for value in (one.before, one.after))
    if one.before is None and one.field in ("memberships", "aliases", "sources"):
        return Sentence(ADDED, title, after=after)
    if one.after is None and one.field in ("memberships", "aliases", "sources"):
        return Sentence(REMOVED, title, before=before)
    return Sentence(CHANGED, title, before, after)
