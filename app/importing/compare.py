"""What a file tells, held beside what stands: row by row new, changed, unchanged, kept as edited here, or refused.

A dataset is compared with what it said when it was last read: only what it has changed since is put on the record,
and what people have made of the record stays. A file in our own form is compared with the record itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from app.domain.codes import N_
from app.domain.import_run import Outcome
from app.domain.lines import Line, activity_of, matched, steadied
from app.domain.link import in_circle
from app.domain.package import Package
from app.domain.pledge import Counting, Pledge, State
from app.domain.source import Source
from app.formats.record import Faulty, Wrong, amended, value_from
from app.formats.row import Fault, Row
from app.importing.merging import filled, merged, says
from app.importing.plan import Content, Plan, Planned
from app.store import changes, lines, referred, resolving, saving
from app.store.editing import new_key
from app.store.reference import Reference

REFERRED = ("donor", "system", "source", "event", "package")  # each before those that refer to it
TWICE = N_("The name %(value)s stands in this file twice, with different contents.")
CIRCLE = N_("The links of “%(value)s” lead back to it, by way of others.")
NOT_READ = N_("%(value)s cannot be kept: it is no value of this field.")
NAMES = {"donor": "code", "system": "code", "source": "key", "event": "slug", "package": "key"}
_as_given = {kind: TypeAdapter(of) for kind, of in (("pledge", Pledge), ("package", Package), ("source", Source))}


def compare(db: Connection, file: Content, reference: Reference) -> Plan:
    """What would become of each row, as the records stand now."""
    return _Comparison(db, file, reference).plan


class _Comparison:
    def __init__(self, db: Connection, file: Content, reference: Reference) -> None:
        self.db, self.file, self.reference = db, file, reference
        self.dataset = file.label.dataset
        self.plan = Plan(file.label, reference.counter, [], file.sums, file.unmapped)
        self.sources: dict[str, str] = {}  # key in the file to key of ours
        self.packages: dict[str, str] = {}
        self.brought: dict[str, set[str]] = defaultdict(set)  # names by kind that the file brings along
        for record in REFERRED:
            self._referred(record)
        if self.dataset:
            self._lines()
        else:
            self._records()
        self._refuse_circles()

    def _add(self, row: Row, outcome: Outcome, told: Any, *, key: str = "", remarks: Any = (), **more: Any) -> None:
        """`told` is the record that the row is about."""
        self.plan.planned.append(
            Planned(
                outcome=outcome,
                record=row.record,
                key=key or _name_of(row.record, told),
                title=_title_of(told),
                place=row.place,
                faults=row.faults + remarks,
                activity=row.group,
                **more,
            )
        )

    def _refuse(self, row: Row, faults: Iterable[Fault], value: Any = None) -> None:
        given = row.given or {}
        self.plan.planned.append(
            Planned(
                outcome=Outcome.REFUSED,
                record=row.record,
                key=str(given.get(NAMES.get(row.record, "key")) or ""),
                title=_title_of(value) if value is not None else str(given.get("title") or given.get("name") or ""),
                place=row.place,
                faults=(*row.faults, *faults),
            )
        )

    def _values(self, record: str, standing: Mapping[str, Any]) -> list[tuple[Row, Any]]:
        """Each row with the record that it tells. What cannot be taken is refused."""
        found: dict[str, tuple[Row, Any]] = {}
        nameless = []
        for row in self.file.of_record(record):
            if row.given is None:
                self._refuse(row, ())
                continue
            name = row.given.get(NAMES.get(record, "key"))
            now = standing.get(str(name)) if name else None
            try:
                value = self._value(row, now)
            except Faulty as error:
                self._refuse(row, [_fault(row, one) for one in error.wrong])
                continue
            key = _name_of(record, value)
            if not key:
                nameless.append((row, value))
            elif key in found and found[key][1] != value:
                self._refuse(row, [Fault(place=row.place, value=key, sentence=TWICE)], value)
            else:
                found.setdefault(key, (row, value))
        return [*found.values(), *nameless]

    def _value(self, row: Row, now: Any) -> Any:
        given = dict(row.given or {})
        if self.dataset and row.whole:  # our own importer made it, not a person
            try:
                return _as_given[row.record].validate_python(given)
            except ValidationError as error:
                raise Faulty([_wrong(one) for one in error.errors(include_url=False)]) from None
        if not row.whole and now is not None:
            return amended(now, given)
        if row.record == "pledge" and not given.get("key"):
            given["key"] = new_key()
        return value_from(row.record, given)

    def _referred(self, record: str) -> None:
        rows = self.file.of_record(record)
        if not rows:
            return
        names = [str(row.given.get(NAMES[record])) for row in rows if row.given]
        standing = referred.standing(self.db, record, names)
        values = self._values(record, {name: value for name, (_, value) in standing.items()})
        if record == "source":
            values = self._without_known_addresses(values, standing)
        if record == "package":
            values, standing = self._named_packages(values, standing)
        said = lines.last_said(self.db, self.dataset, record) if self.dataset and record == "package" else {}
        for row, value in self._resolved(values):
            name = _name_of(record, value)
            self.brought[record].add(value.slug if record == "system" else name)
            seen, now = standing.get(name, (0, None))
            if now is None:
                self._add(row, Outcome.ADDED, value, value=value, line=value if record == "package" else None)
            elif not self.dataset:
                changed = value != now
                outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
                self._add(row, outcome, value, seen=seen, value=value if changed else None, before=now)
            elif record == "package":
                base = referred.KINDS[record].json.validate_json(said[name].body) if name in said else None
                self._put_on(row, name, seen, base, now, value)
            else:
                self._add(row, Outcome.UNCHANGED, now, seen=seen)

    def _resolved(self, values: list[tuple[Row, Any]]) -> list[tuple[Row, Any]]:
        """Those that name only what is there or comes along; the others are refused, and whoever links to these too."""
        while True:
            missing = resolving.unknown(self.db, [value for _, value in values], self.reference, self.brought)
            if not any(missing):
                return values
            for (row, value), some in zip(values, missing, strict=True):
                if some:
                    faults = [replace(_at(row, one.path), value=one.name, sentence=one.sentence) for one in some]
                    self._refuse(row, faults, value)
            values = [one for one, some in zip(values, missing, strict=True) if not some]

    def _without_known_addresses(self, values: list[tuple[Row, Any]], standing: Mapping[str, Any]) -> list[Any]:
        """A source at an address that is known already is that one, whatever key the file has for it."""
        at = lines.sources_at(self.db, [source.url for _, source in values if source.key not in standing])
        left = []
        for row, source in values:
            if source.key not in standing and source.url in at:
                self.sources[source.key] = at[source.url]
            else:
                left.append((row, source))
        return left

    def _named_packages(self, values: list[tuple[Row, Any]], standing: dict[str, Any]) -> tuple[list[Any], Any]:
        """Packages of a dataset go by their activity and day, whatever the release."""
        ours = lines.packages_of(self.db, self.dataset) if self.dataset else {}
        named = []
        for row, package in values:
            key = ours.get(package.dataset_key, package.key) if package.dataset_key else package.key
            self.packages[package.key] = key
            sources = tuple(dict.fromkeys(self.sources.get(one, one) for one in package.sources))
            named.append((row, replace(package, key=key, sources=sources)))
        more = [package.key for _, package in named if package.key not in standing]
        return named, {**standing, **referred.standing(self.db, "package", more)}

    def _put_on(self, row: Row, key: str, seen: int, base: Any, now: Any, said: Any) -> None:
        """What the dataset has changed since it was last read, put on the record as it stands."""
        said = said if base is None else steadied(said, base)
        if base is None:
            value, remarks = filled(now, said), ()
        else:
            release = {"release": said.release, "dataset_key": said.dataset_key} if says(said) != says(base) else {}
            same = {"key": key, "release": base.release, "dataset_key": base.dataset_key}
            mine = replace(said, **(same | release))
            value, remarks = merged(row, replace(base, key=key), now, mine)
        remembered = base is None or says(said) != says(base)
        outcome = Outcome.CHANGED if value != now else Outcome.KEPT if remarks else Outcome.UNCHANGED
        self._add(
            row,
            outcome,
            value,
            key=key,
            seen=seen,
            value=value if value != now else None,
            before=now,
            line=said if remembered else None,
            remarks=remarks,
        )

    def _renamed(self, pledge: Pledge) -> Pledge:
        """With our names for sources and packages."""
        source = self.sources.get
        package = self.packages.get(pledge.package, pledge.package) if pledge.package else None
        return replace(
            pledge,
            package=package,
            claims=tuple(replace(one, source=source(one.source, one.source)) for one in pledge.claims),
            milestones=tuple(
                replace(one, source=source(one.source, one.source)) if one.source else one for one in pledge.milestones
            ),
        )

    def _lines(self) -> None:
        """Pledges of a dataset, line by line."""
        values = self._resolved([(row, self._renamed(pledge)) for row, pledge in self._values("pledge", {})])
        said = lines.last_said(self.db, self.dataset, "pledge")
        there = lines.pledges_of(self.db, self.dataset)
        ours = saving.current(self.db, [number for number, _ in there.values()])
        old, keys = [], []
        for key, (number, dataset_key) in there.items():
            if number in ours:
                base = saving.of_json(said[key].body) if key in said else ours[number][0]
                old.append(Line(said[key].activity if key in said else activity_of(dataset_key), base))
                keys.append(key)
        found = matched(old, [Line(row.group, pledge) for row, pledge in values])
        for place, (row, pledge) in enumerate(values):
            if place in found:
                key = keys[found[place]]
                now, version = ours[there[key][0]]
                self._put_on(row, key, version, old[found[place]].pledge if key in said else None, now, pledge)
            else:
                pledge = replace(pledge, key=_free(pledge.key, there))
                there[pledge.key] = (0, pledge.dataset_key)
                self._add(row, Outcome.ADDED, pledge, value=pledge, line=pledge)
        taken = set(found.values())
        for place, line in enumerate(old):
            now, version = ours[there[keys[place]][0]]
            stands = now.state is State.PUBLISHED and now.counting is not Counting.DUPLICATE
            if place not in taken and stands:
                self.plan.planned.append(
                    Planned(
                        outcome=Outcome.GONE,
                        record="pledge",
                        key=keys[place],
                        title=now.title,
                        seen=version,
                        before=now,
                        activity=line.activity,
                    )
                )

    def _records(self) -> None:
        """Pledges in our own form. A row that tells the version it was taken at is put on what stands now."""
        rows = self.file.of_record("pledge")
        numbers = lines.numbers_of(
            self.db, [str(row.given["key"]) for row in rows if row.given and row.given.get("key")]
        )
        ours = saving.current(self.db, numbers.values())
        seen = {str(row.given["key"]): row.seen for row in rows if row.given and row.given.get("key") and row.seen}
        stale = {(numbers[key], at) for key, at in seen.items() if key in numbers and at < ours[numbers[key]][1]}
        then = changes.bodies(self.db, stale)
        standing = {key: ours[number][0] for key, number in numbers.items() if number in ours}
        based = {key: then.get((numbers[key], seen.get(key, 0)), now) for key, now in standing.items()}
        values = [(row, self._renamed(pledge)) for row, pledge in self._values("pledge", based)]
        for row, pledge in self._resolved(values):
            now = standing.get(pledge.key)
            if now is None:
                self._add(row, Outcome.ADDED, pledge, value=pledge)
                continue
            value, remarks = merged(row, based[pledge.key], now, pledge)
            outcome = Outcome.CHANGED if value != now else Outcome.KEPT if remarks else Outcome.UNCHANGED
            version = ours[numbers[pledge.key]][1]
            put = value if value != now else None
            self._add(row, outcome, value, seen=version, value=put, before=now, remarks=remarks)

    def _refuse_circles(self) -> None:
        """Links that lead back to their own pledge, by way of others."""
        mine = {one.key: one.value for one in self.plan.planned if one.record == "pledge" and one.value is not None}
        if not any(pledge.links for pledge in mine.values()):
            return
        out = lines.links(self.db) | {key: {link.to for link in pledge.links} for key, pledge in mine.items()}
        circular = in_circle(out)
        self.plan.planned = [
            self._circular(one) if one.record == "pledge" and one.key in circular and one.value is not None else one
            for one in self.plan.planned
        ]

    def _circular(self, one: Planned) -> Planned:
        fault = Fault(place=one.place, value=one.title, sentence=CIRCLE)
        return replace(one, outcome=Outcome.REFUSED, value=None, line=None, faults=(*one.faults, fault))


def _free(key: str, taken: Mapping[str, Any]) -> str:
    """The key itself, or the next number of its activity that no record has."""
    head, _, number = key.rpartition("-")
    place = int(number) if number.isdigit() else 1
    while key in taken:
        place += 1
        key = f"{head}-{place:03d}"
    return key


def _fault(row: Row, wrong: Wrong) -> Fault:
    return replace(_at(row, wrong.path), value=wrong.value, sentence=wrong.sentence, values=wrong.values)


def _at(row: Row, path: str) -> Fault:
    return Fault(place=replace(row.place, column=path), sentence="")


def _wrong(error: Mapping[str, Any]) -> Wrong:
    return Wrong(".".join(str(step) for step in error["loc"]), str(error["input"])[:200], NOT_READ)


def _name_of(record: str, value: Any) -> str:
    return str(getattr(value, NAMES.get(record, "key"), "") or "")


def _title_of(value: Any) -> str:
    return str(getattr(value, "title", "") or getattr(value, "name", "") or getattr(value, "url", "") or "")
