"""Rounds from files: who may bring them in, who their people are here, and that it shows ever after."""

from __future__ import annotations

import pytest

from rubrics import load_rubrics
from scorecards.documents import (
    candidate_markdown,
    card_markdown,
    ratings_csv,
    read_round_bundle,
    round_bundle,
    round_markdown,
)
from scorecards.outside.api_values import round_out
from scorecards.record.model import Person, RoundEvent, RoundRecord
from scorecards.record.seals import broken_seals, evidence_changed
from scorecards.store import OPERATOR, NotAllowedError, Store
from scorecards.store.imports import NEW

from ..debriefed import debriefed
from ..documents.test_bundle import content, refused, sealed
from ..small_round import BEGAN, card, compared, draft, record
from .test_rounds import every_row

STRONG_NO = {"DRF-01": 1, "DRF-02": 1, "SEC-01": 1, "SEC-02": 1}
RUBRICS = load_rubrics()


def forged(lead: str = "mal") -> RoundRecord:
    """A file of Mal's making: a submitted 'strong no' that Ada never wrote."""
    return record(card("ada", STRONG_NO, choice="strong_no"), lead=lead, panel=("ada",))


@pytest.fixture
def here(store: Store) -> Store:
    """A database that knows Ada and Mal, and nothing else."""
    store.imports.add(record(id="other", lead="mal", panel=("ada",), candidates=()))
    store.rounds.delete(OPERATOR, "other")
    return store


def test_no_one_imports_words_in_a_colleagues_name_without_saying_who_the_people_are(here, database) -> None:
    before = every_row(database)
    with pytest.raises(NotAllowedError, match=r"The file has Ada \[ada\] \(1 scorecard\)"):
        here.imports.take("mal", forged())
    assert every_row(database) == before


def test_what_came_in_under_a_colleagues_name_is_marked_in_every_view(here) -> None:
    here.imports.take("mal", forged(), {"ada": "ada"})
    kept = here.rounds.record("ada", "r1")
    assert here.rounds.all("ada")[0].imported is not None
    assert kept.imported_words.startswith("Imported from a file on ")
    assert " by Mal. " in kept.imported_words
    told = round_out(kept)
    assert told.imported_at is not None
    assert told.imported_by is not None
    assert told.imported_by.name == "Mal"
    compared_ = compared(kept)
    for document in (
        card_markdown(kept, kept.cards[0], RUBRICS),
        candidate_markdown(kept, "zed", compared_, RUBRICS),
        round_markdown(kept, compared_, RUBRICS),
    ):
        assert b"Imported from a file on" in document
    assert ratings_csv(kept).decode().splitlines()[1].rstrip('"').endswith("+00:00")


def test_the_log_names_who_imported_and_whose_names_are_in_it(here) -> None:
    here.imports.take("mal", forged(), {"ada": "ada"})
    entry = here.audit.entries(OPERATOR, action="round_imported")[0]
    assert (entry.actor, entry.detail["people_known_here"]) == ("mal", ["ada"])


def test_no_change_takes_the_mark_away(here) -> None:
    here.imports.take("mal", forged(), {"ada": "ada"})
    round_ = here.rounds.get("mal", "r1")
    here.rounds.change("mal", round_.model_copy(update={"imported": None, "name": "Another"}))
    here.rounds.close("mal", "r1")
    assert here.rounds.get("mal", "r1").imported == round_.imported


def test_an_export_of_it_does_not_carry_the_mark_and_the_next_import_sets_one(here, new_database) -> None:
    here.imports.take("mal", forged(), {"ada": "ada"})
    data = round_bundle(here.rounds.record(OPERATOR, "r1"))
    assert data == round_bundle(forged())
    other = Store(new_database())
    other.imports.take(OPERATOR, read_round_bundle(data))
    imported = other.rounds.get(OPERATOR, "r1").imported
    assert imported is not None
    assert imported.by is None
    assert "from the terminal" in other.rounds.record(OPERATOR, "r1").imported_words


def test_a_round_that_someone_else_leads_is_refused_with_what_to_do(here) -> None:
    with pytest.raises(NotAllowedError, match=r"Mal leads this round: ask them .* interview-kit import FILE"):
        here.imports.take("ada", forged(), {"ada": "ada", "mal": "mal"})


def test_a_round_whose_lead_is_unknown_here_is_imported_by_the_person_who_claims_to_be_the_lead(here) -> None:
    with pytest.raises(NotAllowedError, match=r"In the file Lea leads this round. Say that this is you"):
        here.imports.take("mal", forged("lea"), {"ada": "ada"})
    assert here.imports.take("mal", forged("lea"), {"ada": "ada", "lea": "mal"}).lead_id == "mal"


def test_the_importer_cannot_take_over_a_known_persons_scorecard(here) -> None:
    with pytest.raises(NotAllowedError, match="Ada of the file is Ada here, and nobody else"):
        here.imports.take("mal", forged(), {"ada": "mal"})


def elsewhere(name: str) -> RoundRecord:
    """The same file from another database: its Ada has another id."""
    whole = record(card("a9", STRONG_NO), lead="mal", panel=("a9",))
    people = tuple(Person(id=one.id, name=name) if one.id == "a9" else one for one in whole.people)
    return whole.model_copy(update={"people": people})


@pytest.mark.parametrize("name", ["Ada", "ada", " ADA", "\uff21da"])
def test_a_name_that_is_known_here_is_asked_about(here, name) -> None:
    with pytest.raises(NotAllowedError, match="say whether they are the same"):
        here.imports.take("mal", elsewhere(name))
    with pytest.raises(NotAllowedError, match=r"--person a9=ID, or =new"):
        here.imports.take(OPERATOR, elsewhere(name))


def test_the_same_person_keeps_one_id(here) -> None:
    here.imports.take(OPERATOR, elsewhere("Ada"), {"a9": "ada"})
    assert [one.name for one in here.people.all()] == ["Ada", "Mal"]
    assert here.rounds.record(OPERATOR, "r1").cards[0].interviewer_id == "ada"
    assert here.rounds.get(OPERATOR, "r1").panel_ids == ("ada",)


def test_another_person_with_a_known_name_is_marked(here) -> None:
    here.imports.take(OPERATOR, elsewhere("Ada"), {"a9": NEW})
    assert [one.name for one in here.people.all()] == ["Ada", "Ada (imported)", "Mal"]


def test_a_new_person_with_a_known_id_gets_another_id(here) -> None:
    here.imports.take(OPERATOR, forged(), {"ada": NEW})
    kept = here.rounds.record(OPERATOR, "r1")
    who = kept.cards[0].interviewer_id
    assert who != "ada"
    assert kept.person[who].name == "Ada (imported)"


def test_two_people_in_the_file_never_become_one_here(here) -> None:
    whole = record(card("a8", STRONG_NO), card("a9", STRONG_NO), lead="mal", panel=("a8", "a9"))
    with pytest.raises(NotAllowedError, match="Two people in the file cannot both be Ada here"):
        here.imports.take(OPERATOR, whole, {"a8": "ada", "a9": "ada"})


def test_no_one_can_be_matched_to_a_person_who_is_not_here(here) -> None:
    with pytest.raises(NotAllowedError, match="No one here has the id zoe"):
        here.imports.take(OPERATOR, elsewhere("Ada"), {"a9": "zoe"})


def test_a_demo_round_from_a_file_is_imported_as_a_regular_round(here) -> None:
    """A demo is open to everyone and led by everyone."""
    demo = forged().model_copy(update={"round": forged().round.model_copy(update={"demo": True})})
    here.imports.take("mal", read_round_bundle(round_bundle(demo)), {"ada": "ada"})
    here.people.add("Zoe")
    zoe = next(one.id for one in here.people.all() if one.name == "Zoe")
    assert here.rounds.all(zoe) == ()
    assert not here.rounds.get("mal", "r1").demo


def test_intact_seals_stay_intact_under_other_ids(here) -> None:
    whole = debriefed(record(card("ada", STRONG_NO), card("bo", STRONG_NO), draft("cy")))
    here.imports.take(OPERATOR, whole, {"ada": NEW})
    kept = here.rounds.record(OPERATOR, "r1")
    assert kept.debriefs != whole.debriefs
    for one, was in zip(kept.debriefs, whole.debriefs, strict=True):
        assert broken_seals(one) == broken_seals(was) == ()
        assert evidence_changed(kept, one.candidate_id) == evidence_changed(whole, one.candidate_id)


def test_no_event_is_attributed_to_a_person_missing_from_the_file() -> None:
    told = content()
    event = RoundEvent(at=BEGAN, person_id="zoe", what="closed", reason="So that you believe it.")
    told["round"]["events"] = [event.model_dump(mode="json")]
    refused(sealed(told), "zoe has a part in the round or its history, and is unknown")
