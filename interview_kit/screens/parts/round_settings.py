"""What a round's lead sets: weights and floors, who is not qualified on what, the closing words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from question_bank import Target
from question_bank.frozen import readable
from rubrics import Rubrics
from scorecards.documents import safe_cell
from scorecards.record.model import CLOSING_WORDS, Round

from .kept_text import kept_text
from .text import plain


def targets_grid(round_: Round, rubrics: Rubrics) -> tuple[Target, ...]:
    """Weights, must-haves and floors as they stand in the grid now."""
    edited = st.data_editor(
        _targets_table(round_.targets, rubrics),
        hide_index=True,
        column_order=["Competency", "Weight", "Must-have", "Floor"],
        disabled=["Competency"],
        column_config={
            "Weight": st.column_config.NumberColumn(min_value=0, max_value=100, step=0.5, required=True),
            "Floor": st.column_config.NumberColumn(min_value=1, max_value=4, step=0.1, required=True),
        },
        key=f"weights-{round_.id}",
    )
    return tuple(map(_target, edited.to_dict("records")))


def _targets_table(targets: Sequence[Target], rubrics: Rubrics) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "competency": [t.competency for t in targets],
            "Competency": [safe_cell(_name(t.competency, rubrics)) for t in targets],
            "Weight": [t.weight for t in targets],
            "Must-have": [t.must_have for t in targets],
            "Floor": [t.floor for t in targets],
        }
    )


def _target(row: Mapping[Any, Any]) -> Target:
    """A line of that table as a value; the editor gives cells of any kind."""
    return Target(
        competency=row["competency"], weight=row["Weight"], must_have=row["Must-have"], floor=row["Floor"]
    )


def not_qualified_grid(
    round_: Round, panel: Sequence[str], names: Mapping[str, str], rubrics: Rubrics, *, locked: bool
) -> dict[str, tuple[str, ...]]:
    """Who of the panel is not qualified on which competency, as it is marked now."""
    st.markdown(
        "**Not qualified on.** Such a person asks, ticks and notes evidence like everybody. Their levels there "
        "stand apart and are in no score."
    )
    if locked:
        st.caption("Fixed: a scorecard of this round is submitted.")
    known = {target.competency: _name(target.competency, rubrics) for target in round_.targets}
    marks: dict[str, tuple[str, ...]] = {}
    columns = st.columns(2)
    for place, who in enumerate(panel):
        with columns[place % 2]:
            marks[who] = _marks_of(who, names.get(who, who), round_, known, locked=locked)
    return {who: marked for who, marked in marks.items() if marked}


def _marks_of(
    who: str, name: str, round_: Round, known: Mapping[str, str], *, locked: bool
) -> tuple[str, ...]:
    """The competencies on which this person is not qualified."""
    chosen = st.multiselect(
        plain(name[:60]),
        list(known),
        default=[key for key in round_.not_qualified.get(who, ()) if key in known],
        format_func=known.__getitem__,
        key=f"qualified-{round_.id}-{who}",
        placeholder="Qualified on everything",
        disabled=locked,
    )
    return tuple(chosen)


def closing_words_box(round_: Round, person_id: str) -> str:
    """What interviewers read out at the end; what is not stored yet waits in the tab until it is."""
    typed = kept_text(
        "Closing words, read out to every candidate",
        person=person_id,
        field=f"closing-{round_.id}",
        slot="closing",
        stored={"closing": round_.closing_words},
        placeholder=CLOSING_WORDS,
        most=2000,
        here=True,
    )
    st.caption("Thanks and next steps. Promise only what will happen. Empty: the words shown in grey.")
    return typed.text("closing", round_.closing_words)


def _name(competency: str, rubrics: Rubrics) -> str:
    return rubrics.by_id[competency].name if competency in rubrics.by_id else readable(competency)
