"""After submit: the scorecard is frozen, changes are appended, and nothing that stood there is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from scorecards.record.model import CardContent, Scorecard, Verdict
from scorecards.store import NotAllowedError, NotFoundError, Store

from ..awkward import AWKWARD
from ..small_round import WORDS, draft, keep, rate, rating, save_all, submit, tell

CARD = "zed-first-ada"
SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
BO_TOO = "zed-first-bo"


@pytest.fixture
def kept(store: Store) -> Store:
    """Ada has submitted her scorecard for Zed; Bo owes his."""
    keep(store, draft("ada"), draft("bo"))
    submit(store, "ada", CARD)
    return store


def card(store: Store) -> Scorecard:
    return store.cards.get("ada", CARD)


def amend(store: Store, level: int = 4, reason: str = "Misheard the number.", **values) -> Scorecard:
    return store.cards.amend("ada", CARD, [rating("DRF-01", level, **values)], None, reason)


# Submitting


def test_submit_stores_state_and_time(kept) -> None:
    assert card(kept).state == "submitted"
    assert timedelta(0) <= datetime.now(UTC) - card(kept).submitted_at < timedelta(minutes=1)


def test_submit_is_refused_with_every_reason(store) -> None:
    keep(store, draft("ada"))
    rate(store, "ada", CARD, rating("DRF-01", 3, ticks=(), evidence=""))
    with pytest.raises(NotAllowedError) as refused:
        store.cards.submit("ada", CARD)
    # one level without evidence, three questions without anything, no recommendation
    assert len(refused.value.reasons) == 5
    assert card(store).state == "draft"


def test_a_submitted_scorecard_takes_no_rating(kept) -> None:
    before = card(kept)
    answer = tell(kept, "ada", CARD, rating("DRF-01", 1), base=1, writer="ada-window")
    assert (answer.holds, answer.state) == (False, "submitted")
    assert card(kept) == before


def test_a_submitted_scorecard_takes_no_recommendation(kept) -> None:
    with pytest.raises(NotAllowedError, match="amend it instead"):
        kept.cards.save_verdict("ada", CARD, Verdict(recommendation="strong_no"))
    assert card(kept).content.verdict.recommendation == "yes"


def test_a_scorecard_is_submitted_once(kept) -> None:
    before = card(kept)
    with pytest.raises(NotAllowedError):
        kept.cards.submit("ada", CARD)
    assert card(kept) == before


# Amending


def test_an_amendment_changes_what_counts_and_keeps_what_stood_before(kept) -> None:
    before = card(kept).content
    amended = amend(kept)
    assert amended == card(kept)
    assert (amended.rating("DRF-01").level, amended.rating("DRF-02").level) == (4, 3)
    assert amended.amendments[0].before == before
    assert amended.amendments[0].before == before


def test_an_amendment_tells_author_reason_and_time(kept) -> None:
    amendment = amend(kept).amendments[0]
    assert (amendment.author_id, amendment.reason) == ("ada", "Misheard the number.")
    assert timedelta(0) <= datetime.now(UTC) - amendment.at < timedelta(minutes=1)


def test_amendments_are_appended_in_order(kept) -> None:
    contents: list[CardContent] = [card(kept).content]
    for level in (4, 2, 3):
        contents.append(amend(kept, level, f"Now {level}.").content)
    kept_ones = card(kept).amendments
    assert [amendment.reason for amendment in kept_ones] == ["Now 4.", "Now 2.", "Now 3."]
    assert [amendment.before for amendment in kept_ones] == contents[:-1]


def test_an_amendment_counts_the_rating_up(kept) -> None:
    assert amend(kept).rating("DRF-01").version == card(kept).amendments[0].before.ratings[0].version + 1


def test_an_amendment_can_change_the_recommendation_alone(kept) -> None:
    before = card(kept).content
    verdict = Verdict(recommendation="strong_yes")
    kept.cards.amend("ada", CARD, [], verdict, "Clicked the wrong one.")
    assert card(kept).content == before.model_copy(update={"verdict": verdict})


def test_an_amendments_words_come_back_character_by_character(kept) -> None:
    for text in AWKWARD.values():
        amend(kept, evidence=text, reason=text)
    amend(kept)
    *told, last = card(kept).amendments
    assert [one.reason for one in told] == list(AWKWARD.values())
    assert [one.before.ratings[0].evidence for one in (*told[1:], last)] == list(AWKWARD.values())


def test_an_amendment_before_others_submit_is_not_marked(kept) -> None:
    assert amend(kept).amendments[0].after_seeing_others is False


def test_an_amendment_after_others_were_visible_is_marked(kept) -> None:
    submit(kept, "bo", BO_TOO)
    assert amend(kept).amendments[0].after_seeing_others is True


def test_an_amendment_is_not_marked_while_the_round_still_hides_the_others(store) -> None:
    keep(store, draft("ada"), draft("bo"), draft("cy"), blindness="all")
    submit(store, "ada", CARD)
    submit(store, "bo", BO_TOO)
    assert amend(store).amendments[0].after_seeing_others is False


def test_another_candidates_scorecards_do_not_mark_an_amendment(store) -> None:
    keep(store, draft("ada"), draft("bo", candidate="yan"), candidates=("zed", "yan"))
    submit(store, "ada", CARD)
    submit(store, "bo", "yan-first-bo")
    assert amend(store).amendments[0].after_seeing_others is False


@pytest.mark.parametrize("viewer", ["bo", "lea", "cy", "max"])
def test_nobody_amends_the_scorecard_of_another(kept, viewer) -> None:
    before = card(kept)
    with pytest.raises(NotFoundError):
        kept.cards.amend(viewer, CARD, [rating("DRF-01", 1)], None, "I know better.")
    assert card(kept) == before


def test_an_amendment_without_a_reason_changes_nothing(kept) -> None:
    before = card(kept)
    with pytest.raises(NotAllowedError, match="needs a reason"):
        amend(kept, reason="  ")
    assert card(kept) == before


def test_an_amendment_keeps_to_the_rules_of_submitting(kept) -> None:
    before = card(kept)
    with pytest.raises(NotAllowedError, match="needs 20 characters"):
        amend(kept, level=4, ticks=(), evidence="Short.")
    assert card(kept) == before


def test_a_draft_is_not_amended(kept) -> None:
    with pytest.raises(NotAllowedError, match="draft"):
        kept.cards.amend("bo", BO_TOO, [rating("DRF-01", 1)], None, "Too early.")


# Withdrawing


def test_a_withdrawn_scorecard_stays_listed_with_its_reason(kept) -> None:
    before = card(kept)
    kept.cards.withdraw("lea", CARD, " Knew the candidate. ")
    assert card(kept) == before.model_copy(
        update={"state": "withdrawn", "withdrawn_reason": "Knew the candidate."}
    )
    assert [status.state for status in kept.rounds.statuses("lea", "r1")] == ["withdrawn", "draft"]


def test_a_withdrawn_scorecard_is_neither_changed_nor_submitted_again(kept) -> None:
    kept.cards.withdraw("lea", CARD, "Knew the candidate.")
    with pytest.raises(NotAllowedError):
        amend(kept)
    with pytest.raises(NotAllowedError):
        kept.cards.submit("ada", CARD)
    with pytest.raises(NotAllowedError):
        kept.cards.withdraw("lea", CARD, "Again.")


def test_a_withdrawn_scorecard_keeps_its_amendments(kept) -> None:
    amend(kept)
    kept.cards.withdraw("lea", CARD, "Knew the candidate.")
    assert len(card(kept).amendments) == 1


@pytest.mark.parametrize("viewer", ["ada", "bo", "cy"])
def test_only_the_lead_withdraws(kept, viewer) -> None:
    with pytest.raises(NotAllowedError, match="lead"):
        kept.cards.withdraw(viewer, CARD, "Knew the candidate.")
    assert card(kept).state == "submitted"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_withdrawing_needs_a_reason(kept, reason) -> None:
    with pytest.raises(NotAllowedError, match="Say why"):
        kept.cards.withdraw("lea", CARD, reason)
    assert card(kept).state == "submitted"


def test_a_draft_is_not_withdrawn(kept) -> None:
    with pytest.raises(NotAllowedError, match="Only a submitted"):
        kept.cards.withdraw("lea", BO_TOO, "Too early.")


def test_what_was_said_before_submit_is_what_stands_after_it(store) -> None:
    keep(store, draft("ada"))
    save_all(store, "ada", CARD)
    store.cards.save_verdict("ada", CARD, Verdict(recommendation="yes"))
    before = card(store).content
    assert store.cards.submit("ada", CARD).content == before == card(store).content
    assert {one.question_id: one.level for one in before.ratings} == SENIOR
    assert {one.evidence for one in before.ratings} == {WORDS}
