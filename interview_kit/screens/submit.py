"""Submit: what is open, what is worth a second look, the recommendation, and the end of the draft."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, signed_in
from interview_kit.screens.parts.address import say_where_to_go
from interview_kit.screens.parts.closing_list import lacks, never_given, words_to_look_at
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import origin
from interview_kit.screens.parts.kept_text import kept_text, typed_value
from interview_kit.screens.parts.own_cards import card_of_page
from interview_kit.screens.parts.promise import promise_words
from interview_kit.screens.parts.text import plain
from scorecards.documents import level_or_state
from scorecards.record import rules
from scorecards.record.closing import closing_words, noted, thin, undecided, withheld
from scorecards.record.frozen import as_recorded, names_as_recorded
from scorecards.record.model import RECOMMENDATIONS, Recommendation, RoundRecord, Scorecard
from scorecards.record.recommendations import MEANINGS
from scorecards.store import NotAllowedError, NotFoundError
from scorecards.store.newest import CHOICE, Words


def read_out(record: RoundRecord) -> None:
    """The line with which the interview ends, in the size in which one reads it to somebody."""
    with st.container(border=True):
        st.caption("Read out before you say goodbye")
        st.markdown(f"##### {plain(closing_words(record.round))}")


def checks(record: RoundRecord, card: Scorecard) -> None:
    """What is open, thin, never given, and which words to look at; a press leads to the question."""
    interview = record.interview[card.interview_id]
    open_, decided = undecided(interview, card), "Every question has a level or a state."
    pressed = lacks("Without a level or a state", open_, decided, "open")
    lean, backed = thin(interview, card), "Every level has what it needs behind it."
    pressed = pressed or lacks("Still missing behind a level", lean, backed, "thin")
    never_given(withheld(interview, card))
    pressed = (
        words_to_look_at(noted(interview, card, store.privacy.names_in_words(person.id, card.id))) or pressed
    )
    pressed = all_questions(record, card) or pressed
    if pressed:
        places.go("interview", card=card.id, question=pressed)


def all_questions(record: RoundRecord, card: Scorecard) -> str | None:
    """Every question as it was rated; the id of the one to look at again."""
    pressed, rubrics = None, as_recorded(record, bank.rubrics)
    with st.expander("All questions as you rated them", icon=":material/list:"):
        for place, item in enumerate(record.interview[card.interview_id].plan.items):
            rating = card.rating(item.question.id)
            counts = rules.qualified(record.round, person.id, item.question.competency)
            apart = "" if counts else " :gray[shown apart: not qualified]"
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                st.markdown(
                    f"**{plain(item.question.topic)}** · {plain(level_or_state(rating, rubrics))}{apart}",
                    width="content",
                )
                if st.button("Look again", key=f"back-{place}", type="tertiary"):
                    pressed = item.question.id
    return pressed


def not_qualified_on(record: RoundRecord, card: Scorecard) -> None:
    """Say it where some of the author's levels do not count."""
    asked = {i.question.competency for i in record.interview[card.interview_id].plan.items}
    rubrics = as_recorded(record, bank.rubrics)
    names = [rubrics.by_id[key].name for key in record.round.not_qualified.get(person.id, ()) if key in asked]
    if names:
        st.info(
            f"You are marked not qualified on {plain(', '.join(names))}: your evidence there is read, "
            "your levels stand apart and are in no score.",
            icon=":material/call_split:",
        )


def keep_typed(record: RoundRecord, card: Scorecard) -> dict[str, Words]:
    """Store what was typed into the boxes below; what became of it, by slot."""
    typed = typed_value(st.session_state.get(f"words-{card.id}") or {})
    if not typed.entries or rules.why_not_change(record.round):
        return {}
    return store.live.keep_words(person.id, card.id, typed)


def recommended(record: RoundRecord, card: Scorecard, stored: Recommendation | None, version: int) -> bool:
    """The recommendation; stored when it is pressed here. What another page stored since is shown, not undone.

    Says whether it is another now than the one given.
    """
    warn_of_late_press(card, stored, version)
    choice = recommendation_box(card, stored)
    shown = f"shown-{card.id}"
    st.session_state[shown] = version
    if choice == stored or rules.why_not_change(record.round):
        return False
    put = store.cards.recommend(person.id, card.id, choice, base=version)
    if put.outcome == "clash":
        # It is drawn anew as a press that came late.
        st.session_state[f"pressed-{card.id}"] = version
        st.rerun()
    st.session_state[shown] = put.version
    return True


def warn_of_late_press(card: Scorecard, stored: Recommendation | None, version: int) -> None:
    """Show what is stored where another page stored it since this one was drawn, and say so to a press that lost."""
    key = f"recommendation-{card.id}"
    base = st.session_state.pop(f"pressed-{card.id}", None)
    # A press is of the version that this session had shown last, however late it is read.
    late = base is not None and base != version and st.session_state.get(key) != stored
    if (late or base is None) and st.session_state.get(key, stored) != stored:
        st.session_state[key] = stored
    if late:
        st.warning(
            "Another page of yours stored this recommendation meanwhile. It stands; press again to change it.",
            icon=":material/sync_problem:",
        )


def recommendation_box(card: Scorecard, stored: Recommendation | None) -> Recommendation | None:
    """The choice as it stands in this session; a press notes of which version it is."""
    key, shown = f"recommendation-{card.id}", f"shown-{card.id}"
    return st.segmented_control(
        "Would you hire this person for this role?",
        list(RECOMMENDATIONS),
        default=None if key in st.session_state else stored,
        format_func=lambda one: RECOMMENDATIONS[one],
        key=key,
        on_change=lambda: st.session_state.update({f"pressed-{card.id}": st.session_state.get(shown, 0)}),
    )


def recommendation(record: RoundRecord, card: Scorecard) -> None:
    """Never filled in beforehand, never computed; open once every question has a level or a state."""
    interview = record.interview[card.interview_id]
    if rules.why_not_recommend(interview, card):
        st.info(
            "The recommendation opens once every question has a level or a state.", icon=":material/lock:"
        )
        return
    words = keep_typed(record, card)
    versions = store.live.versions_of_words(person.id, card.id)
    verdict = store.cards.get(person.id, card.id).content.verdict
    if recommended(record, card, verdict.recommendation, versions.get(CHOICE, 0)):
        verdict = store.cards.get(person.id, card.id).content.verdict
    card = card.model_copy(update={"content": card.content.model_copy(update={"verdict": verdict})})
    contradictions = rules.contradictions(record, card, names_as_recorded(record, bank.rubrics))
    for one in contradictions:
        st.warning(plain(one))
    if (choice := verdict.recommendation) is not None:
        explanation(card, choice, "contradiction" if contradictions else "reason", words)
    the_end(record, card)


def explanation(card: Scorecard, choice: Recommendation, slot: str, words: Mapping[str, Words]) -> None:
    """The box for the sentence beside the recommendation; `words` is what became of the last typed ones."""
    verdict = card.content.verdict
    labels = {
        "contradiction": "Explain it in one sentence; it appears in the debrief",
        "reason": MEANINGS[choice].ask or "In one sentence, why (may stay empty)",
    }
    kept_text(
        labels[slot],
        person=person.id,
        field=f"words-{card.id}",
        slot=slot,
        stored={"reason": verdict.reason, "contradiction": verdict.contradiction},
        versions=store.live.versions_of_words(person.id, card.id),
        clashes={slot: one.text for slot, one in words.items() if one.outcome == "clash"},
        rows=2,
        signed=signed_in.signed_pass(card.id, person.id),
    )


def the_end(record: RoundRecord, card: Scorecard) -> None:
    """What is still missing, what submitting does, and the press that does it."""
    reasons = rules.why_not_change(record.round) or rules.why_not_submit(record, card)
    if reasons:
        st.markdown("**Still missing**\n" + "\n".join(f"- {plain(reason)}" for reason in reasons))
    st.caption(
        "Submitting freezes the scorecard; you can amend it later, with a reason. "
        + plain(" ".join(promise_words(record, card.id)))
    )
    if st.button("Submit the scorecard", type="primary", icon=":material/task_alt:", disabled=bool(reasons)):
        try:
            store.cards.submit(person.id, card.id)
        except NotAllowedError as error:
            problem(error.reasons)
        else:
            st.session_state.pop("last-card", None)
            places.go("debrief", round=record.round.id, candidate=card.candidate_id)


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
wanted = card_of_page("submit", "Submit", person, store)
try:
    card = store.cards.get(person.id, wanted)
    record = store.rounds.record(person.id, card.round_id)
except (NotFoundError, NotAllowedError):
    head("Submit", person)
    say_where_to_go("card", "submit", "See my interviews")
candidate = record.candidate[card.candidate_id]
head(f"Close {candidate.called()}", person)
origin(record)
if card.interviewer_id != person.id:
    say_where_to_go("card", "submit", "See my interviews")
elif (gone := card.not_owed) is not None:
    st.info(f"This scorecard is no longer owed: {plain(gone.reason)}", icon=":material/person_off:")
elif card.state != "draft":
    st.info(f"This scorecard is {card.state}.", icon=":material/lock:")
    if st.button("See it in the debrief"):
        places.go("debrief", round=record.round.id, candidate=card.candidate_id)
else:
    for reason in rules.why_not_change(record.round):
        st.warning(plain(reason), icon=":material/lock:")
    read_out(record)
    not_qualified_on(record, card)
    left, right = st.columns([3, 2], gap="large")
    with left:
        checks(record, card)
    with right:
        recommendation(record, card)
