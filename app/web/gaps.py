"""What is missing in a set of pledges, each gap with the filter that lists it."""

from dataclasses import dataclass

from app.domain.claim import Confidence
from app.domain.filter import Facet, Lack, PledgeFilter, YesNo
from app.web import words


@dataclass(frozen=True)
class Gap:
    title: str
    number: int
    records: PledgeFilter


def gap_lines(told: dict[str, int], wanted: PledgeFilter) -> list[Gap]:
    """`told` as `totals.gaps` gives it. The largest gap first."""
    whole = told["all"]
    found = [
        Gap(words.gettext("How many arrived"), whole - told["delivered"], wanted.only(Facet.LACKS, Lack.DELIVERED)),
        Gap(words.gettext("A value in euros"), whole - told["valued"], wanted.only(Facet.LACKS, Lack.VALUE)),
        Gap(words.gettext("How many were pledged"), whole - told["numbered"], wanted.only(Facet.LACKS, Lack.QUANTITY)),
        Gap(words.gettext("Which system"), whole - told["named"], wanted.only(Facet.LACKS, Lack.SYSTEM)),
        Gap(words.gettext("When announced"), whole - told["dated"], wanted.only(Facet.LACKS, Lack.DATE)),
        Gap(words.gettext("Any source"), whole - told["sourced"], wanted.only(Facet.SOURCE, YesNo.NO)),
    ]
    return sorted(found, key=lambda gap: -gap.number)


def trouble_lines(told: dict[str, int], wanted: PledgeFilter) -> list[Gap]:
    return [
        Gap(words.gettext("Sources differ"), told["disputed"], wanted.only(Facet.CONFIDENCE, Confidence.DISPUTED)),
        Gap(words.gettext("Past their date"), told["overdue"], wanted.only(Facet.OVERDUE, YesNo.YES)),
    ]
