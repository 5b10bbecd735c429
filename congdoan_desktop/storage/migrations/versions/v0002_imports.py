"""Imports of lists: what was taken in when and by whom, which revisions it made, and columns that were matched."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID, HASH = sa.String(36), sa.String(64)


def _required(name: str, kind: Any, *arguments: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *arguments, nullable=False)


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), primary_key=True),
        _required("at", sa.String()),
        _required("officer", ID),
        _required("kind", sa.String()),
        _required("source", sa.Text()),
        _required("counts", sa.Text()),
        _required("undone_at", sa.String()),
    )
    op.create_table(
        "import_rows",
        sa.Column("import", sa.Integer(), sa.ForeignKey("imports.id"), primary_key=True),
        sa.Column("record", ID, primary_key=True),
        _required("type", sa.String()),
        _required("hash", HASH),
        _required("before", sa.String(64)),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_matchings",
        sa.Column("key", sa.Text(), primary_key=True),
        _required("name", sa.Text()),
        _required("body", sa.Text()),
    )
