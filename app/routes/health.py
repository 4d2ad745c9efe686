"""For operators: whether the program runs, and whether it can answer from its records."""

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.store.reference import state

router = APIRouter()


@router.get("/healthz")
async def healthz() -> Response:
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


@router.get("/readyz")
def readyz(request: Request) -> Response:
    try:
        with request.app.state.database.reading() as db:
            epoch, counter, _ = state(db)
    except SQLAlchemyError:
        return JSONResponse({"ready": False}, 503, headers={"Cache-Control": "no-store", "Retry-After": "5"})
    return JSONResponse({"ready": True, "epoch": epoch, "changes": counter}, headers={"Cache-Control": "no-store"})


@router.get("/robots.txt")
async def robots() -> Response:
    """Every combination of facets is an address; crawlers are asked to read records, not combinations."""
    return PlainTextResponse("User-agent: *\nDisallow: /pledges?\nDisallow: /charts/\n")
