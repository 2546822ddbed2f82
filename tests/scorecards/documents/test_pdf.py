"""PDFs: the decision first, nothing private, nothing computed where only evidence is wanted, text as text."""

import re
from functools import cache
from time import process_time

import pytest

from benchmarks.rounds import big_round
from question_bank import load_bank
from scorecards.comparison import RoundComparison, compare_round
from scorecards.documents import candidate_markdown, candidate_pdf, round_pdf, scorecard_pdf
from scorecards.record.demo import demo_record
from scorecards.record.model import Amendment, RoundEvent, RoundRecord

from ..debriefed import LATER, debriefed, decision
from ..small_bank import RUBRICS
from ..small_round import BEGAN, card, compared, content, draft, record
from .pdf_text import pdf_pages, pdf_text
from .test_tables import book_of

LEVELS = {"DRF-01": 3, "DRF-02": 2, "SEC-01": "skipped", "SEC-02": "no_evidence"}
LOW = {"DRF-01": 1, "DRF-02": 1, "SEC-01": 2, "SEC-02": 3}
BANK = load_bank()
NAMES = {one.id: one.name for one in BANK.rubrics.competencies}


def flat(data: bytes) -> str:
    """The words of a PDF in one line."""
    return " ".join(pdf_text(data).split())


def two(**values: object) -> RoundRecord:
    """Ada and Bo have submitted, two levels apart on drift."""
    return record(card("ada", {"DRF-01": 4, "SEC-01": 3}), card("bo", {"DRF-01": 2, "SEC-01": 2}), **values)


def packet(whole: RoundRecord) -> str:
    return flat(candidate_pdf(whole, "zed", compared(whole), RUBRICS))


def round_packet(whole: RoundRecord) -> str:
    return flat(round_pdf(whole, compared(whole), RUBRICS))


def scorecard(whole: RoundRecord) -> str:
    return flat(scorecard_pdf(whole, whole.cards[0], RUBRICS))


@cache
def demo() -> tuple[RoundRecord, RoundComparison]:
    whole = demo_record(BANK)
    return whole, compare_round(whole, None, NAMES)


# A scorecard


def test_every_submitted_scorecard_of_the_demo_has_one_to_three_pages() -> None:
    whole, _ = demo()
    cards = [one for one in whole.cards if one.state == "submitted"]
    assert {
        one.id: pages
        for one in cards
        if not 1 <= (pages := len(pdf_pages(scorecard_pdf(whole, one, BANK.rubrics)))) <= 3
    } == {}


def test_a_scorecard_begins_with_the_recommendation() -> None:
    told = scorecard(record(card("ada", LEVELS, choice="strong_no")))
    assert told.index("Strong no") < told.index("Levels") < told.index("Questions")


def test_a_scorecard_tells_who_what_and_when() -> None:
    told = scorecard(record(card("ada", LEVELS)))
    for words in ("C-01 Zed", "Ada", "The first interview", "5 January 2026, 09:30 UTC", "2 of 4 questions"):
        assert words in told


def test_a_level_stands_with_its_anchor_what_was_heard_and_the_words() -> None:
    told = scorecard(record(card("ada", LEVELS)))
    for words in (
        "3 Senior",
        "Shows what level 3 shows: Labels come late.",
        "Signal a",
        "Went back a version",
    ):
        assert words in told


def test_a_state_stands_with_its_reason_and_no_number() -> None:
    told = scorecard(record(card("ada", LEVELS)))
    assert re.search(r"Skipped\s+No time left|No time left\s+Skipped|Skipped", told)
    assert "No time left" in told
    assert "No evidence" in told


def test_no_score_is_a_dash_and_never_0() -> None:
    told = scorecard(record(card("ada", {"DRF-01": "not_asked"})))
    assert "Mean of levels –" in told
    assert not re.search(r"\b0\.0\b", told)


def test_an_amendment_tells_when_why_and_what_changed() -> None:
    before = content(LEVELS | {"DRF-01": 2})
    change = Amendment(author_id="ada", at=BEGAN, reason="Misheard.", after_seeing_others=True, before=before)
    told = scorecard(record(card("ada", LEVELS, amendments=(change,))))
    assert "Misheard. Changed after seeing others. What changed: DRF-01 from 2 Partial to 3 Senior." in told


def test_a_level_of_somebody_not_qualified_stands_apart() -> None:
    told = scorecard(record(card("ada", LEVELS), not_qualified={"ada": ("drift",)}))
    assert "Apart: not qualified, in no score" in told
    assert "Mean of levels –" in told


# A candidate


def test_the_decision_stands_before_the_scores_and_the_scores_before_the_words() -> None:
    told = packet(debriefed(two()))
    places = [
        told.index(words) for words in ("Offer", "Votes", "Scores", "To talk about", "Evidence", "Method")
    ]
    assert places == sorted(places)


def test_without_a_decision_the_packet_says_so_first() -> None:
    told = packet(two())
    assert told.index("No decision yet") < told.index("Scores")


def test_a_decision_tells_who_when_why_and_what_stands_against_it() -> None:
    told = packet(debriefed(two()))
    for words in (
        "Decided by Lea Lead, recorded by Lea, 7 January 2026, 09:30 UTC.",
        "Named the delay of the labels unasked.",
        "One more system, please. (not named)",
        "1 of 2 scorecards missing.",
        "The rest suffices.",
        "The seals hold",
    ):
        assert words in told


def test_an_earlier_decision_stays_with_the_reason_it_was_opened_again() -> None:
    whole = two()
    again = decision(whole, outcome="no_offer", reopened_because="A date was wrong.", at=LATER)
    told = packet(debriefed(whole, decision(whole), again))
    assert (
        told.index("No offer") < told.index("A date was wrong.") < told.index("1. Offer. Decided by Lea Lead")
    )


def test_a_decision_changed_behind_its_seal_is_told() -> None:
    whole = debriefed(two())
    told = whole.debriefs[0]
    forged = told.decisions[0].model_copy(update={"decided_by": "Somebody else"})
    whole = whole.model_copy(update={"debriefs": (told.model_copy(update={"decisions": (forged,)}),)})
    assert "The seal of decision 1 does not fit what it says" in packet(whole)


def test_both_votes_stand_side_by_side_with_who_moved() -> None:
    told = packet(debriefed(two()))
    assert "Ada No: Reason of ada. Yes: Reason of ada." in told
    assert "Came closer to what the lead voted first: Ada." in told


def test_sealed_votes_are_in_no_document() -> None:
    whole = debriefed(two(), opened=(1,))
    only_first = packet(whole)
    assert "The second vote is still sealed." in only_first
    assert "Second vote" not in only_first
    nothing = whole.debriefs[0].model_copy(update={"openings": ()})
    whole = whole.model_copy(update={"debriefs": (nothing,)})
    assert "Reason of ada" not in packet(whole)
    assert "Reason of ada" not in candidate_markdown(whole, "zed", compared(whole), RUBRICS).decode()
    assert book_of(whole)["Votes"].max_row == 1


def test_scores_stand_with_coverage_spread_and_what_is_below_its_floor() -> None:
    told = packet(record(card("ada", {"DRF-01": 3}), card("bo", {"DRF-01": 1})))
    # (3 + 1) / 2 = 2.0 from two interviewers, below the floor of 2.5; drift is half of what counts
    for words in ("2.0 (2)", "↕ 2.0 apart", "below the floor of 2.5", "50 % of what counts was rated"):
        assert words in told


def test_every_interviewers_words_stand_in_the_evidence() -> None:
    told = packet(two()).partition("Evidence")[2]
    assert "Ada 4 Beyond senior" in told
    assert "Bo 2 Partial" in told


def test_a_withdrawn_scorecard_and_an_interview_that_did_not_take_place_are_told() -> None:
    whole = record(
        card("ada", LEVELS, state="withdrawn"), draft("bo", slot="second"), dismissed=["zed-second"]
    )
    told = packet(whole)
    assert "The scorecard of Ada is withdrawn and counts nowhere: Knew the candidate." in told
    assert "did not take place: Fell ill." in told


def test_a_candidate_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        candidate_pdf(two(), "nobody", compared(two()), RUBRICS)


# A round


def test_a_round_begins_with_the_decisions() -> None:
    told = round_packet(debriefed(two()))
    names = (
        "Decisions",
        "What can be said",
        "Coverage",
        "Everybody by competency",
        "Not said, and why",
        "Method",
    )
    places = [told.index(name) for name in names]
    assert places == sorted(places)
    assert told.index("C-01 Zed Offer Lea Lead 7 January 2026") < places[1]


def test_candidates_stand_in_the_order_of_their_codes_whatever_they_scored() -> None:
    cards = (card("ada", LOW), card("ada", {"DRF-01": 4, "SEC-01": 4}, candidate="yan"))
    told = round_packet(record(*cards, candidates=("zed", "yan"))).partition("Coverage")[2]
    assert told.index("C-01 Zed") < told.index("C-02 Yan")


def test_the_adjusted_score_never_stands_without_the_one_as_rated() -> None:
    whole, comparison = demo()
    told = flat(round_pdf(whole, comparison, BANK.rubrics))
    assert "as rated" in told
    for found in re.finditer(r"adjusted \d", told):
        assert "as rated" in told[: found.start()][-40:]


def test_a_group_is_told_in_words_and_never_a_place_alone() -> None:
    whole, comparison = demo()
    told = flat(round_pdf(whole, comparison, BANK.rubrics)).partition("Evidence")[0]
    assert "Leading group" in told
    assert "cannot be told apart from the leader" in told
    assert not re.search(r"(?i)\brank|\bplace \d|#\d", told)


def test_progress_is_told_after_each_candidate_and_at_the_end() -> None:
    heard: list[tuple[int, int]] = []
    whole, comparison = demo()
    round_pdf(whole, comparison, BANK.rubrics, lambda done, total: heard.append((done, total)))
    assert heard == [(n, 7) for n in range(1, 8)]


def test_what_was_done_to_the_round_stands_at_its_end() -> None:
    undone = RoundEvent(
        at=BEGAN,
        person_id="lea",
        what="dismissal_undone",
        interview_id="zed-first",
        reason="It did take place.",
        could_have_read=("bo",),
    )
    told = round_packet(two(events=(undone,)))
    assert "(The first interview): It did take place. By then Bo could have read others' scorecards." in told


def test_a_packet_of_30_candidates_takes_ten_seconds_of_one_processor_at_most() -> None:
    whole = big_round(BANK, 30)
    comparison = compare_round(whole, None, NAMES)
    began = process_time()
    assert round_pdf(whole, comparison, BANK.rubrics).startswith(b"%PDF-")
    assert process_time() - began <= 10


def test_every_page_says_what_it_is_of_how_many_and_that_it_is_confidential() -> None:
    whole, comparison = demo()
    pages = pdf_pages(round_pdf(whole, comparison, BANK.rubrics))
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Confidential: candidates' personal data" in page
        assert "Round packet: Senior Python AI engineer, demo" in page.replace("\xa0", " ")
