"""The editor of a part of a pledge: a claim, a delivery or milestone, a further donor, a link."""

from typing import Any

from app.domain.claim import Rank
from app.domain.field import Fields
from app.domain.milestone import CountBasis, DeliveryPoint
from app.domain.part import texts_of
from app.domain.pledge_fields import PARTS
from app.store.records import Record
from app.web import entry, picks, words
from app.web.ask import Ask
from app.web.changing import Typing
from app.web.entry import NAMING, Problems
from app.web.forms import Form
from app.web.panel import Panel, key

# Cells of the list that show what parts add up to: opening one begins a new part. The first field stands in the cell.
CELLS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "delivered": (
        "milestones",
        ("quantity", "basis", "point", "dates", "source", "note"),
        {"basis": CountBasis.INCREMENT, "point": DeliveryPoint.UNSTATED},
    ),
    "status": ("milestones", ("status", "dates", "source", "note"), {}),
    "sources": ("claims", ("source", "field", "value", "quote", "locator", "rank", "note"), {"rank": Rank.NORMAL}),
}


def opened(
    ask: Ask,
    record: Record,
    kind: str,
    typed: Typing,
    *,
    place: int | None = None,
    cell: str = "",
    form: Form | None = None,
    problems: Problems | None = None,
    **more: Any,
) -> Panel:
    """`place` is that of the part in its kind; None begins a new one."""
    part = PARTS[kind]
    names, preset = (CELLS[cell][1], CELLS[cell][2]) if cell in CELLS else (tuple(part.fields), {})
    present = getattr(record.pledge, kind)[place] if place is not None else None
    texts = _texts(ask, kind, present) if present is not None else preset
    of = cell or (kind if place is None else f"{kind}-{place}")
    main, *others = (
        entry.entry(ask, part.fields[name], texts.get(name, ""), form, problems or {}, prefix=f"e-{key(record.id, of)}")
        for name in names
    )
    return Panel(
        pledge=record.id,
        name=of,
        title=words.gettext(part.one),
        action=f"/pledges/{record.id}/{kind}" + (f"/{place}" if place is not None else f"?cell={cell}" if cell else ""),
        typed=typed,
        main=main,
        others=others,
        problems=problems or {},
        removable=place is not None,
        **more,
    )


def _texts(ask: Ask, kind: str, part: Any) -> dict[str, str]:
    """A part as it stands in the controls: records that it names by what they are called."""
    texts = texts_of(kind, part)
    fields: Fields = PARTS[kind].fields
    return {
        name: picks.text_of(ask, fields[name].kind, text) if fields[name].kind in NAMING else text
        for name, text in texts.items()
    }
