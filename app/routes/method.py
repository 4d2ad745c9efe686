"""The rules of counting, for readers."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.milestone import Status
from app.domain.pledge import COUNTING_REASONS
from app.web.ask import Asked
from app.web.render import page

router = APIRouter()


@router.get("/method")
def show(ask: Asked) -> Response:
    return page(
        ask,
        "method/show",
        reasons=COUNTING_REASONS,
        statuses=Status,
    )
