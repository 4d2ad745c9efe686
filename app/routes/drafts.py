"""Records that only editors see."""

from fastapi import APIRouter
from starlette.responses import Response

from app.store import drafts
from app.web.current import Editor
from app.web.render import page

router = APIRouter()


@router.get("/drafts")
def index(ask: Editor) -> Response:
    found = drafts.find(ask.db, ask.whole("before"), drafts.PER + 1)
    shown = found[: drafts.PER]
    return page(ask, "drafts/index", shown=shown, older=shown[-1].id if len(found) > drafts.PER else None)
