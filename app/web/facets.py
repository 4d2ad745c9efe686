"""The facets beside a list: each value with its name, its count and whether it is chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.codes import N_
from app.domain.filter import CODES, Facet, PledgeFilter
from app.domain.system import System, path
from app.store.reference import Reference
from app.web import words
from app.web.asked_for import value_name

SHOWN = 6  # values before "16 more"
MOST = 30  # behind the fold
ALL = {Facet.DONOR: "/donors", Facet.SYSTEM: "/systems", Facet.EVENT: "/events"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool
    share: int  # percent of the largest
    depth: int = 0


@dataclass(frozen=True)
class Group:
    """`options` are shown at once, `more` behind a fold, where there are too many of them the largest; `every` is the
    page of all of them."""

    name: Facet
    title: str
    values: int
    options: list[Option]
    more: list[Option]
    more_label: str = ""
    every: str = ""


MORE: dict[Facet, tuple[str, str]] = {
    Facet.DONOR: (N_("%(num)s more donor"), N_("%(num)s more donors")),
    Facet.SYSTEM: (N_("%(num)s more system"), N_("%(num)s more systems")),
}
ORDER = (Facet.DONOR, Facet.SYSTEM, Facet.STATUS, Facet.QUALIFIER, Facet.YEAR, Facet.MONTH, Facet.GROUP, Facet.EVENT)
ORDER += (Facet.ROLE, Facet.COUNTING, Facet.CONFIDENCE, Facet.SOURCE, Facet.AID)


def groups(wanted: PledgeFilter, counts: dict[Facet, dict[str, int]], reference: Reference) -> list[Group]:
    found = []
    for facet in ORDER:
        if facet is Facet.MONTH and not wanted.values(Facet.YEAR) and not wanted.values(Facet.MONTH):
            continue  # months of a year
        options = _options(facet, wanted, counts.get(facet, {}), reference)
        if not options:
            continue
        first, rest = _folded(options) if facet is not Facet.SYSTEM else _unfolded(options, wanted, reference)
        more = sorted(rest, key=lambda one: -one.count)[:MOST] if len(rest) > MOST else rest
        one, many = MORE.get(facet, (N_("%(num)s more"), N_("%(num)s more")))
        label = words.ngettext(one, many, len(rest)) % {"num": words.number(len(rest))} if rest else ""
        every = ALL.get(facet, "") if len(more) < len(rest) else ""
        found.append(Group(facet, words.word(facet), len(options), first, more, label, every))
    return found


def _folded(options: list[Option]) -> tuple[list[Option], list[Option]]:
    """The first few and those in use; the rest behind a fold."""
    first = [one for place, one in enumerate(options) if place < SHOWN or one.checked]
    return first, [one for one in options[SHOWN:] if not one.checked]


def _options(facet: Facet, wanted: PledgeFilter, counts: dict[str, int], reference: Reference) -> list[Option]:
    make = _maker(facet, wanted, counts, reference)
    chosen = wanted.values(facet)
    if facet is Facet.SYSTEM:
        return _tree(counts, chosen, reference, make)
    codes = CODES.get(facet)
    if codes:
        there = {value for value, number in counts.items() if number}
        listed = [str(code) for code in codes]
        if facet not in (Facet.STATUS, Facet.COUNTING):  # where a zero tells something too
            listed = [value for value in listed if value in there or value in chosen]
        return [make(value, 0) for value in listed] if there or chosen else []
    values = set(counts) | set(chosen)
    if facet in (Facet.YEAR, Facet.MONTH):
        return [make(value, 0) for value in sorted(values, reverse=facet is Facet.YEAR)]
    if facet is Facet.EVENT:
        days = {event.slug: place for place, event in enumerate(reference.events.values())}
        return [make(value, 0) for value in sorted(values, key=lambda value: days.get(value, 0))]
    return [make(value, 0) for value in sorted(values, key=lambda value: (-counts.get(value, 0), value))]


def _maker(
    facet: Facet, wanted: PledgeFilter, counts: dict[str, int], reference: Reference
) -> Callable[[str, int], Option]:
    largest = max(counts.values(), default=0) or 1

    def make(value: str, depth: int) -> Option:
        number = counts.get(value, 0)
        return Option(
            value=value,
            label=value_name(facet, value, reference),
            count=number,
            checked=wanted.has(facet, value),
            share=round(100 * number / largest),
            depth=depth,
        )

    return make


def _tree(
    counts: dict[str, int], chosen: Iterable[str], reference: Reference, make: Callable[[str, int], Option]
) -> list[Option]:
    """The nodes that hold something or are chosen, each right under the one above it."""
    kept = {slug for slug, number in counts.items() if number}
    kept |= {node.slug for slug in chosen if (one := reference.system(slug)) for node in reference.line(one)}

    def below(code: str, depth: int) -> Iterable[Option]:
        nodes: list[System] = [node for node in reference.children.get(code, []) if node.slug in kept]
        for node in sorted(nodes, key=lambda node: (-counts.get(node.slug, 0), node.code)):
            yield make(node.slug, depth)
            yield from below(node.code, depth + 1)

    return list(below("", 0))


def _unfolded(options: list[Option], wanted: PledgeFilter, reference: Reference) -> tuple[list[Option], list[Option]]:
    """Categories, and what lies right below those that are in use; the rest behind the fold."""
    chosen = {node.code for slug in wanted.values(Facet.SYSTEM) if (node := reference.system(slug))}
    opened = chosen | {above for code in chosen for above in path(code)}
    tops = [one for one in options if one.depth == 0]
    if len(tops) == 1:
        opened |= {node.code for one in tops if (node := reference.system(one.value))}
    first, rest = [], []
    for one in options:
        node = reference.system(one.value)
        shown = one.depth == 0 or one.checked or (node is not None and node.parent in opened)
        (first if shown else rest).append(one)
    return first, rest
