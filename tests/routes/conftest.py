"""What the tests of the routes share: where to look, and databases that hold more than the seed."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.main import create_app
from app.settings import Settings
from app.store import demo
from app.store.database import Database
from tests.conftest import Guest, _copy
from tests.routes import reading

R1_TO_R6 = {
    "R1": "jan24-patriot-gem-t-joint-purchase",
    "R2": "jan24-patriot-system-germany",
    "R3": "jan24-skynex-germany",
    "R4": "jan24-iris-t-slm-missiles-germany",
    "R5": "jan24-air-defence-missiles-uk",
    "R6": "jan24-further-capabilities-2024",
}


@pytest.fixture(scope="module")
def ids(guest) -> dict[str, str]:
    """The number of each pledge, by its key."""
    return {row["key"]: row["id"] for row in reading.rows(guest.get("/pledges.csv"))}


@pytest.fixture(scope="module")
def crowded(database, request, tmp_path_factory) -> Iterator[Database]:
    """The seed with 400 made-up pledges beside it: shares, envelopes, every qualifier, every counting class."""
    for copy in _copy(database.writer.dialect.name, request, tmp_path_factory):
        demo.make(copy, 400)
        yield copy


@pytest.fixture(scope="module")
def reader_of_many(crowded) -> Iterator[Guest]:
    app = create_app(Settings(_env_file=None, database_url=crowded.url), crowded)
    with Guest(app) as client:
        yield client


@pytest.fixture
def unlucky(own_database) -> Iterator[TestClient]:
    """A reader of a database of their own, which the test may break; failures arrive as answers."""
    app = create_app(Settings(_env_file=None, database_url=own_database.url), own_database)
    client = TestClient(app, base_url="http://pledges.test", raise_server_exceptions=False)
    with capture_logs() as log, client:
        client.database, client.log = own_database, log
        yield client
