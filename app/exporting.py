"""A file that goes out, made by a process that knows nothing but the driver of the database: it starts at once, stays
small, and no reader waits for it. It is told what to write on its input, and writes it to its output."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.dictionary import Holds
from app.domain.table import Column, Origin, Rows, Table
from app.formats import EXPORTERS
from app.formats.table_rows import moment_text
from app.store import plain
from app.store.plain import Place, Question

FULL, UNANSWERED = 3, 4  # exit codes: no room to write, the database did not answer
NICE = 5  # whoever reads a page goes first

Answers = Callable[[Question], Iterable[Any]]


@dataclass(frozen=True)
class Order:
    """The name of an exporter, and each table with the question for its rows. `state` asks for what tells one state of
    the records from all others, so that the file names the very one that it holds."""

    form: str
    origin: Origin
    state: Question
    tables: tuple[tuple[Table, Question], ...]

    def pieces(self, answers: Answers) -> Iterator[bytes]:
        """The file, as its rows are answered."""
        rows = [Rows(table, answers(question)) for table, question in self.tables]
        return EXPORTERS[self.form].file(self._origin(answers), rows)

    def _origin(self, answers: Answers) -> Origin:
        state = [row for batch in answers(self.state) for row in batch]
        if not state:
            return self.origin
        counter, epoch, head, changed = state[0]
        moment = moment_text(changed) if changed else ""
        return replace(self.origin, counter=counter, epoch=epoch, head=head, changed=moment)

    def told(self, place: Place) -> bytes:
        """For a process of its own."""
        return json.dumps(asdict(self) | {"place": asdict(place)}).encode()


def understood(told: bytes) -> tuple[Order, Place]:
    given = json.loads(told)
    tables = tuple((_table(table), Question(**question)) for table, question in given["tables"])
    order = Order(given["form"], Origin(**given["origin"]), Question(**given["state"]), tables)
    return order, Place(**given["place"])


def _table(given: dict[str, Any]) -> Table:
    columns = tuple(_column(one) for one in given["columns"])
    return Table(name=given["name"], told=given["told"], columns=columns, key=tuple(given["key"]))


def _column(given: dict[str, Any]) -> Column:
    codes = tuple((code, word) for code, word in given.pop("codes"))
    return Column(holds=Holds(given.pop("holds")), codes=codes, **given)


def main() -> int:
    os.nice(NICE)
    order, place = understood(sys.stdin.buffer.read())
    try:
        with plain.connected(place) as connection:
            for piece in order.pieces(lambda question: plain.answers(connection, question)):
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return FULL
    except plain.errors(place) as error:
        print(error, file=sys.stderr)
        return UNANSWERED
    return 0


if __name__ == "__main__":
    sys.exit(main())
