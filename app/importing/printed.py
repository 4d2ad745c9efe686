"""What an import would do, or has done, as lines for whoever runs it from the command line."""

from collections.abc import Iterator
from decimal import Decimal

from app.domain.import_run import Outcome
from app.domain.published import Measure
from app.importing.examining import Examined
from app.importing.plan import Plan, Planned
from app.importing.totals import DonorTotal

MOST = 20  # rows of one outcome


def lines(examined: Examined, *, most: int = MOST) -> Iterator[str]:
    plan = examined.plan
    label = plan.label
    if label.dataset:
        yield f"{label.dataset}, release {label.release}" + (f", to {label.until.isoformat()}" if label.until else "")
    yield from _counts(plan)
    if plan.of_older_releases:
        yield f"{plan.of_older_releases:,} lines of older releases are no longer in the file. Beside its own they would"
        yield "be counted twice: --set-aside takes them out of the sums."
    yield from _sums(plan)
    yield from _published(examined)
    yield from _donors(examined.totals)
    yield from _names(plan)
    for outcome in (Outcome.REFUSED, Outcome.KEPT, Outcome.GONE):
        yield from _rows(plan, outcome, most)


def _counts(plan: Plan) -> Iterator[str]:
    counts = plan.counts()
    told = ", ".join(f"{counts[outcome]:,} {outcome.title}" for outcome in Outcome if counts[outcome])
    yield f"Pledges: {told or 'none'}."
    for record in ("source", "package", "donor", "system", "event"):
        some = plan.counts(record)
        written = {outcome: some[outcome] for outcome in (Outcome.ADDED, Outcome.CHANGED) if some[outcome]}
        if written:
            told = ", ".join(f"{number:,} {outcome.title}" for outcome, number in written.items())
            yield f"{record.capitalize()}s: {told}."


def _sums(plan: Plan) -> Iterator[str]:
    own = [one for one in plan.sums if not one.published]
    if own:
        yield f"The file adds up to, in euros, for {len({one.donor for one in own if one.donor})} donors:"
    for measure in Measure:
        some = [one for one in own if one.measure == measure]
        if some:
            yield f"  {measure.title:<10} {sum((one.euros for one in some), Decimal(0)):>28,.6f}"


def _published(examined: Examined) -> Iterator[str]:
    held = examined.held
    if not held:
        return
    apart = [one for one in held if not one.equal]
    equal = len(held) - len(apart)
    yield f"Published figures: {equal:,} of {len(held):,} equal the sum of their lines, to EUR 0.0005 bn."
    for one in apart:
        why = " ".join(one.notes) or "Not explained."
        yield (
            f"  {one.donor} {one.aid} {Measure(one.measure).title}: published {one.published:,.2f}, "
            f"lines {one.lines:,.2f}, difference {one.apart:,.2f}. {why}"
        )
    yield from sorted({f"  {one.donor}: {' '.join(one.notes)}" for one in held if one.equal and one.notes})


def _donors(totals: list[DonorTotal]) -> Iterator[str]:
    if totals:
        yield "Donors, before and after: records, euros that count, envelopes"
    for one in totals:
        before, after = one.before, one.after
        yield (
            f"  {one.donor:<5} {before.records:>7,} {after.records:>7,}  {before.euros:>22,.2f} {after.euros:>22,.2f}"
            f"  {before.envelopes:>22,.2f} {after.envelopes:>22,.2f}"
        )


def _names(plan: Plan) -> Iterator[str]:
    if plan.unmapped:
        yield f"{len(plan.unmapped):,} names have no meaning yet; say it at /imports/names:"
    for one in plan.unmapped:
        yield f"  {one.kind} “{one.name}”, {one.lines:,} lines, first in row {one.first.row}"


def _rows(plan: Plan, outcome: Outcome, most: int) -> Iterator[str]:
    rows = [one for one in plan.planned if one.outcome is outcome]
    if rows:
        yield f"{outcome.title.capitalize()}:"
    for one in rows[:most]:
        why = "; ".join(fault.said(str) for fault in one.faults)
        yield "  " + ": ".join(told for told in (_place(one), one.title or one.key, why) if told)
    if len(rows) > most:
        yield f"  and {len(rows) - most:,} more"


def _place(one: Planned) -> str:
    sheet = f"{one.place.sheet}, " if one.place.sheet else ""
    return f"{sheet}row {one.place.row}" if one.place.row else ""
