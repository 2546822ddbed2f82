"""A text that is too long is refused whole and in words: never cut, and nothing is stored."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecards.record.model import DecisionReason, Dissent, Verdict
from scorecards.store import NotAllowedError, Store
from scorecards.store.limits import MOST_IN_CLOSING, MOST_IN_NAME, MOST_IN_REASON, MOST_IN_WORDS

from ..debriefs import drafted
from ..small_round import card, draft, keep, rating, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
MEGABYTE = "x" * 1_000_000
HERE = Path(__file__).parents[3]
Act = Callable[[Store, str], object]


def settings(store: Store, **changes: object) -> None:
    store.rounds.change("lea", store.rounds.get("lea", "r1").model_copy(update=changes))


def decide(store: Store, **changes: object) -> None:
    store.debriefs.decide("lea", "zed", drafted().model_copy(update=changes), {})


def because(text: str) -> DecisionReason:
    return DecisionReason.model_construct(competency="drift", words=text)


def dissent(text: str) -> Dissent:
    return Dissent.model_construct(words=text, name="")


def lines(text: str) -> list[Dissent]:
    """The same text by parts that are each short enough."""
    size = MOST_IN_REASON - 1
    return [dissent(text[start : start + size]) for start in range(0, len(text), size)]


TYPED: dict[str, tuple[int, Act]] = {
    "dismiss": (MOST_IN_REASON, lambda s, text: s.interviews.dismiss("lea", "zed-more", text)),
    "evidence only": (MOST_IN_REASON, lambda s, text: s.rounds.show_evidence_only("lea", "r1", True, text)),
    "withdraw": (MOST_IN_REASON, lambda s, text: s.cards.withdraw("lea", "zed-first-ada", text)),
    "hold": (MOST_IN_REASON, lambda s, text: s.privacy.hold("lea", "r1", text)),
    "hand over": (MOST_IN_REASON, lambda s, text: s.office.hand_over("lea", "r1", "ada", text)),
    "let go": (MOST_IN_REASON, lambda s, text: s.seats.let_go("lea", "zed-more-bo", text)),
    "weights": (MOST_IN_REASON, lambda s, text: settings(s, weights_reason=text)),
    "closing words": (MOST_IN_CLOSING, lambda s, text: settings(s, closing_words=text)),
    "amendment": (MOST_IN_REASON, lambda s, text: s.cards.amend("ada", "zed-first-ada", [], None, text)),
    "amended evidence": (
        MOST_IN_WORDS,
        lambda s, text: s.cards.amend(
            "ada",
            "zed-first-ada",
            [rating("DRF-01", 3).model_copy(update={"evidence": text})],
            None,
            "Misheard.",
        ),
    ),
    "amended recommendation": (
        MOST_IN_WORDS,
        lambda s, text: s.cards.amend(
            "ada",
            "zed-first-ada",
            [],
            Verdict(recommendation="yes").model_copy(update={"reason": text}),
            "Misheard.",
        ),
    ),
    "vote": (MOST_IN_WORDS, lambda s, text: s.debriefs.vote("ada", "zed", 1, "yes", text)),
    "decided by": (MOST_IN_NAME, lambda s, text: decide(s, decided_by=text)),
    "a decision's reason": (MOST_IN_REASON, lambda s, text: decide(s, reasons=[because(text)])),
    "dissent": (MOST_IN_REASON, lambda s, text: decide(s, dissent=[dissent(text)])),
    "dissent in many lines": (MOST_IN_REASON, lambda s, text: decide(s, dissent=lines(text))),
    "what a candidate said": (MOST_IN_REASON, lambda s, text: decide(s, said=text)),
    "against the record": (MOST_IN_REASON, lambda s, text: decide(s, departure_reason=text)),
    "opened again": (MOST_IN_REASON, lambda s, text: decide(s, reopened_because=text)),
    "person": (MOST_IN_NAME, lambda s, text: s.people.add(text)),
    "own name": (MOST_IN_NAME, lambda s, text: s.names.rename_person("ada", "ada", text)),
    "candidate": (MOST_IN_NAME, lambda s, text: s.candidates.add("lea", "r1", [text])),
    "candidate's name": (MOST_IN_NAME, lambda s, text: s.names.rename_candidate("lea", "zed", text)),
    "opening": (
        MOST_IN_NAME,
        lambda s, text: s.rounds.create(
            "lea", record().round.model_copy(update={"id": "r2", "name": text}), []
        ),
    ),
    "address": (2000, lambda s, text: s.hooks.set("lea", "r1", f"https://ats.example.org/{text}")),
}


@pytest.mark.parametrize("what", TYPED)
def test_a_megabyte_is_refused_with_its_length_and_the_most(store: Store, what: str) -> None:
    most, act = TYPED[what]
    keep(store, card("ada", SENIOR), draft("bo", slot="more"))
    before = store.rounds.record("lea", "r1")
    with pytest.raises(NotAllowedError, match=rf"has 1,000,0\d\d characters; at most {most:,} are taken"):
        act(store, MEGABYTE)
    assert store.rounds.record("lea", "r1") == before


def test_a_token_for_a_name_that_is_too_long_is_refused(store: Store) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError, match="1 to 100 characters"):
        store.tokens.make("lea", "r1", MEGABYTE)


def test_no_box_of_a_screen_cuts_what_is_pasted() -> None:
    """`max_chars` cuts a paste without a word."""
    cutting = [
        f"{path.relative_to(HERE)}:{node.lineno}"
        for path in sorted((HERE / "interview_kit" / "screens").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and any(word.arg == "max_chars" for word in node.keywords)
    ]
    assert cutting == []


def test_no_page_of_the_kit_cuts_what_is_pasted() -> None:
    pages = [path for kind in ("html", "js") for path in (HERE / "interview_kit").rglob(f"*.{kind}")]
    assert pages
    assert [str(path) for path in pages if "maxlength" in path.read_text().casefold()] == []
