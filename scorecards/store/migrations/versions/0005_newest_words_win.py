"""Newest words win: each window counts what it writes, a desk counts who holds it, and what the candidate sees"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writer_count", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("desks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("term", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("told", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("shown_id", sa.String(length=64), nullable=True))
    # Until now a candidate's window showed its interviewer's current question.
    op.execute("UPDATE desks SET shown_id = question_id")
    op.create_table(
        "closing_words",
        sa.Column("scorecard_id", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(length=64), nullable=False),
        sa.Column("writer_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"],
            ["scorecards.id"],
            name=op.f("fk_closing_words_scorecard_id_scorecards"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "slot", name=op.f("pk_closing_words")),
    )
