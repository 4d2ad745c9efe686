"""Sources of the tracker's lines: one for each address and each title, and the dataset itself where a line has none."""

import hashlib
import re
from functools import cache
from urllib.parse import urlsplit

from app.domain.source import Source, SourceKind
from app.formats.addresses import host, original
from app.formats.row import Known
from app.formats.support_tracker.lines import Line

LONGEST_HOST = 100
INSTITUTE = "Kiel Institute for the World Economy"
PATH_LANGUAGES = {"en": "en", "eng": "en", "breg-en": "en", "english": "en", "de": "de", "da": "da", "et": "et"} | {
    "lv": "lv"
}


class Sources:
    def __init__(self, known: Known) -> None:
        self.of = cache(lambda address: _at(address, known))
        self.titled = cache(_titled)
        self.dataset = Source(
            key="kiel-ukraine-support-tracker",  # of every release, so that a line that stays the same reads the same
            title="Ukraine Support Tracker",
            publisher=INSTITUTE,
            kind=SourceKind.DATASET,
            language="en",
        )

    def told(self, line: Line) -> list[Source]:
        """Where the line was told of, never empty."""
        found = [*map(self.of, line.told_in), *map(self.titled, line.titles)]
        return found or [*map(self.of, line.arrived_in)] or [self.dataset]

    def arrived(self, line: Line) -> list[Source]:
        """Where its delivery was told of."""
        return [*map(self.of, line.arrived_in)]


def _at(address: str, known: Known) -> Source:
    url = original(address)
    name = host(address)
    publisher = known.publishers.get(name)
    by_path = next((PATH_LANGUAGES[part] for part in urlsplit(url).path.split("/") if part in PATH_LANGUAGES), "")
    return Source(
        key=f"{_latin(name)}-{_hashed(address)}",
        url=url,
        publisher=publisher.name if publisher else "",
        kind=SourceKind(publisher.kind) if publisher else SourceKind.OTHER,  # type: ignore[call-arg]
        language=by_path or (publisher.language if publisher else ""),
        archive_url=address if address != url else "",
    )


def _titled(title: str) -> Source:
    """A page that the dataset names by its title, or a letter: to be looked up by whoever wants to know."""
    return Source(key=f"title-{_hashed(title)}", title=title)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]


def _latin(name: str) -> str:
    """Hosts may have letters of any alphabet; keys have Latin ones."""
    return re.sub(r"[^a-z0-9.-]+", "-", name)[:LONGEST_HOST].strip(".-") or "page"
