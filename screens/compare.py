"""Compare: candidates × competencies, in the order of their codes until one asks for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from scorecards.export import candidate_scores, ratings_csv, round_bundle, round_markdown, round_xlsx
from scorecards.model import Candidate, RoundRecord
from scorecards.score import CandidateScore, ranks
from scorecards.store import NotAllowedError
from screens import wiring
from screens.parts.choose import choose_round
from screens.parts.head import head, problem
from screens.parts.matrix import matrix
from screens.parts.text import count, plain
from screens.parts.words_behind import side_by_side

if TYPE_CHECKING:
    from scorecards.compare import RoundComparison

BY_CODE = "Candidate code"
BY_SCORE = "Overall score"


def sentence(scores: list[tuple[Candidate, CandidateScore]]) -> str:
    """What can be said, in plain words."""
    complete = [candidate for candidate, score in scores if not score.incomplete]
    rest = len(scores) - len(complete)
    words = f"{count(len(complete), 'candidate')} can be compared on enough evidence."
    if rest:
        words += f" {rest} {'is' if rest == 1 else 'are'} incomplete: shown, but not put in any order."
    return words


def ordered(
    scores: list[tuple[Candidate, CandidateScore]], by: str
) -> list[tuple[Candidate, CandidateScore, int | None]]:
    """By code, or by what was asked for; whoever cannot be ranked stands below without a place."""
    places = ranks(score for _, score in scores)
    if by == BY_CODE:
        return [(candidate, score, None) for candidate, score in scores]
    if by == BY_SCORE:
        rows = [(candidate, score, places.get(candidate.id)) for candidate, score in scores]
        return sorted(rows, key=lambda row: (row[2] is None, row[2] or 0, row[0].code))
    plain_rows = [(candidate, score, None) for candidate, score in scores]

    def level(row: tuple[Candidate, CandidateScore, int | None]) -> tuple[bool, float, str]:
        found = row[1].competencies.get(by)
        return (found is None, -float(found.mean) if found else 0.0, row[0].code)

    return sorted(plain_rows, key=level)


def exports(record: RoundRecord) -> None:
    """The round as files, with what this viewer may see."""
    name = f"round-{record.round.id}"

    def compared() -> RoundComparison:
        from scorecards.compare import compare_round

        return compare_round(record, None, {one.id: one.name for one in bank.rubrics.competencies})

    with st.popover("Export", icon=":material/download:"):
        for label, make, ending, mime in (
            (
                "Workbook (XLSX)",
                lambda: round_xlsx(record, bank.rubrics, compared()),
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ("Ratings (CSV)", lambda: ratings_csv(record), "csv", "text/csv"),
            ("Everything (JSON)", lambda: round_bundle(record), "json", "application/json"),
            (
                "For reading (Markdown)",
                lambda: round_markdown(record, compared(), bank.rubrics),
                "md",
                "text/markdown",
            ),
        ):
            st.download_button(
                label,
                make,
                f"{name}.{ending}",
                mime,
                on_click="ignore",
                width="stretch",
                key=f"export-{ending}",
            )


@st.dialog("The words behind it", width="large")
def words(record: RoundRecord, candidate_id: str, competency: str) -> None:
    candidate = record.candidate[candidate_id]
    name = bank.rubrics.by_id[competency].name
    st.markdown(f"#### {plain(candidate.code)} {plain(candidate.name[:60])} · {plain(name)}")
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    side_by_side(record, cards, competency, bank.rubrics)


person = wiring.viewer()
store = wiring.store()
bank = wiring.bank()
head("Compare", person)
round_ = choose_round(store.rounds(person.id), wiring.parameter("round"))
if round_ is not None:
    try:
        record = store.comparison(person.id, round_.id)
    except NotAllowedError as error:
        problem(error.reasons)
        st.stop()
    scores = candidate_scores(record)
    names = {t.competency: bank.rubrics.by_id[t.competency].name for t in record.round.targets}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(round_.name[:100])}.** {sentence(scores)}", width="content")
        with st.container(horizontal=True, width="content"):
            by = st.selectbox(
                "Order by",
                [BY_CODE, BY_SCORE, *names],
                format_func=lambda key: names.get(key, key),
                label_visibility="collapsed",
                width=210,
            )
            exports(record)
    pressed = matrix(record, ordered(scores, by), bank.rubrics)
    st.caption(
        "Number: mean level of the interviewers, 1 to 4 · ×: how many interviewers · ⚡: two levels apart or more · "
        "▾: below the floor of a must-have · "
        "†: somebody not qualified rated too, in no score · "
        "filled: Senior or above · *: must-have. The score is not a verdict: press a cell for the words behind it."
    )
    if pressed:
        words(record, *pressed)
