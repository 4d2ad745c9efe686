"""Run by Alembic with the connection that the store hands over."""

from typing import Literal

import sqlmodel
from alembic import context

import app.store.tables  # noqa: F401  (declares the tables)
from app.store.columns import Coded, Millionths

KEPT_APART = "pledge_search"  # the search index: its shape differs between the databases


def of_ours(name: str | None, kind: str, _: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(KEPT_APART))


def plain(kind: str, item: object, _: object) -> str | Literal[False]:
    """Columns are written down as the database sees them, so that a later change of ours cannot alter an old step."""
    if kind == "type" and isinstance(item, Millionths):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Coded):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=sqlmodel.SQLModel.metadata,
    include_name=of_ours,
    render_item=plain,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
