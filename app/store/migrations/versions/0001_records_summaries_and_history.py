"""Records, summaries and history"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from app.store.search import CREATE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_at"), ["at"], unique=False)

    op.create_table(
        "dataset_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "donor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name_de", sa.String(), nullable=False),
        sa.Column("name_uk", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("dates_words", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("chaired_by", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_latest"), ["latest"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("host", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("archive_url", sa.String(), nullable=False),
        sa.Column("accessed_on", sa.Date(), nullable=True),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_host"), ["host"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_published_on"), ["published_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_publisher"), ["publisher"], unique=False)

    op.create_table(
        "system",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name_de", sa.String(), nullable=False),
        sa.Column("name_uk", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("range_band", sa.String(), nullable=False),
        sa.Column("effector", sa.String(), nullable=False),
        sa.Column("default_role", sa.String(), nullable=True),
        sa.Column("default_unit", sa.String(), nullable=True),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "coverage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("system_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["system_id"],
            ["system.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_system_id"), ["system_id"], unique=False)

    op.create_table(
        "event_source",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("event_id", "source_id"),
    )
    with op.batch_alter_table("event_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_source_source_id"), ["source_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("donor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["donor_id"],
            ["donor.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_group"), ["group"], unique=False)

    op.create_table(
        "package",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("donor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("announced_earliest", sa.Date(), nullable=True),
        sa.Column("announced_latest", sa.Date(), nullable=True),
        sa.Column("announced_words", sa.String(), nullable=False),
        sa.Column("total_qualifier", sa.String(), nullable=True),
        sa.Column("total_low", sa.BigInteger(), nullable=True),
        sa.Column("total_point", sa.BigInteger(), nullable=True),
        sa.Column("total_high", sa.BigInteger(), nullable=True),
        sa.Column("total_currency", sa.String(), nullable=False),
        sa.Column("total_words", sa.String(), nullable=False),
        sa.Column("value_low", sa.BigInteger(), nullable=True),
        sa.Column("value_point", sa.BigInteger(), nullable=True),
        sa.Column("value_high", sa.BigInteger(), nullable=True),
        sa.Column("value_set_by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("dataset_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_id"],
            ["donor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_announced_latest"), ["announced_latest"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_event_id"), ["event_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["change.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_change_id"), ["change_id"], unique=False)
        batch_op.create_index("ix_revision_record", ["record", "record_id", "version"], unique=True)

    op.create_table(
        "package_source",
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["package.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("package_id", "source_id"),
    )
    with op.batch_alter_table("package_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_source_source_id"), ["source_id"], unique=False)

    op.create_table(
        "pledge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("aid", sa.String(), nullable=False),
        sa.Column("system_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity_qualifier", sa.String(), nullable=False),
        sa.Column("quantity_low", sa.BigInteger(), nullable=True),
        sa.Column("quantity_point", sa.BigInteger(), nullable=True),
        sa.Column("quantity_high", sa.BigInteger(), nullable=True),
        sa.Column("quantity_words", sa.String(), nullable=False),
        sa.Column("amount_qualifier", sa.String(), nullable=True),
        sa.Column("amount_low", sa.BigInteger(), nullable=True),
        sa.Column("amount_point", sa.BigInteger(), nullable=True),
        sa.Column("amount_high", sa.BigInteger(), nullable=True),
        sa.Column("amount_words", sa.String(), nullable=False),
        sa.Column("amount_currency", sa.String(), nullable=False),
        sa.Column("amount_basis", sa.String(), nullable=True),
        sa.Column("value_low", sa.BigInteger(), nullable=True),
        sa.Column("value_point", sa.BigInteger(), nullable=True),
        sa.Column("value_high", sa.BigInteger(), nullable=True),
        sa.Column("value_set_by", sa.String(), nullable=True),
        sa.Column("value_rate", sa.BigInteger(), nullable=True),
        sa.Column("value_rate_day", sa.Date(), nullable=True),
        sa.Column("announced_earliest", sa.Date(), nullable=True),
        sa.Column("announced_latest", sa.Date(), nullable=True),
        sa.Column("announced_words", sa.String(), nullable=False),
        sa.Column("expected_earliest", sa.Date(), nullable=True),
        sa.Column("expected_latest", sa.Date(), nullable=True),
        sa.Column("expected_words", sa.String(), nullable=False),
        sa.Column("counting", sa.String(), nullable=False),
        sa.Column("beneficiary", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("package_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("dataset_key", sa.String(), nullable=False),
        sa.Column("status_pin", sa.String(), nullable=True),
        sa.Column("status_pin_reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("disputed", sa.String(), nullable=False),
        sa.Column("delivered_low", sa.BigInteger(), nullable=True),
        sa.Column("delivered_point", sa.BigInteger(), nullable=True),
        sa.Column("delivered_high", sa.BigInteger(), nullable=True),
        sa.Column("delivered_reports", sa.Integer(), nullable=False),
        sa.Column("delivered_complete", sa.Boolean(), nullable=False),
        sa.Column("way_low", sa.BigInteger(), nullable=True),
        sa.Column("way_point", sa.BigInteger(), nullable=True),
        sa.Column("way_high", sa.BigInteger(), nullable=True),
        sa.Column("way_reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("system_code", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("title_folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["system.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["donor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["package.id"],
        ),
        sa.ForeignKeyConstraint(
            ["system_id"],
            ["system.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_announced", ["announced_latest", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_package_id"), ["package_id"], unique=False)
        batch_op.create_index("ix_pledge_expected", ["expected_latest"], unique=False)
        batch_op.create_index("ix_pledge_status", ["status", "id"], unique=False)
        batch_op.create_index("ix_pledge_system", ["system_code", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pledge_system_id"), ["system_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
        ),
        sa.PrimaryKeyConstraint("revision_id"),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("point", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("dates_words", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_source_id"), ["source_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["pledge.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_to_id"), ["to_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("point", sa.String(), nullable=True),
        sa.Column("quantity_qualifier", sa.String(), nullable=False),
        sa.Column("quantity_low", sa.BigInteger(), nullable=True),
        sa.Column("quantity_point", sa.BigInteger(), nullable=True),
        sa.Column("quantity_high", sa.BigInteger(), nullable=True),
        sa.Column("quantity_words", sa.String(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("dates_words", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_source_id"), ["source_id"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pledge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("donor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("share_kind", sa.String(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_id"],
            ["donor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "pledge_group",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.PrimaryKeyConstraint("pledge_id", "group"),
    )
    with op.batch_alter_table("pledge_group", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_group", ["group", "pledge_id"], unique=False)

    op.create_table(
        "pledge_source",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("pledge_id", "source_id"),
    )
    with op.batch_alter_table("pledge_source", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_source", ["source_id", "pledge_id"], unique=False)

    op.create_table(
        "portion",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("of_items", sa.Integer(), nullable=False),
        sa.Column("of_money", sa.Integer(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("point", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("value_low", sa.BigInteger(), nullable=True),
        sa.Column("value_point", sa.BigInteger(), nullable=True),
        sa.Column("value_high", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["donor_id"],
            ["donor.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.PrimaryKeyConstraint("pledge_id", "donor_id"),
    )
    with op.batch_alter_table("portion", schema=None) as batch_op:
        batch_op.create_index("ix_portion_donor", ["donor_id", "pledge_id"], unique=False)

    op.create_table(
        "standing",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("delivered_low", sa.BigInteger(), nullable=True),
        sa.Column("delivered_point", sa.BigInteger(), nullable=True),
        sa.Column("delivered_high", sa.BigInteger(), nullable=True),
        sa.Column("delivered_reports", sa.Integer(), nullable=False),
        sa.Column("delivered_complete", sa.Boolean(), nullable=False),
        sa.Column("way_low", sa.BigInteger(), nullable=True),
        sa.Column("way_point", sa.BigInteger(), nullable=True),
        sa.Column("way_high", sa.BigInteger(), nullable=True),
        sa.Column("way_reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
        ),
        sa.PrimaryKeyConstraint("pledge_id", "since"),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index("ix_standing_days", ["pledge_id", "since", "until"], unique=False)
    op.create_table(
        "tally",
        sa.Column("facet", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("value", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("other", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("other_value", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", "other", "other_value"),
    )
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM change")).scalar():
        raise RuntimeError(
            "Going down would take all records and their history away. Make a backup and an empty database."
        )
    op.execute("DROP TABLE pledge_search")
    op.drop_table("tally")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index("ix_standing_days")

    op.drop_table("standing")
    with op.batch_alter_table("portion", schema=None) as batch_op:
        batch_op.drop_index("ix_portion_donor")

    op.drop_table("portion")
    with op.batch_alter_table("pledge_source", schema=None) as batch_op:
        batch_op.drop_index("ix_pledge_source")

    op.drop_table("pledge_source")
    with op.batch_alter_table("pledge_group", schema=None) as batch_op:
        batch_op.drop_index("ix_pledge_group")

    op.drop_table("pledge_group")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_pledge_id"))
        batch_op.drop_index(batch_op.f("ix_party_donor_id"))

    op.drop_table("party")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_source_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_pledge_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_to_id"))
        batch_op.drop_index(batch_op.f("ix_link_pledge_id"))

    op.drop_table("link")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_source_id"))
        batch_op.drop_index(batch_op.f("ix_claim_pledge_id"))

    op.drop_table("claim")
    op.drop_table("snapshot")
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_system_id"))
        batch_op.drop_index("ix_pledge_system")
        batch_op.drop_index("ix_pledge_status")
        batch_op.drop_index("ix_pledge_expected")
        batch_op.drop_index(batch_op.f("ix_pledge_package_id"))
        batch_op.drop_index(batch_op.f("ix_pledge_lead_id"))
        batch_op.drop_index(batch_op.f("ix_pledge_event_id"))
        batch_op.drop_index("ix_pledge_announced")

    op.drop_table("pledge")
    with op.batch_alter_table("package_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_package_source_source_id"))

    op.drop_table("package_source")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_record")
        batch_op.drop_index(batch_op.f("ix_revision_change_id"))

    op.drop_table("revision")
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_package_event_id"))
        batch_op.drop_index(batch_op.f("ix_package_donor_id"))
        batch_op.drop_index(batch_op.f("ix_package_announced_latest"))

    op.drop_table("package")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_group"))
        batch_op.drop_index(batch_op.f("ix_membership_donor_id"))

    op.drop_table("membership")
    with op.batch_alter_table("event_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_source_source_id"))

    op.drop_table("event_source")
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coverage_system_id"))

    op.drop_table("coverage")
    op.drop_table("system")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_publisher"))
        batch_op.drop_index(batch_op.f("ix_source_published_on"))
        batch_op.drop_index(batch_op.f("ix_source_kind"))
        batch_op.drop_index(batch_op.f("ix_source_host"))

    op.drop_table("source")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_latest"))

    op.drop_table("event")
    op.drop_table("donor")
    op.drop_table("dataset_state")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_at"))

    op.drop_table("change")
