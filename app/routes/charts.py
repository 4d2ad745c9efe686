"""Charts of a filter: a page to look at, and the same as SVG, PNG, CSV and Vega-Lite."""

import csv
import io
import json

import anyio
import anyio.to_thread
from fastapi import APIRouter
from starlette.responses import Response

from app.charts import CHARTS, table
from app.charts.chart import Chart
from app.charts.png import png
from app.charts.svg import svg
from app.charts.vega import vega
from app.domain.codes import N_
from app.domain.filter import Measure, PledgeFilter
from app.formats.csv_file import safe
from app.store import pledges
from app.web import asked_for
from app.web.ask import Ask, Asked
from app.web.charting import chart_of
from app.web.errors import NotFound, Unreadable
from app.web.render import page

router = APIRouter()
DRAWING = anyio.CapacityLimiter(1)


@router.get("/charts/{name}.svg")
def as_svg(ask: Asked, name: str) -> Response:
    return _file(ask, name, "svg", svg(_asked(ask, name)).encode(), "image/svg+xml")


@router.get("/charts/{name}.png")
async def as_png(ask: Asked, name: str) -> Response:
    """Drawing points takes long: it has a thread of its own, so that no page waits for it."""
    drawn = await anyio.to_thread.run_sync(lambda: svg(_asked(ask, name)))
    body = await anyio.to_thread.run_sync(png, drawn, limiter=DRAWING)
    return _file(ask, name, "png", body, "image/png")


@router.get("/charts/{name}.csv")
def as_csv(ask: Asked, name: str) -> Response:
    numbers = table(_asked(ask, name))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(numbers.header)
    writer.writerows([[safe(cell) for cell in row] for row in numbers.rows])
    return _file(ask, name, "csv", out.getvalue().encode(), "text/csv; charset=utf-8")


@router.get("/charts/{name}.json")
def as_json(ask: Asked, name: str) -> Response:
    """The chart as a Vega-Lite specification with its numbers in it."""
    told = json.dumps(vega(_asked(ask, name)), ensure_ascii=False)
    return _file(ask, name, "json", told.encode(), "application/json")


@router.get("/charts/{name}")
def show(ask: Asked, name: str) -> Response:
    wanted = ask.wanted
    return page(
        ask,
        "charts/show",
        fragment="charts/chart",
        chart=_of(ask, name, wanted),
        choices=CHARTS,
        measures=Measure,
        wanted=wanted,
        as_of=wanted.as_of,
        chips=asked_for.chips(wanted, ask.reference),
        unread=asked_for.unread_words(wanted.unread),
        count=pledges.count(ask.db, wanted, ask.reference),
    )


def _asked(ask: Ask, name: str) -> Chart:
    """For programs: a piece of the address that nobody knows is refused."""
    if name in CHARTS and ask.wanted.unread:
        raise Unreadable(ask.wanted.unread)
    return _of(ask, name, ask.wanted, whole=True)


def _of(ask: Ask, name: str, wanted: PledgeFilter, *, whole: bool = False) -> Chart:
    if name not in CHARTS:
        raise NotFound(N_("There is no chart of this name."), "/charts/by-donor", N_("The charts there are"))
    return chart_of(ask, name, wanted, whole=whole)


def _file(ask: Ask, name: str, ending: str, body: bytes, kind: str) -> Response:
    day = ask.wanted.as_of or ask.reference.until
    stem = f"allied-pledges-{name}" + (f"-{day.isoformat()}" if day else "")
    headers = {"Content-Disposition": f'inline; filename="{stem}.{ending}"'}
    return Response(body, media_type=kind, headers=headers)
