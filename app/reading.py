"""Files of strangers are read in a child process that has little memory, little time and nothing else to lose.

It gets the file and what an importer has to know, and answers in lines of JSON. The answer is taken whole or not at
all: whoever asks sees no row of a file that cannot be read to its end."""

import json
import os
import selectors
import signal
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from app.domain.codes import N_
from app.formats import handed_over
from app.formats.handed_over import TOO_HEAVY
from app.formats.row import Known, Label, Read, Unreadable

SECONDS = 20.0  # by the clock; the child may work for less, see reading_child
MOST_ANSWER = 200_000_000  # bytes
KEPT_IN_MEMORY = 8_000_000  # bytes of the answer; the rest waits in a temporary file
LOOK = 0.1  # seconds between two looks at the clock
AT_ONCE = 1 << 18

TOO_SLOW = N_("Reading the file takes too long. Divide it and send the parts.")
TOO_MUCH = N_("The file tells of more than can be read at once. Divide it and send the parts.")
BROKEN = N_("The file could not be read: something in it stopped the reader. Save it anew and send it again.")

PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from app.reading_child import main; main()"
HOME = Path(__file__).parent.parent

Told = Callable[[int, int], None]  # rows read, of how many


def read(content: bytes, importer: str, known: Known, told: Told | None = None) -> Iterator[Read]:
    """What the importer yields. With "" the importer is the one that recognises the file. Raises Unreadable before it
    yields anything."""
    request = {"importer": importer, "known": handed_over.known_as_json(known)}
    with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY) as answer:
        _ask(request, content, answer, told)
        answer.seek(0)
        for line in answer:
            yield _value(line)


def _ask(request: dict[str, Any], content: bytes, answer: IO[bytes], told: Told | None) -> None:
    with tempfile.TemporaryFile() as question:  # has no name, and is its owner's alone
        question.write(json.dumps(request).encode() + b"\n")
        question.write(content)
        question.seek(0)
        child = subprocess.Popen(  # nosec B603
            [sys.executable, "-I", "-c", PROGRAM, str(HOME)],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},  # nothing of the settings, which hold secrets
            cwd="/",
            start_new_session=True,
        )
    try:
        _listen(child, answer, _Progress(told))
        if (code := child.wait(SECONDS)) != 0:
            raise Unreadable(_why(code))
    finally:
        _end(child)


def _listen(child: "subprocess.Popen[bytes]", answer: IO[bytes], progress: "_Progress") -> None:
    """Takes the answer down until its end. Raises Unreadable."""
    pipe = child.stdout
    if pipe is None:
        raise Unreadable(BROKEN)
    ends, size, begun = time.monotonic() + SECONDS, 0, b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if time.monotonic() > ends:
                raise Unreadable(TOO_SLOW)
            if not waiting.select(LOOK):
                continue
            piece = os.read(pipe.fileno(), AT_ONCE)
            if not piece:
                break
            size += len(piece)
            if size > MOST_ANSWER:
                raise Unreadable(TOO_MUCH)
            answer.write(piece)
            *lines, begun = (begun + piece).split(b"\n")
            for line in lines:
                progress.take(line)
    if begun:
        raise Unreadable(BROKEN)


class _Progress:
    """Counts the lines of the answer as they come."""

    def __init__(self, told: Told | None) -> None:
        self.told, self.rows, self.of = told, 0, 0

    def take(self, line: bytes) -> None:
        """Raises Unreadable where the line says so, or says nothing that can be understood."""
        if line.startswith(b'["unreadable"'):
            _kind, sentence, values = _understood(line)
            raise Unreadable(sentence, **values)
        if line.startswith(b'["label"'):
            label = _value(line)
            self.of = label.rows if isinstance(label, Label) else 0
        elif line.startswith(b'["row"') and b'"record": ' not in line[:200]:
            self.rows += 1
        if self.told:
            self.told(self.rows, max(self.of, self.rows))


def _value(line: bytes) -> Read:
    try:
        return handed_over.value(line)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Unreadable(BROKEN) from None


def _understood(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise Unreadable(BROKEN) from None


def _why(code: int) -> str:
    """What ended the child: the kernel for its time, or a library that got no memory."""
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return TOO_SLOW
    return TOO_HEAVY if code in (-signal.SIGABRT, -signal.SIGKILL) else BROKEN


def _end(child: "subprocess.Popen[bytes]") -> None:
    """The child and whatever it may have started. A child that was waited for has no number any more."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout:
        child.stdout.close()
