"""Files are read in a child process: what it answers, what stops it, and that nothing of it is left."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import reading, reading_child
from app.formats import book, handed_over, support_tracker
from app.formats.row import Label, Row, Unreadable
from tests.formats import hostile, tracker
from tests.formats.tracker import known

LINES = hostile.table(hostile.HEADINGS, *[hostile.LINE] * 3)
LIGHT = [name for name, file in hostile.FILES.items() if not file.heavy]
HEAVY = [name for name, file in hostile.FILES.items() if file.heavy]
MOST_SECONDS = 20
MOST_MEMORY = 450 * 1024  # kilobytes


def children() -> set[int]:
    """The numbers of the processes that this one has, the ended ones that nobody waited for among them."""
    found = set()
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = one.read_text().split(" (", 1)
        except OSError:
            continue
        if int(rest.rpartition(") ")[2].split()[1]) == os.getpid():
            found.add(int(number))
    return found


@pytest.fixture(autouse=True)
def nothing_left():
    before = children()
    yield
    assert children() == before


def read(content=LINES, importer="support_tracker", **asked):
    return list(reading.read(content, importer, known(), **asked))


def test_a_file_is_read_as_the_importer_yields_it():
    expected = list(support_tracker.rows(book.sheets(LINES), known()))

    assert read() == expected
    assert [type(one) for one in expected][:2] == [Label, Row]


def test_how_far_it_has_come_is_told():
    told = []
    read(told=lambda rows, of: told.append((rows, of)))

    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_the_importer_that_recognises_the_file_reads_it():
    assert read(importer="") == read()


def test_a_file_that_nobody_recognises_is_told():
    with pytest.raises(Unreadable) as problem:
        read(b"a,b\n1,2\n", importer="")
    assert problem.value.sentence == reading_child.NOT_RECOGNISED


@pytest.mark.parametrize("name", LIGHT)
def test_a_hostile_file_gets_its_sentence(name):
    file = hostile.FILES[name]
    if file.sentence is None:
        assert any(isinstance(one, Row) and one.given for one in read(file.make()))
        return
    with pytest.raises(Unreadable) as problem:
        read(file.make())
    assert problem.value.sentence == file.sentence


MEASURED = """
import json, resource, sys, time
from pathlib import Path
from app import reading
from app.formats import handed_over
from app.formats.row import Unreadable
content, known = Path(sys.argv[1]).read_bytes(), handed_over.known_from(json.loads(Path(sys.argv[2]).read_text()))
started, rows, sentence = time.monotonic(), 0, None
try:
    for one in reading.read(content, "support_tracker", known):
        rows += 1
except Unreadable as problem:
    sentence = problem.sentence
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([sentence, rows, time.monotonic() - started, most]))
"""


def measured(content: bytes, folder: Path) -> tuple[str | None, int, float, int]:
    """The sentence, the rows, the seconds and the kilobytes of the reader. Asked from a process that is small: the most
    memory of a child is at least what its parent had when it started the child."""
    (folder / "file").write_bytes(content)
    (folder / "known").write_text(json.dumps(handed_over.known_as_json(known())))
    said = subprocess.run(
        [sys.executable, "-c", MEASURED, folder / "file", folder / "known"],
        capture_output=True,
        check=True,
        cwd=tracker.ROOT,
    )
    sentence, rows, seconds, kilobytes = json.loads(said.stdout)
    return sentence, rows, seconds, kilobytes


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_gets_its_sentence_in_time_and_in_little_memory(name, tmp_path):
    file = hostile.FILES[name]
    sentence, rows, seconds, kilobytes = measured(file.make(), tmp_path)

    assert (sentence, rows) == (file.sentence, 0)
    assert seconds < MOST_SECONDS
    assert kilobytes < MOST_MEMORY


def test_no_row_of_a_file_is_seen_that_cannot_be_read_to_its_end():
    spoiled = LINES + b'"AUM1","Australia\n'
    rows = reading.read(spoiled, "support_tracker", known())

    with pytest.raises(Unreadable):
        next(rows)


PROGRAMS = {
    # what the child does instead, and the sentence that follows
    "says nothing that can be understood": ("print('hello')", reading.BROKEN),
    "ends in the midst of a line": ("print('[\"label\", {', end='')", reading.BROKEN),
    "tells of a thing that is none": ('print(\'["row", {"given": 1}]\')', reading.BROKEN),
    "fails": ("raise SystemExit(3)", reading.BROKEN),
    "is killed": ("import os; os.kill(os.getpid(), 9)", handed_over.TOO_HEAVY),
    "is killed by a library without memory": ("import os; os.abort()", handed_over.TOO_HEAVY),
    "works for too long": (
        "from app import reading_child; reading_child.WORK = 1; reading_child._limit()\nwhile True: pass",
        reading.TOO_SLOW,
    ),
    "takes too much memory": (
        "from app import reading_child; reading_child._answer = lambda *_: bytearray(10**9); reading_child.main()",
        handed_over.TOO_HEAVY,
    ),
    "sleeps": ("import time; time.sleep(60)", reading.TOO_SLOW),
    "leaves a process of its own": (
        "import os, time\nif os.fork(): time.sleep(60)\nelse: time.sleep(60)",
        reading.TOO_SLOW,
    ),
    "tells without end": ("while True: print('[\"sum\", {}]')", reading.TOO_MUCH),
}


@pytest.mark.parametrize("what", PROGRAMS)
def test_a_child_that_does_not_do_as_it_should_is_ended_with_a_sentence(what, monkeypatch):
    program, sentence = PROGRAMS[what]
    monkeypatch.setattr(reading, "PROGRAM", f"import sys; sys.path.insert(0, sys.argv[1])\n{program}")
    monkeypatch.setattr(reading, "SECONDS", 3.0 if sentence != reading.TOO_SLOW or "works" in what else 0.4)
    monkeypatch.setattr(reading, "MOST_ANSWER", 1_000_000)

    with pytest.raises(Unreadable) as problem:
        read()
    assert problem.value.sentence == sentence


def test_what_the_child_started_ends_with_it(monkeypatch, tmp_path):
    """Grandchildren belong to the session of the child, which is ended whole."""
    beat = tmp_path / "beat"
    program = (
        f"import os, time\nos.fork()\nwhile True: open({str(beat)!r} + str(os.getpid()), 'w').close(); time.sleep(0.02)"
    )
    monkeypatch.setattr(reading, "PROGRAM", program)
    monkeypatch.setattr(reading, "SECONDS", 0.6)
    with pytest.raises(Unreadable):
        read()

    started = list(tmp_path.iterdir())
    for one in started:
        one.unlink()
    time.sleep(0.2)
    assert len(started) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_child_has_neither_secrets_nor_files_nor_much_of_anything(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "a secret")
    program = """
import os, json, resource
from app import reading_child
def tell(request, content, answer):
    files = len(os.listdir("/proc/self/fd"))
    try:
        wrote = os.write(os.open(sys.argv[2], os.O_WRONLY), b"x")
    except OSError:
        wrote = 0
    limits = [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)]
    told = {"env": sorted(os.environ), "wrote": wrote, "limits": limits, "nice": os.nice(0), "cwd": os.getcwd()}
    told |= {"files": files, "isolated": sys.flags.isolated}
    told |= {"session": os.getsid(0) == os.getpid()}
    answer.write(json.dumps(["row", {"given": told}]).encode() + b"\\n")
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
reading_child._answer = tell
reading_child.main()
"""
    file = tmp_path / "file"
    file.touch()
    start = f"import sys; sys.path.insert(0, sys.argv[1]); sys.argv.append({str(file)!r})"
    monkeypatch.setattr(reading, "PROGRAM", f"{start}\n{program}")
    [row] = read()

    assert "SECRET_KEY" not in row.given["env"]
    assert row.given["wrote"] == 0
    assert file.read_bytes() == b""
    assert row.given["limits"] == [400_000_000, 10, 0]
    assert row.given["nice"] == min(os.nice(0) + 5, 19)
    assert row.given["cwd"] == "/"
    assert row.given["files"] <= 4  # the three it has to have, and the one that counts them
    assert row.given["session"] and row.given["isolated"]


def test_the_child_loads_nothing_of_the_store_or_the_web():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import app.reading_child, app.formats.support_tracker; "
        "print(' '.join(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-c", program, str(reading.HOME)], capture_output=True, check=True, text=True
    )
    loaded = {name.partition(".")[0] for name in said.stdout.split()}

    assert not loaded & {"sqlalchemy", "sqlmodel", "pydantic", "fastapi", "starlette", "jinja2", "babel"}


def test_a_whole_release_is_read_in_little_time_and_memory(tmp_path):
    """The real one where it is at hand, else one as large that was made up."""
    content = tracker.RELEASE_17.read_bytes() if tracker.RELEASE_17.exists() else tracker.as_workbook(3737)
    sentence, rows, seconds, kilobytes = measured(content, tmp_path)

    assert sentence is None
    assert rows > 3737
    assert seconds < MOST_SECONDS / 2  # 2 on a machine that does nothing else
    assert kilobytes < 250 * 1024  # 105 as measured
