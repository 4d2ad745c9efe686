"""Where those sit who edit in the journeys: a server of their own, and browsers with and without scripts."""

import os
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import func, select, update

from app.store.columns import core
from app.store.database import Database
from app.store.tables import Session
from tests import people
from tests.conftest import _page, serving

# What is walked without scripts too, even in a hurry; with EVERY_JOURNEY=1 in the environment every journey is.
WITHOUT = ("collide", "suggests", "taken_back_while", "is_put_off", "is_asked_about_it")


def pytest_collection_modifyitems(config, items):
    if os.environ.get("EVERY_JOURNEY") == "1":
        return
    left = [one for one in items if "[without scripts" in one.nodeid and not any(w in one.name for w in WITHOUT)]
    items[:] = [one for one in items if one not in left]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


@pytest.fixture(scope="module")
def desk(seeded_file, tmp_path_factory):
    """A server for those who edit: other journeys count what stands in theirs."""
    with serving(seeded_file, tmp_path_factory.mktemp("desk")) as one:
        yield one


@pytest.fixture
def seat(browser, desk, scripts):
    """A browser of one of the cast, in edit mode: `seat("anna")`; without a name a reader's."""
    with ExitStack() as open_ones:

        def taken(person="", *, scripted=scripts):
            page = open_ones.enter_context(contextmanager(_page)(browser, desk.address, java_script_enabled=scripted))
            if person:
                _enter(page, desk, person)
            return page

        yield taken


def _enter(page, desk, person):
    database = Database(desk.database_url)
    try:
        key = people.key_of(database, person)
        with database.writing() as db:
            newest = select(func.max(core(Session).c.id)).scalar_subquery()
            db.execute(update(core(Session)).where(core(Session).c.id == newest).values(edit_mode=person != "ada"))
    finally:
        database.close()
    page.context.add_cookies([{"name": "session", "value": key, "url": desk.address, "sameSite": "Lax"}])
