"""The description of the API is true: every example, schema and status of it, and the five lines of its page."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.request import urlopen

import jsonschema_rs
import pytest

from app.domain.account import Scope
from app.formats.record import value_from
from app.store import tokens
from app.store.database import Database
from app.web.api import examples, schemas
from tests import people
from tests.conftest import _copy, serving
from tests.routes.test_rights import routes

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = int(os.environ.get("API_EXAMPLES", "0"))  # of each operation in the long form; 0 is the short one
FEW = ["/api/v1/pledges/{number}/history", "/api/v1/donors", "/api/v1/donors/{code}"]  # that stand for the rest


@pytest.fixture(scope="module")
def database(request, tmp_path_factory):
    """What is described does not depend on the database."""
    yield from _copy("sqlite", request, tmp_path_factory)


@pytest.fixture(scope="module")
def told(guest) -> dict:
    return guest.get("/api/openapi.json").json()


@pytest.fixture(scope="module")
def ours(seeded_file, tmp_path_factory):
    """A server that programs may write to, and the token of an editor."""
    with serving(seeded_file, tmp_path_factory.mktemp("api")) as server:
        database = Database(server.database_url)
        account = people.account_of(database, "anna")
        token = tokens.make(database, account, name="a program", scope=Scope.WRITE, days=1)
        database.close()
        yield server.address, token


def operations(told) -> list[tuple[str, str, dict]]:
    return [(path, method, one) for path, methods in told["paths"].items() for method, one in methods.items()]


def bodies(told):
    """Every schema of a body that has an example, and the example."""
    for path, method, one in operations(told):
        found = [one.get("requestBody", {}), *one["responses"].values()]
        for content in (content for body in found for content in body.get("content", {}).values()):
            yield f"{method} {path}", content


def resolved(told, schema):
    return {**schema, "components": told["components"]}


def test_every_route_of_the_api_is_described_and_no_other(app, told):
    described = {(method.upper(), path) for path, method, _ in operations(told)}

    assert described == {one for one in routes(app) if one[1].startswith("/api/v1")}
    assert told["openapi"].startswith("3.1") and len(described) == 38


def test_every_example_of_a_body_fits_its_schema(told):
    found = list(bodies(told))
    assert len(found) > 300
    for where, content in found:
        validator = jsonschema_rs.Draft202012Validator(resolved(told, content["schema"]))
        assert not [error.message for error in validator.iter_errors(content["example"])], where


def test_every_schema_has_an_example_that_fits(told):
    for name, schema in told["components"]["schemas"].items():
        validator = jsonschema_rs.Draft202012Validator(resolved(told, schema))
        for example in schema["examples"]:
            assert not [error.message for error in validator.iter_errors(example)], name


@pytest.mark.parametrize("record", ["pledge", *examples.RECORDS])
def test_what_the_examples_send_is_a_record(record):
    assert value_from(record, examples.given(record))


def test_everything_is_said_of_every_operation(told):
    for path, method, one in operations(told):
        where = f"{method} {path}"
        assert one["summary"] and one["description"] and one["tags"] and one["security"], where
        assert all(parameter["description"] and parameter["schema"] for parameter in one["parameters"]), where
        assert {"400", "401", "414", "429", "500", "503"} <= set(one["responses"]), where
        assert ("403" in one["responses"]) == (method != "get"), where
        assert ("If-Match" in {parameter["name"] for parameter in one["parameters"]}) == ("428" in one["responses"])
        errors = [answer for status, answer in one["responses"].items() if status >= "4"]
        assert all(set(answer["content"]) == {"application/problem+json"} for answer in errors), where


def test_every_attribute_that_can_be_sent_is_told_of():
    found = schemas.components()
    for record in ("Pledge", "Donor", "System", "Source", "Event", "Package", "Claim", "Milestone", "Party", "Link"):
        properties = found[f"{record}Given"]["properties"]
        assert all(one.get("description") or "$ref" in one for one in properties.values()), record


def test_the_page_shows_every_operation_with_its_errors(guest, told):
    page = guest.get("/api/docs").text

    for path, _, one in operations(told):
        assert f'id="{one["operationId"]}"' in page
        assert path in page
    for status in (400, 401, 403, 404, 409, 412, 415, 422, 428, 429, 500, 503):
        assert f'id="status-{status}"' in page
    assert 'href="/api/docs"' in guest.get("/").text


def lines(address: str, language: str) -> str:
    """The lines of a language, as a reader copies them."""
    with urlopen(f"{address}/api/docs") as page:
        found = re.search(rf'<pre id="lines-{language}"[^>]*>(.*?)</pre>', page.read().decode(), re.DOTALL)
    return unescape(found[1])


def test_the_five_lines_of_python_and_curl_work(ours):
    address, token = ours
    told = {"capture_output": True, "text": True, "check": True, "env": {**os.environ, "TOKEN": token}}
    python = subprocess.run([sys.executable, "-c", lines(address, "python")], **told)
    curl = subprocess.run(["bash", "-c", lines(address, "curl")], **told)

    assert "Patriot" in python.stdout
    assert '"title":"Joint purchase' in curl.stdout and '"note":"Seen."' in curl.stdout
    assert all(len(lines(address, one).strip().splitlines()) == 5 for one in ("python", "r", "curl"))


def test_whatever_is_sent_is_answered_as_it_is_described(ours, tmp_path):
    """Schemathesis with all its checks and phases: of all operations at length, or briefly of a few."""
    address, token = ours
    chosen = [] if EXAMPLES else [word for path in FEW for word in ("--include-path", path)]
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"]
    command += [f"{address}/api/openapi.json", "--header", f"Authorization: Bearer {token}", "--checks", "all"]
    command += ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(EXAMPLES or 2)]
    command += ["--no-color", "--request-timeout", "30", *chosen]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
