"""The description of the API: for programs as OpenAPI 3.1, for people as a page."""

import json
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from app.web.api import manual
from app.web.api.describing import description
from app.web.ask import Asked
from app.web.render import page

router = APIRouter()
PREFIX = "/api/v1"


@router.get("/api/openapi.json")
def openapi(ask: Asked) -> Response:
    body = json.dumps(described(ask.request.app), ensure_ascii=False).encode()
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("/api/docs")
def show(ask: Asked) -> Response:
    told = described(ask.request.app)
    return page(
        ask,
        "documentation/show",
        chapters=manual.chapters(told),
        statuses=manual.statuses(),
        snippets=manual.snippets(ask.base),
        size=len(manual.operations(told)),
    )


def described(app: FastAPI) -> dict[str, Any]:
    """The description of the routes of the API, made once."""
    if not hasattr(app.state, "description"):
        included = [(one, getattr(one, "original_router", None)) for one in app.routes]
        app.state.description = description([one for one, its in included if getattr(its, "prefix", "") == PREFIX])
    told: dict[str, Any] = app.state.description
    return told
