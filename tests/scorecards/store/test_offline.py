"""Working without a server: out as an assignment, back as a sealed file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubrics.model import digest_of
from scorecards.interviewing.offline import OfflineError, read_assignment
from scorecards.record.model import Verdict
from scorecards.store import OPERATOR, Database, NotAllowedError, NotFoundError, Store, open_database

from ..small_round import PLAN, draft, keep, rate, rating, save_all, submit
from .offline_files import CARD, LABEL, taken


def test_an_assignment_holds_this_interviewers_interviews_and_nobody_elses(server: Store) -> None:
    data = server.offline.assign("lea", "r1", "ada")
    assignment, _ = read_assignment(data)
    assert {card.interviewer_id for card in assignment.cards} == {"ada"}
    assert len(assignment.cards) == 2
    assert {person.id for person in assignment.people} == {"ada", "lea"}
    assert assignment.round.panel_ids == ("ada",)
    assert '"bo"' not in data.decode()


def test_an_assignment_holds_nothing_that_was_recorded(server: Store) -> None:
    """The lead makes it, and may not read a draft."""
    save_all(server, "ada", CARD)
    data = server.offline.assign("lea", "r1", "ada")
    assert [card.id for card in read_assignment(data)[0].cards] == ["yan-first-ada"]
    assert "Went back" not in data.decode()


def test_without_an_interview_to_begin_there_is_no_assignment(server: Store) -> None:
    for card_id in (CARD, "yan-first-ada"):
        save_all(server, "ada", card_id)
    with pytest.raises(NotAllowedError, match="nothing to take along"):
        server.offline.assign("lea", "r1", "ada")


@pytest.mark.parametrize(("who", "error"), [("bo", NotAllowedError), ("stranger", NotFoundError)])
def test_only_the_lead_and_the_interviewer_get_the_assignment(
    server: Store, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        server.offline.assign(who, "r1", "ada")
    assert server.offline.assign("ada", "r1", "ada") == server.offline.assign(OPERATOR, "r1", "ada")


def test_nobody_off_the_panel_gets_an_assignment(server: Store) -> None:
    with pytest.raises(NotAllowedError, match="on the panel first"):
        server.offline.assign("lea", "r1", "lea")


# On the laptop


def test_the_interviewer_works_on_the_laptop_as_usual(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    assert laptop.rounds.get("ada", "r1").panel_ids == ("ada",)
    assert laptop.offline.assigned_to("ada", "r1") == "ada"
    assert submit(laptop, "ada", CARD).state == "submitted"


def test_an_assignment_is_not_taken_in_where_it_was_made(server: Store) -> None:
    with pytest.raises(OfflineError, match="for another machine"):
        server.offline.take(server.offline.assign("lea", "r1", "ada"))


def test_a_second_assignment_adds_what_is_new_and_changes_nothing(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    before = laptop.cards.get("ada", CARD)
    slot = server.rounds.get("lea", "r1").slots[0].model_copy(update={"interviewer_ids": ("ada",)})
    server.rounds.change("lea", server.rounds.get("lea", "r1").model_copy(update={"slots": (slot,)}))
    server.candidates.add("lea", "r1", ["Xi"])
    taken(server, laptop)
    assert len(laptop.rounds.record("ada", "r1").candidates) == 3
    assert laptop.cards.get("ada", CARD) == before


def test_an_assignment_of_another_person_or_database_is_refused(
    server: Store, laptop: Store, tmp_path: Path
) -> None:
    taken(server, laptop)
    other = Store(open_database(str(tmp_path / "other.db")))
    keep(other, draft("ada"))
    for data in (server.offline.assign("lea", "r1", "bo"), other.offline.assign("lea", "r1", "ada")):
        with pytest.raises(OfflineError, match="another person or another database"):
            laptop.offline.take(data)


def test_only_the_person_whom_it_was_assigned_to_hands_in(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    for who in ("lea", "bo"):
        with pytest.raises(NotFoundError):
            laptop.offline.hand_in(who, "r1")
    with pytest.raises(NotFoundError):
        server.offline.hand_in("ada", "r1")
    assert laptop.offline.hand_in("ada", "r1") == laptop.offline.hand_in(OPERATOR, "r1")


def test_a_round_that_was_removed_is_taken_in_again(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    laptop.rounds.delete("lea", "r1")
    taken(server, laptop)
    assert laptop.offline.assigned_to("ada", "r1") == "ada"


# Back


def test_a_submitted_scorecard_comes_back_as_it_is(server: Store, laptop: Store) -> None:
    """With the same digest on SQLite and on PostgreSQL."""
    taken(server, laptop)
    there = submit(laptop, "ada", CARD)
    merged = server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert (merged.taken, merged.same, merged.conflicts) == ((LABEL,), (f"C-02, {PLAN.name}",), ())
    here = server.cards.get("ada", CARD)
    assert here == there
    assert digest_of(here) == digest_of(there)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    levels=st.lists(
        st.sampled_from([1, 2, 3, 4, "not_asked", "no_evidence", "skipped"]), min_size=4, max_size=4
    ),
    words=st.text(max_size=60),
)
def test_whatever_was_written_comes_back_with_the_same_digest(
    new_database: Callable[[], Database],
    tmp_path_factory: pytest.TempPathFactory,
    levels: list[Any],
    words: str,
) -> None:
    databases = new_database(), open_database(str(tmp_path_factory.mktemp("x") / "laptop.db"))
    server, laptop = (Store(one) for one in databases)
    keep(server, draft("ada"))
    taken(server, laptop)
    for item, level in zip(PLAN.items, levels, strict=True):
        told = rating(item.question.id, level)
        told = told.model_copy(update={"evidence": told.evidence + words})
        rate(laptop, "ada", CARD, told)
    laptop.cards.save_verdict(
        "ada", CARD, Verdict(recommendation="no_decision", reason="x" + words, contradiction="y")
    )
    there = laptop.cards.submit("ada", CARD)
    data = laptop.offline.hand_in("ada", "r1")
    assert server.offline.merge("lea", data).taken == (LABEL,)
    assert (
        digest_of(server.cards.get("ada", CARD))
        == digest_of(there)
        == digest_of(laptop.cards.get("ada", CARD))
    )
    assert server.offline.merge("lea", data).same == (LABEL,)
    for one in databases:
        one.close()


def test_the_same_file_again_changes_nothing(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    save_all(laptop, "ada", "yan-first-ada")
    data = laptop.offline.hand_in("ada", "r1")
    server.offline.merge("lea", data)
    before = server.rounds.record(OPERATOR, "r1")
    again = server.offline.merge("lea", data)
    assert (again.taken, len(again.same), again.conflicts) == ((), 2, ())
    assert server.rounds.record(OPERATOR, "r1") == before


def test_a_draft_comes_back_and_grows_with_every_file(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    first = rate(laptop, "ada", CARD, rating("DRF-01", 2))
    early = laptop.offline.hand_in("ada", "r1")
    assert server.offline.merge("lea", early).taken == (LABEL,)
    rate(laptop, "ada", CARD, rating("DRF-01", 3), base=first.version)
    rate(laptop, "ada", CARD, rating("SEC-01", 3))
    assert server.offline.merge("lea", laptop.offline.hand_in("ada", "r1")).taken == (LABEL,)
    here = server.cards.get("ada", CARD)
    assert (here.state, here.rating("DRF-01").level, here.rating("SEC-01").level) == ("draft", 3, 3)
    assert LABEL in server.offline.merge("lea", early).older
    assert server.cards.get("ada", CARD) == here


def test_what_both_sides_wrote_on_different_questions_stands_together(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    rate(laptop, "ada", CARD, rating("DRF-01", 2))
    rate(server, "ada", CARD, rating("SEC-01", 3), writer="v")
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    here = server.cards.get("ada", CARD)
    assert (here.rating("DRF-01").level, here.rating("SEC-01").level) == (2, 3)


def test_amendments_on_the_laptop_follow_the_submission(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    first = laptop.offline.hand_in("ada", "r1")
    server.offline.merge("lea", first)
    laptop.cards.amend("ada", CARD, [rating("DRF-01", 4)], None, "Read my notes again.")
    assert server.offline.merge("lea", laptop.offline.hand_in("ada", "r1")).taken == (LABEL,)
    here = server.cards.get("ada", CARD)
    assert [one.reason for one in here.amendments] == ["Read my notes again."]
    assert here == laptop.cards.get("ada", CARD)
    assert LABEL in server.offline.merge("lea", first).older


def test_an_amendment_made_where_others_could_be_read_meanwhile_says_so(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    submit(server, "bo", "zed-first-bo")
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    laptop.cards.amend("ada", CARD, [rating("DRF-01", 4)], None, "Read my notes again.")
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert server.cards.get("ada", CARD).amendments[0].after_seeing_others


def test_a_submission_that_comes_back_is_told_to_the_webhook_once(server: Store, laptop: Store) -> None:
    server.hooks.set("lea", "r1", "https://example.org/hook")
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    data = laptop.offline.hand_in("ada", "r1")
    for _ in range(2):
        server.offline.merge("lea", data)
    hook = server.hooks.of("lea", "r1")
    assert hook is not None
    assert hook.waiting == 1


def test_only_the_lead_merges_and_learns_nothing_of_what_is_said(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    data = laptop.offline.hand_in("ada", "r1")
    for who in ("ada", "bo"):
        with pytest.raises(NotAllowedError):
            server.offline.merge(who, data)
    with pytest.raises(NotFoundError):
        server.offline.merge("stranger", data)
    told = repr(server.offline.merge("lea", data))
    assert not [word for word in ("Went back", "yes", "level") if word in told]
