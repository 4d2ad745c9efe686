"""What a route can ask for: the records, the filter of the address, and what they refer to.

All of it is looked up when first asked for, in the thread of the route: a dependency of its own for each would cost
a change of threads before the route begins."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Path, Request
from sqlalchemy import Connection

from app.domain import filter as filters
from app.domain.filter import Known, PledgeFilter
from app.settings import Settings
from app.store.reference import Reference
from app.web import who
from app.web.who import Who


class Ask:
    """One request of a reader. The connection is opened at the first question and given back at the end."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._db: Connection | None = None

    @property
    def db(self) -> Connection:
        if self._db is None:
            self._db = self.request.app.state.database.reader.connect()
        return self._db

    @property
    def settings(self) -> Settings:
        settings: Settings = self.request.app.state.settings
        return settings

    @cached_property
    def who(self) -> Who | None:
        """Whoever asks; None without an account. A reader without a cookie costs no query."""
        return who.find(self.request, self.settings, self.request.app.state.database)

    @cached_property
    def reference(self) -> Reference:
        found: Reference = self.request.app.state.remembered(self.db)
        return found

    @cached_property
    def wanted(self) -> PledgeFilter:
        known = Known(self.reference.donor_ids, self.reference.system_ids, self.reference.event_ids)
        return filters.read(self.request.query_params.multi_items(), known)

    def whole(self, name: str, digits: int = 15) -> int | None:
        """A number of the address; None where none stands there, or one that is longer than what the database holds."""
        text = self.request.query_params.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None

    @property
    def base(self) -> str:
        """The address of this installation, for citations: as set, else as asked for."""
        return self.settings.base_url.rstrip("/") or str(self.request.base_url).rstrip("/")

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks for a part of the page; a restore from history gets the whole of it."""
        headers = self.request.headers
        return headers.get("hx-request-type") == "partial" and headers.get("hx-history-restore-request") != "true"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes. What is asked afterwards is as it stands then."""
        self.close()
        with self.request.app.state.database.writing() as db:
            yield db

    def close(self) -> None:
        self.__dict__.pop("reference", None)
        if self._db is not None:
            self._db.close()
            self._db = None


async def asked(request: Request) -> AsyncIterator[Ask]:
    ask = Ask(request)
    try:
        yield ask
    finally:
        ask.close()


Asked = Annotated[Ask, Depends(asked)]
# The number of a record in an address. No larger one fits the database: it is not found, and not an error.
Number = Annotated[int, Path(ge=0, le=2**53)]
