"""The demo round: invented people, every state that a real round knows, nothing that the rules refuse."""

import re
from collections import Counter
from fractions import Fraction

import pytest

from question_bank import load_bank, usable_minutes
from scorecards.documents.bundle import read_round_bundle, round_bundle
from scorecards.record import rules, score
from scorecards.record.demo import demo_record
from scorecards.record.model import Person, RoundRecord, Scorecard
from scorecards.record.proposal import helped_signals, proposed_level
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

BANK = load_bank()
RECORD = demo_record(BANK)
SUBMITTED = [card for card in RECORD.cards if card.state == "submitted"]
RATINGS = [(card, rating) for card in RECORD.cards for rating in card.content.ratings]
# What gives a protected trait away. Words of the trade are not in it: native code, the age of a fault.
TRAITS = frozenset(
    re.findall(
        r"\w+",
        """
    accent aged young older elderly he she his her him hers man woman male female gender
    mother father wife husband married single pregnant pregnancy maternity child children
    religion religious church mosque race ethnic ethnicity nationality foreigner immigrant
    disabled disability illness sick gay culture personality
    """,
    )
)


def ident(card: Scorecard) -> str:
    """Who rated whom in which interview, the same at every call."""
    return card.id.removeprefix(f"{card.round_id}-")


def words_of(card: Scorecard) -> list[str]:
    """Every text that its interviewer wrote."""
    verdict = card.content.verdict
    texts = [text for r in card.content.ratings for text in (r.evidence, r.override_reason, r.skip_text)]
    return [text for text in (*texts, verdict.reason, verdict.contradiction) if text]


def scores(record: RoundRecord = RECORD) -> dict[str, score.CandidateScore]:
    return {one.name: score.candidate_score(record, one.id) for one in record.by_code}


# What is in it


def test_it_has_six_candidates_four_interviewers_and_is_marked_as_demo() -> None:
    assert RECORD.round.demo
    assert len(RECORD.candidates) == len({one.name for one in RECORD.candidates}) == 6
    assert len(RECORD.round.panel_ids) == len(RECORD.people) == 4
    assert {card.interviewer_id for card in SUBMITTED} == set(RECORD.round.panel_ids)


def test_the_person_who_asks_for_it_leads_it_without_being_on_the_panel() -> None:
    asker = Person(id="asker", name="Asker")
    record = demo_record(BANK, lead=asker)
    assert record.round.lead_id == "asker"
    assert "asker" not in record.round.panel_ids
    assert asker in record.people


@pytest.mark.parametrize("slot", RECORD.round.slots, ids=lambda slot: slot.id)
def test_each_interview_leaves_a_tenth_of_its_minutes_free(slot) -> None:
    assert slot.plan.planned_minutes <= usable_minutes(slot.plan.minutes)


def test_only_the_drift_interview_has_two_interviewers() -> None:
    seats = {slot.id: len(slot.interviewer_ids) for slot in RECORD.round.slots}
    assert seats == {
        "founder-screen": 1,
        "systems-operations": 1,
        "drift-mlops": 2,
        "security-performance": 1,
    }


def test_its_content_is_the_same_at_every_call_and_its_ids_are_new() -> None:
    other = demo_record(BANK)

    def said(record: RoundRecord) -> list[object]:
        unstored = {"saved_at": None}
        return [
            (ident(c), c.state, c.content.verdict, [r.model_copy(update=unstored) for r in c.content.ratings])
            for c in record.cards
        ]

    assert said(other) == said(RECORD)
    assert [one.name for one in other.by_code] == [one.name for one in RECORD.by_code]
    assert other.round.id != RECORD.round.id
    for kind in ("candidates", "interviews", "cards"):
        assert not {one.id for one in getattr(other, kind)} & {one.id for one in getattr(RECORD, kind)}


def test_every_scorecard_in_the_file_reaches_the_round() -> None:
    """A misspelt candidate, slot or interviewer would vanish without a word."""
    assert len(SUBMITTED) == 26
    assert len(RECORD.cards) == 30


# What the rules say to it


@pytest.mark.parametrize("card", SUBMITTED, ids=ident)
def test_every_submitted_scorecard_could_be_submitted_again(card) -> None:
    assert rules.why_not_submit(RECORD, card.model_copy(update={"state": "draft"})) == []


@pytest.mark.parametrize("card", [card for card in RECORD.cards if card.content.ratings], ids=ident)
def test_every_mark_is_one_that_its_question_has(card) -> None:
    plan = RECORD.interview[card.interview_id].plan
    planned = {item.question.id for item in plan.items}
    for rating in card.content.ratings:
        assert rating.question_id in planned
        question = plan.question(rating.question_id)
        for marks, known in (
            (rating.ticks, {signal.id for signal in question.signals}),
            (rating.red_flags, {flag.id for flag in question.red_flags}),
            (rating.probes, range(len(question.probes))),
        ):
            assert set(marks) <= set(known)
            assert len(set(marks)) == len(marks)


def test_three_levels_differ_from_the_proposed_one_each_with_a_reason() -> None:
    differing = {
        (ident(card), rating.question_id)
        for card, rating in RATINGS
        if rating.level is not None
        and rating.level != proposed_level(RECORD.interview[card.interview_id], rating)
    }
    explained = {(ident(card), rating.question_id) for card, rating in RATINGS if rating.override_reason}
    assert differing == explained
    assert len(explained) == 3


def test_a_given_away_signal_lowers_a_proposal_somewhere() -> None:
    lowered = [
        rating
        for card, rating in RATINGS
        if helped_signals(RECORD.interview[card.interview_id].plan.question(rating.question_id), rating)
        & set(rating.ticks)
    ]
    assert lowered


# The states and cases that it is there to show


def test_the_states_without_a_level_all_occur() -> None:
    states = Counter(rating.state for _, rating in RATINGS if rating.state)
    assert set(states) == {"not_asked", "no_evidence", "skipped"}
    assert {r.skip_reason for _, r in RATINGS if r.state == "skipped"} == {"time"}


def test_two_interviewers_mark_the_same_red_flag() -> None:
    marked = Counter(
        (card.candidate_id, rating.question_id, flag) for card, rating in RATINGS for flag in rating.red_flags
    )
    assert [times for times in marked.values() if times > 1] == [2]


def test_one_recommendation_contradicts_its_levels_and_says_why() -> None:
    odd = [card for card in SUBMITTED if rules.contradictions(RECORD, card)]
    assert [card.content.verdict.recommendation for card in odd] == ["yes"]
    assert score.card_mean(RECORD, odd[0]) == Fraction(2)
    assert [card for card in SUBMITTED if card.content.verdict.contradiction] == odd


def test_one_interviewer_makes_no_decision_and_says_why() -> None:
    undecided = [c for c in SUBMITTED if c.content.verdict.recommendation == "no_decision"]
    assert len(undecided) == 1
    assert undecided[0].content.verdict.reason


def test_one_draft_is_half_filled() -> None:
    begun = [card for card in RECORD.cards if card.state == "draft" and card.content.ratings]
    assert len(begun) == 1
    plan = RECORD.interview[begun[0].interview_id].plan
    assert len(begun[0].content.ratings) == 1
    assert len(plan.items) == 2
    assert begun[0].content.verdict.recommendation is None


def test_one_competency_of_one_candidate_is_strongly_disputed() -> None:
    disputed = [
        (name, found.competency)
        for name, one in scores().items()
        for found in one.competencies.values()
        if found.disputed
    ]
    assert disputed == [("Sanna Virtanen", "drift")]
    candidate = next(one for one in RECORD.candidates if one.name == "Sanna Virtanen")
    seats = [card for card in RECORD.cards_of(candidate.id) if "drift-mlops" in card.interview_id]
    assert {card.content.verdict.recommendation for card in seats} == {"no", "strong_yes"}
    assert all(card.rating("DRF-05").evidence for card in seats)


def test_one_candidate_is_incomplete_with_an_interview_dismissed_and_one_still_to_come() -> None:
    assert [name for name, one in scores().items() if one.incomplete] == ["Karim Haddad"]
    candidate = next(one for one in RECORD.candidates if one.name == "Karim Haddad")
    statuses = RECORD.statuses_of(candidate.id)
    assert [status.state for status in statuses].count("submitted") == 2
    assert sum(status.due for status in statuses) == 2
    assert sum(status.dismissed_reason is not None for status in statuses) == 1
    assert all(not card.content.ratings for card in RECORD.cards_of(candidate.id) if card.state == "draft")


def test_the_complete_candidates_differ_as_their_stories_do() -> None:
    found = scores()
    overall = {one.candidate_id: one.overall for one in found.values() if not one.incomplete}
    order = sorted(overall, key=lambda who: -overall[who])
    assert len(order) == 5
    senior, talker = found["Amara Okeke"], found["Daniel Whitfield"]
    assert order[0] == senior.candidate_id
    assert not senior.floors_not_met
    assert order[4] == talker.candidate_id
    assert len(talker.floors_not_met) == 5
    uneven = found["Linh Tran"]
    assert uneven.competencies["security"].mean == Fraction(7, 2)
    assert uneven.floors_not_met == ("drift",)


# Its words


def test_every_level_and_state_has_its_own_evidence() -> None:
    texts = [rating.evidence.strip() for _, rating in RATINGS]
    assert all(len(text) >= rules.MIN_EVIDENCE for text in texts)
    lines = [line.strip() for text in texts for line in text.splitlines()]
    assert [line for line, times in Counter(lines).items() if times > 1] == []


@pytest.mark.parametrize("card", [card for card in RECORD.cards if words_of(card)], ids=ident)
def test_no_note_tells_a_protected_trait_or_a_name(card) -> None:
    names = {part for who in (*RECORD.candidates, *RECORD.people) for part in who.name.casefold().split()}
    found = set(re.findall(r"\w+", " ".join(words_of(card)).casefold()))
    assert found & (TRAITS | names) == set()


# In and out


def test_it_survives_export_and_import_byte_for_byte() -> None:
    exported = round_bundle(RECORD)
    read = read_round_bundle(exported)
    assert round_bundle(read) == exported
    assert {status.card_id: status for status in read.statuses} == {
        status.card_id: status for status in RECORD.statuses
    }


def test_the_store_gives_back_what_was_put_in(store: Store) -> None:
    store.imports.add(RECORD)
    kept = store.rounds.record(OPERATOR, RECORD.round.id)
    assert kept.round == RECORD.round
    assert {card.id: card for card in kept.cards} == {card.id: card for card in RECORD.cards}
    assert {status.card_id: status for status in kept.statuses} == {
        status.card_id: status for status in RECORD.statuses
    }


def test_two_demo_rounds_live_side_by_side_and_one_is_removed_alone(store: Store) -> None:
    first, second = demo_record(BANK), demo_record(BANK)
    store.imports.add(first)
    store.imports.add(second)
    assert {one.id for one in store.rounds.all(OPERATOR)} == {first.round.id, second.round.id}
    before = store.rounds.record(OPERATOR, second.round.id)

    store.rounds.delete(OPERATOR, first.round.id)

    assert [one.id for one in store.rounds.all(OPERATOR)] == [second.round.id]
    assert store.rounds.record(OPERATOR, second.round.id) == before
    with pytest.raises(NotFoundError):
        store.rounds.record(OPERATOR, first.round.id)


def test_the_same_demo_round_is_not_taken_twice(store: Store) -> None:
    store.imports.add(RECORD)
    with pytest.raises(NotAllowedError):
        store.imports.add(RECORD)
