"""What a candidate is given of what is held about them: theirs whole, and nobody else's name."""

from __future__ import annotations

import pytest

from scorecards.record.free_words import WORDS
from scorecards.store.privacy import ANOTHER, masked_for

from ..small_round import card, record
from .telling_names import LEAKING, NAMES, SENIOR, wordy


def test_an_access_pack_holds_what_is_held_about_the_candidate(store, two_candidates) -> None:
    pack = store.privacy.access_pack("lea", "zed")
    assert pack.candidate["zed"].name == NAMES["zed"]
    assert pack.cards_of("zed")[0].content.ratings[0].evidence == "Zelda went back a version."
    assert [one.level for one in pack.cards_of("zed")[0].content.ratings] == [3, 3, 3, 3]


def test_an_access_pack_names_no_other_candidate_and_no_interviewer(store, two_candidates) -> None:
    pack = repr(store.privacy.access_pack("lea", "yan"))
    assert "Zelda" not in pack
    assert "Quillfeather" not in pack
    assert f"Better than {ANOTHER}, {ANOTHER}." in pack
    assert {one.name for one in store.privacy.access_pack("lea", "yan").people} == {
        f"Interviewer {n}" for n in range(1, 5)
    }


def test_masking_leaves_ids_and_levels_alone(two_candidates) -> None:
    masked = masked_for(two_candidates, "yan")
    assert [one.id for one in masked.cards] == [one.id for one in two_candidates.cards]
    assert [r.level for c in masked.cards for r in c.content.ratings] == [
        r.level for c in two_candidates.cards for r in c.content.ratings
    ]


def test_a_part_of_a_name_within_a_word_is_no_name() -> None:
    whole = record(
        wordy("ada", "Anna plans a banana planner."),
        card("bo", SENIOR, candidate="yan"),
        candidates=("zed", "yan"),
    )
    others = whole.candidate["yan"].model_copy(update={"name": "Anna Plan"})
    told = whole.model_copy(update={"candidates": (whole.candidate["zed"], others)})
    assert (
        masked_for(told, "zed").cards_of("zed")[0].content.ratings[0].evidence
        == f"{ANOTHER} plans a banana planner."
    )


def test_a_name_that_both_have_stays_readable_to_its_owner() -> None:
    whole = record(
        wordy("ada", "Lee and Max."), card("bo", SENIOR, candidate="yan"), candidates=("zed", "yan")
    )
    both = tuple(
        one.model_copy(update={"name": name})
        for one, name in zip(whole.candidates, ("Kim Lee", "Max Lee"), strict=True)
    )
    told = masked_for(whole.model_copy(update={"candidates": both}), "zed")
    assert told.cards_of("zed")[0].content.ratings[0].evidence == f"Lee and {ANOTHER}."


@pytest.mark.parametrize("name", LEAKING)
def test_an_access_pack_names_no_other_candidate_in_any_script(name) -> None:
    whole = record(
        wordy("ada", LEAKING[name]), card("bo", SENIOR, candidate="yan"), candidates=("zed", "yan")
    )
    other = whole.candidate["yan"].model_copy(update={"name": name})
    told = masked_for(whole.model_copy(update={"candidates": (whole.candidate["zed"], other)}), "zed")
    words = told.cards_of("zed")[0].content.ratings[0].evidence
    assert ANOTHER in words
    assert not [part for part in name.split() if part in words]


def test_reasons_beside_the_scorecards_are_masked_too(store, two_candidates) -> None:
    store.rounds.show_evidence_only("lea", "r1", True, "Yannick asked for it.")
    pack = store.privacy.access_pack("lea", "zed")
    assert "Yannick" not in repr(pack)


def test_a_word_of_a_closed_set_is_no_name(store) -> None:
    whole = record(card("ada", SENIOR), card("bo", SENIOR, candidate="yan"), candidates=("zed", "yan"))
    yes = whole.candidate["yan"].model_copy(update={"name": "Yes Submitted"})
    told = masked_for(whole.model_copy(update={"candidates": (whole.candidate["zed"], yes)}), "zed")
    assert told.cards_of("zed")[0].state == "submitted"


def test_every_field_of_words_is_known_to_the_masking() -> None:
    """A new field of words must be listed, or it leaks."""
    ids = {"id", "state", "kind", "profile_id", "competency", "evidence_digest", "seal", "detail", "code"}
    ids |= {"ticks", "red_flags", "given", "not_qualified", "assigned", "whose"}
    ids |= {"uncovered", "bank_digest", "rubrics_digest"}
    for model, listed in WORDS.items():
        for name, field in model.model_fields.items():
            plain = "str" in repr(field.annotation) and "pattern='^[A-Za-z0-9_-]" not in repr(field)
            if plain and "Literal" not in repr(field.annotation) and not name.endswith(("_id", "_ids")):
                assert name in {
                    *listed,
                    *ids,
                    "skip_reason",
                    "could_have_read",
                    "absent",
                    "speaking_order",
                    "by",
                }, name
