"""Who reads what: every read of the store, as everybody who could ask."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from scorecards.record.model import Amendment, Scorecard, Verdict
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

from ..small_round import BEGAN, card, content, draft, keep, rate, rating

# Stands in every field of Ada's scorecard that holds words.
SECRET = "ocelot"
SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
HIDDEN = "zed-first-ada"


def secretive() -> Scorecard:
    """Ada's submitted scorecard: the word to look for is in everything she wrote, now and before."""
    said = content(SENIOR)
    words = {"evidence": SECRET, "override_reason": SECRET, "skip_text": SECRET}
    said = said.model_copy(
        update={
            "ratings": tuple(one.model_copy(update=words) for one in said.ratings),
            "verdict": Verdict(recommendation="yes", reason=SECRET, contradiction=SECRET),
        }
    )
    amendment = Amendment(author_id="ada", at=BEGAN, reason=SECRET, after_seeing_others=False, before=said)
    whole = card("ada", SENIOR, amendments=(amendment,))
    return whole.model_copy(update={"content": said})


class Role(NamedTuple):
    """Somebody who asks: beside Ada's scorecard, these scorecards are in the round."""

    viewer: Any
    cards: tuple[Scorecard, ...]
    sees: bool = False
    compares: bool = False
    enters: bool = True


ROLES = {
    "the author": Role("ada", (draft("bo"),), sees=True, compares=True),
    "an interviewer who owes theirs": Role("bo", (draft("bo"),)),
    "an interviewer who has begun theirs": Role("bo", (draft("bo", SENIOR),)),
    "an interviewer who has submitted": Role("bo", (card("bo", SENIOR),), sees=True, compares=True),
    "an interviewer who owes another of the candidate": Role(
        "bo", (card("bo", SENIOR), draft("bo", slot="second"))
    ),
    "a lead who interviews and owes": Role("lea", (draft("lea"),)),
    "a lead who interviewed and submitted": Role("lea", (card("lea", SENIOR),), sees=True, compares=True),
    "a lead who does not interview": Role("lea", (draft("bo"),), sees=True, compares=True),
    "a panel member without a scorecard": Role("cy", (draft("bo"),), sees=True, compares=True),
    "a stranger": Role("max", (draft("bo"),), enters=False),
    "the person who holds the database": Role(OPERATOR, (draft("bo"),), sees=True, compares=True),
}


@pytest.fixture(params=ROLES.values(), ids=ROLES)
def role(request: pytest.FixtureRequest, store: Store) -> Role:
    keep(store, secretive(), *request.param.cards)
    return request.param


def told(read: Callable[[], Any]) -> str:
    """All that a read gives back, a refusal's words included."""
    try:
        return repr(read())
    except (NotAllowedError, NotFoundError) as refused:
        return repr(refused) + str(refused)


def test_a_scorecard_is_read_by_those_who_are_not_blind_to_it(store, role) -> None:
    if role.sees:
        assert store.cards.get(role.viewer, HIDDEN).content.verdict.reason == SECRET
    else:
        with pytest.raises(NotAllowedError if role.enters else NotFoundError):
            store.cards.get(role.viewer, HIDDEN)


def test_a_record_holds_only_the_scorecards_that_its_reader_may_see(store, role) -> None:
    if not role.enters:
        with pytest.raises(NotFoundError):
            store.rounds.record(role.viewer, "r1")
        return
    whole = store.rounds.record(role.viewer, "r1")
    assert (HIDDEN in {one.id for one in whole.cards}) is role.sees
    assert (SECRET in repr(whole)) is role.sees


def test_a_record_holds_no_draft_but_ones_own(store, role) -> None:
    if role.enters and role.viewer is not OPERATOR:
        drafts = [one for one in store.rounds.record(role.viewer, "r1").cards if one.state == "draft"]
        assert {one.interviewer_id for one in drafts} <= {role.viewer}


def test_a_record_lists_every_scorecards_state(store, role) -> None:
    if role.enters:
        listed = {status.card_id for status in store.rounds.record(role.viewer, "r1").statuses}
        assert listed == {HIDDEN, *(one.id for one in role.cards)}


def test_the_comparison_opens_to_those_who_owe_nothing(store, role) -> None:
    if role.compares:
        assert SECRET in repr(store.rounds.comparison(role.viewer, "r1"))
    else:
        with pytest.raises(NotAllowedError if role.enters else NotFoundError):
            store.rounds.comparison(role.viewer, "r1")


def test_statuses_say_who_has_submitted_and_nothing_more(store, role) -> None:
    if not role.enters:
        with pytest.raises(NotFoundError):
            store.rounds.statuses(role.viewer, "r1")
        return
    assert HIDDEN in {status.card_id for status in store.rounds.statuses(role.viewer, "r1")}
    assert SECRET not in repr(store.rounds.statuses(role.viewer, "r1"))


def test_a_round_is_listed_and_read_by_those_in_it(store, role) -> None:
    assert [one.id for one in store.rounds.all(role.viewer)] == (["r1"] if role.enters else [])
    if role.enters:
        assert store.rounds.get(role.viewer, "r1").id == "r1"
    else:
        with pytest.raises(NotFoundError):
            store.rounds.get(role.viewer, "r1")


def test_an_interviews_plan_is_read_by_those_in_the_round(store, role) -> None:
    if role.enters:
        assert store.interviews.get(role.viewer, "zed-first").id == "zed-first"
    else:
        with pytest.raises(NotFoundError):
            store.interviews.get(role.viewer, "zed-first")


def test_own_statuses_are_ones_own(store, role) -> None:
    own = {one.id for one in (secretive(), *role.cards) if one.interviewer_id == role.viewer}
    if role.viewer is not OPERATOR:
        assert {status.card_id for status in store.cards.own(role.viewer)} == own


def test_no_read_whatever_tells_a_blind_viewer_a_word(store, role) -> None:
    if role.sees:
        return
    reads = [
        lambda: store.cards.get(role.viewer, HIDDEN),
        lambda: store.rounds.record(role.viewer, "r1"),
        lambda: store.rounds.comparison(role.viewer, "r1"),
        lambda: store.rounds.statuses(role.viewer, "r1"),
        lambda: store.rounds.all(role.viewer),
        lambda: store.rounds.get(role.viewer, "r1"),
        lambda: store.interviews.get(role.viewer, "zed-first"),
        lambda: store.cards.own(role.viewer),
        store.people.all,
    ]
    assert [place for place, read in enumerate(reads) if SECRET in told(read)] == []


def test_a_refused_write_tells_a_blind_viewer_nothing(store, role) -> None:
    if role.sees:
        return
    writes = [
        lambda: rate(store, role.viewer, HIDDEN, rating("DRF-01")),
        lambda: store.cards.save_verdict(role.viewer, HIDDEN, Verdict()),
        lambda: store.cards.submit(role.viewer, HIDDEN),
        lambda: store.cards.amend(role.viewer, HIDDEN, [], None, "Why."),
    ]
    assert [place for place, write in enumerate(writes) if SECRET in told(write)] == []


def test_submitting_lifts_ones_own_blindness_at_once(store) -> None:
    keep(store, secretive(), draft("bo", SENIOR, choice="yes"))
    with pytest.raises(NotAllowedError, match="Submit your own"):
        store.cards.get("bo", HIDDEN)
    store.cards.submit("bo", "zed-first-bo")
    assert store.cards.get("bo", HIDDEN).content.verdict.reason == SECRET


def test_a_new_interview_with_the_candidate_blinds_again(store) -> None:
    kept = keep(store, secretive(), card("bo", SENIOR))
    store.interviews.schedule("lea", "zed", "extra", kept.round.slots[0].plan, ["bo"])
    with pytest.raises(NotAllowedError, match="Submit your own"):
        store.cards.get("bo", HIDDEN)


def test_with_all_the_last_submit_opens_the_scorecards(store) -> None:
    keep(store, secretive(), draft("bo", SENIOR, choice="yes"), blindness="all")
    with pytest.raises(NotAllowedError, match="still out"):
        store.cards.get("lea", HIDDEN)
    store.cards.submit("bo", "zed-first-bo")
    assert store.cards.get("lea", HIDDEN).id == HIDDEN


def test_a_round_that_is_not_blind_shows_what_is_submitted(store) -> None:
    keep(store, secretive(), draft("bo"), blindness="open")
    assert SECRET in repr(store.rounds.comparison("bo", "r1"))


def test_a_withdrawn_scorecard_stays_hidden_from_those_who_owe(store) -> None:
    keep(store, secretive(), draft("bo"))
    store.cards.withdraw("lea", HIDDEN, "Knew the candidate.")
    with pytest.raises(NotAllowedError):
        store.cards.get("bo", HIDDEN)
