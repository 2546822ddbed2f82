"""Another candidate's name, planted in every field of words there is, leaves by no file and no page."""

from __future__ import annotations

import io
import typing
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from scorecards.documents import (
    access_pack_json,
    candidate_markdown,
    candidate_pdf,
    card_bundle,
    card_markdown,
    ratings_csv,
    round_bundle,
    round_markdown,
    round_pdf,
    round_xlsx,
    scorecard_pdf,
)
from scorecards.outside import api_values as api
from scorecards.record.departures import NoPlace, OtherWords
from scorecards.record.free_words import typed_fields
from scorecards.record.model import Dissent, NotOwed, RoundEvent, RoundRecord
from scorecards.store import OPERATOR, Store

from ..debriefed import debriefed, decision
from ..documents.pdf_text import pdf_text
from ..small_bank import RUBRICS
from ..small_round import BEGAN, compared, draft, record
from ..store.telling_names import wordy

# Who is meant, and how others write of them.
OTHERS = {
    "Zelda Quillfeather": "Zelda, and Quillfeathers notes",
    "王伟": "今天王伟讲得很好",
    "김민준": "김민준은 잘했다",
    "Иванов Пётр": "Сравни с Ивановым и Петром",
    "Παπαδόπουλος Γιώργος": "ο Παπαδόπουλος μίλησε",
    "محمد علي": "قال لمحمد",
    "דוד כהן": "אמר לדוד",
    "राहुल शर्मा": "राहुल ने कहा",
}


def planted(name: str, words: str, **changes: Any) -> RoundRecord:
    """A round about Zed in whose every field of words somebody speaks of Yan, who has this name."""
    let_go = NotOwed(kind="interviewer", reason=words, by="lea", at=BEGAN)
    whole = record(
        wordy("ada", words),
        wordy("bo", words, state="withdrawn").model_copy(update={"withdrawn_reason": words}),
        draft("cy").model_copy(update={"not_owed": let_go}),
        wordy("ada", words, slot="more"),
        draft("ada", candidate="yan"),
        candidates=("zed", "yan"),
        dismissed=("zed-more",),
        name=f"Opening, {words}",
        legal_hold=words,
        closing_words=words,
        **changes,
    )
    round_ = whole.round.model_copy(
        update={
            "weights_reason": words,
            "slots": tuple(_titled(slot, words) for slot in whole.round.slots),
            "events": tuple(_event(what, words) for what in ("read_early", "not_owed", "handed_over")),
        }
    )
    yan = whole.candidate["yan"].model_copy(update={"name": name})
    whole = whole.model_copy(
        update={
            "round": round_,
            "candidates": (whole.candidate["zed"].model_copy(update={"name": "Ottoline Brack"}), yan),
            "interviews": tuple(
                _titled(one, words).model_copy(
                    update={"dismissed_reason": words if one.dismissed_reason else None}
                )
                for one in whole.interviews
            ),
        }
    ).with_statuses()
    return _decided(whole, words)


def _titled(one: Any, words: str) -> Any:
    return one.model_copy(update={"plan": one.plan.model_copy(update={"name": f"Talk, {words}"})})


def _event(what: Any, words: str) -> RoundEvent:
    of_zed = {"interview_id": "zed-first"} if what == "not_owed" else {"candidate_id": "zed"}
    return RoundEvent(at=BEGAN, person_id="lea", what=what, reason=words, **of_zed)


def _decided(whole: RoundRecord, words: str) -> RoundRecord:
    """With votes, two decisions and an early opening about Zed."""
    typed = {
        "decided_by": words,
        "said": words,
        "dissent": (Dissent(words=words, name=words),),
        "departs_from": (words,),
        "departure_reason": words,
        "reopened_because": words,
    }
    listed = (OtherWords(kind="other_words", words=words), NoPlace(kind="no_place", reasons=(words,)))
    reasons = tuple(one.model_copy(update={"words": words}) for one in decision(whole).reasons)
    both = (
        decision(whole, **typed, reasons=reasons),
        decision(whole, **(typed | {"departs_from": ()}), reasons=reasons, departures=listed),
    )
    told = debriefed(whole, *both).debriefs[0]
    return whole.model_copy(
        update={
            "debriefs": (
                told.model_copy(
                    update={
                        "votes": tuple(one.model_copy(update={"reason": words}) for one in told.votes),
                        "openings": tuple(
                            one.model_copy(update={"by": "lea", "reason": words}) for one in told.openings
                        ),
                    }
                ),
            )
        }
    )


def parts(name: str, words: str) -> list[str]:
    """What must not be read: the words of the sentence that are of the name."""
    stems = [part[: max(2, len(part) - 1)].casefold() for part in name.split()]
    stems = [name] if len(name) <= 3 else stems
    return [one for one in stems if one in words.casefold()]


def files(told: RoundRecord, candidate_id: str = "zed") -> Iterator[tuple[str, str]]:
    """Everything that the kit makes of a record, by its kind, as text."""
    found = compared(told)
    yield "pack.json", access_pack_json(told, candidate_id).decode()
    yield "packet.md", candidate_markdown(told, candidate_id, found, RUBRICS).decode()
    yield "packet.pdf", pdf_text(candidate_pdf(told, candidate_id, found, RUBRICS))


def exports(told: RoundRecord) -> Iterator[tuple[str, str]]:
    """What leaves a round as files and over the API."""
    found = compared(told)
    yield from files(told)
    yield "round.json", round_bundle(told).decode()
    yield "round.csv", ratings_csv(told).decode()
    yield "round.md", round_markdown(told, found, RUBRICS).decode()
    yield "round.pdf", pdf_text(round_pdf(told, found, RUBRICS))
    with zipfile.ZipFile(io.BytesIO(round_xlsx(told, RUBRICS, found))) as book:
        yield "round.xlsx", "".join(book.read(one).decode() for one in book.namelist() if one.endswith("xml"))
    yield "api", api.round_out(told).model_dump_json()
    for card in told.cards:
        yield f"{card.id}.json", card_bundle(told, card).decode()
        yield f"{card.id}.md", card_markdown(told, card, RUBRICS).decode()
        yield f"{card.id}.pdf", pdf_text(scorecard_pdf(told, card, RUBRICS))
        if card.state != "draft":
            yield f"{card.id}.api", api.card_out(told, card).model_dump_json()


@pytest.mark.parametrize("name", OTHERS)
def test_a_pack_names_no_other_candidate_whatever_field_holds_the_name(store: Store, name: str) -> None:
    store.imports.add(planted(name, OTHERS[name]))
    pack = store.privacy.access_pack(OPERATOR, "zed")
    leaked = [
        kind for kind, text in files(pack) if any(one in text.casefold() for one in parts(name, OTHERS[name]))
    ]
    assert parts(name, OTHERS[name])
    assert leaked == []


@pytest.mark.parametrize(
    ("viewer", "name"),
    [("ada", "Zelda Quillfeather"), ("lea", "王伟"), *((OPERATOR, name) for name in OTHERS)],
)
def test_nothing_that_leaves_a_round_of_codes_names_a_candidate(store: Store, viewer: Any, name: str) -> None:
    """One's own words too: the person who gets the file did not write them."""
    store.imports.add(planted(name, OTHERS[name], anonymous=True))
    told = store.privacy.handed_on(viewer, store.rounds.record(viewer, "r1"))
    texts = dict(exports(told))
    assert [
        kind
        for kind, text in texts.items()
        if any(one in text.casefold() for one in parts(name, OTHERS[name]))
    ] == []
    assert "C-02" in texts["round.json"]


def test_on_screens_of_a_round_of_codes_only_ones_own_words_name_a_candidate(store: Store) -> None:
    store.imports.add(planted("Zelda Quillfeather", "As Zelda did.", anonymous=True))
    told = store.rounds.record("bo", "r1")
    others = told.model_copy(
        update={"cards": tuple(card for card in told.cards if card.interviewer_id != "bo")}
    )
    assert "Zelda" not in repr(others)
    assert "Zelda" in repr(told)


def test_a_lead_saves_the_settings_of_a_round_of_codes_as_they_were_typed(store: Store) -> None:
    store.imports.add(planted("Zelda Quillfeather", "As Zelda did.", anonymous=True))
    round_ = store.rounds.record("lea", "r1").round
    store.rounds.change("lea", round_)
    assert store.rounds.get("lea", "r1").closing_words == "As Zelda did."


def test_erasing_counts_the_words_of_every_field(store: Store) -> None:
    """Three scorecards, the round's own words, its events, an interview not held, votes, openings, decisions."""
    store.imports.add(planted("Zelda Quillfeather", "As Zelda did."))
    told = store.privacy.erasure(OPERATOR, "yan")
    assert told.mentioned_in == 4
    # The round, three events, one interview, six votes, two openings, two decisions.
    assert told.mentioned_beside == 15


# Ids, marks of a plan and what the kit itself writes: nothing that anybody types.
NO_WORDS = {
    ("Person", "name"), ("Candidate", "name"), ("Candidate", "code"), ("Round", "profile_id"),
    ("Round", "not_qualified"), ("Rating", "ticks"), ("Rating", "red_flags"), ("Rating", "given"),
    ("DecisionReason", "competency"), ("OnMustHave", "competency"), ("Decision", "evidence_digest"),
    ("Decision", "seal"), ("Moment", "detail"), ("RoundRecord", "damaged"),
}  # fmt: skip


def test_every_text_that_a_record_can_hold_is_masked_or_said_to_be_none() -> None:
    unknown = {
        (model.__name__, field)
        for model in _models(RoundRecord)
        for field, told in model.model_fields.items()
        if _is_text(told) and field not in typed_fields(model)
    }
    assert unknown == NO_WORDS


def _models(model: type[BaseModel], known: set[type[BaseModel]] | None = None) -> set[type[BaseModel]]:
    """Every model that a value of this one can hold, but for the content of plans."""
    known = {model} if known is None else known
    for told in model.model_fields.values():
        for leaf, _ in _leaves(told.annotation, tuple(told.metadata)):
            if leaf not in known and isinstance(leaf, type) and _recorded(leaf):
                known.add(leaf)
                _models(leaf, known)
    return known


def _recorded(kind: type) -> bool:
    return issubclass(kind, BaseModel) and kind.__module__.startswith("scorecards")


def _is_text(told: Any) -> bool:
    """Whether it holds strings that neither a closed set nor the pattern of an id bounds."""
    return any(
        leaf is str and "[A-Za-z0-9_-]{" not in repr(how) and "[A-Z]{2,3}" not in repr(how)
        for leaf, how in _leaves(told.annotation, tuple(told.metadata))
    )


def _leaves(annotation: Any, how: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        yield from _leaves(inner, (*how, *more))
    elif origin is None:
        yield annotation, how
    else:
        for one in typing.get_args(annotation):
            yield from _leaves(one, how)
