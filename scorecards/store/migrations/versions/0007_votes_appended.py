"""Votes are added, never replaced: a number in their key; and what could be read when a vote was cast"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = ["candidate_id", "turn", "person_id", "number"]


def upgrade() -> None:
    # SQLite cannot change a key in place: the table is written anew there, with its rows as number 1.
    with op.batch_alter_table("votes", schema=None, recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("could_have_read", sa.Boolean(), nullable=True))
        batch_op.drop_constraint("pk_votes", type_="primary")
        batch_op.create_primary_key("pk_votes", KEY)
