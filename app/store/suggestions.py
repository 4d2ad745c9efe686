"""Suggestions: kept as typed until an editor has decided, and followed by whoever made them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from app.domain.suggestion import WAITING, SuggestionState
from app.store import keys
from app.store.columns import core
from app.store.history import now
from app.store.tables import Account, Pledge, Suggestion

PER = 50
QUOTE = "quote"  # stands among the texts: no field of a pledge is called so
_SUGGESTION, _PLEDGE, _ACCOUNT = core(Suggestion), core(Pledge), core(Account)


class Decided(Exception):
    """Somebody has decided already."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """As it was typed against version `seen`; without a pledge it proposes a new one, and `seen` is 0."""

    texts: Mapping[str, str]
    pledge: int | None = None
    seen: int = 0
    source: str = ""
    quote: str = ""
    comment: str = ""
    name: str = ""
    account: int | None = None


@dataclass(frozen=True, kw_only=True)
class Told(Proposal):
    """A proposal that is kept. `title` is that of the record now, of a new one as it was typed; `visible` whether
    readers find that record. `taken` are the fields that were accepted."""

    id: int
    title: str
    visible: bool
    by: str  # the account, else the name that was typed; "" for neither
    made_at: datetime
    state: SuggestionState
    reason: str
    taken: tuple[str, ...]
    change: int | None
    decided_at: datetime | None

    @property
    def new(self) -> bool:
        return self.seen == 0

    @property
    def waits(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`pledge` is the number of the record that a new one has become."""

    state: SuggestionState
    by: int
    reason: str = ""
    taken: Collection[str] = ()
    change: int | None = None
    pledge: int | None = None


def make(db: Connection, one: Proposal) -> str:
    """Keeps it; returns the secret of the link by which it is followed, which is nowhere to be read again."""
    secret = keys.fresh()
    _insert(db, one, secret, SuggestionState.OPEN)
    return secret


def postpone(db: Connection, one: Proposal) -> int:
    """Keeps what an editor typed and could not decide; returns its number."""
    return _insert(db, one, keys.fresh(), SuggestionState.POSTPONED)


def find(db: Connection, number: int) -> Told | None:
    row = db.execute(_told().where(_SUGGESTION.c.id == number)).one_or_none()
    return None if row is None else _read(row)


def of_secret(db: Connection, secret: str) -> Told | None:
    row = db.execute(_told().where(_SUGGESTION.c.secret == keys.kept(secret))).one_or_none()
    return None if row is None else _read(row)


def listed(
    db: Connection,
    states: Collection[SuggestionState],
    *,
    account: int | None = None,
    pledge: int | None = None,
    newest: bool = False,
    beyond: int | None = None,
    most: int = PER,
) -> list[Told]:
    """The oldest first, or the newest; `beyond` is the number of one to go on after. `account`: theirs alone;
    `pledge`: those that speak of it."""
    column = _SUGGESTION.c.id
    question = _told().where(_SUGGESTION.c.state.in_(states), *_theirs(account))
    if pledge is not None:
        question = question.where(_SUGGESTION.c.pledge_id == pledge)
    if beyond is not None:
        question = question.where(column < beyond if newest else column > beyond)
    return [_read(row) for row in db.execute(question.order_by(column.desc() if newest else column).limit(most))]


def counts(db: Connection, account: int | None = None) -> dict[SuggestionState, int]:
    """How many there are in each state."""
    states = select(_SUGGESTION.c.state, func.count()).where(*_theirs(account)).group_by(_SUGGESTION.c.state)
    found = dict.fromkeys(SuggestionState, 0)
    found.update((state, count) for state, count in db.execute(states))
    return found


def waiting_on(db: Connection, pledge: int) -> int:
    """How many wait that speak of this pledge."""
    here = (_SUGGESTION.c.pledge_id == pledge) & _SUGGESTION.c.state.in_(WAITING)
    return db.execute(select(func.count()).where(here)).scalar_one()


def hold(db: Connection, number: int) -> None:
    """Keeps it from being decided by others until the end of the transaction. Raises Decided."""
    held = select(_SUGGESTION.c.id).where(_SUGGESTION.c.id == number, _SUGGESTION.c.state.in_(WAITING))
    if db.execute(held.with_for_update()).one_or_none() is None:
        raise Decided


def decide(db: Connection, number: int, what: Decision) -> None:
    """Raises Decided."""
    values = {
        "state": what.state,
        "decided_by_id": what.by,
        "decided_at": now(),
        "reason": what.reason,
        "taken": " ".join(what.taken),
        "change_id": what.change,
    }
    if what.pledge is not None:
        values["pledge_id"] = what.pledge
    this = (_SUGGESTION.c.id == number) & _SUGGESTION.c.state.in_(WAITING)
    if db.execute(update(_SUGGESTION).where(this).values(values)).rowcount != 1:
        raise Decided


def _insert(db: Connection, one: Proposal, secret: str, state: SuggestionState) -> int:
    texts = {**one.texts, QUOTE: one.quote} if one.quote else dict(one.texts)
    row = {
        "pledge_id": one.pledge,
        "seen": one.seen,
        "texts": json.dumps(texts, ensure_ascii=False),
        "source": one.source,
        "comment": one.comment,
        "name": one.name,
        "account_id": one.account,
        "secret": keys.kept(secret),
        "made_at": now(),
        "state": state,
        "reason": "",
        "taken": "",
    }
    (number,) = db.execute(insert(_SUGGESTION), row).inserted_primary_key or (0,)
    return int(number)


def _told() -> Select[*tuple[Any, ...]]:
    told = select(_SUGGESTION, _PLEDGE.c.title, _PLEDGE.c.visible, _ACCOUNT.c.name.label("member"))
    return told.select_from(
        _SUGGESTION.outerjoin(_PLEDGE, _PLEDGE.c.id == _SUGGESTION.c.pledge_id).outerjoin(
            _ACCOUNT, _ACCOUNT.c.id == _SUGGESTION.c.account_id
        )
    )


def _theirs(account: int | None) -> list[Any]:
    return [] if account is None else [_SUGGESTION.c.account_id == account]


def _read(row: Row[Any]) -> Told:
    texts = json.loads(row.texts)
    quote = texts.pop(QUOTE, "")
    return Told(
        id=row.id,
        pledge=row.pledge_id,
        seen=row.seen,
        texts=texts,
        source=row.source,
        quote=quote,
        comment=row.comment,
        name=row.name,
        account=row.account_id,
        title=row.title or texts.get("title", ""),
        visible=bool(row.visible),
        by=row.member or row.name,
        made_at=row.made_at,
        state=row.state,
        reason=row.reason,
        taken=tuple(row.taken.split()),
        change=row.change_id,
        decided_at=row.decided_at,
    )
