"""Personal parts and deliveries name a revision by its number, not by its hash.

Hashes fall anywhere: of what a package brings, every row took a page of its own in three trees, each to be decrypted,
journalled and encrypted again. By number the rows of a package lie together.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _renumber("personal", "p.seq, t.salt, t.body", _number(), _required("salt"), _required("body"))
    package = sa.Column("package_id", sa.String(64), sa.ForeignKey("packages_in.package_id"), primary_key=True)
    _renumber("deliveries", "t.package_id, p.seq", package, _number(index=True))


def _renumber(table: str, values: str, *columns: sa.Column[Any]) -> None:
    old = f"{table}_by_hash"
    op.execute("DROP INDEX IF EXISTS ix_deliveries_hash")
    op.rename_table(table, old)
    op.create_table(table, *columns, sqlite_with_rowid=table == "personal")
    op.execute(f"INSERT INTO {table} SELECT {values} FROM {old} t JOIN revisions p ON p.hash = t.hash ORDER BY p.seq")  # noqa: S608 - names are ours
    op.drop_table(old)


def _number(**options: Any) -> sa.Column[Any]:
    return sa.Column("revision", sa.Integer(), sa.ForeignKey("revisions.seq"), primary_key=True, **options)


def _required(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)
