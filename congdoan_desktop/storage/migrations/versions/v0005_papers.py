"""The papers of the reports that were packed here, so that a backup holds them too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stamped_papers",
        sa.Column("package_id", sa.String(64), sa.ForeignKey("outbox.package_id"), primary_key=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
    )
