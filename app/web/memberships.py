"""The memberships of a donor as rows of a form: group, first and last day, and rows to fill in."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from app.domain.codes import N_
from app.domain.donor import Membership
from app.domain.fault import FALLING
from app.domain.record_fields import MEMBERSHIP
from app.web import entry, words
from app.web.ask import Ask
from app.web.entry import Entry, Problems
from app.web.forms import Form

SPARE = 3
MOST = 40
Row = list[Entry]


def rows(ask: Ask, held: Sequence[Membership], form: Form | None, problems: Problems) -> list[Row]:
    """The controls, with some to spare; `problems` are by the id of the control."""
    typed = _forms(form) if form is not None else []
    shown: list[tuple[Membership | None, Form | None]] = (
        [(None, one) for one in typed] if typed else [(one, None) for one in held]
    )
    spare = SPARE - sum(not _said(one) for one in typed)
    shown += [(None, None)] * max(0, min(spare, MOST - len(shown)))
    return [_row(ask, place, one, form, problems) for place, (one, form) in enumerate(shown, 1)]


def read(ask: Ask, form: Form) -> tuple[tuple[Membership, ...], Problems]:
    found: list[Membership] = []
    problems: Problems = {}
    for place, row in enumerate(_forms(form), 1):
        if not _said(row):
            continue
        blank: Any = Membership(group=None)  # type: ignore
        one, wrong = entry.taken(ask, MEMBERSHIP.values(), blank, row)
        if one.group is None:
            wrong.setdefault("group", words.gettext(N_("Choose a group, or empty the row.")))
        elif one.since and one.until and one.until < one.since:
            wrong.setdefault("until", words.gettext(FALLING))
        problems |= {f"m{place}-{name}": sentence for name, sentence in wrong.items()}
        found.append(one)
    return tuple(dict.fromkeys(found)), problems


def _row(ask: Ask, place: int, held: Membership | None, form: Form | None, problems: Problems) -> Row:
    prefix = f"m{place}"
    mine = {name: problems.get(f"{prefix}-{name}", "") for name in MEMBERSHIP}
    return [entry.entry(ask, field, entry.shown(ask, field, held), form, mine, prefix) for field in MEMBERSHIP.values()]


def _forms(form: Form) -> list[Form]:
    """Each row as a form of its own."""
    columns = [[value for one, value in form.pairs() if one == name] for name in MEMBERSHIP]
    told = zip_longest(*columns, fillvalue="")
    return [Form(zip(MEMBERSHIP, row, strict=True)) for row in list(told)[:MOST]]


def _said(row: Form) -> bool:
    return any(value.strip() for _, value in row.pairs())
