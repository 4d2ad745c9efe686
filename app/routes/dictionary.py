"""Every column of a download, and every code in it."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.dictionary import COLUMNS
from app.web.ask import Asked
from app.web.render import page

router = APIRouter()


@router.get("/dictionary")
def show(ask: Asked) -> Response:
    return page(ask, "dictionary/show", columns=COLUMNS, coded=[entry for entry in COLUMNS if entry.codes])
