"""What a dataset has published of its own sums: as the file states it, else as it comes with the program."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from app.domain.pledge import AidType
from app.domain.published import Cell, Held, Note, held_beside
from app.formats.row import Sum

DATASET = "Ukraine Support Tracker, Kiel Institute"


def beside(sums: list[Sum], dataset: str, release: str, seed: Path) -> list[Held]:
    """Published figures beside the sums of the file; none where nothing was published of this release."""
    lines: dict[Cell, Decimal] = defaultdict(Decimal)
    stated: dict[Cell, Decimal] = defaultdict(Decimal)
    for one in sums:
        (stated if one.published else lines)[one.donor, one.aid, one.measure] += one.euros
    ours = dataset == DATASET
    if not stated and ours:
        stated.update(_published(seed / "published_totals.csv", release))
    return held_beside(stated, lines, _notes(seed / "published_notes.csv", release) if ours else [])


def _published(file: Path, release: str) -> dict[Cell, Decimal]:
    with file.open(encoding="utf-8", newline="") as text:
        return {
            (row["donor"], AidType(row["aid"]), row["measure"]): Decimal(row["euros"])
            for row in csv.DictReader(text)
            if row["release"] == release
        }


def _notes(file: Path, release: str) -> list[Note]:
    with file.open(encoding="utf-8", newline="") as text:
        return [
            Note(row["measure"], row["donor"], row["aid"], row["with"], row["note"])
            for row in csv.DictReader(text)
            if row["release"] == release
        ]
