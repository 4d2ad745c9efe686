"""Links between pledges taken together."""

from collections.abc import Mapping, Set
from typing import TypeVar

K = TypeVar("K")


def in_circle(out: Mapping[K, Set[K]]) -> set[K]:
    """Those from which links lead back to where they began, or that lie between two such circles. `out`: where the
    links of each lead; what is not in it has none."""
    ahead = {one: {to for to in ends if to in out} for one, ends in out.items()}
    behind: dict[K, set[K]] = {one: set() for one in ahead}
    for one, ends in ahead.items():
        for to in ends:
            behind[to].add(one)
    for there, back in ((ahead, behind), (behind, ahead)):
        loose = [one for one, ends in there.items() if not ends]
        while loose:
            one = loose.pop()
            for other in back.pop(one, set()):
                if other in there:
                    there[other].discard(one)
                    if not there[other]:
                        loose.append(other)
            there.pop(one, None)
    return set(ahead) & set(behind)
