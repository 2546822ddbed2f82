"""Imported rounds: who brought a round in from a file, and when"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("imported_by", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("imported_at", sa.String(length=27), nullable=True))
