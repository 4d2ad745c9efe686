"""Feeds: what was changed, and what was done to the pledges of any filter. They show what readers see, whoever asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from app.formats import atom
from app.formats.atom import Entry, Feed
from app.store import changes, pledges
from app.store.changes import Done
from app.web import changelog, etags, words
from app.web.acts import DID, OPERATIONS, in_text
from app.web.ask import Ask, Asked
from app.web.changelog import Told
from app.web.errors import Unreadable

router = APIRouter()
PER = 50
AUTHOR = "Allied Pledges"


@router.get("/changes.atom")
def of_changes(ask: Asked) -> Response:
    def feed() -> Feed:
        found = changes.find(ask.db, changelog.wanted(ask), PER + 1)
        shown = found[:PER]
        told = changelog.told(ask, [effect for one in shown for effect in one.effects], editor=False)
        entries = [_change(ask, one, told) for one in shown if _is_seen(one, told)]
        older = shown[-1].id if len(found) > PER else None
        return _feed(ask, words.gettext("Changes"), "/changes", changelog.asked(ask), entries, older)

    return _answer(ask, feed)


@router.get("/pledges.atom")
def of_pledges(ask: Asked) -> Response:
    if ask.wanted.unread:
        raise Unreadable(ask.wanted.unread)

    def feed() -> Feed:
        wanted = ask.wanted.narrowing()
        ids = pledges.matching_ids(ask.db, wanted, ask.reference)
        found = changes.of_pledges(ask.db, ids, ask.whole("before"), PER + 1)
        told = changelog.told(ask, found[:PER], editor=False)
        entries = [_version(ask, one, told) for one in found[:PER] if one.id in told]
        older = found[PER - 1].id if len(found) > PER else None
        return _feed(ask, words.gettext("Changes of pledges"), "/pledges", wanted.pairs(), entries, older)

    return _answer(ask, feed)


def _answer(ask: Ask, feed: Callable[[], Feed]) -> Response:
    """Nothing is asked of the records for whoever has the feed as it stands."""
    headers = etags.of_state(ask)
    if etags.unchanged(ask.request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(atom.written(feed()), media_type=f"{atom.KIND}; charset=utf-8", headers=headers)


def _feed(
    ask: Ask, title: str, path: str, asked: list[tuple[str, str]], entries: list[Entry], older: int | None
) -> Feed:
    here, before = f"{ask.base}{path}.atom", ask.request.query_params.get("before")
    onward = [*asked, ("before", str(older))]
    return Feed(
        title=f"{AUTHOR}: {title}",
        author=AUTHOR,
        base=ask.base,
        here=_with(here, asked + ([("before", before)] if before else [])),
        page=_with(f"{ask.base}{path}", asked),
        at=entries[0].at if entries else ask.reference.changed_at or datetime.fromtimestamp(0, UTC),
        entries=entries,
        next=_with(here, onward) if older else "",
    )


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(pairs)}" if pairs else address


def _is_seen(done: Done, told: Told) -> bool:
    """Whether readers see anything of it: not where it touched drafts alone."""
    return any(one.record != "pledge" or one.id in told for one in done.effects)


def _version(ask: Ask, one: Any, told: Told) -> Entry:
    title, sentences = told[one.id]
    did = words.gettext(DID.get(one.operation, DID["update"])) % {"author": one.author}
    return Entry(
        name=f"pledge/{one.key}/{one.version}",
        title=f"{title}: {did}",
        at=one.at,
        page=f"{ask.base}/pledges/{one.record_id}@{one.version}",
        author=one.author,
        lines=[*([one.comment] if one.comment else []), *map(in_text, sentences)],
    )


def _change(ask: Ask, done: Done, told: Told) -> Entry:
    lines = [done.comment] if done.comment else []
    for one in done.effects:
        if one.record == "pledge" and one.id not in told:
            continue
        name, sentences = told.get(one.id, (one.key, []))
        lines.append(f"{name}: {words.gettext(OPERATIONS.get(one.operation, one.operation))}")
        lines += map(in_text, sentences)
    return Entry(
        name=f"change/{ask.reference.epoch}/{done.id}",
        title=_title(done, told),
        at=done.at,
        page=f"{ask.base}/changes/{done.id}",
        author=done.author,
        lines=lines,
    )


def _title(done: Done, told: Told) -> str:
    if done.count == 1 and done.effects[0].id in told:
        one = done.effects[0]
        did = words.gettext(DID.get(one.operation, DID["update"])) % {"author": done.author}
        return f"{told[one.id][0]}: {did}"
    pattern = words.ngettext(
        "%(author)s changed %(count)s record.", "%(author)s changed %(count)s records.", done.count
    )
    return pattern % {"author": done.author, "count": words.number(done.count)}
