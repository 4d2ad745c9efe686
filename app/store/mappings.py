"""What the names of a dataset are with us, where an editor has said so."""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.store.columns import core
from app.store.tables import Mapping

_MAPPING = core(Mapping)


def every(db: Connection) -> list[Row[Any]]:
    return list(db.execute(select(_MAPPING).order_by(_MAPPING.c.kind, _MAPPING.c.name)))
