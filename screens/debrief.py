"""Debrief: who has submitted; after one's own scorecard all of them side by side, largest disagreement first."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from scorecards import rules
from scorecards.export import card_bundle, card_markdown, level_or_state
from scorecards.model import (
    RECOMMENDATIONS,
    STATE_NAMES,
    Interview,
    Rating,
    RoundEvent,
    RoundRecord,
    Scorecard,
    Verdict,
)
from scorecards.score import apart, competency_scores, shown
from scorecards.store import NotAllowedError
from screens import wiring
from screens.parts.choose import choose_round
from screens.parts.head import head, problem
from screens.parts.round_view import status_mark
from screens.parts.text import day, plain
from screens.parts.words_behind import side_by_side


def choose_candidate(record: RoundRecord) -> str | None:
    candidates = record.by_code
    if not candidates:
        st.info("This round has no candidate yet.")
        return None
    ids = [candidate.id for candidate in candidates]
    wanted = wiring.parameter("candidate")
    return st.selectbox(
        "Candidate",
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=lambda key: f"{record.candidate[key].code} {record.candidate[key].name[:80]}",
        width=420,
        label_visibility="collapsed",
    )


def who_has_submitted(record: RoundRecord, candidate_id: str) -> None:
    """The state of every scorecard; nothing of what they say."""
    mine = record.statuses_of(candidate_id)
    words = [
        f"{status_mark(status)} **{plain(record.person[status.interviewer_id].name[:60])}** "
        f":gray[{plain(record.interview[status.interview_id].plan.name)} {day(status.submitted_at)}]"
        for status in mine
    ]
    st.markdown(" &nbsp;·&nbsp; ".join(words) or ":gray[No interview yet.]")
    hidden = sum(s.state == "submitted" for s in mine) - sum(
        c.state == "submitted" for c in record.cards_of(candidate_id)
    )
    if hidden:
        st.info(
            f"{hidden} submitted scorecard{'s' if hidden > 1 else ''} hidden from you until the round's rule allows: "
            "independent ratings are worth more.",
            icon=":material/visibility_off:",
        )


def what_happened(record: RoundRecord, candidate_id: str) -> None:
    """What does not show in a scorecard: withdrawn ones, and dismissals that were undone."""
    for card in record.cards_of(candidate_id):
        if card.state == "withdrawn":
            who = plain(record.person[card.interviewer_id].name[:60])
            st.markdown(
                f":material/block: {who}'s scorecard is withdrawn and counts nowhere: {plain(card.withdrawn_reason or '')}"
            )
    sittings = {i.id: i for i in record.interviews if i.candidate_id == candidate_id}
    for event in record.round.events:
        if event.what == "dismissal_undone" and event.interview_id in sittings:
            st.markdown(f":material/undo: {plain(undone_words(record, event, sittings))}")


def undone_words(record: RoundRecord, event: RoundEvent, sittings: dict[str, Interview]) -> str:
    def name(who: str) -> str:
        return record.person[who].name[:60] if who in record.person else who

    words = (
        f"{sittings[event.interview_id or ''].plan.name}: {name(event.person_id)} took the dismissal back on "
        f"{day(event.at)}: {event.reason}"
    )
    readers = ", ".join(name(who) for who in event.could_have_read)
    return f"{words} (By then {readers} could have read others' scorecards.)" if readers else words


def withdraw_form(record: RoundRecord, candidate_id: str) -> None:
    """The lead takes a submitted scorecard out of the averages, also one that the lead may not read."""
    submitted = {s.card_id: s for s in record.statuses_of(candidate_id) if s.state == "submitted"}
    if not submitted or rules.may_lead(record.round, person.id) or rules.may_change(record.round):
        return
    with st.popover("Withdraw a scorecard", icon=":material/block:"):
        st.markdown(
            "For an interview that was void, or an interviewer with a conflict of interest. The scorecard leaves "
            "every average and stays listed with your reason. This cannot be undone."
        )
        chosen = st.selectbox(
            "Whose",
            list(submitted),
            index=None,
            format_func=lambda key: (
                f"{record.person[submitted[key].interviewer_id].name[:60]}, "
                f"{record.interview[submitted[key].interview_id].plan.name}"
            ),
            placeholder="Choose",
            key=f"withdraw-{candidate_id}",
        )
        reason = st.text_input(
            "Why it is withdrawn",
            max_chars=500,
            placeholder="Knew the candidate",
            key=f"withdraw-why-{candidate_id}",
        )
        if st.button("Withdraw", type="primary", disabled=not (chosen and reason.strip())) and chosen:
            try:
                store.withdraw(person.id, chosen, reason)
            except NotAllowedError as error:
                problem(error.reasons)
            else:
                st.rerun()


def recommendations(record: RoundRecord, cards: list[Scorecard]) -> None:
    """Each interviewer's recommendation, with contradictions and changes named."""
    for column, card in zip(st.columns(max(len(cards), 1)), cards, strict=False):
        verdict = card.content.verdict
        with column, st.container(border=True):
            st.markdown(f"**{plain(record.person[card.interviewer_id].name[:60])}**")
            st.markdown(f"#### {RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else '–'}")
            if verdict.reason:
                st.text(verdict.reason)
            if verdict.contradiction:
                st.markdown(":orange[:material/warning: Levels and recommendation differ:]")
                st.text(verdict.contradiction)
            for amendment in card.amendments:
                seen = ", after seeing others" if amendment.after_seeing_others else ""
                st.caption(f"Amended {day(amendment.at)}{seen}: {plain(amendment.reason)}")
                with st.popover("What stood there first", width="stretch"):
                    before = amendment.before.verdict
                    if before.recommendation:
                        st.markdown(f"Recommendation: **{RECOMMENDATIONS[before.recommendation]}**")
                        st.text(before.reason)
                    for rating in amendment.before.ratings:
                        st.markdown(
                            f"**{plain(rating.question_id)}** {plain(level_or_state(rating, bank.rubrics))}"
                        )
                        st.text(rating.evidence)
            downloads(record, card)


def downloads(record: RoundRecord, card: Scorecard) -> None:
    name = f"scorecard-{record.candidate[card.candidate_id].code}-{card.id[:6]}"
    with st.container(horizontal=True):
        st.download_button(
            "Markdown",
            lambda: card_markdown(record, card, bank.rubrics),
            f"{name}.md",
            "text/markdown",
            key=f"md-{card.id}",
            on_click="ignore",
            type="tertiary",
        )
        st.download_button(
            "JSON",
            lambda: card_bundle(record, card),
            f"{name}.json",
            "application/json",
            key=f"json-{card.id}",
            on_click="ignore",
            type="tertiary",
        )


def by_disagreement(record: RoundRecord, cards: list[Scorecard]) -> None:
    """Every competency that was asked, the one with the largest spread first."""
    scores = competency_scores(record, cards)
    beside = apart(record, cards)
    asked = {
        item.question.competency for card in cards for item in record.interview[card.interview_id].plan.items
    }
    order = sorted(asked, key=lambda key: (-(scores[key].spread if key in scores else Fraction(-1)), key))
    for place, key in enumerate(order):
        score = scores.get(key)
        name = bank.rubrics.by_id[key].name if key in bank.rubrics.by_id else key
        if score is None:
            words = "no level that counts"
        else:
            spread = f" · {shown(score.spread)} between them" if score.interviewers > 1 else ""
            words = f"{shown(score.mean)} from {score.interviewers}{spread}"
        own = [one for one in beside if one.competency == key]
        if own:
            each = ", ".join(
                f"{plain(record.person[one.interviewer_id].name[:40])} {shown(one.mean)}" for one in own
            )
            words += f" · apart, not qualified: {each}"
        disputed = score is not None and score.disputed
        icon = ":material/call_split:" if disputed else None
        with st.expander(f"{plain(name)} · {words}", expanded=disputed or place == 0, icon=icon):
            side_by_side(record, cards, key, bank.rubrics)


def amend(card: Scorecard) -> None:
    """Change one's own submitted scorecard, with a reason; what stood there is kept."""
    with st.expander("Amend your scorecard", icon=":material/edit:"):
        key = f"{card.id}-{len(card.amendments)}"
        what = st.segmented_control(
            "What changes", ["A question", "The recommendation"], default="A question", key=f"what-{key}"
        )
        verdict = card.content.verdict
        changed = [amended_rating(card, key)] if what == "A question" else []
        if what == "The recommendation":
            verdict = amended_verdict(verdict, key)
        contradiction = st.text_input(
            "If levels and recommendation now differ, explain",
            verdict.contradiction,
            key=f"contradiction-{key}",
            max_chars=2000,
        )
        reason = st.text_input("Why the change", key=f"reason-{key}", max_chars=2000)
        if st.button("Amend", type="primary", key=f"amend-{key}"):
            try:
                if not reason.strip():
                    raise NotAllowedError(["An amendment needs a reason."])
                explained = verdict.model_copy(update={"contradiction": contradiction})
                store.amend(person.id, card.id, changed, explained, reason)
            except NotAllowedError as error:
                problem(error.reasons)
            else:
                st.rerun()


def amended_verdict(verdict: Verdict, key: str) -> Verdict:
    """The recommendation as it is to stand; at first as it stands."""
    choice = st.segmented_control(
        "Recommendation",
        list(RECOMMENDATIONS),
        default=verdict.recommendation,
        format_func=lambda value: RECOMMENDATIONS[value],
        key=f"choice-{key}",
    )
    why = st.text_input("In one sentence, why", verdict.reason, max_chars=2000, key=f"verdict-{key}")
    return verdict.model_copy(update={"recommendation": choice or verdict.recommendation, "reason": why})


def amended_rating(card: Scorecard, key: str) -> Rating:
    """One question's rating as it is to stand; at first as it stands."""
    interview = record.interview[card.interview_id]
    titles = {item.question.id: item.question.title for item in interview.plan.items}
    question_id = st.selectbox(
        "Question", list(titles), format_func=lambda key: titles[key], key=f"q-{card.id}"
    )
    rating = card.rating(question_id)
    names = {str(s.level): f"{s.level} {s.name}" for s in bank.rubrics.scale.levels} | {
        state: name for state, name in STATE_NAMES.items() if state != "skipped"
    }
    before = str(rating.level) if rating.level else rating.state
    key = f"{key}-{question_id}"
    choice = st.segmented_control(
        "Level",
        list(names),
        default=before if before in names else None,
        format_func=lambda value: names[value],
        key=f"level-{key}",
    )
    evidence = st.text_area("Evidence", rating.evidence, key=f"evidence-{key}")
    override = st.text_input(
        "Why not the proposed level (if so)", rating.override_reason, key=f"override-{key}"
    )
    number = choice in ("1", "2", "3", "4")
    return rating.model_copy(
        update={
            "level": int(choice) if number and choice else None,
            "state": None if number else choice or rating.state,
            "evidence": evidence,
            "override_reason": override,
        }
    )


person = wiring.viewer()
store = wiring.store()
bank = wiring.bank()
head("Debrief", person)
round_ = choose_round(store.rounds(person.id), wiring.parameter("round"))
if round_ is not None:
    record = store.record(person.id, round_.id)
    candidate_id = choose_candidate(record)
    if candidate_id is not None:
        who_has_submitted(record, candidate_id)
        what_happened(record, candidate_id)
        visible = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
        if visible:
            recommendations(record, visible)
            by_disagreement(record, visible)
        for own in visible:
            if own.interviewer_id == person.id and not rules.may_change(record.round):
                amend(own)
        withdraw_form(record, candidate_id)
        for own_draft in record.statuses:
            if (
                own_draft.candidate_id == candidate_id
                and own_draft.interviewer_id == person.id
                and own_draft.due
                and not rules.may_change(record.round)
            ):
                st.markdown("Your own scorecard is still a draft.")
                if st.button("Go on with it", type="primary", key=f"go-{own_draft.card_id}"):
                    wiring.go("interview", card=own_draft.card_id)
