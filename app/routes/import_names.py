"""What the names of a dataset mean: seen, looked for and said by editors; remembered for every later import."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.field import Wrong
from app.domain.system import Role, Unit
from app.importing import staging
from app.store import history, import_runs, mappings, referred
from app.web import changing, import_names
from app.web.ask import Ask
from app.web.current import Editor
from app.web.forms import Form, Problems, Typed
from app.web.render import page

router = APIRouter()
FIELDS = ("kind", "name", "target", "role", "unit", "comment", "run")


@router.get("/imports/names")
def index(ask: Editor) -> Response:
    return _shown(ask, Form(ask.request.query_params.multi_items()), Problems())


@router.post("/imports/names")
def save(ask: Editor, form: Typed) -> Response:
    form.ensure_only(FIELDS)
    try:
        mapping = import_names.mapping_from(ask, form)
    except Wrong as error:
        return _shown(ask, form, Problems.told({error.field: error.sentence}), 422)
    act = changing.act(ask, form.text("comment"))
    with ask.writing() as db:
        known = referred.find(db, "mapping", name=mapping.key)
        if known is None or known.value != mapping:
            history.record(db, act, referred.save(db, "mapping", [mapping]))
    run = _run(form)
    return RedirectResponse("/imports/names?done=yes" + ("" if run is None else f"&run={run}"), 303)


def _shown(ask: Ask, form: Form, problems: Problems, status: int = 200) -> Response:
    run = _run(form)
    found = import_runs.last_compared(ask.db) if run is None else import_runs.find(ask.db, run)
    unmapped = staging.unmapped(import_runs.told(found)) if found else []
    q = form.text("q")
    return page(
        ask,
        "import_names/index",
        status=status,
        run=found.id if found else None,
        unmapped=import_names.still_unmapped(ask, unmapped),
        typed=import_names.typed(ask, form),
        problems=problems,
        q=q,
        ours=[import_names.meaning_of(ask, row) for row in mappings.every(ask.db)],
        found=import_names.search(ask, q) if q else [],
        roles_of=tuple(Role),
        units_of=tuple(Unit),
        done=form.text("done") == "yes",
    )


def _run(form: Form) -> int | None:
    """The import that the names come from."""
    text = form.text("run")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
