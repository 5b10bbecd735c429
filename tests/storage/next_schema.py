"""A program that knows one version of the schema more; it rebuilds the table that others refer to."""

from __future__ import annotations

import shutil
from pathlib import Path

from congdoan_desktop.storage import schema

VERSIONS = (*schema.VERSIONS, "next")
STEP = f"""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "next", "{schema.VERSIONS[-1]}", None, None
def upgrade():
    with op.batch_alter_table("revisions") as table:
        table.add_column(sa.Column("note", sa.Text()))
"""


def migrations(folder: Path) -> Path:
    """Lay the migrations of that program into `folder`; the last is `versions/next.py`."""
    scripts = folder / "migrations"
    shutil.copytree(schema._MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(STEP, "utf-8")
    return scripts
