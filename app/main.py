"""create_app(): the one place where the parts are joined."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware, add_compress_type

from app.routes import ROUTERS
from app.settings import Settings
from app.store.database import Database
from app.store.reference import Remembered
from app.web import again, errors, forms
from app.web.assets import Assets
from app.web.downloads import Works
from app.web.limits import Reads, Writes
from app.web.render import environment
from app.web.security import Guard, OwnPages, TooLarge
from app.web.waiting import TO_WRITE, Waiting

PACKED = ("text/csv", "application/jsonl")  # beside those that are packed anyway


class App(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """What limits the size of a body stands outside of all that can be added."""
        return TooLarge(super().build_middleware_stack(), lambda request: errors.refused(request, HTTPException(413)))


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    settings = settings or Settings()
    database = database or Database(
        settings.database_url, read_url=settings.database_read_url, pool=settings.threads + 4
    )

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        yield
        database.close()

    app = App(
        title="Allied Pledges",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=running,
        dependencies=[TO_WRITE],
        max_body_size=forms.BODY,
        form_limits={"max_fields": forms.FIELDS, "max_files": 1, "max_part_size": forms.BODY},
    )
    assets = Assets(settings.static)
    app.state.settings = settings
    app.state.database = database
    app.state.remembered = Remembered()
    app.state.waiting = Waiting(settings.threads)
    app.state.writes = Writes(settings.writes_a_minute)
    app.state.reads = Reads(settings.api_reads_a_minute)
    app.state.works = Works()
    app.state.templates = environment(settings, assets)
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.append(Mount("/static", app=assets))
    errors.install(app)
    again.install(app)
    app.add_middleware(OwnPages, settings=settings)
    for kind in PACKED:
        add_compress_type(kind)
    app.add_middleware(CompressMiddleware, minimum_size=500)
    app.add_middleware(Guard, query_limit=settings.query_limit)
    return app
