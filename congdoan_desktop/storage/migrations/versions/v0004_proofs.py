"""What proves a report that came in, and what a report made here was computed from."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _required(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _package(of: str) -> sa.Column[Any]:
    return sa.Column("package_id", sa.String(64), sa.ForeignKey(f"{of}.package_id"), primary_key=True)


def upgrade() -> None:
    files = ("tagmanifest", "manifest", "signature", "figures")
    op.create_table(
        "proofs",
        _package("packages_in"),
        *(_required(name, sa.LargeBinary()) for name in files),
        sa.Column("sources", sa.LargeBinary()),
    )
    op.create_table(
        "made_reports",
        _package("outbox"),
        _required("asked", sa.LargeBinary()),
        _required("last_revision", sa.Integer()),
        _required("sources", sa.LargeBinary()),
    )
