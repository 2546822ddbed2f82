"""No screen reads through a whole large table: PostgreSQL is asked how it would do what the screens ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, text

from scorecards.interviewing.message import Entry, Told
from scorecards.store import OPERATOR, Database, Store, open_database

from ..small_round import draft, keep, rating, submit

# Rounds in which the same is stored: enough that reading all of it is dearer than any index.
COPIES = 3000
# Tables that stay small, or that are read whole on purpose: names to choose from.
SMALL = {
    "people", "keys", "desks", "accounts", "webhooks", "tokens", "windows", "deliveries", "openings", "decisions",
}  # fmt: skip
TABLES = (
    "plans", "rounds", "round_plans", "panel", "candidates", "interviews", "scorecards", "ratings", "moments", "amendments",
    "votes", "audit",
)  # fmt: skip
CARD = "zed-first-ada"


@pytest.fixture(scope="module")
def filled(postgres: Callable[[str], str], run_on_postgres: Callable[[str], None]) -> Iterator[Database]:
    """One round with everything in it, three thousand times under other ids."""
    run_on_postgres("CREATE DATABASE filled")
    database = open_database(postgres("filled"))
    store = Store(database)
    keep(store, *(draft(who) for who in ("ada", "bo", "cy")))
    entry = Entry(question_id="DRF-01", base=0, evidence="Words.")
    begun = [{"id": "m1", "ago": 0, "kind": "begun"}]
    store.live.tell("ada", CARD, Told.model_validate({"tab": "w", "entries": [entry], "moments": begun}))
    submit(store, "bo", "zed-first-bo")
    store.cards.amend("bo", "zed-first-bo", [rating("DRF-01", 4)], None, "Misheard.")
    store.debriefs.vote("bo", "zed", 1, "yes", "")
    with database.writing() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        for table in TABLES:
            names = connection.execute(text(f"SELECT * FROM {table} LIMIT 0")).keys()
            taken = [_copied(name, table) for name in names]
            connection.execute(
                text(
                    f"INSERT INTO {table} ({', '.join(names)}) "
                    f"SELECT {', '.join(taken)} FROM {table}, generate_series(1, {COPIES}) AS n"
                )
            )
    with database.writing() as connection:
        connection.execute(text("ANALYZE"))
    yield database
    database.close()
    run_on_postgres("DROP DATABASE filled WITH (FORCE)")


def _copied(column: str, table: str) -> str:
    """What stands in this column of copy n."""
    if column in {"id", "round_id", "candidate_id", "interview_id", "scorecard_id"}:
        return f"{column} || '-' || n"
    if column == "plan_digest" or (column == "digest" and table == "plans"):
        return f"left({column}, 58) || lpad(n::text, 6, '0')"
    return "number + 1000 * n" if column == "number" and table == "audit" else column


SCREENS: dict[str, Callable[[Store], Any]] = {
    "a round": lambda store: store.rounds.record("lea", "r1"),
    "a round as its interviewer": lambda store: store.rounds.record("ada", "r1"),
    "a comparison": lambda store: store.rounds.comparison("lea", "r1"),
    "whether a comparison has changed": lambda store: store.rounds.stamp("lea", "r1"),
    "who owes in a round": lambda store: store.rounds.statuses("lea", "r1"),
    "an interview": lambda store: store.interviews.get("ada", "zed-first"),
    "one's own scorecard": lambda store: store.cards.get("ada", CARD),
    "somebody else's scorecard": lambda store: store.cards.get("lea", "zed-first-bo"),
    "a save of the live screen": lambda store: store.live.tell(
        "ada", CARD, Told(tab="w", entries=(Entry(question_id="DRF-02", base=0, evidence="More."),))
    ),
    "a candidate's window": lambda store: store.live.window_of("ada", CARD),
    "a change of settings": lambda store: store.rounds.change(
        "lea", store.rounds.get(OPERATOR, "r1").model_copy(update={"name": "Other"})
    ),
    "one more candidate": lambda store: store.candidates.add("lea", "r1", ["Yan"]),
    "the audit log of a round": lambda store: store.audit.entries(OPERATOR, round_id="r1"),
    "the deletion of a round": lambda store: store.rounds.delete(OPERATOR, "r1-77"),
}


def whole_tables(plan: dict[str, Any]) -> set[str]:
    """Large tables that this plan reads from end to end."""
    below = set().union(*(whole_tables(one) for one in plan.get("Plans", ())))
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] not in SMALL:
        return below | {plan["Relation Name"]}
    return below


@pytest.mark.parametrize("screen", SCREENS)
def test_what_a_screen_asks_reads_through_no_large_table(filled: Database, screen: str) -> None:
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many and statement.lstrip().split(" ")[0] in ("SELECT", "UPDATE", "DELETE"):
            asked.append((statement, parameters))

    event.listen(filled.engine, "before_cursor_execute", remember)
    try:
        SCREENS[screen](Store(filled))
    finally:
        event.remove(filled.engine, "before_cursor_execute", remember)
    assert asked
    found: dict[str, set[str]] = {}
    with filled.engine.connect() as connection:
        for statement, parameters in asked:
            (plan,) = connection.exec_driver_sql(
                f"EXPLAIN (FORMAT JSON) {statement}", parameters
            ).scalar_one()
            if whole := whole_tables(plan["Plan"]):
                found[statement] = whole
        connection.rollback()
    assert found == {}
