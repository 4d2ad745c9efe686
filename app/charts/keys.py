"""The key under a chart: only what the chart holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.charts.words import Words


@dataclass(frozen=True)
class KeyEntry:
    """A small picture of a mark, by the kind of it, and what it means."""

    kind: str
    text: str


def key_of(kinds: Iterable[str], words: Words, *, records: bool = False) -> tuple[KeyEntry, ...]:
    """Entries for the kinds of mark that occur, from the firmest to the least firm."""
    found = set(kinds)
    if records:
        meanings = {
            "deliv": words.key_delivered,
            "pledge": words.key_numbered,
            "doubt": words.key_unnumbered,
            "unc": words.key_uncounted,
            "uncfirm": words.key_uncounted,
        }
        kept = {text: kind for kind, text in reversed(meanings.items()) if kind in found}
        return tuple(KeyEntry(kind, text) for text, kind in reversed(kept.items()))
    doubt = KeyEntry("point", words.key_point) if "point" in found else KeyEntry("doubt", words.key_doubt)
    entries = (
        ({"deliv", "delopen"}, KeyEntry("deliv", words.key_delivered)),
        ({"pledge"}, KeyEntry("pledge", words.key_pledged)),
        ({"doubt", "point"}, doubt),
        ({"open", "none", "delopen"}, KeyEntry("open", words.key_open)),
        ({"disp"}, KeyEntry("disp", words.key_disputed)),
        ({"unc", "uncfirm", "uncopen", "uncnone"}, KeyEntry("unc", words.key_uncounted)),
    )
    return tuple(entry for kinds_of_it, entry in entries if kinds_of_it & found)
