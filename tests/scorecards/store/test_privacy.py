"""End dates, holds, erasure, access packs and codes: deletion deletes, and nobody's name is where it should not be."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from scorecards.documents import ratings_csv, round_bundle, round_markdown
from scorecards.record.free_words import WORDS
from scorecards.record.model import Amendment, Candidate, RoundRecord, Scorecard, Verdict, now
from scorecards.record.name_finder import NOT_LOOKED_FOR
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store, open_database, rows
from scorecards.store import tables as t
from scorecards.store.privacy import ANOTHER, looked_for, masked_for

from ..small_bank import RUBRICS
from ..small_round import BEGAN, card, compared, content, draft, keep, rate, rating, record, save_all, submit

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
NAMES = {"zed": "Zelda Quillfeather", "yan": "Yannick Bramblewood"}


def wordy(author: str, words: str, **values: Any) -> Scorecard:
    """A scorecard with these words in every field that somebody types."""
    said = content(SENIOR)
    typed = {"evidence": words, "override_reason": words, "skip_text": words, "flag_quotes": {"a": words}}
    said = said.model_copy(
        update={
            "ratings": tuple(one.model_copy(update=typed) for one in said.ratings),
            "verdict": Verdict(recommendation="yes", reason=words, contradiction=words),
        }
    )
    amended = Amendment(author_id=author, at=BEGAN, reason=words, after_seeing_others=False, before=said)
    return card(author, SENIOR, amendments=(amended,), **values).model_copy(update={"content": said})


def called(whole: RoundRecord) -> RoundRecord:
    """The round with names that stand nowhere else."""
    people = tuple(
        Candidate(id=one.id, round_id=one.round_id, code=one.code, name=NAMES[one.id])
        for one in whole.candidates
    )
    return whole.model_copy(update={"candidates": people})


@pytest.fixture
def two(store: Store) -> RoundRecord:
    """Zelda and Yannick, each with a scorecard; Bo's about Yannick speaks of Zelda."""
    whole = record(
        wordy("ada", "Zelda went back a version."),
        wordy("bo", "Better than Quillfeather, C-01.", candidate="yan"),
        candidates=("zed", "yan"),
    )
    store.imports.add(called(whole))
    return store.rounds.record(OPERATOR, "r1")


# Erasing


def test_erasing_a_candidate_leaves_no_row_and_no_name_of_theirs(store, two) -> None:
    store.debriefs.vote("ada", "zed", 1, "yes", "Zelda is calm.")
    store.privacy.erase("lea", "zed")
    left = store.rounds.record(OPERATOR, "r1")
    assert [one.id for one in left.candidates] == ["yan"]
    assert {one.candidate_id for one in (*left.cards, *left.interviews)} == {"yan"}
    assert "Zelda" not in repr(left)


def test_what_stays_of_an_erased_candidate_are_counts(store, two) -> None:
    store.privacy.erase("lea", "zed")
    erased = store.rounds.get("lea", "r1").erased
    assert (erased.candidates, erased.scorecards) == (1, 1)


def test_the_log_says_that_it_happened_and_names_nobody(store, two) -> None:
    store.privacy.erase("lea", "zed")
    newest = store.audit.entries(OPERATOR)[0]
    assert (newest.actor, newest.action, newest.subject) == ("lea", "candidate_erased", "zed")
    assert newest.detail == {"interviews": 1, "scorecards": 1}
    assert store.audit.verify(OPERATOR).faults == ()


def test_the_file_itself_holds_no_word_of_the_erased(tmp_path) -> None:
    path = tmp_path / "kit.db"
    store = Store(database := open_database(str(path)))
    store.imports.add(called(record(wordy("ada", "Ocelots by night."))))
    told = [b"Ocelots", b"Quillfeather"]
    assert all(any(word in file.read_bytes() for file in tmp_path.iterdir()) for word in told)
    store.privacy.erase("lea", "zed")
    assert not any(word in file.read_bytes() for file in tmp_path.iterdir() for word in told)
    database.close()


def test_an_erasure_is_told_before_it_is_done(store, two) -> None:
    told = store.privacy.erasure("lea", "zed")
    assert (told.code, told.interviews, told.scorecards, told.mentioned_in) == ("C-01", 1, 1, 1)
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 2


def test_a_candidate_of_a_closed_round_is_erased(store, two) -> None:
    store.rounds.close("lea", "r1")
    store.privacy.erase("lea", "zed")
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 1


def test_a_reason_that_speaks_of_the_erased_goes_with_them(store) -> None:
    whole = record(card("ada", SENIOR), draft("bo"), draft("ada", slot="more"), blindness="all")
    store.imports.add(called(whole))
    store.interviews.dismiss("lea", "zed-more", "Zelda fell ill.")
    store.interviews.undo_dismissal("lea", "zed-more", "Zelda is well.")
    store.candidates.read_early("lea", "zed", "Zelda must hear today.")
    store.privacy.erase("lea", "zed")
    events = store.rounds.get("lea", "r1").events
    assert [one.what for one in events] == ["dismissal_undone", "read_early"]
    assert "Zelda" not in repr(events)


# Holds and end dates


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.privacy.erase("lea", "zed"),
        lambda s: s.rounds.delete("lea", "r1"),
    ],
    ids=["erase", "delete"],
)
def test_a_legal_hold_keeps_everything_and_says_why(store, two, act) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    with pytest.raises(NotAllowedError, match=r"A claim is pending\."):
        act(store)
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 2


def test_a_lifted_hold_holds_no_more(store, two) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    store.privacy.hold("lea", "r1", " ")
    store.rounds.delete("lea", "r1")


def rounds_that_end(store: Store) -> None:
    for name, day in (("past", date(2026, 1, 1)), ("held", date(2026, 1, 1)), ("later", date(2027, 1, 1))):
        keep(store, card("ada", SENIOR, candidate=name, round_id=name), candidates=(name,), id=name)
        store.privacy.set_purge("lea", name, day)
    keep(store, card("ada", SENIOR))
    store.privacy.hold("lea", "held", "A claim is pending.")


def test_a_dry_run_tells_what_is_due_and_deletes_nothing(store) -> None:
    rounds_that_end(store)
    due = store.privacy.due(OPERATOR, date(2026, 6, 1))
    assert {(one.id, one.legal_hold) for one in due} == {("past", ""), ("held", "A claim is pending.")}
    assert len(store.rounds.all(OPERATOR)) == 4


def test_purging_deletes_what_is_past_its_day_and_not_held(store) -> None:
    rounds_that_end(store)
    assert [one.id for one in store.privacy.purge(OPERATOR, date(2026, 6, 1))] == ["past"]
    assert {one.id for one in store.rounds.all(OPERATOR)} == {"held", "later", "r1"}
    assert store.audit.entries(OPERATOR)[0].action == "round_purged"


def test_a_round_is_purged_on_its_day(store) -> None:
    rounds_that_end(store)
    assert store.privacy.due(OPERATOR, date(2025, 12, 31)) == ()
    assert len(store.privacy.due(OPERATOR, date(2026, 1, 1))) == 2


def test_settings_neither_set_an_end_date_nor_lift_a_hold(store, two) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    stored = store.rounds.get("lea", "r1")
    store.rounds.change("lea", stored.model_copy(update={"legal_hold": "", "purge_on": date(2020, 1, 1)}))
    assert (store.rounds.get("lea", "r1").legal_hold, store.rounds.get("lea", "r1").purge_on) == (
        "A claim is pending.",
        None,
    )


# Access packs


def test_an_access_pack_holds_what_is_held_about_the_candidate(store, two) -> None:
    pack = store.privacy.access_pack("lea", "zed")
    assert pack.candidate["zed"].name == NAMES["zed"]
    assert pack.cards_of("zed")[0].content.ratings[0].evidence == "Zelda went back a version."
    assert [one.level for one in pack.cards_of("zed")[0].content.ratings] == [3, 3, 3, 3]


def test_an_access_pack_names_no_other_candidate_and_no_interviewer(store, two) -> None:
    pack = repr(store.privacy.access_pack("lea", "yan"))
    assert "Zelda" not in pack
    assert "Quillfeather" not in pack
    assert f"Better than {ANOTHER}, {ANOTHER}." in pack
    assert {one.name for one in store.privacy.access_pack("lea", "yan").people} == {
        f"Interviewer {n}" for n in range(1, 5)
    }


def test_masking_leaves_ids_and_levels_alone(two) -> None:
    masked = masked_for(two, "yan")
    assert [one.id for one in masked.cards] == [one.id for one in two.cards]
    assert [r.level for c in masked.cards for r in c.content.ratings] == [
        r.level for c in two.cards for r in c.content.ratings
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


# Codes in place of names


@pytest.fixture
def coded(store: Store, two: RoundRecord) -> Store:
    store.rounds.change("lea", store.rounds.get("lea", "r1").model_copy(update={"anonymous": True}))
    return store


@pytest.mark.parametrize("viewer", ["lea", "ada", "cy", OPERATOR])
def test_a_round_of_codes_names_no_candidate_to_anybody(coded, viewer) -> None:
    assert {one.name for one in coded.rounds.record(viewer, "r1").candidates} == {"C-01", "C-02"}


def test_exports_of_a_round_of_codes_hold_codes(coded) -> None:
    whole = coded.rounds.record(OPERATOR, "r1")
    told = [one.model_copy(update={"content": content(SENIOR), "amendments": ()}) for one in whole.cards]
    whole = whole.model_copy(update={"cards": tuple(told)})
    files = (
        round_bundle(whole),
        ratings_csv(whole),
        round_markdown(whole, compared(whole), RUBRICS),
    )
    for data in files:
        assert b"Zelda" not in data
        assert re.search(rb"C.{0,2}-01", data)


def test_the_lead_looks_names_up_and_that_is_noted(coded) -> None:
    assert coded.privacy.names("lea", "r1") == NAMES
    assert coded.audit.entries(OPERATOR)[0].action == "names_seen"


def test_the_terminal_has_names_where_it_asks_for_them(coded) -> None:
    named = coded.rounds.record(OPERATOR, "r1", names=True)
    assert {one.name for one in named.candidates} == set(NAMES.values())


def test_nobody_else_has_names_by_asking(coded) -> None:
    assert "Zelda Quillfeather" not in repr(coded.rounds.record("lea", "r1", names=True).candidates)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zelda went back.", ("Zelda",)),
        ("as QUILLFEATHER said, zelda", ("QUILLFEATHER", "zelda")),
        ("Zeldas and quills", ("Zeldas",)),
        ("She went back.", ()),
    ],
)
def test_names_in_the_notes_of_a_round_of_codes_are_found(store, words, found) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    rate(store, "ada", "zed-first-ada", rating("DRF-01", 3, evidence=words))
    assert store.privacy.names_in_words("ada", "zed-first-ada") == found


def test_where_names_are_shown_none_is_looked_for(store) -> None:
    store.imports.add(called(record(draft("ada"))))
    save_all(store, "ada", "zed-first-ada", evidence="Zelda went back a version at night.")
    assert store.privacy.names_in_words("ada", "zed-first-ada") == ()


def test_nobody_looks_for_names_in_anothers_notes(store) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    with pytest.raises(NotFoundError):
        store.privacy.names_in_words("lea", "zed-first-ada")


def test_a_bundle_keeps_end_date_hold_and_counts(store, two) -> None:
    store.privacy.set_purge("lea", "r1", date(2027, 1, 1))
    told = json.loads(round_bundle(store.rounds.record(OPERATOR, "r1")))["content"]["round"]
    assert told["purge_on"] == "2027-01-01"


def test_a_scorecard_is_submitted_in_a_round_of_codes(store) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    assert submit(store, "ada", "zed-first-ada").state == "submitted"


# One finder, wherever a name could leak


LEAKING = {
    "王伟": "今天王伟讲得很好",
    "김민준": "김민준은 잘했다",
    "José García": "Better than Jose Garcia",
    "Zoë Ng": "Ng was faster",
    "Anna Müller": "Mueller, Müllers and Annas notes",
    "Иванов Пётр": "Сравни с Ивановым и Петром",
    "محمد علي": "قال لمحمد",
    "דוד כהן": "אמר לדוד",
}


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


@pytest.mark.parametrize("name", LEAKING)
def test_erasing_sees_the_name_in_any_script(store, name) -> None:
    whole = record(
        card("ada", SENIOR), wordy("bo", LEAKING[name], candidate="yan"), candidates=("zed", "yan")
    )
    zed = whole.candidate["zed"].model_copy(update={"name": name})
    store.imports.add(whole.model_copy(update={"candidates": (zed, whole.candidate["yan"])}))
    assert store.privacy.erasure("lea", "zed").mentioned_in == 1


def test_an_everyday_word_that_is_a_name_is_told_apart_when_erasing(store) -> None:
    whole = record(
        card("ada", SENIOR), wordy("bo", "It will do.", candidate="yan"), candidates=("zed", "yan")
    )
    zed = whole.candidate["zed"].model_copy(update={"name": "Will Quillfeather"})
    store.imports.add(whole.model_copy(update={"candidates": (zed, whole.candidate["yan"])}))
    told = store.privacy.erasure("lea", "zed")
    assert (told.mentioned_in, told.perhaps_in) == (0, 1)


def test_the_kit_never_claims_that_a_name_is_nowhere(store, two) -> None:
    assert "not found" in looked_for(store.privacy.erasure("lea", "yan"))
    assert "nicknames" in " ".join(NOT_LOOKED_FOR)


def test_reasons_beside_the_scorecards_are_masked_too(store, two) -> None:
    store.rounds.show_evidence_only("lea", "r1", True, "Yannick asked for it.")
    pack = store.privacy.access_pack("lea", "zed")
    assert "Yannick" not in repr(pack)


def test_a_word_of_a_closed_set_is_no_name(store) -> None:
    whole = record(card("ada", SENIOR), card("bo", SENIOR, candidate="yan"), candidates=("zed", "yan"))
    yes = whole.candidate["yan"].model_copy(update={"name": "Yes Submitted"})
    told = masked_for(whole.model_copy(update={"candidates": (whole.candidate["zed"], yes)}), "zed")
    assert told.cards_of("zed")[0].state == "submitted"


def test_a_round_of_codes_has_codes_in_others_words_too(coded) -> None:
    for viewer in ("lea", OPERATOR):
        assert "Zelda" not in repr(coded.rounds.record(viewer, "r1"))
    (evidence, *_) = (one.evidence for one in coded.cards.get("lea", "zed-first-ada").content.ratings)
    assert evidence == "C-01 went back a version."


def test_your_own_words_stay_as_you_typed_them(coded) -> None:
    assert "Zelda" in coded.cards.get("ada", "zed-first-ada").content.ratings[0].evidence
    assert "Zelda" in repr(
        [one for one in coded.rounds.record("ada", "r1").cards if one.interviewer_id == "ada"]
    )


def test_the_terminal_has_the_words_as_they_are_where_it_asks_for_names(coded) -> None:
    assert "Zelda went back" in repr(coded.rounds.record(OPERATOR, "r1", names=True))


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


# A clock that jumped


@pytest.fixture
def ended(store: Store) -> Store:
    """A round of January 2026 that may be purged from March on."""
    keep(store, draft("ada"))
    store.privacy.set_purge("lea", "r1", date(2026, 3, 1))
    return store


def test_a_purge_by_a_clock_that_jumped_ten_years_deletes_nothing_and_says_why(ended) -> None:
    later = now().date() + timedelta(days=3653)
    with pytest.raises(NotAllowedError, match=r"nothing was recorded since .* --clock-is-right"):
        ended.privacy.purge(OPERATOR, later)
    assert [one.id for one in ended.rounds.all(OPERATOR)] == ["r1"]
    assert [one.id for one in ended.privacy.purge(OPERATOR, later, sure=True)] == ["r1"]


def test_what_is_recorded_under_the_wrong_clock_does_not_make_it_right(ended, database) -> None:
    """Someone opened a page before the purge ran."""
    later = now() + timedelta(days=3653)
    with database.writing() as connection:
        connection.execute(update(t.audit).where(t.audit.c.number == 1).values(at=rows.time_text(later)))
    with pytest.raises(NotAllowedError, match="clock"):
        ended.privacy.purge(OPERATOR, later.date())


def test_a_purge_within_a_year_of_the_last_record_goes_on(ended) -> None:
    later = now().date() + timedelta(days=300)
    assert [one.id for one in ended.privacy.purge(OPERATOR, later)] == ["r1"]
