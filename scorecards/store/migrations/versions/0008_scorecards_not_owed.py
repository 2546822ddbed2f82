"""Scorecards that nobody waits for any more"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("scorecards") as table:
        table.add_column(sa.Column("not_owed", sa.Text(), nullable=True))
