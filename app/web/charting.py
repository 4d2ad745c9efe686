"""The totals of a filter as charts: each mark leads to exactly the records that were added up for it."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.charts import CHARTS
from app.charts.chart import Chart, Column, Donor, Group, LeftOut, Map, Months, Ranking, Row
from app.charts.words import Words
from app.domain.filter import NOWHERE, Facet, Lack, Measure, PledgeFilter
from app.domain.milestone import NOTHING_COUNTS, Status
from app.domain.pledge import Counting
from app.domain.quantity import Sum
from app.domain.system import Role
from app.domain.totals import COUNTS_AS_ITEMS, COUNTS_AS_MONEY, STATUS_REASONS, Kind, Total
from app.store import known, totals
from app.web import chart_words, words
from app.web.ask import Ask
from app.web.render import source_line
from app.web.sums import kind_name, records_of

MOST_KINDS = 12  # groups in a chart of items
MOST_ROWS = 40  # of a chart on a page; downloads hold all
LIVE = tuple(status for status in Status if status not in NOTHING_COUNTS)


def chart_of(ask: Ask, name: str, wanted: PledgeFilter, *, whole: bool = False) -> Chart:
    """The chart of that name for the filter and its measure; a measure it does not offer gives its usual one. On a
    page the largest rows are drawn, in a download the `whole` of them."""
    return _Charting(ask, name, wanted, whole).chart()


class _Charting:
    def __init__(self, ask: Ask, name: str, wanted: PledgeFilter, whole: bool) -> None:
        self.whole = whole
        self.more = False  # whether groups were left aside
        self.ask, self.name, self.reference = ask, name, ask.reference
        offered = [Measure(str(one)) for one in CHARTS[name].measures]
        self.measure = wanted.measure if wanted.measure in offered else offered[0]
        self.asked = replace(wanted, measure=self.measure)
        self.wanted = wanted.narrowing()
        self.excluded = known.left_out(ask.db, self.wanted, self.reference)

    def chart(self) -> Chart:
        match self.name:
            case "map":
                return self._map()
            case "over-time":
                return self._months()
            case "by-donor":
                return self._ranking(self._by_donor())
            case "by-system":
                return self._ranking(self._by_system())
            case _:
                return self._ranking(self._pledged_delivered())

    # shapes

    def _ranking(self, groups: Iterable[Group]) -> Ranking:
        every = tuple(groups)
        found = every if self.whole else _cut(every)
        note = ""
        if self.more or sum(len(group.rows) for group in found) < sum(len(group.rows) for group in every):
            note = words.gettext("The largest are drawn; the downloads hold all.")
        squares = self.name == "pledged-delivered" and self.measure is Measure.ITEMS
        return Ranking(**self._around(note), groups=found, squares=squares)

    def _map(self) -> Map:
        rows = [row for group in self._by_donor() for row in group.rows if row.code]
        donors = tuple(Donor(code=row.code, name=row.label, pledged=row.pledged, href=row.href) for row in rows)
        ukraine = self.reference.donor("UA")
        return Map(
            **self._around(),
            donors=donors,
            land="europe",
            unit=self._unit(),
            recipient_name=ukraine.name if ukraine else "Ukraine",
        )

    def _months(self) -> Months:
        base, by_month, unit, note = self.counting(), {}, self._unit(), ""
        if self.measure is Measure.RECORDS:
            base = self.wanted
            by_month = {key: total.pledged for key, total in self._records("month").items()}
        elif self.measure is Measure.VALUE:
            by_month = self._euros("month")
        else:
            kind, by_month, note = self._largest_kind()
            if kind is not None:
                base, unit = self._of_kind(kind), words.unit_words(kind.unit)
        columns = tuple(self._column(key, by_month[key], base) for key in sorted(k for k in by_month if k))
        around = self._around(note)
        if None in by_month:
            undated = LeftOut(
                words.ngettext("%(num)s without a date", "%(num)s without a date", by_month[None].members)
                % {"num": words.number(by_month[None].members)},
                base.only(Facet.LACKS, Lack.DATE).address(),
            )
            around["left_out"] = (*around["left_out"], undated)
        return Months(**around, columns=columns, unit=unit, cumulative=True)

    def _column(self, key: int, total: Sum, base: PledgeFilter) -> Column:
        day = date(key // 100, key % 100, 1)
        asked = base.only(Facet.MONTH, f"{day:%Y-%m}")
        last = date(day.year, day.month, monthrange(day.year, day.month)[1])
        until = base.but(to=min(last, base.to or last))
        return Column(
            month=day, label=words.month_name(day), pledged=total, href=asked.address(), until=until.address()
        )

    # what is counted

    def _by_donor(self) -> Iterable[Group]:
        if self.measure is Measure.ITEMS:
            found = totals.items(self.ask.db, self.wanted, self.reference, by="donor")
            kinds = _by_kind(found)
            self.more = not self.whole and len(kinds) > MOST_KINDS
            for kind, of_kind in kinds if self.whole else kinds[:MOST_KINDS]:
                base = self._of_kind(kind)
                rows = [self._donor_row(donor, total.pledged, base) for donor, total in of_kind.items()]
                yield Group(_largest_first(rows), words.unit_words(kind.unit), self._kind_title(kind))
            return
        if self.measure is Measure.VALUE:
            base, sums = self.counting(), self._euros("donor")
        else:
            base = self.wanted
            sums = {donor: total.pledged for donor, total in self._records("donor").items()}
        rows = [self._donor_row(donor, total, base) for donor, total in sums.items()]
        if rows:
            yield Group(_largest_first(rows), self._unit())

    def _by_system(self) -> Iterable[Group]:
        if self.measure is Measure.ITEMS:
            yield from (self._without_delivered(group) for group in self._pledged_delivered())
            return
        by = self._level()
        if self.measure is Measure.VALUE:
            base, sums = self.counting(), self._euros(by)
        else:
            base = self.wanted
            sums = {key: total.pledged for key, total in self._records(by).items()}
        rows = [self._system_row(key, total, base, by) for key, total in sums.items()]
        if rows:
            yield Group(_largest_first(rows), self._unit())

    def _pledged_delivered(self) -> Iterable[Group]:
        """One group for each role and unit: what is in it has one scale, and is still never added up."""
        if self.measure is Measure.RECORDS:
            by = self._level()
            rows = [
                replace(self._system_row(key, total.pledged, self.wanted, by), delivered=total.delivered)
                for key, total in self._records(by).items()
            ]
            if rows:
                yield Group(_largest_first(rows), self._unit())
            return
        groups: dict[tuple[Role, str], list[Row]] = {}
        for (_, kind), total in totals.items(self.ask.db, self.wanted, self.reference).items():
            groups.setdefault((kind.role, kind.unit), []).append(self._kind_row(kind, total))
        for (role, unit), rows in sorted(groups.items(), key=lambda one: -sum(row.pledged.members for row in one[1])):
            title = words.gettext("%(unit)s: %(role)s") % {
                "unit": _capital(words.unit_words(unit)),
                "role": words.word(role),
            }
            yield Group(_largest_first(rows), words.unit_words(unit), title)

    def _without_delivered(self, group: Group) -> Group:
        return replace(group, rows=tuple(replace(row, delivered=None) for row in group.rows))

    def _largest_kind(self) -> tuple[Kind | None, dict[Any, Sum], str]:
        """Months of items show one kind: the one with most pledges."""
        kinds = _by_kind(totals.items(self.ask.db, self.wanted, self.reference, by="month"))
        if not kinds:
            return None, {}, ""
        kind, by_month = kinds[0]
        note = self._kind_title(kind)
        if len(kinds) > 1:
            note += ". " + words.gettext("Other kinds are left out; choose a system, a role and a unit.")
        return kind, {month: total.pledged for month, total in by_month.items()}, note

    # marks

    def _donor_row(self, number: int, total: Sum, base: PledgeFilter) -> Row:
        donor = self.reference.donors[number]
        asked = base.only(Facet.DONOR, donor.code)
        return Row(
            key=donor.code,
            code=donor.code,
            label=donor.name,
            pledged=total,
            href=asked.address(),
            page=f"/donors/{donor.code}",
        )

    def _system_row(self, number: int | None, total: Sum, base: PledgeFilter, by: str) -> Row:
        if number is None:
            asked = base.only(Facet.AT, NOWHERE)
            return Row(key=NOWHERE, label=words.gettext("No system"), pledged=total, href=asked.address())
        node = self.reference.systems[number]
        # A node of a family or below it, counted with all under it, is asked for with `system`; else it alone.
        whole = by == "family" and node.code.count(".") >= 2
        asked = base.only(Facet.SYSTEM if whole else Facet.AT, node.slug)
        return Row(key=node.slug, label=node.name, pledged=total, href=asked.address(), page=f"/systems/{node.slug}")

    def _kind_row(self, kind: Kind, total: Total) -> Row:
        number = self.reference.system_codes.get(kind.family)
        node = self.reference.systems[number] if number else None
        return Row(
            key="-".join((kind.family, kind.role, kind.unit)),
            label=node.name if node else words.gettext("No system"),
            pledged=total.pledged,
            delivered=total.delivered if total.told else None,
            href=self._of_kind(kind).address(),
            page=f"/systems/{node.slug}" if node else "",
        )

    # filters behind marks

    def counting(self) -> PledgeFilter:
        """Those of the filter that the measure counts."""
        classes = COUNTS_AS_MONEY if self.measure is Measure.VALUE else COUNTS_AS_ITEMS
        return self._counted(self.wanted, classes)

    def _of_kind(self, kind: Kind) -> PledgeFilter:
        return self._counted(records_of(kind, self.wanted, self.reference), COUNTS_AS_ITEMS)

    def _counted(self, base: PledgeFilter, classes: tuple[Counting, ...]) -> PledgeFilter:
        chosen = self.wanted.values(Facet.COUNTING)
        kept = [str(one) for one in classes if not chosen or one in chosen]
        base = base.only(Facet.COUNTING, *kept)
        if not any(row.counting in classes and row.status in NOTHING_COUNTS for row in self.excluded):
            return base
        statuses = self.wanted.values(Facet.STATUS)
        return base.only(Facet.STATUS, *(str(one) for one in LIVE if not statuses or one in statuses))

    # numbers

    def _records(self, by: str) -> dict[Any, Total]:
        return known.records(self.ask.db, self.wanted, self.reference, by)

    def _euros(self, by: str) -> dict[Any, Sum]:
        return totals.euros(self.ask.db, self.wanted, self.reference, by)

    def _level(self) -> str:
        """Families; where one or more families or variants were chosen, their nodes."""
        chosen = [node for slug in self.wanted.values(Facet.SYSTEM) if (node := self.reference.system(slug))]
        return "system" if chosen and all(node.code.count(".") >= 2 for node in chosen) else "family"

    # words

    def _around(self, note: str = "") -> dict[str, Any]:
        choice = CHARTS[self.name]
        title = f"{words.gettext(choice.title)}: {self._counted_words()}"
        until = self.reference.until
        return {
            "name": self.name,
            "title": title,
            "measure_line": self._measure_line(),
            "measure": next(one for one in choice.measures if str(one) == str(self.measure)),
            "left_out": self._left_out(),
            "note": note,
            "source": source_line(self.reference),
            "address": self.ask.base + self.asked.address(f"/charts/{self.name}"),
            "day": words.day(day) if (day := self.wanted.as_of or until) else "",
            "words": self._words(),
        }

    def _words(self) -> Words:
        return chart_words.euros() if self.measure is Measure.VALUE else chart_words.units()

    def _unit(self) -> str:
        return "" if self.measure is Measure.VALUE else words.gettext("pledges")

    def _kind_title(self, kind: Kind) -> str:
        return words.gettext("%(kind)s, %(role)s") % {
            "kind": kind_name(kind, self.reference),
            "role": words.word(kind.role),
        }

    def _counted_words(self) -> str:
        match self.measure:
            case Measure.VALUE:
                return words.gettext("worth in euros")
            case Measure.ITEMS:
                return words.gettext("items by kind")
        return words.gettext("pledges that give a number")

    def _measure_line(self) -> str:
        match self.measure:
            case Measure.VALUE:
                return words.gettext("Euros, with what is left of envelopes; many pledges have no value.")
            case Measure.ITEMS:
                return words.gettext("Each group has its own unit and scale; groups never add up.")
        return words.gettext("Pledges: those that give a number, of all.")

    def _left_out(self) -> tuple[LeftOut, ...]:
        """With the reason, unless records are counted: then nothing is left out."""
        if self.measure is Measure.RECORDS:
            return ()
        classes = COUNTS_AS_MONEY if self.measure is Measure.VALUE else COUNTS_AS_ITEMS
        found: dict[tuple[Facet, str], int] = {}
        for row in self.excluded:
            if row.counting not in classes:
                key = (Facet.COUNTING, str(row.counting))
            elif row.status in STATUS_REASONS:
                key = (Facet.STATUS, str(row.status))
            else:
                continue
            found[key] = found.get(key, 0) + row.number
        return tuple(
            LeftOut(
                f"{words.number(number)} {words.word(Counting(value) if facet is Facet.COUNTING else Status(value))}",
                self.wanted.only(facet, value).address(),
            )
            for (facet, value), number in found.items()
        )


def with_finding(chart: Chart) -> Chart:
    """With what follows from the largest row in place of the title, where its numbers are sure enough to say it."""
    if not isinstance(chart, Ranking) or not chart.rows:
        return chart
    row = max(chart.rows, key=lambda one: one.pledged.low)
    unit = next(group.unit for group in chart.groups if row in group.rows)
    if not row.pledged.sure or row.delivered is None or not row.delivered.low:
        return chart
    told = words.gettext("%(arrived)s of %(pledged)s %(name)s %(unit)s are known to have arrived") % {
        "arrived": words.number(row.delivered.low),
        "pledged": words.number(row.pledged.low),
        "name": row.label,
        "unit": unit,
    }
    return replace(chart, title=told)


def shortened(chart: Chart, most: int, href: str) -> Chart:
    """The first rows of a ranking of one group, with a link to all of them."""
    if not isinstance(chart, Ranking) or len(chart.rows) <= most:
        return chart
    group = chart.groups[0]
    more = len(group.rows) - most
    told = words.ngettext("%(num)s more", "%(num)s more", more) % {"num": words.number(more)}
    return replace(
        chart, groups=(replace(group, rows=group.rows[:most]),), left_out=(*chart.left_out, LeftOut(told, href))
    )


def _cut(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The first groups, and of each the largest rows, so that a page stays short."""
    kept = groups[:MOST_KINDS]
    each = max(MOST_ROWS // max(len(kept), 1), 5)
    return tuple(replace(group, rows=group.rows[:each]) for group in kept)


def _by_kind(found: dict[tuple[Any, Kind], Total]) -> list[tuple[Kind, dict[Any, Total]]]:
    """The kinds with most pledges first."""
    kinds: dict[Kind, dict[Any, Total]] = {}
    for (key, kind), total in found.items():
        kinds.setdefault(kind, {})[key] = total
    return sorted(kinds.items(), key=lambda one: (-sum(t.records for t in one[1].values()), one[0]))


def _largest_first(rows: list[Row]) -> tuple[Row, ...]:
    def size(row: Row) -> tuple[Decimal, int, str]:
        total = row.pledged
        top = total.high if total.high is not None else max(total.low, total.point)
        return (-top, -total.members, row.label)

    return tuple(sorted(rows, key=size))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
