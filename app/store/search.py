"""Search by whole words and the beginning of the last one: FTS5 on SQLite, tsvector on PostgreSQL.
Both are given the same folded words, so both find the same records."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, column, select, table, text

from app.store.folding import words

SEARCH = table("pledge_search", column("rowid"), column("pledge_id"), column("words"))
MOST_WORDS = 12  # of a question; the rest is left unread

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE pledge_search USING fts5(words, content='', contentless_delete=1, "
        'tokenize="unicode61 remove_diacritics 2")'
    ],
    "postgresql": [
        "CREATE TABLE pledge_search (pledge_id BIGINT PRIMARY KEY REFERENCES pledge(id), words tsvector NOT NULL)",
        "CREATE INDEX ix_pledge_search ON pledge_search USING gin (words)",
    ],
}


def write(db: Connection, found_by: Iterable[tuple[int, str]]) -> None:
    """Puts the words of new or changed pledges in place of what stood there."""
    rows: list[dict[str, Any]] = [{"id": pledge, "words": " ".join(words(told))} for pledge, told in found_by]
    if not rows:
        return
    if db.dialect.name == "sqlite":
        db.execute(text("DELETE FROM pledge_search WHERE rowid = :id"), rows)
        db.execute(text("INSERT INTO pledge_search (rowid, words) VALUES (:id, :words)"), rows)
    else:
        db.execute(
            text(
                "INSERT INTO pledge_search (pledge_id, words) "
                "VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
                "ON CONFLICT (pledge_id) DO UPDATE SET words = excluded.words"
            ),
            [{**row, "words": " ".join(dict.fromkeys(row["words"].split()))} for row in rows],
        )


def matching(question: str, dialect: str) -> Select[tuple[int]] | None:
    """The ids of the pledges that hold every word; None when the question holds no word at all."""
    asked = words(question)[:MOST_WORDS]
    if not asked:
        return None
    *whole, last = asked
    if dialect == "sqlite":
        told = " ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
        return select(SEARCH.c.rowid).where(text("pledge_search MATCH :found").bindparams(bindparam("found", told)))
    told = " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])
    return select(SEARCH.c.pledge_id).where(
        text("words @@ CAST(:found AS tsquery)").bindparams(bindparam("found", told))
    )
