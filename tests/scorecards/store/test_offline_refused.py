"""Files from a laptop that are refused as a whole: changed, forged, made elsewhere, senseless, or made to burst."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from question_bank import Target
from scorecards.interviewing.offline import MAX_BYTES, MAX_PARTS, OfflineError, read_assignment
from scorecards.record.model import CardContent
from scorecards.store import OPERATOR, NotAllowedError, Store, open_database

from ..small_round import EQUAL, PLAN, draft, keep, submit
from .offline_files import CARD, altered, taken


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
    """Its interviewer has the key, so even a signed file is checked."""
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
