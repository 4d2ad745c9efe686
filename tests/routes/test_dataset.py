"""The archive of everything, as a reader gets it: a data package whose rows keep every rule that it states."""

import csv
import hashlib
import io
import json
import re
import zipfile

import pytest

TYPES = {
    "string": r"(?s).*",
    "number": r"\d+(\.\d+)?",
    "integer": r"-?\d+",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
}


@pytest.fixture(scope="module")
def answer(reader_of_many):
    return reader_of_many.get("/dataset.zip")


@pytest.fixture(scope="module")
def archive(answer):
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="allied-pledges.zip"'
    return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.fixture(scope="module")
def package(archive):
    return json.loads(archive.read("datapackage.json"))


@pytest.fixture(scope="module")
def tables(archive, package):
    return {
        one["name"]: list(csv.DictReader(io.StringIO(archive.read(one["path"]).decode(), newline="")))
        for one in package["resources"]
        if one.get("type") == "table"
    }


def schemas(package):
    return {one["name"]: one["schema"] for one in package["resources"] if one.get("type") == "table"}


def faults_of(package):
    """What the profile of version 2 asks of a package and its resources."""
    if not package["resources"]:
        yield "no resources"
    names = [one["name"] for one in package["resources"]]
    if len(names) != len(set(names)):
        yield "a name twice"
    for one in package["resources"]:
        if not re.fullmatch(r"[a-z0-9._-]+", one["name"]):
            yield f"{one['name']}: name"
        if "path" not in one or one["path"].startswith(("/", "..")) or ".." in one["path"].split("/"):
            yield f"{one['name']}: path"
        if not re.fullmatch(r"sha256:[0-9a-f]{64}", one["hash"]):
            yield f"{one['name']}: hash"
        if one.get("type") == "table":
            fields = [field["name"] for field in one["schema"]["fields"]]
            if len(fields) != len(set(fields)):
                yield f"{one['name']}: a field twice"
            for field in one["schema"]["fields"]:
                if field["type"] not in TYPES:
                    yield f"{one['name']}.{field['name']}: type"
            for key in one["schema"].get("foreignKeys", []):
                if key["reference"]["resource"] not in names or not set(key["fields"]) <= set(fields):
                    yield f"{one['name']}: foreign key {key}"


def test_it_keeps_the_rules_of_a_data_package(package):
    assert list(faults_of(package)) == []
    assert {"licenses", "sources", "created", "version", "history", "homepage"} <= package.keys()


def test_every_file_is_described_and_reads_as_described(archive, package):
    paths = {one["path"]: one for one in package["resources"]}

    assert set(archive.namelist()) == {*paths, "datapackage.json", "README.md", "LICENSE"}
    for path, one in paths.items():
        content = archive.read(path)
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (one["bytes"], one["hash"])


def test_every_cell_is_of_its_type_and_keeps_its_constraints(package, tables):
    assert len(tables["pledges"]) > 500
    for name, schema in schemas(package).items():
        for field in schema["fields"]:
            found = [row[field["name"]] for row in tables[name]]
            limits = field.get("constraints", {})
            assert all(re.fullmatch(TYPES[field["type"]], cell) for cell in found if cell), (name, field["name"])
            assert not limits.get("required") or all(found), (name, field["name"])
            assert "enum" not in limits or set(found) <= {*limits["enum"], ""}, (name, field["name"])


def test_keys_are_unique_and_lead_to_rows_that_are_there(package, tables):
    for name, schema in schemas(package).items():
        keys = [tuple(row[one] for one in schema["primaryKey"]) for row in tables[name]]
        assert len(keys) == len(set(keys)), name
        for key in schema.get("foreignKeys", []):
            (field,), (other,) = key["fields"], key["reference"]["fields"]
            there = {row[other] for row in tables[key["reference"]["resource"]]}
            assert {row[field] for row in tables[name] if row[field]} <= there, (name, field)


def test_the_whole_records_are_those_of_the_tables(archive, tables):
    records = [json.loads(line) for line in archive.read("records.jsonl").decode().splitlines()]

    assert [one["key"] for one in records] == [row["key"] for row in tables["pledges"]]
    for part, kind in (("claims", "claims"), ("milestones", "milestones"), ("parties", "parties"), ("links", "links")):
        assert sum(len(one.get(part, [])) for one in records) == len(tables[kind]), part


def test_it_names_the_state_that_it_holds(package, tables, crowded):
    with crowded.reading() as db:
        head, counter = db.exec_driver_sql("SELECT head, counter FROM dataset_state").one()

    assert package["history"]["head"] == head and package["history"]["counter"] == counter
    assert max(tables["changes"], key=lambda row: int(row["id"]))["digest"] == head


def test_whoever_has_it_is_told_so(reader_of_many, answer):
    tag = answer.headers["etag"]
    again = reader_of_many.get("/dataset.zip", headers={"If-None-Match": tag})

    assert again.status_code == 304 and again.content == b""
    assert again.headers["etag"] == tag and again.headers["cache-control"] == "no-cache"
