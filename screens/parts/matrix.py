"""The comparison as a picture: candidates × competencies, every cell to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from rubrics import Rubrics
from scorecards.model import Candidate, RoundRecord
from scorecards.score import Apart, CandidateScore, CompetencyScore, percent, shown

from .text import count, plain


def matrix(
    record: RoundRecord, rows: Sequence[tuple[Candidate, CandidateScore, int | None]], rubrics: Rubrics
) -> tuple[str, str] | None:
    """Draw it; (candidate id, competency) of the cell that was pressed."""
    targets = record.round.targets
    widths = [2.4, *([1] * len(targets)), 1.1, 1.1]
    pressed = None
    for column, name in zip(
        st.columns(widths, gap="small"),
        ["Candidate", *_heads(record, rubrics), "Score", "Covered"],
        strict=True,
    ):
        column.caption(f"**{plain(name)}**")
    for candidate, score, rank in rows:
        columns = st.columns(widths, gap="small", vertical_alignment="center")
        with columns[0]:
            place = f"{rank}. " if rank is not None else ""
            st.markdown(
                f"{plain(place)}**{plain(candidate.code)}** {plain(candidate.name[:40])}{_state(score, rubrics)}"
            )
        for column, target in zip(columns[1:-2], targets, strict=True):
            found = score.competencies.get(target.competency)
            with column:
                beside = [one for one in score.apart if one.competency == target.competency]
                if found is None and not beside:
                    st.caption("no score")
                elif st.button(
                    _cell(target.competency, found, beside, rubrics, score),
                    key=f"cell-{candidate.id}-{target.competency}",
                    help=_behind(record, found, beside),
                    width="stretch",
                    wrap=True,
                    type="primary" if found is not None and found.mean >= 3 else "secondary",
                ):
                    pressed = (candidate.id, target.competency)
        columns[-2].markdown(f"**{shown(score.overall)}**")
        columns[-1].markdown(f"{percent(score.coverage)}  \n:gray[{score.submitted} of {score.expected}]")
    return pressed


def _heads(record: RoundRecord, rubrics: Rubrics) -> list[str]:
    heads = []
    for target in record.round.targets:
        competency = rubrics.by_id.get(target.competency)
        name = f"{competency.code} {competency.name}" if competency else target.competency
        heads.append(name + (" *" if target.must_have else ""))
    return heads


def _cell(
    competency: str,
    found: CompetencyScore | None,
    beside: Sequence[Apart],
    rubrics: Rubrics,
    score: CandidateScore,
) -> str:
    known = rubrics.by_id.get(competency)
    code = known.code if known else ""
    apart = " †" if beside else ""
    if found is None:
        return f"{code} no score{apart}"
    marks = (" ⚡" if found.disputed else "") + (" ▾" if competency in score.floors_not_met else "") + apart
    return f"{code} **{shown(found.mean)}**  \n×{found.interviewers}{marks}"


def _behind(record: RoundRecord, found: CompetencyScore | None, beside: Sequence[Apart]) -> str:
    def named(who: str, mean: Fraction) -> str:
        return f"{plain(record.person[who].name[:40])} {shown(mean)}"

    words = []
    if found is not None:
        each = ", ".join(named(who, mean) for who, mean in found.by_interviewer.items())
        words.append(f"{each}. Median {shown(found.median)}.")
    if beside:
        each = ", ".join(named(one.interviewer_id, one.mean) for one in beside)
        words.append(f"Apart, not qualified, in no score: {each}.")
    return " ".join([*words, "Press for the words behind it."])


def _state(score: CandidateScore, rubrics: Rubrics) -> str:
    names = {c.id: c.name for c in rubrics.competencies}
    words = ["Incomplete"] if score.incomplete else []
    words += [f"no score: {names.get(key, key)}" for key in score.unscored_musts]
    if score.floors_not_met:
        words.append(f"{count(len(score.floors_not_met), 'floor')} not met ▾")
    return "".join(f"  \n:orange[{plain(word)}]" for word in words)
