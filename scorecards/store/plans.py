"""Plans lie in a table of their own, by the digest of their text: many interviews and rounds use the same few."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, text

from question_bank import InterviewPlan

from . import tables as t
from .errors import DAMAGE

# Shown instead of what cannot be read.
NO_PLAN = InterviewPlan(
    name="This interview cannot be read",
    minutes=1,
    around=0,
    items=(),
    uncovered=(),
    bank_digest="",
    rubrics_digest="",
)
_ADD = text("INSERT INTO plans (digest, body) VALUES (:digest, :body) ON CONFLICT (digest) DO NOTHING")


def plan_digest(plan: InterviewPlan) -> str:
    """Content hash of a plan as it is written down here."""
    return _digest(plan.model_dump_json())


def put_plans(connection: Connection, plans: Iterable[InterviewPlan]) -> tuple[str, ...]:
    """Store those plans that are new; the digest of each, in their order."""
    listed = list(plans)
    # A round of hundreds of interviews hands in the same few values again and again.
    texts = {id(plan): plan.model_dump_json() for plan in listed}
    digests = {key: _digest(body) for key, body in texts.items()}
    missing = {digests[key]: body for key, body in texts.items()}
    for digest in _held(connection, missing):
        del missing[digest]
    if missing:
        values = [{"digest": digest, "body": missing[digest]} for digest in sorted(missing)]
        connection.execute(_ADD, values)
        # Someone else may have stored one of them meanwhile: then theirs must not go before this is stored.
        _held(connection, missing)
    return tuple(digests[id(plan)] for plan in listed)


def _held(connection: Connection, digests: Collection[str]) -> Sequence[str]:
    """Which of these plans are stored; none of them is swept until this change is stored."""
    query = select(t.plans.c.digest).where(t.plans.c.digest.in_(sorted(digests))).order_by(t.plans.c.digest)
    return connection.execute(query.with_for_update(read=True, key_share=True)).scalars().all()


def read_plans(
    connection: Connection, digests: Iterable[str], lost: list[str] | None = None
) -> dict[str, InterviewPlan]:
    """These plans by digest, each read once; a damaged one is without questions, and reported once."""
    wanted = sorted(set(digests))
    found = connection.execute(select(t.plans).where(t.plans.c.digest.in_(wanted))).all()
    bodies = {row.digest: row.body for row in found}
    return {digest: _readable(digest, bodies.get(digest), lost) for digest in wanted}


def read_plan(connection: Connection, digest: str) -> InterviewPlan:
    """The plan with this digest."""
    return read_plans(connection, [digest])[digest]


def _readable(digest: str, body: str | None, lost: list[str] | None) -> InterviewPlan:
    try:
        if body is None or _digest(body) != digest:
            raise ValueError("The text is not the one that was stored.")
        return _plan(body)
    except DAMAGE:
        if lost is not None:
            lost.append(f"Plan {digest[:12]}: its questions cannot be read, and its scorecards are left out.")
        return NO_PLAN


@lru_cache(maxsize=128)
def _plan(body: str) -> InterviewPlan:
    return InterviewPlan.model_validate_json(body)


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def link_plans(connection: Connection, round_id: str, digests: Collection[str]) -> None:
    """Say which plans a round's slots use; those that nothing uses any more are deleted."""
    columns = t.round_plans.c
    before = set(
        connection.execute(select(columns.plan_digest).where(columns.round_id == round_id)).scalars()
    )
    if new := sorted(set(digests) - before):
        values = [{"round_id": round_id, "plan_digest": digest} for digest in new]
        connection.execute(insert(t.round_plans), values)
    if gone := before - set(digests):
        connection.execute(
            delete(t.round_plans).where(columns.round_id == round_id, columns.plan_digest.in_(sorted(gone)))
        )
        sweep_plans(connection, gone)


def interview_plans(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    """Digests of the plans of these interviews."""
    return set(connection.execute(select(t.interviews.c.plan_digest).where(which)).scalars())


def plans_of_round(connection: Connection, round_id: str) -> set[str]:
    """Digests of the plans that a round's slots and interviews use."""
    slots = select(t.round_plans.c.plan_digest).where(t.round_plans.c.round_id == round_id)
    return interview_plans(connection, t.interviews.c.round_id == round_id) | set(
        connection.execute(slots).scalars()
    )


def sweep_plans(connection: Connection, released: Collection[str]) -> None:
    """Delete those of the released plans that no round and no interview uses any more."""
    digest = t.plans.c.digest
    unused = and_(
        digest.in_(sorted(released)),
        ~select(t.interviews.c.id).where(t.interviews.c.plan_digest == digest).exists(),
        ~select(t.round_plans.c.round_id).where(t.round_plans.c.plan_digest == digest).exists(),
    )
    # Two statements: who is waited for here may have begun to use one, and only the second sees that.
    found = connection.execute(select(digest).where(unused).order_by(digest).with_for_update()).scalars()
    if gone := list(found):
        connection.execute(delete(t.plans).where(digest.in_(gone), unused))
