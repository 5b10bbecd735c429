"""The truth as first released: revisions, personal parts, log, packages, trust, officers and keys."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT, INTEGER, BLOB, BOOLEAN = sa.Text(), sa.Integer(), sa.LargeBinary(), sa.Boolean()
ID, HASH = sa.String(36), sa.String(64)


def upgrade() -> None:
    _key_value()
    _revisions()
    _packages()
    _people()


def _required(name: str, kind: Any, *arguments: sa.ForeignKey, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, *arguments, nullable=False, **options)


def _key_value() -> None:
    op.create_table("meta", sa.Column("key", sa.String, primary_key=True), _required("value", TEXT))
    op.create_table(
        "log",
        sa.Column("seq", INTEGER, primary_key=True),
        *(_required(name, sa.String()) for name in ("at", "officer", "action", "object")),
        _required("head", HASH),
    )
    op.create_table(
        "trust_versions",
        sa.Column("version", INTEGER, primary_key=True),
        _required("at", sa.String()),
        _required("body", BLOB),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("seq", INTEGER, primary_key=True),
        _required("hash", HASH, unique=True),
        _required("record", ID, index=True),
        _required("type", sa.String(), index=True),
        _required("unit", ID),
        _required("installation", ID),
        _required("generation", INTEGER),
        _required("state", sa.String()),
        _required("reason", TEXT),
        _required("local", BOOLEAN),
        _required("body", BLOB),
    )
    op.create_table(
        "personal",
        sa.Column("hash", HASH, sa.ForeignKey("revisions.hash"), primary_key=True),
        _required("salt", BLOB),
        _required("body", BLOB),
        sqlite_with_rowid=False,
    )


def _packages() -> None:
    op.create_table(
        "packages_in",
        sa.Column("package_id", HASH, primary_key=True),
        _required("kind", sa.String()),
        _required("sender", ID),
        _required("feed", ID),
        _required("seq", INTEGER),
        *(_required(name, sa.String()) for name in ("received_at", "state", "file_name")),
        _required("header", BLOB),
    )
    op.create_table(
        "deliveries",
        sa.Column("package_id", HASH, sa.ForeignKey("packages_in.package_id"), primary_key=True),
        sa.Column("hash", HASH, primary_key=True, index=True),
    )
    op.create_table(
        "outbox",
        sa.Column("package_id", HASH, primary_key=True),
        _required("kind", sa.String()),
        _required("receiver", ID),
        _required("seq", INTEGER),
        *(_required(name, sa.String()) for name in ("made_at", "state", "file_name")),
        _required("written_to", TEXT),
        _required("header", BLOB),
        sa.Column("receipt", BLOB),
    )


def _people() -> None:
    op.create_table(
        "officers",
        sa.Column("id", ID, primary_key=True),
        _required("name", TEXT),
        _required("title", TEXT),
        _required("role", sa.String()),
    )
    op.create_table(
        "keys",
        sa.Column("key_id", HASH, primary_key=True),
        _required("officer", ID, sa.ForeignKey("officers.id")),
        _required("signing_secret", BLOB),
        _required("age_secret", TEXT),
        _required("age_recipient", TEXT),
    )
