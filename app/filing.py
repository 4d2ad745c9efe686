"""A file written by a command: whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from app.exporting import Answers, Order
from app.store.plain import Question


class CannotWrite(Exception):
    """The message is one line for whoever asked for the file."""


def write(output: Path | None, pieces: Iterable[bytes]) -> None:
    """To the screen without an `output`. A file takes its name when it is complete; one that was cut short is taken
    away, and what stood under its name stays. Raises CannotWrite."""
    try:
        if output is None:
            _to_screen(pieces)
        elif output.exists() and not output.is_file():  # a pipe, say, that has no neighbours
            with output.open("wb") as file:
                file.writelines(pieces)
        else:
            _to_file(output.resolve(), pieces)
    except OSError as error:
        raise CannotWrite(f"Cannot write {output or 'to the screen'}: {error.strerror}.") from error


def of_pledges(order: Order) -> list[Question]:
    """The questions of the order that are answered with a row a pledge."""
    return [question for table, question in order.tables if table.name.endswith(("pledges", "records"))]


def counted(answers: Answers, order: Order, told: Callable[[int], None]) -> Answers:
    """Answers that tell how many such rows have been written."""
    mine, done = of_pledges(order), 0

    def answer(question: Question) -> Iterator[Any]:
        nonlocal done
        for rows in answers(question):
            yield rows
            if question in mine:
                done += len(rows)
                told(done)

    return answer


def _to_screen(pieces: Iterable[bytes]) -> None:
    try:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever read it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _to_file(output: Path, pieces: Iterable[bytes]) -> None:
    number, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_mask())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    """What new files of this user may not be. It can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
