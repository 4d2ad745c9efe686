"""The archive: a data package of version 2 that says of every file how large it is and what it holds."""

import hashlib
import io
import json
import zipfile

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats import data_package

PLEDGES = Table(
    name="pledges",
    told="Pledges",
    key=("key",),
    columns=(
        Column(name="key", told="Name.", needed=True),
        Column(name="low", told="Least.", holds=Holds.NUMBER, empty="not stated"),
        Column(name="kind", told="Kind.", codes=(("a", "first"),)),
        Column(name="donor", refers_to="donors.code"),
    ),
)
DONORS = Table(name="donors", told="Donors", key=("code",), columns=(Column(name="code", needed=True),))
ORIGIN = Origin(
    base="https://pledges.example",
    changed="2024-01-10T09:30:00",
    counter=7,
    epoch="e1",
    head="ab",
    datasets=(("K", "17"),),
)


def made(origin=ORIGIN):
    bare = [
        Rows(Table(name=f"snapshots_of_{name}", columns=()), [])
        for name in ("sources", "packages", "events", "records")
    ]
    rows = [Rows(PLEDGES, [[("leopards", 18_000_000, "a", "DE")]]), Rows(DONORS, [[("DE",)]]), *bare]
    return b"".join(data_package.file(origin, rows))


def opened(content=None):
    return zipfile.ZipFile(io.BytesIO(content or made()))


def described():
    return json.loads(opened().read("datapackage.json"))


def test_it_holds_the_tables_the_records_and_what_a_reader_needs():
    archive = opened()

    assert archive.testzip() is None
    assert archive.namelist() == [
        *("pledges.csv", "donors.csv", "records.jsonl", "datapackage.json", "README.md", "LICENSE"),
    ]
    assert archive.read("pledges.csv") == b"key,low,kind,donor\r\nleopards,18,a,DE\r\n"
    assert "Attribution 4.0 International" in archive.read("LICENSE").decode()
    assert "`ab`" in archive.read("README.md").decode()


def test_every_file_is_as_large_and_reads_as_the_description_says():
    archive = opened()
    for one in described()["resources"]:
        content = archive.read(one["path"])
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_description_says_where_it_comes_from():
    told = described()

    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert told["created"] == "2024-01-10T09:30:00Z" and told["version"] == "7.0.0"
    assert told["history"] == {"head": "ab", "counter": 7, "epoch": "e1"}
    assert told["sources"] == [{"title": "K", "version": "17"}]
    assert told["licenses"][0]["name"] == "CC-BY-4.0"


def test_a_table_has_a_schema():
    schema = described()["resources"][0]["schema"]
    key, low, kind, _ = schema["fields"]

    assert key == {"name": "key", "type": "string", "description": "Name.",
                   "constraints": {"required": True, "unique": True}}  # fmt: skip
    assert (low["type"], low["description"]) == ("number", "Least. Empty: not stated.")
    assert kind["constraints"] == {"enum": ["a"]} and kind["categories"] == [{"value": "a", "label": "first"}]
    assert schema["primaryKey"] == ["key"] and schema["missingValues"] == [""]
    assert schema["foreignKeys"] == [{"fields": ["donor"], "reference": {"resource": "donors", "fields": ["code"]}}]


def test_of_one_state_there_is_one_file():
    assert made() == made()


def test_records_that_were_never_changed_make_a_valid_file_too():
    assert opened(made(Origin())).testzip() is None
