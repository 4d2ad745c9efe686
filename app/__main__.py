"""The command line: python -m app, or allied-pledges once it is installed.

What a command needs is imported when it runs: `--help` must not wait for a database library."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from app.settings import Settings
    from app.store.database import Database
    from app.store.plain import Place, Question

cli = typer.Typer(
    help="Allied Pledges: tracks the aid allies pledge to Ukraine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


account = typer.Typer(help="Accounts of those who suggest, edit or administer.", no_args_is_help=True)
token = typer.Typer(help="Tokens with which programs act for an account.", no_args_is_help=True)
cli.add_typer(account, name="account")
cli.add_typer(token, name="token")


class Form(StrEnum):
    csv = "csv"
    xlsx = "xlsx"
    json = "json"
    jsonl = "jsonl"
    zip = "zip"


class As(StrEnum):
    contributor = "contributor"
    editor = "editor"
    admin = "admin"


class May(StrEnum):
    read = "read"
    write = "write"


CANNOT = 2  # exit code when the surroundings do not allow it: database, address, settings
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one needs PostgreSQL.")] = 1,
    access_log: Annotated[bool, typer.Option("--access-log", help="Write a line for each request.")] = False,
) -> None:
    """Serve the pages. An empty database is set up and seeded first."""
    settings = _settings()
    host, port = settings.host if host is None else host, settings.port if port is None else port
    with _opened(settings) as database:
        if workers > 1 and database.is_sqlite:
            _stop("SQLite serves one process only. Use --workers 1, or PostgreSQL by DATABASE_URL.")
        _prepare(database, settings)
    from app import enrolling, serving

    try:
        listener = serving.listen(host, port)
    except serving.CannotListen as error:
        _stop(str(error))
    address = serving.address_of(listener)
    if host not in LOOPBACK and not settings.base_url:
        _say("BASE_URL is not set: citations and feeds will carry whatever address a reader asked for.", to=sys.stderr)
    with _opened(settings) as database:
        link = enrolling.first_admin(database, settings.base_url or address)
    serving.configure_log(settings, access_log=access_log)
    serving.run(listener, settings, workers=workers, access_log=access_log, started=lambda: _started(address, link))


@cli.command()
def migrate() -> None:
    """Bring the tables of the database up to date."""
    from app.store import schema

    with _opened(_settings()) as database:
        was_current = schema.is_current(database)
        schema.upgrade(database)
    _say("The tables were up to date." if was_current else "The tables are up to date now.")


@cli.command()
def seed(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only when there are no records yet.")] = False,
) -> None:
    """Write the first records, and what a newer release knows better. Records that somebody has edited stay."""
    from app.store import schema

    settings = _settings()
    with _opened(settings) as database:
        if not schema.is_current(database):
            schema.upgrade(database)
        if if_empty and not _is_empty(database):
            _say("There are records already; nothing was written.")
            return
        _say(_written(_plant(database, settings)))


@cli.command()
def demo(rows: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many there are to be.")]) -> None:
    """Add made-up records, marked as such, to try the pages with many. They are the same for everybody."""
    from app.store import demo as made_up

    settings = _settings()
    with _opened(settings) as database:
        _prepare(database, settings)
        with _progress("Making records up", rows) as told:
            added = made_up.make(database, rows, lambda written: told(written))
    _say(f"{added:,} made-up records written." if added else "There are as many already; nothing was written.")


@cli.command()
def export(
    where: Annotated[str, typer.Option(help='A filter as in an address: "donor=DE&system=patriot".')] = "",
    form: Annotated[Form, typer.Option("--format", help="Form of the file.")] = Form.csv,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, instead of the screen.")] = None,
) -> None:
    """Write the pledges of a filter, as the downloads of the pages do."""
    from urllib.parse import parse_qsl

    from app import filing
    from app.domain import filter as filters
    from app.formats import EXPORTERS
    from app.store import pledges
    from app.store.reference import load
    from app.web import orders

    exporter, settings = EXPORTERS[form], _settings()
    if exporter.binary and output is None and sys.stdout.isatty():
        _stop(f"A file of this kind cannot be shown on a screen. Name a file to write, as in -o pledges.{form}.")
    if where and exporter.holds == "everything":
        _stop("The archive holds all there is; --where is for the other formats.")
    with _current(settings) as database, database.reading() as db:
        reference = load(db)
        known = filters.Known(reference.donor_ids, reference.system_ids, reference.event_ids)
        wanted = filters.read(parse_qsl(where.removeprefix("?"), keep_blank_values=True), known)
        if wanted.unread:
            _stop("Not known: " + "; ".join(f"{one.parameter}={one.value}" for one in wanted.unread) + ".")
        order = orders.order(db, form, wanted, reference, settings.base_url.rstrip("/"))
        whole = pledges.count(db, wanted, reference) * len(filing.of_pledges(order))
        place = orders.place(database)
    with _progress("Writing", whole) as told, _connected(place) as answers:
        try:
            filing.write(output, order.pieces(filing.counted(answers, order, told)))
        except filing.CannotWrite as error:
            _stop(str(error))


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A workbook, CSV, JSON or JSON Lines.", exists=True, dir_okay=False)],
    importer: Annotated[str, typer.Option("--as", help="What it is; by default as it looks.")] = "",
    release: Annotated[str, typer.Option(help="Release of the dataset; by default as the name says.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Take lines that the file no longer has out of the sums.")
    ] = False,
) -> None:
    """Read a file into the records: whole, in one transaction, or not at all."""
    from app.importing import at_once

    gc.disable()  # a short life: looking for garbage would take a third of it
    settings = _settings()
    with _current(settings) as database, _progress("Reading", 0) as told:
        try:
            found = at_once.take(
                database, settings.seed, file, importer, release, dry_run=dry_run, set_aside=set_aside, told=told
            )
        except at_once.CannotImport as error:
            _stop(str(error))
    for line in found:
        _say(line)


@cli.command("import-run", hidden=True)
def import_run(number: Annotated[int, typer.Argument()]) -> None:
    """Goes on with a reading that the pages have begun."""
    from app.importing import job

    gc.disable()
    settings = _settings()
    with _opened(settings) as database:
        job.run(database, settings.seed, number)


@cli.command()
def verify() -> None:
    """Check that the history is unbroken, and that all that follows from the records is what the rules give."""
    from app.store import verifying

    found = 0
    with _current(_settings()) as database, _progress("Checking", verifying.count(database)) as told:
        checked = 0

        def more(number: int) -> None:
            nonlocal checked
            checked += number
            told(checked)

        for line in verifying.differences(database, more):
            found += 1
            _say(line)
    if found:
        _say(f"allied-pledges: {found:,} differences.", to=sys.stderr)
        raise typer.Exit(1)
    _say(f"{checked:,} pledges and their history are as they were written.")


@account.command("add")
def add_account(
    email: Annotated[str, typer.Argument(help="E-mail address; it is what its owner signs in with.")],
    role: Annotated[As, typer.Option(help="What the account may do.")],
    name: Annotated[str, typer.Option(help="What stands in the history; by default from the address.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from the input.")] = False,
) -> None:
    """Make an account; without a password, print a link with which its owner makes it."""
    from app import enrolling
    from app.domain.account import Role

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    settings = _settings()
    with _migrated(settings) as database, _enrolling():
        _say(enrolling.add(database, settings, email, Role(role), name, password))


@account.command("list")
def list_accounts() -> None:
    """Print a line for each account."""
    from app import enrolling

    with _migrated(_settings()) as database:
        for line in enrolling.lines(database):
            _say(line)


@token.command("add")
def add_token(
    email: Annotated[str, typer.Argument(help="E-mail address of the account.")],
    scope: Annotated[May, typer.Option(help="Whether it may write.")],
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is good.")] = 90,
) -> None:
    """Make a token for an account and print it, once."""
    from app import enrolling
    from app.domain.account import Scope

    with _migrated(_settings()) as database, _enrolling():
        _say(enrolling.token(database, email, Scope(scope), days))


@cli.command()
def doctor() -> None:
    """Say what is unsafe or missing."""
    from app import doctoring

    settings = _settings()
    with _opened(settings) as database:
        findings = doctoring.findings(database, settings)
    for one in findings:
        _say(f"{'ok' if one.well else 'NOT WELL':<8}  {one.line}")
    if not all(one.well for one in findings):
        raise typer.Exit(1)


def _prepare(database: "Database", settings: "Settings") -> None:
    """Tables up to date and, in an empty database, the first records."""
    from app.store import schema

    if not schema.is_current(database):
        schema.upgrade(database)
    if _is_empty(database):
        _say(_written(_plant(database, settings)))


def _is_empty(database: "Database") -> bool:
    from app.store.reference import state

    with database.reading() as db:
        return state(db)[1] == 0


def _plant(database: "Database", settings: "Settings") -> int:
    from app.formats import seed_folder
    from app.store import seeding

    return seeding.plant(database, seed_folder.read(settings.seed))


def _written(records: int) -> str:
    return f"{records:,} records written." if records else "Nothing to write: the records are those of this release."


def _settings() -> "Settings":
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = error.errors()[0]
        _stop(f"{str(wrong['loc'][0]).upper()} in the environment or .env: {wrong['msg']}.")


@contextmanager
def _opened(settings: "Settings") -> Iterator["Database"]:
    """The database, closed at the end. What keeps it from being opened or written becomes one line."""
    from sqlalchemy.exc import DBAPIError

    from app.store import schema
    from app.store.database import CannotOpen, Database

    try:
        database = Database(settings.database_url, read_url=settings.database_read_url)
        try:
            schema.ensure_not_newer(database)
            yield database
        finally:
            database.close()
    except CannotOpen as error:
        _stop(str(error))
    except DBAPIError as error:
        reason = str(error.orig or error).strip().splitlines()[0]
        _stop(f"The database at {database.shown} cannot be used: {reason}")


@contextmanager
def _enrolling() -> Iterator[None]:
    from app.enrolling import CannotEnrol

    try:
        yield
    except CannotEnrol as error:
        _stop(str(error))


@contextmanager
def _migrated(settings: "Settings") -> Iterator["Database"]:
    """The database, its tables up to date."""
    from app.store import schema

    with _opened(settings) as database:
        if not schema.is_current(database):
            schema.upgrade(database)
        yield database


@contextmanager
def _current(settings: "Settings") -> Iterator["Database"]:
    """The database, its tables up to date and some records in it."""
    from app.store import schema

    with _opened(settings) as database:
        if not schema.is_current(database) or _is_empty(database):
            _stop(f"There are no records at {database.shown}. Run: allied-pledges seed")
        yield database


@contextmanager
def _connected(place: "Place") -> Iterator[Callable[["Question"], Iterable[Any]]]:
    """Answers that all see one state of the records. What keeps them from being given becomes one line."""
    from app.store import plain

    try:
        with plain.connected(place) as connection:
            yield lambda question: plain.answers(connection, question)
    except plain.errors(place) as error:
        _stop(f"The database cannot be used: {str(error).strip().splitlines()[0]}")


@contextmanager
def _progress(what: str, whole: int) -> Iterator[Callable[..., None]]:
    """A bar on the screen; nothing where nobody looks. It is told how much is done and, where that becomes known only
    later, of how much."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=whole or None)
        yield lambda done, of=None: bar.update(task, completed=done, total=of or whole or None)


def _started(address: str, link: str | None) -> None:
    _say(f"Allied Pledges is at {address}")
    if link:
        _say(link)


def _say(line: str, to: Any = None) -> None:
    print(line, file=to or sys.stdout, flush=True)


def _stop(line: str) -> NoReturn:
    _say(f"allied-pledges: {line}", to=sys.stderr)
    raise typer.Exit(CANNOT)


if __name__ == "__main__":
    cli(prog_name="allied-pledges")
