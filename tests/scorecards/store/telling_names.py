"""Scorecards in which somebody typed a candidate's name, and names that are easily overlooked."""

from __future__ import annotations

from typing import Any

from scorecards.record.model import Amendment, Candidate, RoundRecord, Scorecard, Verdict

from ..small_round import BEGAN, card, content

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
