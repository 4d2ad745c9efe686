"""Files read into the records: readings, their rows, what each line said, and what the names of a dataset mean.

Revision ID: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sqlmodel.sql.sqltypes.UTCDateTime
GONE_WITH_IT = ("SELECT count(*) FROM import_line", "SELECT count(*) FROM mapping")


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", NUMBER, nullable=False),
        *(
            _text(name)
            for name in ("name", "importer", "dataset", "release", "known", "state", "author", "doer", "sentence")
        ),
        sa.Column("digest", ORDERED, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("size", "done", "whole", "added", "changed")),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("doer_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", TIME(), nullable=False),
        sa.Column("beat_at", TIME(), nullable=True),
        _text("told"),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=True),
        sa.Column("undo_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_run_digest", "import_run", ["digest"])
    op.create_index("ix_import_run_state", "import_run", ["state"])
    op.create_table(
        "import_file",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"]),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "import_row",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        *(_text(name) for name in ("outcome", "record", "key", "title", "sheet", "faults", "activity")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seen", "row")),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_row_run", "import_row", ["run_id", "outcome", "id"])
    op.create_table(
        "import_line",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        *(_text(name) for name in ("record", "key", "dataset", "activity")),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"]),
        sa.PrimaryKeyConstraint("run_id", "record", "key"),
    )
    op.create_index("ix_import_line_dataset", "import_line", ["dataset", "record", "key", "run_id"])
    op.create_table(
        "mapping",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("name", ORDERED, nullable=False),
        *(_text(name) for name in ("kind", "target")),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )


def downgrade() -> None:
    db = op.get_bind()
    if any(db.execute(sa.text(question)).scalar_one() for question in GONE_WITH_IT):
        raise RuntimeError("What was read from files could not be told from what was typed: go on with a backup.")
    op.drop_table("mapping")
    op.drop_index("ix_import_line_dataset", "import_line")
    op.drop_table("import_line")
    op.drop_index("ix_import_row_run", "import_row")
    op.drop_table("import_row")
    op.drop_table("import_file")
    op.drop_index("ix_import_run_state", "import_run")
    op.drop_index("ix_import_run_digest", "import_run")
    op.drop_table("import_run")


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)
