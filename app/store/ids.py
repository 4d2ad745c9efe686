"""Numbers for new rows, known before the rows are written, so that many rows that refer to each other go in at once."""

from sqlalchemy import Connection, Table, func, select, text


def next_ids(db: Connection, table: Table, count: int) -> list[int]:
    if count == 0:
        return []
    if db.dialect.name == "sqlite":  # the only writer holds the lock already
        last = db.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    sequence = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return list(db.execute(sequence, {"name": f'"{table.name}"', "count": count}).scalars())
