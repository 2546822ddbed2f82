"""Working without a server: out as an assignment, back as a sealed file, merged without overwriting a word."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank import Target
from rubrics.model import digest_of, digest_of_json
from scorecards.interviewing import offline
from scorecards.interviewing.offline import MAX_BYTES, MAX_PARTS, OfflineError, read_assignment
from scorecards.record.model import CardContent, Verdict
from scorecards.store import OPERATOR, Database, NotAllowedError, NotFoundError, Store, open_database

from ..small_round import EQUAL, PLAN, draft, keep, rate, rating, save_all, submit

CARD = "zed-first-ada"
LABEL = f"C-01, {PLAN.name}"


@pytest.fixture
def laptop(tmp_path: Path) -> Store:
    """Ada's own machine: another database, SQLite as laptops have it."""
    return Store(open_database(str(tmp_path / "laptop.db")))


@pytest.fixture
def server(store: Store) -> Store:
    """The lead's kit, on SQLite and on PostgreSQL: Ada and Bo each owe a scorecard on Zed and on Yan."""
    cards = [draft(who, candidate=one) for one in ("zed", "yan") for who in ("ada", "bo")]
    keep(store, *cards, candidates=("zed", "yan"))
    return store


def taken(server: Store, laptop: Store) -> None:
    laptop.offline.take(server.offline.assign("lea", "r1", "ada"))


def altered(
    data: bytes, change: Callable[[Any], None], *, digest: bool = True, key: str | None = None
) -> bytes:
    """The file with its content changed, and sealed anew as far as the forger can."""
    envelope = json.loads(data)
    change(envelope["content"])
    if digest:
        envelope["digest"] = digest_of_json(envelope["content"], ascii_only=True)
    if key is not None:
        envelope["signature"] = offline.signature_of(key, envelope["schema"], envelope["digest"])
    return json.dumps(envelope).encode()


# Out


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


# Conflicts


def conflict(server: Store, laptop: Store) -> tuple[str, ...]:
    """What clashes on the first candidate; nothing of the scorecard may have changed."""
    before = server.cards.get("ada", CARD)
    merged = server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert server.cards.get("ada", CARD) == before
    (one,) = merged.conflicts
    assert one.label == LABEL
    return one.where


def test_a_question_that_both_sides_rated_differently_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    rate(laptop, "ada", CARD, rating("DRF-01", 2))
    rate(laptop, "ada", CARD, rating("SEC-01", 2))
    rate(server, "ada", CARD, rating("DRF-01", 3), writer="v")
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_merged_rating_that_was_changed_here_since_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    stored = rate(laptop, "ada", CARD, rating("DRF-01", 2))
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    rate(server, "ada", CARD, rating("DRF-01", 4), base=stored.version, writer="v")
    rate(laptop, "ada", CARD, rating("DRF-01", 1), base=stored.version)
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_submission_without_what_was_written_here_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    rate(server, "ada", CARD, rating("DRF-01", 1), writer="v")
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_scorecard_submitted_on_both_sides_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD, given=2, choice="no")
    submit(server, "ada", CARD, given=3)
    assert conflict(server, laptop) == ("it is submitted here already with other content",)


def test_a_draft_for_a_scorecard_that_is_submitted_here_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    save_all(laptop, "ada", CARD, given=2)
    submit(server, "ada", CARD, given=3)
    assert conflict(server, laptop) == ("it is submitted here already",)


def test_amendments_on_both_sides_are_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    server.cards.amend("ada", CARD, [rating("DRF-01", 3, evidence="What was said there.")], None, "Here.")
    laptop.cards.amend("ada", CARD, [rating("DRF-01", 4)], None, "There.")
    assert conflict(server, laptop) == ("it is submitted here already with other content",)


def test_an_interview_that_was_dismissed_meanwhile_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    server.interviews.dismiss("lea", "zed-first", "Fell ill.")
    assert conflict(server, laptop) == ("it was dismissed here: no scorecard is owed",)


def test_a_conflict_on_one_scorecard_leaves_the_others_alone(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    for card_id in (CARD, "yan-first-ada"):
        submit(laptop, "ada", card_id)
    rate(server, "ada", CARD, rating("DRF-01", 1), writer="v")
    merged = server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert (merged.taken, [one.label for one in merged.conflicts]) == ((f"C-02, {PLAN.name}",), [LABEL])


# Refused as a whole


def refused(server: Store, data: bytes, words: str) -> None:
    before = server.rounds.record(OPERATOR, "r1")
    with pytest.raises(OfflineError, match=words):
        server.offline.merge("lea", data)
    assert server.rounds.record(OPERATOR, "r1") == before


@pytest.fixture
def work(server: Store, laptop: Store) -> bytes:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    return laptop.offline.hand_in("ada", "r1")


def better(content: Any) -> None:
    content["cards"][-1]["card"]["content"]["verdict"]["recommendation"] = "strong_yes"


def test_a_file_changed_on_the_way_is_refused_by_its_digest(server: Store, work: bytes) -> None:
    refused(server, altered(work, better, digest=False), "changed or damaged")


def test_a_file_sealed_anew_without_the_key_is_refused_by_its_signature(server: Store, work: bytes) -> None:
    refused(server, altered(work, better), "forged")
    refused(server, altered(work, better, key="0" * 64), "forged")


def test_a_file_signed_with_the_key_of_another_is_refused(server: Store, work: bytes) -> None:
    """Bo has a key of his own, and makes himself Ada."""
    bos = read_assignment(server.offline.assign("lea", "r1", "bo"))[0].key
    refused(server, altered(work, better, key=bos), "forged")


def test_one_interviewer_hands_in_nothing_for_another(server: Store, work: bytes) -> None:
    """Bo signs with his own key and in his own name, and puts Ada's scorecard in."""
    bos = read_assignment(server.offline.assign("lea", "r1", "bo"))[0].key
    refused(
        server, altered(work, lambda told: told.update(person_id="bo"), key=bos), "none of this interviewer's"
    )


def test_a_file_of_an_assignment_from_another_database_is_refused(
    server: Store, laptop: Store, tmp_path: Path
) -> None:
    other = Store(open_database(str(tmp_path / "other.db")))
    keep(other, draft("ada"))
    laptop.offline.take(other.offline.assign("lea", "r1", "ada"))
    refused(server, laptop.offline.hand_in("ada", "r1"), "another database made")


def test_a_file_of_somebody_who_left_the_panel_is_refused(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    for interview in ("zed-first", "yan-first"):
        server.interviews.assign("lea", interview, ["bo"])
    round_ = server.rounds.get("lea", "r1")
    server.rounds.change("lea", round_.model_copy(update={"panel_ids": ("bo", "cy")}))
    refused(server, laptop.offline.hand_in("ada", "r1"), "on its panel")


def test_a_scorecard_that_was_taken_from_its_interviewer_is_refused(server: Store, work: bytes) -> None:
    server.interviews.assign("lea", "zed-first", ["bo"])
    refused(server, work, "none of this interviewer's in this round any more")


def test_other_weights_than_those_it_was_judged_by_are_refused(server: Store, work: bytes) -> None:
    uneven = (EQUAL[0].model_copy(update={"weight": 3}), Target(competency="security"))
    changed = server.rounds.get("lea", "r1").model_copy(
        update={"targets": uneven, "weights_reason": "Drift."}
    )
    server.rounds.change("lea", changed)
    refused(server, work, "weights, floors, blindness")


def test_another_plan_than_it_was_asked_by_is_refused(server: Store, work: bytes) -> None:
    server.interviews.change_plan("lea", "zed-first", PLAN.model_copy(update={"items": PLAN.items[:2]}))
    refused(server, work, "plan was changed on one side")


def test_another_question_bank_is_refused(server: Store, work: bytes) -> None:
    server.interviews.change_plan("lea", "zed-first", PLAN.model_copy(update={"bank_digest": "f" * 64}))
    refused(
        server,
        work,
        f"another question bank or other rubrics .{PLAN.bank_digest[:12]} there, ffffffffffff here",
    )


def test_a_closed_round_takes_nothing(server: Store, work: bytes) -> None:
    server.rounds.close("lea", "r1")
    with pytest.raises(NotAllowedError, match="closed"):
        server.offline.merge("lea", work)


def unknown_tick(content: Any) -> None:
    content["cards"][-1]["card"]["content"]["ratings"][0]["ticks"] = ["z"]


def twice(content: Any) -> None:
    content["cards"] = [content["cards"][-1]] * 2


def withdrawn(content: Any) -> None:
    content["cards"][-1]["card"]["state"] = "withdrawn"


def timeless(content: Any) -> None:
    content["cards"][-1]["card"]["submitted_at"] = None


def by_another(content: Any) -> None:
    card = content["cards"][-1]["card"]
    amendment = {"author_id": "lea", "at": card["submitted_at"], "reason": "x", "after_seeing_others": False}
    card["amendments"] = [amendment | {"before": card["content"]}]


def first_rating(**values: Any) -> Callable[[Any], None]:
    """A change of the first rating that was handed in."""

    def change(content: Any) -> None:
        card = next(one["card"] for one in content["cards"] if one["card"]["content"]["ratings"])
        card["content"]["ratings"][0] |= values

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (first_rating(given=["../../etc/passwd"]), "no window of the kit sends"),
        (first_rating(probes=[-1]), "has no signal, probe or red flag"),
        (first_rating(flag_quotes={"a" * 9: "x"}), "no window of the kit sends"),
        (first_rating(version=2**30), "was never stored"),
        (first_rating(version=2**40), "larger than"),
        (first_rating(saved_at=None), "was never stored"),
        (first_rating(question_id="OPS-77"), "not in this interview's plan"),
        (first_rating(level=9), "does not fit its schema"),
        (first_rating(evidence="x" * 100_001), "does not fit its schema"),
        (first_rating(secret=1), "does not fit its schema"),
        (unknown_tick, "no signal, probe or red flag 'z'"),
        (twice, "stands twice"),
        (withdrawn, "only the round's lead withdraws"),
        (timeless, "contradict each other"),
        (by_another, "somebody else amended"),
    ],
)
def test_a_signed_file_that_makes_no_sense_is_refused(
    server: Store, work: bytes, change: Callable[[Any], None], words: str
) -> None:
    """Its interviewer has the key: what is signed is judged all the same."""
    key = read_assignment(server.offline.assign("lea", "r1", "ada"))[0].key
    refused(server, altered(work, change, key=key), words)


def unfinished(content: Any) -> None:
    card = next(one["card"] for one in content["cards"] if one["card"]["state"] == "submitted")
    card["content"]["ratings"] = card["content"]["ratings"][:1]


def test_a_signed_submission_that_lacks_something_is_not_taken(server: Store, work: bytes) -> None:
    key = read_assignment(server.offline.assign("lea", "r1", "ada"))[0].key
    merged = server.offline.merge("lea", altered(work, unfinished, key=key))
    assert merged.taken == ()
    assert "no level and no state yet" in merged.conflicts[0].where[0]
    assert server.cards.get("ada", CARD).content == CardContent()


# Bombs


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * (MAX_BYTES + 1), "bytes; take at most"),
        (b"[" * (MAX_PARTS + 1), "more than"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
        (b"[" + b"0," * MAX_PARTS + b"0]", "more than"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deep"),
        (b"9" * 1_000_000, "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"PK\x03\x04", "not JSON"),
        (b"[]", "another kind"),
        (b'{"schema": "interview-kit/work", "schema_version": 2}', "update the kit"),
        (b'{"schema": "interview-kit/work", "schema_version": true}', "schema version True"),
        (
            b'{"schema": "interview-kit/work", "schema_version": 1, "digest": 1, "content": NaN}',
            "not JSON",
        ),
        (b'{"schema": "interview-kit/round", "schema_version": 1}', "another kind"),
    ],
    ids=[
        "size",
        "open",
        "deep",
        "many",
        "keys",
        "digits",
        "bytes",
        "zip",
        "list",
        "newer",
        "true",
        "nan",
        "round",
    ],
)
def test_a_file_made_to_burst_is_refused_in_bounds(server: Store, data: bytes, words: str) -> None:
    tracemalloc.start()
    with pytest.raises(OfflineError, match=words):
        server.offline.merge("lea", data)
    with pytest.raises(OfflineError):
        server.offline.take(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000
