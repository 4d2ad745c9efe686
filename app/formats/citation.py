"""How a record is cited by programs: BibTeX and CSL-JSON. The sentence for people is the page's, in its language."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

AUTHOR = "Allied Pledges"
MONTHS = "January February March April May June July August September October November December"
# What BibTeX and LaTeX take for their own. Letters of any script stay: files are UTF-8, as biber and recent LaTeX read.
ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


@dataclass(frozen=True, kw_only=True)
class Citation:
    """`address` is that of the version, which never changes; `day` is when the version was written."""

    title: str
    version: int
    address: str
    day: date
    accessed: date
    author: str = AUTHOR

    def bibtex(self) -> str:
        """An entry of BibLaTeX, its `urldate` and `version` passed over by BibTeX. The author is one name, hence the
        second pair of braces; the title has one too, so that Patriot keeps its capital."""
        fields = {
            "author": f"{{{_escaped(self.author)}}}",
            "title": f"{{{_escaped(self.title)}}}",
            "version": str(self.version),
            "year": str(self.day.year),
            "date": self.day.isoformat(),
            "url": _address(self.address),
            "urldate": self.accessed.isoformat(),
            "note": f"Version {self.version}, accessed {_day(self.accessed)}",
        }
        told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self.key},\n{told}}}\n"

    def csl_json(self) -> str:
        """An array of one item, for Zotero, Pandoc and their like."""
        return json.dumps([self._item()], ensure_ascii=False, indent=2) + "\n"

    @property
    def key(self) -> str:
        """What a paper calls it: the end of the address in letters, digits and dashes."""
        tail = re.sub(r"[^a-z0-9]+", "-", self.address.rstrip("/").rpartition("/")[2].lower()).strip("-")
        return f"allied-pledges-{tail or self.version}"

    def _item(self) -> dict[str, Any]:
        return {
            "id": self.key,
            "type": "dataset",
            "title": _line(self.title),
            "author": [{"literal": self.author}],
            "publisher": self.author,
            "version": str(self.version),
            "issued": _parts(self.day),
            "accessed": _parts(self.accessed),
            "URL": _address(self.address),
        }


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(sign, sign) for sign in _line(text))


def _address(address: str) -> str:
    """In `url` nothing is escaped; signs that would end the field, or that no address holds, are told by number."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")


def _line(text: str) -> str:
    """One line without control signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _day(day: date) -> str:
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
