"""Drafts and deleted records, who made a change and what it takes back, marks of patrol, suggestions; and triggers that
keep the history from being written again.

Revision ID: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HISTORY = ("change", "revision", "snapshot")
GONE_WITH_IT = (
    "SELECT count(*) FROM pledge WHERE state <> 'published'",
    "SELECT count(*) FROM change WHERE account_id IS NOT NULL OR reverts_id IS NOT NULL",
    "SELECT count(*) FROM patrol",
    "SELECT count(*) FROM suggestion",
)


def upgrade() -> None:
    op.add_column("pledge", sa.Column("state", sa.String(), nullable=False, server_default="published"))
    op.add_column("dataset_state", sa.Column("names", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("change", sa.Column("account_id", NUMBER, nullable=True))
    op.add_column("change", sa.Column("reverts_id", NUMBER, nullable=True))
    op.create_index("ix_change_account_id", "change", ["account_id"])
    op.create_index("ix_change_reverts_id", "change", ["reverts_id"])
    op.create_table(
        "patrol",
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_index("ix_patrol_account_id", "patrol", ["account_id"])
    op.create_table(
        "suggestion",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("pledge_id", NUMBER, nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("texts", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("taken", sa.String(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret"),
    )
    op.create_index("ix_suggestion_pledge_id", "suggestion", ["pledge_id"])
    op.create_index("ix_suggestion_account_id", "suggestion", ["account_id"])
    op.create_index("ix_suggestion_state", "suggestion", ["state"])
    _keep_history()


def downgrade() -> None:
    db = op.get_bind()
    if any(db.execute(sa.text(question)).scalar_one() for question in GONE_WITH_IT):
        raise RuntimeError("Edits, drafts or suggestions would be lost: go on with a backup instead.")
    _let_history_go()
    op.drop_table("suggestion")
    op.drop_table("patrol")
    op.drop_index("ix_change_reverts_id", "change")
    op.drop_index("ix_change_account_id", "change")
    op.drop_column("change", "reverts_id")
    op.drop_column("change", "account_id")
    op.drop_column("dataset_state", "names")
    op.drop_column("pledge", "state")


def _keep_history() -> None:
    """What was written is never written again, whoever asks. PostgreSQL can empty a table in one go: not these."""
    if op.get_bind().dialect.name == "sqlite":
        for table in HISTORY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_keeps_on_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'The history is only ever added to.'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'The history is only ever added to.'; END $$"
    )
    for table in HISTORY:
        op.execute(
            f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"
        )


def _let_history_go() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in HISTORY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_keeps_on_{verb}")
        return
    for table in HISTORY:
        op.execute(f"DROP TRIGGER {table}_keeps ON {table}")
    op.execute("DROP FUNCTION history_is_kept()")
