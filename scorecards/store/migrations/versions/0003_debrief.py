"""The debrief: votes, openings, decisions; a digest beside each plan"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _digest_plans()
    op.create_table(
        "votes",
        sa.Column("candidate_id", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_votes_candidate_id_candidates"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_votes_person_id_people")),
        sa.PrimaryKeyConstraint("candidate_id", "turn", "person_id", name=op.f("pk_votes")),
    )
    op.create_table(
        "openings",
        sa.Column("candidate_id", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_openings_candidate_id_candidates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("candidate_id", "turn", name=op.f("pk_openings")),
    )
    op.create_table(
        "decisions",
        sa.Column("candidate_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_decisions_candidate_id_candidates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("candidate_id", "number", name=op.f("pk_decisions")),
    )


def _digest_plans() -> None:
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_digest", sa.String(length=64), nullable=True))
    interviews = sa.table("interviews", *(sa.column(name) for name in ("id", "plan", "plan_digest")))
    connection = op.get_bind()
    for key in connection.execute(sa.select(interviews.c.id)).scalars().all():
        text = connection.execute(sa.select(interviews.c.plan).where(interviews.c.id == key)).scalar_one()
        digest = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(interviews.update().where(interviews.c.id == key).values(plan_digest=digest))
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.alter_column("plan_digest", existing_type=sa.String(length=64), nullable=False)
