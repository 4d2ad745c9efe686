"""Claims, milestones and links across the pledges of a filter. They are written within their pledge."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.store import lists
from app.web.api import answers, examples, parameters, schemas, told
from app.web.api.asking import Asking, Reading
from app.web.api.describing import listing

router = APIRouter(prefix="/api/v1", tags=["Parts of pledges"])
FROM = "Of the pledges of the filter, in the order of their numbers. They are written by putting their pledge."


def offer(name: str, schema: str, find: Callable[..., lists.Page], row: Callable[[Any], answers.Told]) -> None:
    """The list of one kind of part."""
    known = list(schemas.components()[schema]["properties"])

    @router.get(
        f"/{name}",
        summary=f"{name.capitalize()} of pledges",
        description=FROM,
        operation_id=f"list_{name}",
        **listing(schema, examples.part(name), [*parameters.FILTER, *parameters.PAGING, parameters.fields(known)]),
    )
    def index(ask: Reading) -> Response:
        asking = Asking(ask)
        wanted, place, fields = asking.wanted(), asking.place(), asking.fields(known)
        asking.ensure_sound()
        found = find(ask.db, wanted, ask.reference, place)
        return answers.page(ask, found, [row(one) for one in found.rows], fields)


offer("claims", "ClaimListed", lists.of_claims, told.claim_row)
offer("milestones", "MilestoneListed", lists.of_milestones, told.milestone_row)
offer("links", "LinkListed", lists.of_links, told.link_row)
