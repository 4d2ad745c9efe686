"""The files of the seed, read as they are."""

import csv
import json
import tomllib
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "seed"


def table(name):
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def rows():
    """Rows of a CSV file by its name."""
    return table


@pytest.fixture(scope="session")
def january():
    return tomllib.loads((SEED / "january_2024.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def air_defence():
    return json.loads((SEED / "air_defence.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def known(january, air_defence):
    """Every name that a record may refer to."""
    both = [january, air_defence]
    return {
        "donor": {row["code"] for row in table("donors.csv")},
        "system": {row["slug"] for row in table("systems.csv")},
        "event": {row["slug"] for row in table("meetings.csv")} | {event["slug"] for event in january["event"]},
        "source": {source["key"] for one in both for source in one["source"]},
        "package": {package["key"] for one in both for package in one["package"]},
        "pledge": {pledge["key"] for one in both for pledge in one["pledge"]},
    }


@pytest.fixture(scope="session", params=["january", "air_defence"])
def records(request):
    """The tests that use this run over both record files."""
    return request.getfixturevalue(request.param)
