"""The comparison as a picture: candidates × competencies, every cell to be opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rubrics import Rubrics
from scorecards.model import Candidate, RoundRecord
from scorecards.score import CandidateScore, CompetencyScore, percent, shown

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
                if found is None:
                    st.caption("no score")
                elif st.button(
                    _cell(found, rubrics, below=target.competency in score.floors_not_met),
                    key=f"cell-{candidate.id}-{target.competency}",
                    help=_behind(record, found),
                    width="stretch",
                    wrap=True,
                    type="primary" if found.mean >= 3 else "secondary",
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


def _cell(score: CompetencyScore, rubrics: Rubrics, *, below: bool) -> str:
    competency = rubrics.by_id.get(score.competency)
    code = competency.code if competency else ""
    marks = (" ⚡" if score.disputed else "") + (" ▾" if below else "")
    return f"{code} **{shown(score.mean)}**  \n×{score.interviewers}{marks}"


def _behind(record: RoundRecord, score: CompetencyScore) -> str:
    each = ", ".join(
        f"{plain(record.person[who].name[:40])} {shown(mean)}" for who, mean in score.by_interviewer.items()
    )
    return f"{each}. Median {shown(score.median)}. Press for the words behind it."


def _state(score: CandidateScore, rubrics: Rubrics) -> str:
    names = {c.id: c.name for c in rubrics.competencies}
    words = ["Incomplete"] if score.incomplete else []
    words += [f"no score: {names.get(key, key)}" for key in score.unscored_musts]
    if score.floors_not_met:
        words.append(f"{count(len(score.floors_not_met), 'floor')} not met ▾")
    return "".join(f"  \n:orange[{plain(word)}]" for word in words)
