"""Everything published, as one archive."""

from fastapi import APIRouter
from starlette.responses import Response

from app.web import downloads
from app.web.ask import Asked

router = APIRouter()


@router.get("/dataset.zip")
def show(ask: Asked) -> Response:
    """Of one state of the records there is one file: whoever has it is told so."""
    tag = f'W/"{ask.reference.epoch}-{ask.reference.counter}"'
    if tag in ask.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return downloads.answer(ask, "zip", "allied-pledges", {"ETag": tag, "Cache-Control": "no-cache"})
