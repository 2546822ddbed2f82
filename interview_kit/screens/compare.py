"""Compare: a sentence, then candidates × competencies as one picture; groups in the place of ranks."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, sight, signed_in
from interview_kit.screens.parts.choose import choose_round
from interview_kit.screens.parts.comparison_views import (
    not_said,
    sentences,
    side_by_side,
    strictness,
    what_if,
)
from interview_kit.screens.parts.downloads import round_downloads
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import origin
from interview_kit.screens.parts.picture import Pressed, picture
from interview_kit.screens.parts.text import plain
from interview_kit.screens.parts.words_behind import side_by_side as words_side_by_side
from rubrics import Rubrics
from scorecards.comparison import RoundComparison, compare_round, order_lines, round_checks, round_sentences
from scorecards.record import rules
from scorecards.record.frozen import as_recorded, names_as_recorded
from scorecards.record.model import RoundRecord
from scorecards.store import NotAllowedError

BY_CODE = "code"
BY_GROUP = "group"
VIEWS = {
    "picture": "Picture",
    "beside": "Side by side",
    "weights": "What if",
    "interviewers": "Interviewers",
    "not-said": "Not said",
}
# What an evidence-only round has to show.
EVIDENCE_VIEWS = ("picture", "beside", "not-said")


def order_box(record: RoundRecord, found: RoundComparison) -> str:
    """In which order the candidates stand: by code until somebody asks for another."""
    orders = {BY_CODE: "By code"}
    if not found.evidence_only:
        keys = [target.competency for target in record.round.targets]
        orders |= {BY_GROUP: "By group"} | {key: f"By {found.names.get(key, key)}" for key in keys}
    return st.selectbox(
        "Order",
        list(orders),
        format_func=lambda value: orders[value],
        key=f"order-{record.round.id}",
        width=230,
        label_visibility="collapsed",
    )


def the_picture(record: RoundRecord, found: RoundComparison, by: str) -> None:
    """The picture and its legend; a press opens the words."""
    key = f"chosen-{record.round.id}"
    answer = picture(record, found, as_recorded(record, bank.rubrics), by, st.session_state.get(key, ()))
    if tuple(st.session_state.get(key, ())) != answer.chosen:
        st.session_state[key] = answer.chosen
    st.caption(legend(found, as_recorded(record, bank.rubrics)))
    if answer.chosen:
        st.caption(
            f"{len(answer.chosen)} marked. *Side by side* shows two to five of them in the interviewers' words."
        )
    last = f"pressed-{record.round.id}"
    if answer.pressed and st.session_state.get(last) != answer.pressed.number:
        st.session_state[last] = answer.pressed.number
        words(record, answer.pressed)


def legend(found: RoundComparison, rubrics: Rubrics) -> str:
    steps = ", ".join(f"{step.level} {plain(step.name)}" for step in rubrics.scale.levels)
    if found.evidence_only:
        return (
            "Numbers: each interviewer's level, 1 to 4, lowest first · † also rated by someone not qualified · "
            "≠ not asked the same way as the others. Press a cell for the words behind it."
        )
    return (
        "Cell: mean level 1 to 4, × how many interviewers, a dot for each · ⚡ ring: two levels apart or more · "
        "▾ below a must-have's floor · † also rated by someone not qualified, not counted · ≠ not asked the same way as "
        "the others. Right: bar and dot are adjusted for strict and lenient interviewers, 95 in 100; the tick is the plain "
        f"mean. {steps}. Press a cell for the words behind it."
    )


@st.dialog("The words behind it", width="large")
def words(record: RoundRecord, pressed: Pressed) -> None:
    candidate = record.candidate[pressed.candidate_id]
    rubrics = as_recorded(record, bank.rubrics)
    name = rubrics.by_id[pressed.competency].name
    st.markdown(f"### {plain(candidate.called())} · {plain(name)}")
    cards = [card for card in record.cards_of(candidate.id) if card.state == "submitted"]
    words_side_by_side(record, cards, pressed.competency, rubrics)


def beside(record: RoundRecord, found: RoundComparison) -> None:
    """Two to five candidates in their interviewers' words."""
    chosen = st.multiselect(
        "Two to five candidates",
        [one.id for one in record.by_code],
        default=usually_beside(record, found),
        max_selections=5,
        format_func=lambda key: record.candidate[key].called(),
        key=f"beside-who-{record.round.id}",
    )
    if len(chosen) < 2:
        st.info("Choose at least two candidates.")
    else:
        side_by_side(record, found, chosen, as_recorded(record, bank.rubrics))


def usually_beside(record: RoundRecord, found: RoundComparison) -> list[str]:
    """Those who were marked, else the first of the leading group, else the first by code."""
    marked = [one for one in st.session_state.get(f"chosen-{record.round.id}", ()) if one in record.candidate]
    if len(marked) > 1:
        return marked
    leading = [one.candidate.id for one in found.standings if one.result and one.result.group == 1]
    return (leading if len(leading) > 1 else [one.id for one in record.by_code])[:3]


def other_weights(record: RoundRecord, found: RoundComparison) -> None:
    """What other weights would change, and below it the weights to try."""
    answer = st.container()
    weights = weight_boxes(record, found)
    if not any(weights.values()):
        answer.info("Give at least one competency a weight.")
        return
    with answer:
        what_if(record, found, compare_round(record, person.id, competencies, weights), weights)


def weight_boxes(record: RoundRecord, found: RoundComparison) -> dict[str, float]:
    """A box for each competency's weight, five in a row; at first as it is set."""
    weights = {}
    for place, target in enumerate(record.round.targets):
        if place % 5 == 0:
            row = st.columns(5)
        with row[place % 5]:
            weights[target.competency] = st.number_input(
                plain(found.names.get(target.competency, target.competency)),
                min_value=0.0,
                max_value=10.0,
                step=0.5,
                value=float(target.weight),
                key=f"try-{record.round.id}-{target.competency}",
            )
    return weights


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
head("Compare", person)
round_ = choose_round(store.rounds.all(person.id), places.parameter("round"), "compare")
if round_ is not None:
    try:
        record, found = sight.comparison(person.id, round_.id)
    except NotAllowedError as error:
        problem(error.reasons)
        st.stop()
    competencies = names_as_recorded(record, bank.rubrics)
    origin(record)
    if not record.candidates:
        st.info("This round has no candidate yet. Add them on the Rounds page.")
        st.stop()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        shown_views = EVIDENCE_VIEWS if found.evidence_only else tuple(VIEWS)
        view = st.radio(
            "View",
            shown_views,
            format_func=lambda key: VIEWS[key],
            key=f"view-{round_.id}",
            horizontal=True,
            label_visibility="collapsed",
            width="content",
        )
        with st.container(horizontal=True, width="content"):
            by = order_box(record, found) if view == "picture" else BY_CODE
            round_downloads(
                wiring.handed_on(person.id, record),
                as_recorded(record, bank.rubrics),
                sight.exported(person.id, round_.id),
            )
    if view == "picture":
        sentences(round_sentences(found))
        if found.analysis and found.analysis.assignment_warning:
            for line in order_lines(found.analysis, found.names):
                st.markdown(f"- {plain(line)}")
        the_picture(record, found, by)
    elif view == "beside":
        beside(record, found)
    elif view == "weights":
        other_weights(record, found)
    elif view == "interviewers":
        leads = not rules.why_not_lead(record.round, person.id)
        strictness(record, found, round_checks(record, person.id), leads)
    else:
        not_said(found)
