"""Programs that ask the API, each with a token of somebody of the cast."""

from starlette.testclient import TestClient

from app.domain.account import Scope
from app.store import tokens
from tests import people

JSON = "application/json"


class Program(TestClient):
    """What sends a token and no cookie, as curl does; addresses are below /api/v1."""

    def __init__(self, app, token: str = "") -> None:
        super().__init__(app, base_url="http://pledges.test", raise_server_exceptions=False)
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def request(self, method, url, **options):
        url = str(url)
        return super().request(method, url if url.startswith("/api") else f"/api/v1{url}", **options)


def of(app, person: str, scope: Scope = Scope.WRITE) -> Program:
    database = app.state.database
    account = people.account_of(database, person)
    return Program(app, tokens.make(database, account, name="a program", scope=scope, days=1))


def paths(answer) -> set[str]:
    """What is wrong, by path."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return {one["path"] for one in answer.json().get("errors", [])}
