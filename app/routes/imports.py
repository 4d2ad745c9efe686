"""Files read into the records: the upload, how far it has come, what it would do, writing it and taking it back."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.domain.codes import N_
from app.domain.import_run import ImportState, Outcome
from app.formats import IMPORTERS
from app.formats.book import LARGEST_FILE
from app.importing import examining, starting
from app.store import import_runs
from app.store.import_runs import Elsewhere
from app.web import imports, words
from app.web.ask import Ask, Number
from app.web.current import Admin, Editor, someone
from app.web.errors import NotFound
from app.web.forms import Problems, Typed
from app.web.refusals import Misread
from app.web.render import page
from app.web.uploads import WHOLE, Upload, Uploaded

router = APIRouter()
LONGEST = 40  # signs of the name of a release
MOST = 3  # readings that may go on at once
RESUMED = {
    ImportState.WAITING: "read",
    ImportState.READING: "read",
    ImportState.APPLYING: "write",
    ImportState.UNDOING: "undo",
}
FASTER = N_("Somebody else has gone on with this import meanwhile. Please look again.")
# What can be asked of a reading: from which states, to which state of work.
STEPS = {
    "read": ((ImportState.READY, ImportState.REFUSED), ImportState.WAITING),
    "write": ((ImportState.READY,), ImportState.APPLYING),
    "undo": ((ImportState.APPLIED,), ImportState.UNDOING),
}


@router.get("/imports")
def index(ask: Editor) -> Response:
    return _index(ask)


@router.post("/imports", max_body_size=WHOLE)
def create(ask: Admin, sent: Uploaded) -> Response:
    """Takes the file; the work on it goes on by itself."""
    sent.form.ensure_only({"release", "importer"})
    release = sent.form.text("release") or examining.release_of(sent.name)
    importer = sent.form.text("importer")
    if problems := _problems(sent, importer, release):
        return _index(ask, problems, release, importer, status=422)
    digest = examining.digest(sent.body)
    if same := examining.read_before(ask.db, ask.reference, ask.settings.seed, digest, release):
        return RedirectResponse(f"/imports/{same}?again=yes", 303)
    return RedirectResponse(f"/imports/{_begun(ask, sent, digest, importer, release)}", 303)


@router.get("/imports/{number}")
def one(ask: Editor, number: Number) -> Response:
    asked = ask.request.query_params
    outcome = Outcome(asked["outcome"]) if asked.get("outcome") in set(Outcome) else None
    found = imports.shown(ask, _found(ask, number), outcome, ask.whole("after") or 0)
    again = asked.get("again") == "yes"
    return page(ask, "imports/one", fragment="imports/run", shown=found, again=again, importers=IMPORTERS)


@router.post("/imports/{number}/steps")
def step(ask: Admin, number: Number, form: Typed) -> Response:
    """Goes on with a reading: reads it anew, writes it, or takes it back."""
    form.ensure_only({"do", "aside", "release", "importer"})
    if form.text("do") not in STEPS:
        raise Misread(N_("An import can be read anew, written or taken back."))
    states, to = STEPS[form.text("do")]
    found = _found(ask, number)
    if import_runs.ended(found) and RESUMED[found.state] == form.text("do"):  # whoever worked on it is gone
        states = (*states, found.state)
    who = someone(ask)
    more: dict[str, object] = {"doer": who.name, "doer_id": who.id}
    if to is ImportState.APPLYING:
        more |= {"set_aside": form.text("aside") == "yes" and not imports.refused(found)}
    elif to is ImportState.WAITING and form.has("release"):
        more |= {"release": _release(form.text("release")), "importer": _importer(form.text("importer"))}
    try:
        with ask.writing() as db:
            import_runs.move(db, number, states, to, sentence="", done=0, whole=0, **more)
    except Elsewhere:
        raise Misread(FASTER, 409) from None
    starting.start(ask.request.app.state.database, number)
    return RedirectResponse(f"/imports/{number}", 303)


@router.post("/imports/{number}/end")
def end(ask: Admin, number: Number, form: Typed) -> Response:
    """Leaves a file alone that was only looked at."""
    form.ensure_only(())
    _found(ask, number)
    try:
        with ask.writing() as db:
            import_runs.move(db, number, (ImportState.READY, ImportState.REFUSED), ImportState.DROPPED)
            import_runs.forget(db, number)
    except Elsewhere:
        raise Misread(FASTER, 409) from None
    return RedirectResponse("/imports", 303)


def _index(
    ask: Ask, problems: Problems | None = None, release: str = "", importer: str = "", status: int = 200
) -> Response:
    return page(
        ask,
        "imports/index",
        status=status,
        problems=problems or Problems(),
        release=release,
        importer=importer,
        importers=IMPORTERS,
        **imports.listed(ask, ask.whole("before")),
    )


def _problems(sent: Upload, importer: str, release: str) -> Problems:
    told = {}
    if not sent.body:
        told["file"] = N_("Choose a file to read.")
    elif len(sent.body) > LARGEST_FILE:
        told["file"] = N_("The file has more than 10 MB.")
    if importer and importer not in IMPORTERS:
        told["importer"] = N_("Choose one of the values of the list.")
    if len(release) > LONGEST:
        told["release"] = N_("This is too long.")
    return Problems.told(told)


def _release(text: str) -> str:
    if len(text) > LONGEST:
        raise Misread(N_("This is too long."))
    return text


def _importer(text: str) -> str:
    if text and text not in IMPORTERS:
        raise Misread(N_("Choose one of the values of the list."))
    return text


def _found(ask: Ask, number: int) -> imports.Run:
    found = import_runs.find(ask.db, number)
    if found is None:
        raise NotFound(N_("There is no import of this number."), "/imports", N_("All imports"))
    return found


def _begun(ask: Ask, sent: Upload, digest: str, importer: str, release: str) -> int:
    who = someone(ask)
    upload = import_runs.Upload(
        name=sent.name or words.gettext("without a name"),
        digest=digest,
        body=sent.body,
        importer=importer,
        release=release,
        author=who.name,
        account=who.id,
    )
    with ask.writing() as db:
        if import_runs.waiting(db) >= MOST:
            raise Misread(N_("Other files are being read just now. Please send this one in a minute."), 409)
        number = import_runs.add(db, upload)
    starting.start(ask.request.app.state.database, number)
    return number
