"""Everything published, as one archive."""

from fastapi import APIRouter
from starlette.responses import Response

from app.web import downloads, etags
from app.web.ask import Asked

router = APIRouter()


@router.get("/dataset.zip")
def show(ask: Asked) -> Response:
    """Of one state of the records there is one file: whoever has it is told so."""
    headers = etags.of_state(ask)
    if etags.unchanged(ask.request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return downloads.answer(ask, "zip", "allied-pledges", headers)
