"""Plans by digest: each lies once in a table of its own, and rounds and interviews name it"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

plans = sa.table("plans", sa.column("digest"), sa.column("body"))
rounds = sa.table("rounds", sa.column("id"), sa.column("body"))
interviews = sa.table("interviews", sa.column("id"), sa.column("plan"), sa.column("plan_digest"))
round_plans = sa.table("round_plans", sa.column("round_id"), sa.column("plan_digest"))
# What a body that the kit did not write can raise: it stays as it is, and stays one unreadable line.
DAMAGE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_plans")),
    )
    op.create_table(
        "round_plans",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_digest"], ["plans.digest"], name=op.f("fk_round_plans_plan_digest_plans")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_plans_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "plan_digest", name=op.f("pk_round_plans")),
    )
    op.create_index("ix_round_plans_plan_digest", "round_plans", ["plan_digest"])
    connection = op.get_bind()
    held: set[str] = set()
    for (id_,) in connection.execute(sa.select(interviews.c.id).order_by(interviews.c.id)).all():
        _move_interview(connection, held, id_)
    for (id_,) in connection.execute(sa.select(rounds.c.id).order_by(rounds.c.id)).all():
        _move_round(connection, held, id_)
    with op.batch_alter_table("interviews") as table:
        table.drop_column("plan")
        table.create_foreign_key(
            op.f("fk_interviews_plan_digest_plans"), "plans", ["plan_digest"], ["digest"]
        )
        table.create_index("ix_interviews_plan_digest", ["plan_digest"])


def _move_interview(connection: sa.Connection, held: set[str], id_: str) -> None:
    row = connection.execute(sa.select(interviews).where(interviews.c.id == id_)).one()
    digest = _put(connection, held, row.plan)
    if digest != row.plan_digest:
        connection.execute(interviews.update().where(interviews.c.id == id_).values(plan_digest=digest))


def _move_round(connection: sa.Connection, held: set[str], id_: str) -> None:
    body = connection.execute(sa.select(rounds.c.body).where(rounds.c.id == id_)).scalar_one()
    try:
        told = json.loads(body)
        texts = [_text(slot.pop("plan")) for slot in told["slots"]]
        slots = list(told["slots"])
    except DAMAGE:
        return
    for slot, text in zip(slots, texts, strict=True):
        slot["plan_digest"] = _put(connection, held, text)
    connection.execute(rounds.update().where(rounds.c.id == id_).values(body=_text(told)))
    for digest in sorted({slot["plan_digest"] for slot in slots}):
        connection.execute(round_plans.insert().values(round_id=id_, plan_digest=digest))


def _text(value: object) -> str:
    # As the kit writes plans down: then a round's plan and that of its interviews are one.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _put(connection: sa.Connection, held: set[str], text: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest not in held:
        held.add(digest)
        connection.execute(plans.insert().values(digest=digest, body=text))
    return digest
