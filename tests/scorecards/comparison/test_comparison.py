"""A round's comparison for its reader: what is private, what is refused with its reason, what changes nothing."""

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from question_bank import Target
from scorecards.comparison import json_text
from scorecards.comparison.comparison import EVIDENCE_ONLY, RoundComparison, compare_round, round_checks
from scorecards.record.model import RoundRecord, Scorecard

from ..small_round import EQUAL, card, draft, record

NAMES = {"drift": "Drift in the wild", "security": "Safe by design"}
PEOPLE = ("ada", "bo", "cy", "dee")
EIGHT = tuple(f"c{n}" for n in range(8))


def rated(drift: Any, security: Any) -> dict[str, Any]:
    return {"DRF-01": drift, "DRF-02": drift, "SEC-01": security, "SEC-02": security}


def met(candidate: str, merit: int, who: tuple[str, ...], strict: str = "bo") -> Iterator[Scorecard]:
    """Scorecards of one candidate: everybody near the merit, one person a level below."""
    for place, person in enumerate(who):
        level = merit - (person == strict)
        shaken = level + (merit + place) % 2
        yield card(person, rated(*(min(4, max(1, one)) for one in (level, shaken))), candidate=candidate)


def eight(people: tuple[str, ...] = PEOPLE, **told: Any) -> RoundRecord:
    """Eight candidates of levels 1 to 4 whom everybody met; Bo gave each a level less."""
    cards = [one for n, who in enumerate(EIGHT) for one in met(who, 1 + n % 4, people)]
    return record(*cards, panel=(*people, "max"), candidates=EIGHT, **told)


def compared(whole: RoundRecord, reader: str | None = "lea", **told: Any) -> RoundComparison:
    return compare_round(whole, reader, NAMES, **told)


def everything(found: RoundComparison) -> str:
    """All of it as text, arrays in full."""
    with np.printoptions(threshold=10**6, precision=12):
        analysed = json_text(found.analysis) + repr(found.analysis) if found.analysis else ""
        return analysed + repr(
            (found.standings, found.sensitivity, sorted(found.names.items()), found.refused)
        )


def refused(found: RoundComparison) -> str:
    return " ".join(f"{one.what}: {one.why}." for one in found.refused)


# What is private


READERS: dict[str, tuple[str | None, dict[str, Any], set[str]]] = {
    "the lead": ("lea", {}, set(PEOPLE)),
    "an interviewer who leads": ("ada", {"lead": "ada"}, set(PEOPLE)),
    "an interviewer": ("bo", {}, {"bo"}),
    "another interviewer": ("dee", {}, {"dee"}),
    "a panel member who met nobody": ("max", {}, set()),
    "somebody from outside": ("zoe", {}, set()),
    "a document that is handed on": (None, {}, set()),
    "a visitor of a demo round": ("zoe", {"demo": True}, set(PEOPLE)),
    "a document of a demo round": (None, {"demo": True}, set()),
}


@pytest.mark.parametrize(("reader", "told", "shown"), READERS.values(), ids=READERS)
def test_an_interviewers_strictness_is_for_that_interviewer_and_the_lead(reader, told, shown) -> None:
    found = compared(eight(**told), reader)
    assert {one.interviewer for one in found.analysis.interviewers} == shown


def few(**told: Any) -> RoundRecord:
    """Four candidates: everybody has four scorecards, and five are needed to speak of strictness."""
    cards = [one for n, who in enumerate(EIGHT[:4]) for one in met(who, 1 + n, PEOPLE)]
    return record(*cards, panel=(*PEOPLE, "max"), candidates=EIGHT[:4], **told)


@pytest.mark.parametrize(("reader", "told", "shown"), READERS.values(), ids=READERS)
def test_why_somebodys_strictness_is_not_said_is_as_private_as_the_strictness(reader, told, shown) -> None:
    words = refused(compared(few(**told), reader))
    assert ("the strictness of Ada, Bo, Cy and Dee" in words) is (shown == set(PEOPLE))
    assert ("the strictness of" in words) is (shown == set(PEOPLE))


@pytest.mark.parametrize(("reader", "told", "shown"), READERS.values(), ids=READERS)
def test_how_interviewers_use_the_scale_is_for_that_interviewer_and_the_lead(reader, told, shown) -> None:
    if reader is None:
        return
    found = round_checks(eight(**told), reader)
    assert {one.interviewer for one in found.interviewers} == shown
    assert bool(found.questions) is (shown == set(PEOPLE))
    if shown != set(PEOPLE):
        assert found.unexpected == ()


def test_candidates_stand_the_same_for_everyone_who_reads() -> None:
    each = [compared(eight(), reader).standings for reader in ("lea", "bo", None)]
    assert repr(each[0]) == repr(each[1]) == repr(each[2])


def test_a_round_without_any_rating_is_compared_and_checked_without_a_word_too_much() -> None:
    whole = record(draft("ada"), draft("bo"))
    found = compared(whole)
    assert (found.groups, found.standings[0].score.overall) == ((), None)
    assert round_checks(whole, "lea").interviewers == ()


# Evidence only


def numbers(value: Any) -> Iterator[Any]:
    """Whatever in it was computed: fractions, decimals, binary fractions."""
    if isinstance(value, float | Fraction | Decimal | np.generic):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from numbers(one)


def test_in_a_round_of_evidence_only_no_number_is_computed_about_anybody() -> None:
    found = compared(eight(evidence_only=True, not_qualified={"bo": ("drift",)}))
    assert (found.analysis, found.sensitivity, found.groups, found.parts) == (None, None, (), ())
    assert list(numbers(found)) == []
    assert {one.result for one in found.standings} == {None}


def test_the_same_round_is_full_of_numbers_where_they_are_wanted() -> None:
    assert list(numbers(compared(eight(not_qualified={"bo": ("drift",)})))) != []


def test_in_a_round_of_evidence_only_levels_stand_as_they_were_given() -> None:
    whole = record(card("ada", rated(4, 3)), card("bo", rated(2, 3)), evidence_only=True)
    levels = compared(whole).standings[0].levels
    assert [(one.interviewer, one.level) for one in levels["drift"]] == [
        ("bo", 2),
        ("bo", 2),
        ("ada", 4),
        ("ada", 4),
    ]


def test_a_round_of_evidence_only_says_that_it_is_one_and_nobody_is_without_a_place() -> None:
    found = compared(record(card("ada", {"DRF-01": 1}), evidence_only=True))
    assert found.refused == (EVIDENCE_ONLY,)
    assert found.standings[0].unplaced == ()


@pytest.mark.parametrize("reader", ["lea", "bo"])
def test_in_a_round_of_evidence_only_nobody_is_checked(reader) -> None:
    assert round_checks(eight(evidence_only=True), reader) == ((), (), ())


# Not qualified


def test_a_level_by_somebody_not_qualified_is_as_if_it_had_not_been_given() -> None:
    marked = eight(not_qualified={"bo": ("drift",)})
    without = [
        card(
            "bo",
            {"SEC-01": one.rating("SEC-01").level, "SEC-02": one.rating("SEC-02").level},
            candidate=one.candidate_id,
        )
        if one.interviewer_id == "bo"
        else one
        for one in eight().cards
    ]
    plain = record(*without, panel=(*PEOPLE, "max"), candidates=EIGHT)
    first, second = compared(marked), compared(plain)
    assert [one.levels for one in first.standings] == [one.levels for one in second.standings]
    assert [one.result for one in first.standings] == [one.result for one in second.standings]
    assert {one.competency for one in first.standings[0].score.apart} == {"drift"}


# Without a place


INCOMPLETE: dict[str, tuple[list[Scorecard], tuple[Target, ...], str]] = {
    "no level on a must-have": (
        [card(who, rated("skipped", 4), candidate="zed") for who in ("ada", "bo")],
        (Target(competency="drift", weight=0.1, must_have=True), Target(competency="security")),
        "no rating on Drift in the wild, which every candidate must show",
    ),
    # One of two equal weights was rated
    "too little coverage": (
        [card(who, rated(4, "not_asked"), candidate="zed") for who in ("ada", "bo")],
        EQUAL,
        "50 % of what counts was rated, and 80 % is needed",
    ),
    "one interviewer": (
        [card("ada", rated(4, 4), candidate="zed")],
        EQUAL,
        "1 interviewer, and 2 are needed",
    ),
    "nothing at all": (
        [draft("ada", candidate="zed")],
        EQUAL,
        "nothing that has weight was rated; no rating on Drift in the wild, which every candidate must show; "
        "0 interviewers, and 2 are needed",
    ),
    "a withdrawn second view": (
        [card("ada", rated(4, 4), candidate="zed"), card("bo", rated(4, 4), candidate="zed", state="withdrawn")],
        EQUAL,
        "1 interviewer, and 2 are needed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cards", "targets", "why"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_an_incomplete_candidate_has_no_place_and_the_reason_in_words(cards, targets, why) -> None:
    whole = record(*eight().cards, *cards, panel=PEOPLE, candidates=("zed", *EIGHT), targets=targets)
    found = compared(whole)
    zed = found.standing("zed")
    assert "; ".join(zed.unplaced) == why
    assert f"a place for Zed: {why}." in refused(found)
    assert zed.result is None or (zed.result.group, zed.result.rank_interval) == (None, None)
    assert "zed" not in {one.candidate.id for group in found.groups for one in group}
    assert "zed" not in found.analysis.pairs


def test_a_candidate_who_lacks_nothing_has_a_place_and_no_reason() -> None:
    found = compared(eight())
    assert {one.unplaced for one in found.standings} == {()}
    assert sorted(one.candidate.id for group in found.groups for one in group) == sorted(EIGHT)


def test_a_candidate_that_is_not_in_the_round_has_no_standing() -> None:
    with pytest.raises(KeyError):
        compared(eight()).standing("nobody")


# Parts that share nobody


def two_panels(alone: tuple[str, ...] = ()) -> RoundRecord:
    """Candidates a0 to a5 met Ada and Bo, b0 to b5 met Cy and Dee; those named alone met Eve and nobody else."""
    sides = {"a": ("ada", "bo"), "b": ("cy", "dee")}
    cards = [
        one
        for side, people in sides.items()
        for n in range(6)
        for one in met(f"{side}{n}", 1 + n % 4, people, strict="")
    ]
    cards += [card("eve", rated(3, 4), candidate=who) for who in alone]
    candidates = (*alone, *(f"{side}{n}" for side in sides for n in range(6)))
    return record(*cards, panel=(*PEOPLE, "eve"), candidates=candidates)


def test_two_panels_that_share_nobody_have_groups_of_their_own() -> None:
    found = compared(two_panels())
    assert len(found.parts) == 2
    for part in found.parts:
        ids = [one.candidate.id for group in found.groups_of(part) for one in group]
        assert len({who[0] for who in ids}) == 1
        assert len(ids) == 6


def test_two_candidates_of_panels_that_share_nobody_are_in_no_pair() -> None:
    pairs = compared(two_panels()).analysis.pairs
    assert {first[0] + second[0] for first, others in pairs.items() for second in others} == {"aa", "bb"}


def test_candidates_of_different_parts_are_refused_by_name() -> None:
    words = refused(compared(two_panels()))
    assert "candidates of different parts against each other" in words
    assert "A0" in words
    assert "a0" not in words


def test_in_two_parts_nobody_is_called_firmly_first() -> None:
    assert compared(two_panels()).sensitivity is None


def test_where_the_first_part_has_no_place_the_groups_are_those_of_the_part_that_has() -> None:
    """Aaron met one interviewer alone, whom nobody else met: a part of his own, before the others by id."""
    found = compared(two_panels(alone=("Aaron",)))
    assert found.standing("Aaron").unplaced == ("1 interviewer, and 2 are needed",)
    assert len(found.parts) == 2
    assert found.groups == found.groups_of(found.parts[0]) != ()


# Names


def named(whole: RoundRecord, names: Mapping[str, str]) -> RoundRecord:
    """The same round with other names for these ids."""
    return whole.model_copy(
        update={
            "people": tuple(
                one.model_copy(update={"name": names.get(one.id, one.name)}) for one in whole.people
            ),
            "candidates": tuple(
                one.model_copy(update={"name": names.get(one.id, one.name)}) for one in whole.candidates
            ),
        }
    )


def test_two_candidates_of_one_name_are_told_apart_by_their_codes() -> None:
    found = compared(named(eight(), {"c0": "Sam Roe", "c1": "Sam Roe"}))
    assert [one.label for one in found.standings[:3]] == ["C-01 Sam Roe", "C-02 Sam Roe", "C2"]


def test_two_long_names_that_differ_only_after_what_is_shown_are_told_apart_too() -> None:
    long = "Sam " * 30
    found = compared(named(eight(), {"c0": f"{long}Roe", "c1": f"{long}Doe"}))
    assert len({one.label for one in found.standings}) == len(EIGHT)


def test_other_names_change_names_and_nothing_else() -> None:
    """Names that sort the other way round: numbers, groups and order stay, words change in the names alone."""
    whole = two_panels(alone=("zed",))
    others = {one.id: f"Name{90 - n}" for n, one in enumerate((*whole.people, *whole.candidates))}
    back = {others[one.id]: one.name for one in (*whole.people, *whole.candidates)}
    for reader in ("lea", "ada", None):
        first, second = compared(whole, reader), compared(named(whole, others), reader)
        words = everything(second)
        for new, old in back.items():
            words = words.replace(new, old)
        assert words == everything(first)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_scorecards_people_and_candidates_changes_nothing(seed) -> None:
    whole = eight(not_qualified={"cy": ("security",)})
    lists = ("cards", "people", "candidates", "interviews", "statuses")
    shuffled = whole.model_copy(
        update={
            key: tuple(random.Random(seed).sample(getattr(whole, key), len(getattr(whole, key))))
            for key in lists
        }
    )
    assert everything(compared(shuffled)) == everything(compared(whole))
    assert repr(round_checks(shuffled, "lea")) == repr(round_checks(whole, "lea"))


# What if


def test_other_weights_change_nothing_in_the_record() -> None:
    whole = eight()
    before, usual = whole.model_dump_json(), everything(compared(whole))
    tried = compared(whole, weights={"drift": 9.0, "security": 1.0})
    assert everything(tried) != usual
    assert whole.model_dump_json() == before
    assert everything(compared(whole)) == usual


def test_the_rounds_own_weights_tried_are_the_comparison_as_it_is() -> None:
    same = {target.competency: target.weight for target in EQUAL}
    assert everything(compared(eight(), weights=same)) == everything(compared(eight()))


def test_coverage_is_of_what_would_count_under_the_weights_tried() -> None:
    """Zed was rated on drift alone: half of what counts as set, nine tenths under the weights tried."""
    zed = [card(who, rated(4, "not_asked"), candidate="zed") for who in ("ada", "bo")]
    whole = record(*eight().cards, *zed, panel=PEOPLE, candidates=("zed", *EIGHT))
    assert compared(whole).standing("zed").unplaced == ("50 % of what counts was rated, and 80 % is needed",)
    tried = compared(whole, weights={"drift": 9.0, "security": 1.0})
    assert tried.standing("zed").unplaced == ()
