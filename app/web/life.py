"""The life line of a pledge: what was promised and delivered, and when it was said."""

from datetime import date, timedelta
from typing import Any

from app.charts.lifeline import Due, Happening, LifeLine, Step
from app.domain.claim import ClaimField
from app.domain.milestone import Milestone, Standing, Status, standings
from app.domain.pledge import Pledge
from app.store.matching import CLOSED
from app.web import chart_words, listing, words
from app.web.telling import happening


def life_line(
    pledge: Pledge,
    milestones: list[Milestone],
    now: Standing,
    sources: dict[str, Any],
    differing: list[ClaimField],
    today: date,
) -> LifeLine:
    said = chart_words.units()
    days = [one.dates.latest for one in milestones if one.dates.latest] + [pledge.announced.latest or today]
    ends = [day for day in [*days, pledge.expected.latest] if day is not None]
    first, last = min(days), max([*ends, min(days) + timedelta(days=120)])
    margin = max((last - first) // 12, timedelta(days=10))
    delivered = tuple(
        Step(since, listing.as_quantity(stood.delivered), disputed=ClaimField.DELIVERED in differing)
        for since, stood in standings(milestones, pledge.quantity)
        if stood.delivered.reports and since > date.min
    )
    due = None
    if pledge.expected.latest:
        due = Due(pledge.expected.latest, words.gettext("due %(day)s") % {"day": words.when_short(pledge.expected)})
    return LifeLine(
        first=first - margin,
        last=last + margin,
        pledged=(
            Step(
                pledge.announced.latest or first,
                pledge.quantity,
                label=words.quantity_words(pledge.quantity, pledge.unit),
                disputed=ClaimField.QUANTITY in differing,
            ),
        ),
        delivered=delivered,
        due=due,
        counted=pledge.counting == "counts",
        happenings=_happenings(pledge, milestones, now, sources, today),
        summary=words.gettext("Pledged: %(pledged)s. Delivered: %(delivered)s.")
        % {
            "pledged": words.quantity_words(pledge.quantity, pledge.unit),
            "delivered": str(
                listing.delivered_said(now.delivered, pledge.quantity, pledge.unit, in_dataset=bool(pledge.dataset))
            ),
        },
        words=said,
    )


def _happenings(
    pledge: Pledge, milestones: list[Milestone], now: Standing, sources: dict[str, Any], today: date
) -> tuple[Happening, ...]:
    found = []
    if not any(one.status == Status.ANNOUNCED for one in milestones):
        found.append(
            (
                pledge.announced.latest,
                _marked(words.when_short(pledge.announced), "said", words.gettext("Announced")),
            )
        )
    for one in milestones:
        source = sources.get(one.source or "")
        sub = " · ".join(part for part in (_by(source), one.note) if part)
        kind = "" if one.status else "del"
        found.append((one.dates.latest, _marked(words.when_short(one.dates), kind, happening(pledge, one), sub)))
    found.sort(key=lambda pair: pair[0] or date.min)
    ended = [happening for _, happening in found]
    expected = pledge.expected.latest
    if expected and now.status not in CLOSED:
        when = words.when_short(pledge.expected)
        if expected < today:
            late = words.overdue_words((today - expected).days)
            ended.append(_marked(when, "late", words.gettext("Expected; not known to have arrived in full"), late))
        else:
            ended.append(_marked(when, "open", words.gettext("Expected")))
    elif not now.delivered.reports and now.status not in CLOSED:
        text = words.gettext("First delivery. None is known; no date was ever given, so it is not overdue")
        ended.append(_marked(words.gettext("not stated"), "open", text))
    return tuple(ended)


def _marked(when: str, kind: str, text: str, sub: str = "") -> Happening:
    return Happening(when=when or words.gettext("undated"), kind=kind, text=text, sub=sub)


def _by(source: Any) -> str:
    return (source.publisher or words.host(source.url)) if source is not None else ""
