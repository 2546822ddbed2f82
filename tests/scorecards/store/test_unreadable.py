"""One damaged row is one marked line: every list, every other round and the rest of its own round stay readable."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from rubrics import load_rubrics
from scorecards.documents import (
    candidate_markdown,
    ratings_csv,
    read_round_bundle,
    round_bundle,
    round_markdown,
    round_xlsx,
)
from scorecards.outside.api_values import round_out
from scorecards.store import OPERATOR, Database, NotAllowedError, NotFoundError, Store, UnreadableError

from ..debriefed import debriefed
from ..small_bank import plan_of
from ..small_round import BEGAN, card, compared, draft, keep, rate, rating, record, save_all

RUBRICS = load_rubrics()
LEVELS = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
Run = Callable[[str], None]


@pytest.fixture
def run(database: Database) -> Run:
    """Damages a row behind the kit's back."""

    def execute(statement: str) -> None:
        with database.writing() as connection:
            connection.exec_driver_sql(statement)

    return execute


@pytest.fixture
def kept(store: Store) -> Store:
    """Two rounds, one of them with a debrief, an amendment, a moment and a log."""
    whole = debriefed(record(card("ada", LEVELS), card("bo", LEVELS), card("cy", LEVELS)))
    store.imports.add(whole)
    store.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misheard.")
    other = {"id": "r2", "name": "Another", "plan": plan_of(name="Another interview")}
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), **other)
    return store


ROUNDS = {
    "no JSON": "UPDATE rounds SET body = 'x' WHERE id = 'r1'",
    "empty": "UPDATE rounds SET body = '' WHERE id = 'r1'",
    "another shape": "UPDATE rounds SET body = '[]' WHERE id = 'r1'",
    "a key that no kit knows": """UPDATE rounds SET body = replace(body, '"profile_id"', '"colour"') WHERE id = 'r1'""",
    "year one": """UPDATE rounds SET body = replace(body, '"2026-01-05T', '"1-01-05T') WHERE id = 'r1'""",
    "nested": f"UPDATE rounds SET body = '{'[' * 5000}' WHERE id = 'r1'",
    "the time of its import": "UPDATE rounds SET imported_by = 'x', imported_at = 'soon' WHERE id = 'r1'",
}


@pytest.mark.parametrize("statement", ROUNDS.values(), ids=ROUNDS)
def test_a_round_that_cannot_be_read_is_one_line_and_all_others_are_listed(kept, run, statement) -> None:
    run(statement)
    for viewer in ("lea", "ada", OPERATOR):
        assert [one.id for one in kept.rounds.all(viewer)] == ["r2"]
        assert [one.round.id for one in kept.lists.rounds(viewer)] == ["r2"]
        (line,) = kept.lists.unreadable(viewer)
        assert (line.id, line.lead_id, bool(line.reason)) == ("r1", "lea", True)
    assert kept.rounds.record("ada", "r2").round.name == "Another"
    kept.office.set_admin(OPERATOR, "bo", True)
    assert [line.id for line in kept.office.rounds("bo")] == ["r2"]
    assert kept.privacy.due("bo", BEGAN.date()) == ()
    with pytest.raises(UnreadableError, match="The round r1 cannot be read"):
        kept.rounds.record("lea", "r1")


def test_people_without_access_do_not_learn_of_it(kept, run) -> None:
    run(ROUNDS["no JSON"])
    zoe = kept.people.add("Zoe").id
    assert kept.lists.unreadable(zoe) == ()
    for act in (kept.lists.salvage, kept.lists.delete):
        with pytest.raises(NotFoundError):
            act(zoe, "r1")


def test_its_lead_saves_what_is_readable_and_deletes_it(kept, run) -> None:
    run(ROUNDS["no JSON"])
    told = json.loads(kept.lists.salvage("lea", "r1"))
    assert [one["id"] for one in told["scorecards"]] == ["zed-first-ada", "zed-first-bo", "zed-first-cy"]
    assert len(told["ratings"]) == 12
    assert told["round"]["body"] == "x"
    kept.lists.delete("lea", "r1")
    assert kept.lists.unreadable(OPERATOR) == ()
    assert [entry.action for entry in kept.audit.entries(OPERATOR, limit=2)] == ["round_deleted", "exported"]


def test_what_is_saved_shows_no_one_what_they_are_blind_to(store, run) -> None:
    """Lea owes a scorecard herself: she gets her own words alone."""
    keep(store, card("ada", LEVELS), draft("lea"), panel=("ada", "lea"))
    save_all(store, "lea", "zed-first-lea")
    run(ROUNDS["no JSON"])
    told = json.loads(store.lists.salvage("lea", "r1"))
    assert [one["id"] for one in told["scorecards"]] == ["zed-first-lea"]
    assert {one["scorecard_id"] for one in told["ratings"]} == {"zed-first-lea"}


def test_an_administrator_deletes_it_and_does_not_read_it(kept, run) -> None:
    run(ROUNDS["no JSON"])
    kept.office.set_admin(OPERATOR, "bo", True)
    with pytest.raises(NotAllowedError):
        kept.lists.salvage("bo", "r1")
    kept.lists.delete("bo", "r1")
    assert kept.lists.unreadable(OPERATOR) == ()


def test_a_panel_member_sees_the_line_alone(kept, run) -> None:
    run(ROUNDS["no JSON"])
    for act in (kept.lists.salvage, kept.lists.delete):
        with pytest.raises(NotFoundError):
            act("ada", "r1")


def test_a_legal_hold_holds_a_damaged_round_too(kept, run) -> None:
    kept.privacy.hold("lea", "r1", "A court asked.")
    run("""UPDATE rounds SET body = replace(body, '"profile_id"', '"colour"') WHERE id = 'r1'""")
    with pytest.raises(NotAllowedError, match="legal hold"):
        kept.lists.delete(OPERATOR, "r1")


def test_a_round_that_can_be_read_goes_by_the_usual_way(kept) -> None:
    for act in (kept.lists.salvage, kept.lists.delete):
        with pytest.raises(NotFoundError):
            act("lea", "r1")


ROWS = {
    "a rating": "UPDATE ratings SET body = '{\"level\":9}' WHERE scorecard_id = 'zed-first-bo' AND question_id = 'DRF-01'",
    "a rating that is no JSON": "UPDATE ratings SET body = 'x' WHERE scorecard_id = 'zed-first-bo'",
    "a rating's time": "UPDATE ratings SET saved_at = '1-01-01T00:00:00Z' WHERE scorecard_id = 'zed-first-bo'",
    "a rating's version": "UPDATE ratings SET version = -1 WHERE scorecard_id = 'zed-first-bo'",
    "a recommendation": "UPDATE scorecards SET verdict = 'x' WHERE id = 'zed-first-bo'",
    "a scorecard's state": "UPDATE scorecards SET state = 'x' WHERE id = 'zed-first-bo'",
    "a scorecard's time": "UPDATE scorecards SET submitted_at = '1-01-01T00:00:00.000000Z' WHERE id = 'zed-first-bo'",
    "an interview's plan": "UPDATE plans SET body = 'x' WHERE body LIKE '%The first interview%'",
    "an interview's time": "UPDATE interviews SET created_at = 'x' WHERE id = 'zed-first'",
    "an amendment": "UPDATE amendments SET before = 'x'",
    "an amendment's time": "UPDATE amendments SET at = 'x'",
    "a vote": "UPDATE votes SET choice = 'x' WHERE person_id = 'bo'",
    "an opening": "UPDATE openings SET body = 'x'",
    "a decision": "UPDATE decisions SET body = 'x'",
    "a candidate's name": "UPDATE candidates SET name = '' WHERE id = 'zed'",
    "a candidate's code": "UPDATE candidates SET code = '' WHERE id = 'zed'",
    "a person's name": "UPDATE people SET name = '' WHERE id = 'bo'",
}


@pytest.mark.parametrize("statement", ROWS.values(), ids=ROWS)
def test_a_damaged_row_is_reported_and_the_round_is_read_drawn_and_exported_without_it(
    kept, run, statement
) -> None:
    run(statement)
    for viewer in ("lea", "ada", OPERATOR):
        whole = kept.rounds.record(viewer, "r1")
        assert whole.damaged
        assert not any("Went back" in line for line in whole.damaged)
    found = compared(whole)
    assert round_markdown(whole, found, RUBRICS)
    assert candidate_markdown(whole, "zed", found, RUBRICS)
    assert round_xlsx(whole, RUBRICS, found)
    assert ratings_csv(whole)
    assert round_out(whole).id == "r1"
    assert json.loads(round_bundle(whole))["content"]["round"]["id"] == "r1"
    assert kept.people.all()
    assert kept.cards.own("bo")
    assert [one.round.id for one in kept.lists.rounds("lea")] == ["r1", "r2"]
    # Bo is on the panel of the other round, too.
    assert [line for line in kept.rounds.record("ada", "r2").damaged if "person bo" not in line] == []


def test_a_damaged_rating_of_a_draft_is_written_again(store, run) -> None:
    keep(store, draft("ada"))
    save_all(store, "ada", "zed-first-ada")
    run("UPDATE ratings SET body = 'x' WHERE question_id = 'DRF-01'")
    assert store.cards.get("ada", "zed-first-ada").rating("DRF-01").level is None
    rate(store, "ada", "zed-first-ada", rating("DRF-01", 4), base=1)
    assert store.cards.get("ada", "zed-first-ada").rating("DRF-01").level == 4
    assert store.rounds.record("ada", "r1").damaged == ()


def test_an_unreadable_state_reveals_nothing_to_anyone(store, run) -> None:
    keep(store, card("ada", LEVELS), draft("bo"))
    run("UPDATE scorecards SET state = 'x' WHERE id = 'zed-first-bo'")
    assert [one.id for one in store.rounds.record("bo", "r1").cards] == []


@pytest.mark.parametrize("column", ["detail", "at"])
def test_a_damaged_row_of_the_log_is_listed_as_damaged_and_the_chain_tells(kept, run, column) -> None:
    run(f"UPDATE audit SET {column} = 'x' WHERE number = 2")
    assert len(kept.audit.entries(OPERATOR)) == len({one.number for one in kept.audit.entries(OPERATOR)})
    assert kept.audit.verify(OPERATOR).faults == ("Row 2 was altered, or a row before it was removed.",)


def test_the_readable_part_of_a_damaged_round_can_be_imported_again(store, run, new_database) -> None:
    keep(store, card("ada", LEVELS))
    run("UPDATE ratings SET body = 'x' WHERE question_id = 'DRF-01'")
    data = round_bundle(store.rounds.record(OPERATOR, "r1"))
    other = Store(new_database())
    other.imports.take(OPERATOR, read_round_bundle(data))
    assert other.rounds.record(OPERATOR, "r1").damaged == ()
