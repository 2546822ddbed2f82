"""Decisions: who records one, what it departs from, and what its seal and its evidence hold."""

from typing import Any

import pytest

from scorecards.debriefing.debrief import (
    departures,
    why_not_decide,
)
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.departures import OthersBefore
from scorecards.record.model import (
    Amendment,
    Debrief,
    Decision,
    DecisionDraft,
    Dissent,
    Recommendation,
    Scorecard,
    Verdict,
)
from scorecards.record.seals import broken_seals, evidence_digest, sealed

from ..debriefs import BECAUSE, debrief, decision, drafted, vote, with_debrief
from ..small_round import BEGAN, EQUAL, card, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
NAMES = {"drift": "Drift in the wild", "security": "Safe by design"}
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
SUBMIT_FIRST = ["Submit your own scorecard for this candidate first."]
LEAD_ONLY = ["Only the round's lead can do this."]
CLOSED = ["The round is closed: nothing in it changes until its lead opens it again."]
ONE_OUT = ["1 scorecard is still out for this candidate."]
EMPTY = debrief()


def rated(drift: int, security: int) -> dict[str, int]:
    return {"DRF-01": drift, "DRF-02": drift, "SEC-01": security, "SEC-02": security}


# Deciding


def decided(
    viewer: str = "lea", told: DecisionDraft | None = None, *cards: Scorecard, **changes: Any
) -> list[str]:
    held = changes.pop("held", EMPTY)
    whole = with_debrief(record(*(cards or (ADA, BO)), **changes), held)
    return why_not_decide(whole, viewer, "zed", told or drafted())


MORE_IN_THE_WAY = ["Something in the record stands against this decision: say why it was decided so."]


def test_the_lead_decides_where_nothing_stands_against_it() -> None:
    assert decided() == []


@pytest.mark.parametrize(("viewer", "reasons"), [("ada", LEAD_ONLY), ("cy", LEAD_ONLY), ("max", LEAD_ONLY)])
def test_only_the_lead_decides(viewer, reasons) -> None:
    assert decided(viewer) == reasons


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_lead_who_owes_a_scorecard_does_not_decide(mode) -> None:
    assert decided("lea", None, ADA, draft("lea"), blindness=mode) == SUBMIT_FIRST


def test_where_all_are_waited_for_nothing_is_decided_before() -> None:
    assert decided("lea", None, ADA, draft("bo"), blindness="all") == ONE_OUT


def test_nothing_is_decided_in_a_closed_round() -> None:
    assert decided(state="closed") == CLOSED


@pytest.mark.parametrize("only", [draft("ada"), card("ada", SENIOR, state="withdrawn")])
def test_without_any_submitted_scorecard_there_is_nothing_to_decide_on(only) -> None:
    told = drafted("no_offer", departure_reason="Nobody came.")
    assert decided("lea", told, only) == ["Nobody has submitted a scorecard: there is nothing to decide on."]


def test_a_reason_names_a_competency_of_the_round() -> None:
    foreign = BECAUSE[0].model_copy(update={"competency": "charm"})
    assert decided("lea", drafted(reasons=(*BECAUSE, foreign))) == ["'charm' is no competency of this round."]


def test_a_decision_has_a_reason() -> None:
    with pytest.raises(ValueError, match="reasons"):
        drafted(reasons=())


@pytest.mark.parametrize("name", ["", "  "])
def test_a_decision_names_who_answers_for_it(name) -> None:
    with pytest.raises(ValueError, match="decided_by"):
        drafted(decided_by=name)


def test_a_dissent_needs_no_name() -> None:
    assert Dissent(words="Too few numbers.").name == ""


def test_with_a_scorecard_missing_a_decision_says_why_it_does_not_wait() -> None:
    assert decided("lea", drafted("no_offer"), ADA, draft("bo")) == MORE_IN_THE_WAY
    assert decided("lea", drafted("no_offer", departure_reason="Bo is away."), ADA, draft("bo")) == []


def test_a_departure_that_the_lead_names_needs_a_reason_too() -> None:
    told = drafted(departs_from=("Others stand before this candidate.",))
    assert decided("lea", told) == MORE_IN_THE_WAY


def test_a_second_decision_says_why_the_first_was_opened_again() -> None:
    held = debrief(decisions=(decision(),))
    assert decided(held=held) == ["There is a decision already: say why it was opened again."]
    assert decided("lea", drafted(reopened_because="Bo came back."), held=held) == []


# Departing


def stands_against(outcome: str, *cards: Scorecard, held: Debrief = EMPTY, **told: Any) -> tuple[str, ...]:
    whole = with_debrief(record(*(cards or (ADA, BO)), **told), held)
    return tuple(departure_words(one, NAMES) for one in departures(whole, "zed", outcome))


@pytest.mark.parametrize("outcome", ["offer", "more_evidence", None])
def test_no_decision_departs_from_a_whole_record_without_votes(outcome) -> None:
    assert stands_against(outcome) == ()


@pytest.mark.parametrize("outcome", ["offer", "more_evidence"])
def test_every_decision_departs_from_a_missing_scorecard(outcome) -> None:
    assert stands_against(outcome, ADA, BO, draft("cy")) == ("1 of 3 scorecards missing.",)


SECURITY_ONLY = [card(who, {"SEC-01": 3, "SEC-02": 3}) for who in ("ada", "bo")]


def test_an_offer_departs_from_low_coverage_and_from_a_must_have_without_level() -> None:
    """One of two equal weights was rated: 50 %."""
    assert stands_against("offer", *SECURITY_ONLY) == (
        "Only 50 % of what counts was rated.",
        "No level on the must-have Drift in the wild.",
    )


def test_an_offer_departs_from_a_floor_that_is_not_met() -> None:
    assert stands_against("offer", card("ada", rated(2, 4)), card("bo", rated(2, 4))) == (
        "The must-have Drift in the wild is below its floor.",
    )


@pytest.mark.parametrize("outcome", ["more_evidence"])
def test_without_an_offer_gaps_and_floors_are_no_departure(outcome) -> None:
    assert stands_against(outcome, *SECURITY_ONLY) == ()


def test_in_a_round_of_evidence_only_nothing_computed_is_departed_from() -> None:
    low = [card(who, {"DRF-01": 1}) for who in ("ada", "bo")]
    assert stands_against("offer", *low, evidence_only=True) == ()
    assert stands_against("offer", *SECURITY_ONLY, evidence_only=True) == (
        "No level on the must-have Drift in the wild.",
    )


CY = card("cy", SENIOR)
VOTED: dict[str, tuple[str, list[Recommendation], tuple[str, ...]]] = {
    "an offer against the most": ("offer", ["no", "strong_no", "yes"], ("2 of 3 votes are against.",)),
    "an offer with the most": ("offer", ["no", "yes", "yes"], ()),
    "an offer where votes are even": ("offer", ["no", "yes", "no_decision"], ()),
    "an offer against the only one who does not abstain": (
        "offer", ["no", "no_decision", "no_decision"], ("1 of 1 votes is against.",)),
    "an offer where all abstain": ("offer", ["no_decision"] * 3, ()),
    "no offer against the most": ("no_offer", ["yes", "strong_yes", "no"], ("2 of 3 votes are in favour.",)),
    "no offer where votes are even": ("no_offer", ["yes", "no", "no_decision"], ()),
    "another interview against everybody": ("more_evidence", ["yes", "yes", "yes"], ()),
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "choices", "expected"), VOTED.values(), ids=VOTED)
def test_a_decision_departs_from_what_most_voted(outcome, choices, expected) -> None:
    votes = [vote(who, choice) for who, choice in zip(("ada", "bo", "cy"), choices, strict=True)]
    held = debrief(*votes, openings=(1,))
    assert stands_against(outcome, ADA, BO, CY, held=held) == expected


def test_sealed_votes_are_departed_from_by_nobody() -> None:
    held = debrief(vote("ada", "no"), vote("bo", "no"))
    assert stands_against("offer", held=held) == ()


def test_the_second_vote_counts_once_it_is_open() -> None:
    first = [vote("ada", "no"), vote("bo", "no")]
    second = [vote("ada", "yes", 2), vote("bo", "yes", 2)]
    assert stands_against("offer", held=debrief(*first, *second, openings=(1,))) == (
        "2 of 2 votes are against.",
    )
    assert stands_against("offer", held=debrief(*first, *second, openings=(1, 2))) == ()


def test_the_vote_of_somebody_whose_scorecard_was_withdrawn_counts_no_more() -> None:
    gone = card("bo", SENIOR, state="withdrawn")
    held = debrief(vote("ada", "yes"), vote("bo", "no"), vote("cy", "no"), openings=(1,))
    assert stands_against("offer", ADA, gone, CY, held=held) == ()


# Seals


def chain(*outcomes: str) -> Debrief:
    """Zed's decisions with their seals, each over the one before."""
    decisions: tuple[Decision, ...] = ()
    for outcome in outcomes:
        before = decisions[-1] if decisions else None
        decisions = (*decisions, sealed(decision(outcome), "zed", before))
    return debrief(decisions=decisions)


def test_untouched_decisions_keep_their_seals() -> None:
    assert broken_seals(chain("offer", "more_evidence", "no_offer")) == ()


def test_a_seal_survives_being_written_down_and_read_again() -> None:
    held = chain("offer", "no_offer")
    assert broken_seals(Debrief.model_validate_json(held.model_dump_json())) == ()


class LaterDecision(Decision):
    """As a later kit may know it."""

    attended: tuple[str, ...] = ()


def test_a_seal_holds_in_a_kit_that_knows_of_more() -> None:
    held = chain("offer", "no_offer")
    later = tuple(LaterDecision(**one.model_dump()) for one in held.decisions)
    assert broken_seals(held.model_copy(update={"decisions": later})) == ()


CHANGES: dict[str, dict[str, Any]] = {
    "outcome": {"outcome": "no_offer"},
    "who decided": {"decided_by": "Max"},
    "who recorded it": {"recorded_by": "max"},
    "when": {"at": BEGAN},
    "reasons": {"reasons": (BECAUSE[0].model_copy(update={"words": "Other words."}),)},
    "a dissent added": {"dissent": (Dissent(words="No."),)},
    "what it departs from": {"departures": (OthersBefore(kind="others_before"),)},
    "what it departs from, in an older kit's sentences": {"departs_from": ("Less.",)},
    "why it departs": {"departure_reason": "Because."},
    "why it was opened again": {"reopened_because": "Because."},
    "the evidence": {"evidence_digest": "of other scorecards"},
    "the seal": {"seal": "0" * 64},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_decision_breaks_its_seal(change) -> None:
    held = chain("offer")
    changed = held.decisions[0].model_copy(update=change)
    assert broken_seals(debrief(decisions=(changed,))) == (1,)


def test_a_decision_that_was_removed_breaks_the_seal_of_the_next() -> None:
    first, _, third = chain("offer", "more_evidence", "no_offer").decisions
    assert broken_seals(debrief(decisions=(first, third))) == (2,)


def test_decisions_that_were_swapped_break_their_seals() -> None:
    first, second = chain("offer", "no_offer").decisions
    assert broken_seals(debrief(decisions=(second, first))) == (1, 2)


def test_a_decision_on_another_candidate_does_not_fit() -> None:
    held = chain("offer")
    assert broken_seals(held.model_copy(update={"candidate_id": "yan"})) == (1,)


# Evidence


def test_the_digest_of_the_evidence_is_the_same_whatever_the_order_of_scorecards() -> None:
    whole = record(ADA, BO)
    turned = whole.model_copy(update={"cards": whole.cards[::-1]})
    assert evidence_digest(whole, "zed") == evidence_digest(turned, "zed")


def test_the_digest_changes_with_an_amendment_that_changes_no_level() -> None:
    amendment = Amendment(
        author_id="bo", at=BEGAN, reason="Misheard.", after_seeing_others=True, before=BO.content
    )
    amended = BO.model_copy(update={"amendments": (amendment,)})
    assert evidence_digest(record(ADA, BO), "zed") != evidence_digest(record(ADA, amended), "zed")


CHANGED_EVIDENCE = {
    "a level": card("bo", SENIOR | {"DRF-01": 2}),
    "a recommendation": card("bo", SENIOR, choice="no"),
    "a sentence": BO.model_copy(
        update={"content": BO.content.model_copy(update={"verdict": Verdict(recommendation="yes", reason="So.")})}
    ),
    "a withdrawal": card("bo", SENIOR, state="withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("changed", CHANGED_EVIDENCE.values(), ids=CHANGED_EVIDENCE)
def test_the_digest_changes_with_whatever_a_scorecard_says(changed) -> None:
    assert evidence_digest(record(ADA, BO), "zed") != evidence_digest(record(ADA, changed), "zed")


def test_the_digest_rests_on_submitted_scorecards_of_this_candidate_alone() -> None:
    others = (draft("cy"), card("cy", SENIOR, candidate="yan"))
    more = record(ADA, BO, *others, candidates=("zed", "yan"), targets=EQUAL)
    assert evidence_digest(more, "zed") == evidence_digest(record(ADA, BO), "zed")


class LaterCard(Scorecard):
    """As a later kit may know it."""

    place: str = ""


def test_the_digest_stays_in_a_kit_that_knows_of_more() -> None:
    whole = record(ADA, BO)
    later = whole.model_copy(update={"cards": tuple(LaterCard(**one.model_dump()) for one in whole.cards)})
    assert evidence_digest(later, "zed") == evidence_digest(whole, "zed")
