"""What somebody types, and what they read then: never a traceback."""

import csv
import io
import json
import os
import pty
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.__main__ import cli
from app.settings import Settings

ROOT = Path(__file__).parents[1]
CANNOT = 2


@pytest.fixture
def run(monkeypatch, seeded_copy):
    """Runs a command on a seeded file of its own, unless another is named."""

    def command(*words, database=None, typed=None, **settings):
        for name, value in {"database_url": database or f"sqlite:///{seeded_copy}", **settings}.items():
            monkeypatch.setenv(name.upper(), str(value))
        return CliRunner().invoke(cli, [str(word) for word in words], input=typed)

    return command


@pytest.fixture
def started(tmp_path):
    """Starts the real program; the address it prints, and what it wrote until it was stopped."""
    programs = []

    def serve(*words, **settings):
        names = {name.upper(): str(value) for name, value in settings.items()}
        names = {"DATABASE_URL": f"sqlite:///{tmp_path}/started.sqlite"} | names
        program = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0", *words],
            cwd=ROOT,
            env={**os.environ, **names},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        programs.append(program)
        lines = []
        while not lines or "http://" not in lines[-1]:
            lines.append(program.stdout.readline())
            assert lines[-1], program.stderr.read()
        return program, lines[-1].split()[-1], "".join(lines)

    yield serve
    for program in programs:
        program.kill()
        program.communicate()


def answer(address):
    with urllib.request.urlopen(address, timeout=10) as found:
        return found.status, found.read()


def one_line(told, *words):
    """Told to stop by a sentence on stderr."""
    assert told.exit_code == CANNOT, told.output
    assert told.stderr.count("\n") == 1 and "Traceback" not in told.output
    for word in words:
        assert word in told.stderr


def test_serve_sets_an_empty_database_up_seeds_it_and_says_where_it_is(started):
    program, address, said = started()

    assert "records written" in said
    assert answer(f"{address}/healthz")[0] == 200
    program.terminate()
    assert program.wait(15) == 0
    assert "Traceback" not in program.stderr.read()


def test_serve_on_seeded_records_does_not_seed_again(started, seeded_copy):
    _, address, said = started(database_url=f"sqlite:///{seeded_copy}")

    assert "written" not in said
    assert answer(f"{address}/pledges.json?donor=DE")[0] == 200


def test_serve_writes_its_log_as_json_when_asked(started):
    program, address, _ = started("--access-log", log_format="json")
    answer(f"{address}/healthz")
    program.terminate()

    lines = [json.loads(line) for line in program.communicate()[1].splitlines()]
    assert any("/healthz" in line["event"] for line in lines)


@pytest.mark.parametrize("own_database", ["postgresql"], indirect=True)
def test_several_processes_serve_postgresql(started, own_database):
    program, address, _ = started("--workers", "2", database_url=own_database.url)
    try:
        assert answer(f"{address}/healthz")[0] == 200
    finally:
        program.terminate()
        assert program.wait(20) == 0


def test_several_processes_are_refused_for_sqlite(run):
    one_line(run("serve", "--workers", 2), "SQLite", "PostgreSQL")


def test_a_port_that_is_taken_is_told(run):
    with socket.create_server(("127.0.0.1", 0)) as other:
        one_line(run("serve", "--port", other.getsockname()[1]), "Cannot listen", str(other.getsockname()[1]))


def test_a_host_that_is_not_ours_is_told(run):
    one_line(run("serve", "--host", "203.0.113.7", "--port", 0), "203.0.113.7")


@pytest.mark.parametrize("command", ["serve", "migrate", "seed", "verify", "doctor", "export", "demo --rows 10"])
@pytest.mark.parametrize(
    ("database", "word"),
    [
        ("nonsense", "DATABASE_URL"),
        ("sqlite:////proc/nowhere/x.sqlite", "folder"),
        ("sqlite:////etc", "unable to open"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "refused"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line(run, command, database, word):
    one_line(run(*command.split(), database=database), word)


@pytest.mark.parametrize("command", ["serve", "migrate", "seed", "verify", "doctor", "export", "demo --rows 10"])
def test_a_database_newer_than_the_program_is_one_line(run, seeded_copy, command):
    with sqlite3.connect(seeded_copy) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")

    one_line(run(*command.split()), "newer version")


def test_a_file_that_is_no_database_is_one_line(run, tmp_path):
    file = tmp_path / "letter.sqlite"
    file.write_text("Dear reader, this is a letter. " * 40)

    one_line(run("migrate", database=f"sqlite:///{file}"), "not a database")


@pytest.mark.parametrize(("name", "value"), [("port", "eighty"), ("log_format", "xml"), ("threads", "0")])
def test_a_setting_that_makes_no_sense_is_one_line(run, name, value):
    one_line(run("migrate", **{name: value}), name.upper())


def test_migrate_and_seed_say_what_they_did(run, tmp_path):
    new = {"database": f"sqlite:///{tmp_path}/new/deep/pledges.sqlite"}

    assert "up to date now" in run("migrate", **new).stdout
    assert "were up to date" in run("migrate", **new).stdout
    assert "records written" in run("seed", "--if-empty", **new).stdout
    assert "nothing was written" in run("seed", "--if-empty", **new).stdout
    assert "Nothing to write" in run("seed", **new).stdout


def test_verify_is_content_with_the_seed_and_names_what_differs(run, seeded_copy, seed):
    assert f"{len(seed.pledges)} pledges" in run("verify").stdout

    with sqlite3.connect(seeded_copy) as db:
        db.execute("UPDATE pledge SET title = 'Another' WHERE id = 3")
    told = run("verify")
    assert told.exit_code == 1
    assert "Pledge 3" in told.stdout and "title" in told.stdout and "1 differences" in told.stderr


def test_doctor_finds_a_fresh_copy_well(run):
    told = run("doctor")

    assert told.exit_code == 0, told.output
    assert "NOT WELL" not in told.stdout and "pledges of" in told.stdout


def test_doctor_says_what_is_missing(run, tmp_path):
    told = run("doctor", database=f"sqlite:///{tmp_path}/none.sqlite", host="0.0.0.0")

    assert told.exit_code == 1
    assert told.stdout.count("NOT WELL") == 2
    assert "BASE_URL" in told.stdout and "migrate" in told.stdout


def test_doctor_says_which_admins_have_no_second_step(run):
    run("account", "add", "ada@example.org", "--role", "admin", "--password-stdin", typed="seven quiet lanterns drift")
    told = run("doctor", base_url="https://pledges.example")

    assert told.exit_code == 1 and "Admins without a second step: ada@example.org." in told.stdout


def test_an_account_is_made_with_a_password_from_the_input_or_by_a_link(run):
    made = run(
        "account", "add", "Ada@Example.org", "--role", "admin", "--password-stdin", typed="seven quiet lanterns drift\n"
    )
    link = run("account", "add", "ben@example.org", "--role", "editor", base_url="https://pledges.example/")

    assert "ada@example.org is made, as admin." in made.stdout
    assert re.fullmatch(r"https://pledges\.example/invitations/[\w-]{43}\n", link.stdout)
    assert run("account", "list").stdout == "ada@example.org  admin  without a second step\n"


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        ("account add nobody --role editor", "", "not an e-mail address"),
        ("account add a@x.org --role editor --password-stdin", "short", "at least 12"),
        ("account add a@x.org --role editor --password-stdin", "password1234", "easily guessed"),
        ("token add a@x.org --scope read", "", "no open account"),
    ],
)
def test_an_account_or_token_that_is_not_made_is_one_line(run, words, typed, sentence):
    one_line(run(*words.split(), typed=typed), sentence)


def test_an_account_is_not_made_twice(run):
    for _ in range(2):
        told = run(
            "account", "add", "a@x.org", "--role", "editor", "--password-stdin", typed="seven quiet lanterns drift"
        )
    one_line(told, "account of a@x.org already")


def test_a_token_is_printed_alone(run):
    run("account", "add", "a@x.org", "--role", "editor", "--password-stdin", typed="seven quiet lanterns drift")

    assert re.fullmatch(r"ap_[\w-]{43}\n", run("token", "add", "a@x.org", "--scope", "write", "--days", 7).stdout)


def test_serve_prints_a_link_for_the_first_admin_and_each_start_a_new_one(started, seeded_copy):
    links = []
    for _ in range(2):
        program, address, _ = started(database_url=f"sqlite:///{seeded_copy}")
        links.append(program.stdout.readline().split()[-1])
        told = [urllib.request.urlopen(link).status for link in links[-1:]]
        if len(links) == 2:
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(links[0].replace(links[0].rpartition("/invitations")[0], address))
        program.terminate()
        program.wait(15)

    assert told == [200] and links[0] != links[1]


def test_an_address_is_believed_only_from_a_proxy_that_is_trusted(started):
    """Twenty tries that fail, each with another forged address: the next is refused, unless a proxy said them."""
    status = {}
    for trusted in ("", "127.0.0.1"):
        program, address, _ = started(trusted_proxies=trusted)
        for number in range(21):
            headers = {"Origin": address, "X-Forwarded-For": f"203.0.113.{number}"}
            asked = urllib.request.Request(f"{address}/sign-in", f"email={number}@x.org&password=x".encode(), headers)
            try:
                urllib.request.urlopen(asked)
            except urllib.error.HTTPError as error:
                status[trusted] = error.code
        program.kill()
        program.communicate()

    assert status == {"": 429, "127.0.0.1": 422}


def test_demo_adds_as_many_as_are_missing(run):
    assert "60 made-up" in run("demo", "--rows", 60).stdout
    assert "10 made-up" in run("demo", "--rows", 70).stdout
    assert "nothing was written" in run("demo", "--rows", 70).stdout


def test_export_writes_the_rows_of_a_filter(run):
    rows = list(
        csv.DictReader(io.StringIO(run("export", "--where", "donor=DE&system=patriot").stdout.lstrip("\ufeff")))
    )

    assert rows and {"Patriot"} <= {row["system_name"] for row in rows}


def test_export_writes_json_into_a_file(run, tmp_path, seed):
    file = tmp_path / "all.json"

    assert run("export", "--format", "json", "-o", file).exit_code == 0
    assert len(json.loads(file.read_text())["pledges"]) == len(seed.pledges)


def test_export_writes_a_workbook_whole_records_and_everything(run, tmp_path, seed):
    for form in ("xlsx", "jsonl", "zip"):
        assert run("export", "--format", form, "-o", tmp_path / f"all.{form}").exit_code == 0

    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == len(seed.pledges)
    assert zipfile.ZipFile(tmp_path / "all.zip").testzip() is None
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "all.xlsx").namelist()
    assert {file.name for file in tmp_path.iterdir()} == {"all.xlsx", "all.jsonl", "all.zip", "pledges.sqlite"}


def test_export_of_everything_takes_no_filter(run, tmp_path):
    one_line(run("export", "--format", "zip", "--where", "donor=DE", "-o", tmp_path / "x.zip"), "--where")


def test_export_shows_no_binary_file_on_a_screen(seeded_copy):
    """A terminal of its own, since whoever runs the tests may have none."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "app", "export", "--format", "xlsx"]
    settings = {**os.environ, "DATABASE_URL": f"sqlite:///{seeded_copy}", "PYTHONPATH": str(ROOT)}
    try:
        found = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=settings, text=True, timeout=60)
    finally:
        os.close(theirs)
        os.close(ours)

    assert found.returncode == 2 and "-o pledges.xlsx" in found.stderr and len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize("before", [None, "what stood there"])
def test_a_file_cut_short_is_said_and_taken_away(seeded_copy, tmp_path, before):
    """No file may grow beyond 100,000 bytes: to the program that is a full disk."""
    folder = tmp_path / "out"
    folder.mkdir()
    if before:
        (folder / "all.csv").write_text(before)
    limit = "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
    program = limit + "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from app.__main__ import cli; cli()"
    command = [sys.executable, "-c", program, "export", "-o", folder / "all.csv"]
    settings = {**os.environ, "DATABASE_URL": f"sqlite:///{seeded_copy}", "PYTHONPATH": str(ROOT)}
    found = subprocess.run(command, capture_output=True, env=settings, text=True, timeout=60)

    assert found.returncode == 2 and "Cannot write" in found.stderr and len(found.stderr.splitlines()) == 1
    assert [file.read_text() for file in folder.iterdir()] == ([before] if before else [])


def test_export_into_what_is_no_file_writes_there(run):
    assert run("export", "-o", "/dev/null").exit_code == 0
    one_line(run("export", "-o", "/dev/full"), "No space left")


def test_export_refuses_what_it_cannot_read(run):
    one_line(run("export", "--where", "donor=XX&sort=;drop"), "donor=XX", "sort=;drop")


def test_export_of_nothing_says_what_to_do(run, tmp_path):
    one_line(run("export", database=f"sqlite:///{tmp_path}/none.sqlite"), "allied-pledges seed")


def test_export_to_a_place_that_is_not_there_is_one_line(run, tmp_path):
    one_line(run("export", "-o", tmp_path / "nowhere" / "x.csv"), "No such file")


def test_help_comes_without_waiting_for_the_database_library():
    program = "import sys; import app.__main__; sys.exit('sqlalchemy' in sys.modules or 'fastapi' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
    assert "serve" in CliRunner().invoke(cli, ["--help"]).stdout


def test_every_command_has_a_sentence_of_help():
    for command in cli.registered_commands:
        assert command.callback.__doc__.strip().endswith(".")


def test_every_setting_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"| `{name.upper()}` |" in readme, name
        assert field.description in readme, name


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for command in cli.registered_commands:
        name = command.name or command.callback.__name__
        assert command.hidden or f"allied-pledges {name}" in readme


def test_the_programs_of_continuous_integration_can_be_run():
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
