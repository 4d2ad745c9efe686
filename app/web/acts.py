"""What happened to a pledge, in sentences: who did what to it, when, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.claim import Claim, ClaimField
from app.domain.codes import N_
from app.domain.pledge import Pledge
from app.domain.pledge_fields import PARTS, PLEDGE
from app.domain.revision import Difference, differences
from app.store import records
from app.store.records import Told
from app.web import telling, words
from app.web.ask import Ask
from app.web.telling import Names

DID = {
    "create": N_("%(author)s recorded the pledge."),
    "draft": N_("%(author)s saved a draft."),
    "publish": N_("%(author)s published the record."),
    "delete": N_("%(author)s deleted the record."),
    "restore": N_("%(author)s restored the record."),
    "update": N_("%(author)s changed the record."),
}
OPERATIONS = {
    "create": N_("recorded"),
    "draft": N_("saved as a draft"),
    "publish": N_("published"),
    "delete": N_("deleted"),
    "restore": N_("restored"),
    "update": N_("changed"),
}
RECORDS = {
    "pledge": N_("pledge"),
    "donor": N_("donor"),
    "system": N_("system"),
    "source": N_("source"),
    "event": N_("meeting"),
    "package": N_("package"),
    "mapping": N_("name of a dataset"),
}
ORIGINS = {
    "seed": N_("the first records"),
    "demo": N_("made up for trying"),
    "browser": N_("the pages"),
    "api": N_("the API"),
    "import": N_("an import"),
    "suggestion": N_("a suggestion"),
}
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Sentence:
    """One difference: `what` was changed from `before` to `after`, or added, or removed; `by` is the source that a
    figure then rested on."""

    kind: str
    what: str
    before: str = ""
    after: str = ""
    by: str = ""


@dataclass(frozen=True)
class Act:
    version: int
    at: datetime
    author: str
    did: str
    comment: str
    change: int
    sentences: list[Sentence]
    back: bool  # whether it can be taken back alone


def acts(ask: Ask, number: int, told: Sequence[Told], kept: Mapping[str, Any]) -> list[Act]:
    """Entries of a history, each with what it changed; `kept` are the names of a snapshot."""
    wanted = {one.version for one in told} | {one.version - 1 for one in told}
    versions = records.versions(ask.db, number, wanted)
    names = Names(ask.reference, kept)
    found = []
    for one in told:
        before, after = versions.get(one.version - 1), versions.get(one.version)
        said = sentences(names, before, after) if before and after and one.operation in ("update", "restore") else []
        did = words.gettext(DID.get(one.operation, DID["update"])) % {"author": one.author}
        back = before is not None and one.operation in ("update", "delete", "restore")
        found.append(Act(one.version, one.at, one.author, did, one.comment, one.change, said, back))
    return found


def in_text(one: Sentence) -> str:
    """The sentence without marks, as the page has it with them."""
    values = {"what": one.what, "before": one.before, "after": one.after, "source": one.by}
    if one.kind == ADDED:
        return words.gettext("%(what)s added: %(after)s") % values
    if one.kind == REMOVED:
        return words.gettext("%(what)s taken out: %(before)s") % values
    if one.by:
        return words.gettext("%(what)s from %(before)s to %(after)s, after %(source)s") % values
    return words.gettext("%(what)s from %(before)s to %(after)s") % values


def sentences(names: Names, before: Pledge, after: Pledge) -> list[Sentence]:
    """What changed, figures first with the source they came from."""
    found = [one for one in differences(before, after) if one.field != "state"]
    figures = {one.field for one in found if one.field in set(ClaimField)}
    told = [_figure(names, after, one, found) for one in found if one.field in PLEDGE]
    return told + [_part(names, after, one) for one in found if one.field in PARTS and not follows(one, figures)]


def _figure(names: Names, after: Pledge, one: Difference, all_of_them: list[Difference]) -> Sentence:
    by = ""
    if one.field in set(ClaimField):
        said = [other.after for other in all_of_them if isinstance(other.after, Claim)]
        mine = [claim for claim in said if claim.field == one.field and claim.rank == "preferred"]
        by = names.source(mine[0].source) if mine else ""
    before, value = (telling.value(names, after, one.field, value) for value in (one.before, one.after))
    return Sentence(CHANGED, words.gettext(PLEDGE[one.field].title), before, value, by)


def _part(names: Names, after: Pledge, one: Difference) -> Sentence:
    title = words.gettext(PARTS[one.field].one)
    if one.before is None:
        return Sentence(ADDED, title, after=telling.value(names, after, one.field, one.after))
    if one.after is None:
        return Sentence(REMOVED, title, before=telling.value(names, after, one.field, one.before))
    before, value = (telling.value(names, after, one.field, part) for part in (one.before, one.after))
    if before == value:  # what differs is not in the short telling: a quote, a rank, a note
        return Sentence(CHANGED, title, _rest(one.before), f"{value} {_rest(one.after)}".strip())
    return Sentence(CHANGED, title, before, value)


def _rest(part: Any) -> str:
    """Rank, quote, place and note of a claim; the note of any other part."""
    rank = words.word(part.rank) if isinstance(part, Claim) else ""
    told = [rank, getattr(part, "quote", ""), getattr(part, "locator", ""), getattr(part, "note", "")]
    return " · ".join(one for one in told if one)


def follows(one: Difference, figures: set[str]) -> bool:
    """Whether a claim only follows its figure: it came with it, or is no longer the preferred one."""
    claims = [claim for claim in (one.before, one.after) if claim is not None]
    return one.field == "claims" and all(claim.field in figures for claim in claims)


def _worded(titles: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: words.gettext(titles.get(code, code))


FILTERS = {
    "operation_word": _worded(OPERATIONS),
    "record_word": _worded(RECORDS),
    "origin_word": _worded(ORIGINS),
}
