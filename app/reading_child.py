"""The other end of `reading`: a process that limits itself, reads one file, tells what it holds, and ends."""

import json
import os
import resource
import signal
import sys
from typing import IO, Any

from app.domain.codes import N_
from app.formats import IMPORTERS, book, handed_over
from app.formats.handed_over import TOO_HEAVY
from app.formats.recognised import recognised
from app.formats.row import Unreadable

MEMORY = 400_000_000  # bytes of addresses
WORK = 10  # seconds of a processor
CLOCK = 20  # seconds, should the one who asked be gone
FILES = 16

NOT_RECOGNISED = N_("Nothing here knows this kind of table. Say what it is.")


def main() -> None:
    _limit()
    question, answer = sys.stdin.buffer, sys.stdout.buffer
    try:
        request = json.loads(question.readline())
        _answer(request, question.read(), answer)
    except Unreadable as problem:
        _tell(answer, ["unreadable", problem.sentence, problem.told])
    except MemoryError:
        _tell(answer, ["unreadable", TOO_HEAVY, {}])
    answer.flush()
    os._exit(0)  # takes nothing apart: that costs a tenth of a second, and memory goes back anyway


def _answer(request: dict[str, Any], content: bytes, answer: IO[bytes]) -> None:
    known = handed_over.known_from(request["known"])
    name = request["importer"] or recognised(content)
    if name not in IMPORTERS:
        raise Unreadable(NOT_RECOGNISED)
    importer = IMPORTERS[name]
    given = book.sheets(content) if importer.takes == "sheets" else content
    for read in importer.rows(given, known):
        answer.write(handed_over.line(read))


def _tell(answer: IO[bytes], line: list[Any]) -> None:
    answer.write(json.dumps(line).encode() + b"\n")


def _limit() -> None:
    """Before anything of the file is looked at. It writes no file, starts nothing and leaves no core; what it can open
    is enough for its own modules. A system that does not know one of the limits still has the others."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _set(kind, most, most)
    _set(resource.RLIMIT_CPU, WORK, WORK + 1)
    signal.alarm(CLOCK)
    os.nice(5)


def _set(kind: int, soft: int, hard: int) -> None:
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):
        return
