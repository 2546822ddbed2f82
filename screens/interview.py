"""The live screen: one question in hand, the whole interview in sight, everything saved at once."""

from __future__ import annotations

import secrets

import streamlit as st

from question_bank import PlanItem, propose_level
from scorecards.export import level_or_state
from scorecards.model import SKIP_REASONS, STATE_NAMES, Interview, Rating, Scorecard
from scorecards.rules import helped_signals
from scorecards.store import NotAllowedError, NotFoundError, SaveError, StaleWriteError
from screens import wiring
from screens.parts.head import head, problem
from screens.parts.kept_text import Typed, kept_text, typed_value
from screens.parts.own_cards import choose_card
from screens.parts.question_card import exhibits, helpers, listening, read_aloud
from screens.parts.text import clock, plain

LEVEL_CHOICES = ["1", "2", "3", "4", "no_evidence", "not_asked", "skipped"]


def open_card(card_id: str) -> tuple[Scorecard, Interview]:
    """The viewer's own scorecard with its interview; the page ends where there is none."""
    try:
        card = store.card(person.id, card_id)
    except (NotFoundError, NotAllowedError) as error:
        head("Interview", person)
        problem([str(error)])
        st.stop()
    if card.interviewer_id != person.id:
        head("Interview", person)
        problem(["This scorecard belongs to somebody else."])
        st.stop()
    return card, wiring.interview_of(card, person.id)


@st.fragment
def live(card_id: str) -> None:
    """Everything that changes while the candidate talks; only this runs at a tick or a word."""
    card = store.card(person.id, card_id)
    interview = wiring.interview_of(card, person.id)
    if card.state != "draft":
        st.info(f"This scorecard is {card.state}. What it says is on the Debrief screen.", icon=":material/lock:")
        return
    item = current_item(interview, card_id)
    left, middle, right = st.columns([2, 5.2, 4.6], gap="medium")
    key = f"{card_id}-{item.question.id}-{st.session_state.get(f'reset-{card_id}', 0)}"
    stored = card.rating(item.question.id)
    locked = f"clash-{card_id}" in st.session_state
    with right:
        marks = listening(item.question, stored, key, locked=locked)
    with middle:
        read_aloud(item.question, rubrics, item.minutes)
        given = helpers(item.question, bank, stored.given, key)
        draft = stored.model_copy(
            update={
                "ticks": marks.ticks,
                "probes": marks.probes,
                "red_flags": marks.red_flags,
                "given": given,
            }
        )
        box = st.container()
        draft = level_row(interview, draft, key, locked=locked)
        typed = typed_in(f"evidence-{card_id}")
        saved = save_all(card, item, draft, typed)
        with box:
            evidence_box(card, item, saved, typed, locked=locked)
        clash(card, item)
        foot(interview, item, card_id)
        if shown := [exhibit for exhibit in item.question.exhibits if exhibit.when == "start"]:
            with st.expander("What the candidate looks at", icon=":material/table_chart:", expanded=True):
                exhibits(shown)
    with left:
        agenda(card, interview, item, saved)
    if saved.probes != stored.probes:
        st.rerun(scope="fragment")


def current_item(interview: Interview, card_id: str) -> PlanItem:
    """The question in hand; the address keeps it over a reload."""
    items = interview.plan.items
    if place_key(card_id) not in st.session_state:
        ids = [item.question.id for item in items]
        asked = st.query_params.get("question")
        st.session_state[place_key(card_id)] = ids.index(asked) if asked in ids else 0
    item = items[min(st.session_state[place_key(card_id)], len(items) - 1)]
    if st.query_params.get("question") != item.question.id:
        st.query_params["question"] = item.question.id
    return item


def place_key(card_id: str) -> str:
    return f"place-{card_id}"


def move_to(card_id: str, place: int) -> None:
    st.session_state[place_key(card_id)] = place


def jump(card_id: str, agenda: str) -> None:
    move_to(card_id, st.session_state[agenda])


def agenda(card: Scorecard, interview: Interview, current: PlanItem, saved: Rating) -> None:
    """Every question with its state; a press goes there."""
    items = interview.plan.items
    states = []
    for item in items:
        rating = saved if item is current else card.rating(item.question.id)
        mark = f" · **{level_or_state(rating, rubrics)}**" if rating.decided else ""
        states.append(f"{item.minutes} min{mark}")
    place = items.index(current)
    # A new key at every place: a message that was under way cannot bring an old place back.
    key = f"agenda-{card.id}-{place}"
    st.radio(
        f"{interview.plan.planned_minutes} of {interview.plan.minutes} min planned",
        range(len(items)),
        index=place,
        format_func=lambda place: plain(items[place].question.title),
        captions=states,
        key=key,
        on_change=jump,
        args=(card.id, key),
    )


def level_row(interview: Interview, draft: Rating, key: str, *, locked: bool) -> Rating:
    """The level in words, or why there is none; and a reason where it is not the one proposed."""
    question = interview.plan.question(draft.question_id)
    proposal = propose_level(question, draft.ticks, helped_signals(interview, draft), draft.red_flags)
    has_marks = bool(draft.ticks or draft.red_flags)
    if has_marks:
        then = f" For {proposal.level + 1} still: {plain(', '.join(proposal.missing))}." if proposal.missing else ""
        name = rubrics.scale.name(proposal.level)
        st.markdown(
            f"**Level.** Ticks propose **{proposal.level} {name}**. :gray[{plain('; '.join(proposal.because))}.{then}]"
        )
    else:
        st.markdown("**Level.** :gray[Tick what you hear and a level is proposed; you decide.]")
    names = {str(step.level): f"{step.level} {step.name}" for step in rubrics.scale.levels} | STATE_NAMES
    before = str(draft.level) if draft.level else draft.state
    choice = st.segmented_control(
        "Level",
        LEVEL_CHOICES,
        default=before,
        format_func=lambda value: names[value],
        key=f"{key}-level",
        label_visibility="collapsed",
        disabled=locked,
        wrap=True,
    )
    level = int(choice) if choice in ("1", "2", "3", "4") else None
    state = choice if choice in STATE_NAMES else None
    changed = {"level": level, "state": state}
    if state == "skipped":
        changed["skip_reason"] = st.selectbox(
            "Why skipped?",
            list(SKIP_REASONS),
            index=list(SKIP_REASONS).index(draft.skip_reason) if draft.skip_reason else None,
            format_func=lambda value: SKIP_REASONS[value],
            key=f"{key}-skip",
            placeholder="Choose a reason",
        )
        if changed["skip_reason"] == "other":
            changed["skip_text"] = st.text_input("Which?", draft.skip_text, key=f"{key}-skip-text", max_chars=500)
    if has_marks and level is not None and level != proposal.level:
        changed["override_reason"] = st.text_input(
            f"Why {level} where the ticks propose {proposal.level}?",
            draft.override_reason,
            key=f"{key}-override",
            max_chars=2000,
            placeholder="One sentence; it stands on the scorecard",
        )
    return draft.model_copy(update=changed)


def typed_in(field: str) -> Typed:
    """What the evidence box holds unconfirmed, read before it is drawn."""
    return typed_value(st.session_state.get(field) or {})


def save_all(card: Scorecard, item: PlanItem, draft: Rating, typed: Typed) -> Rating:
    """Store the question in hand, and what was typed for others; what differs from the store is written."""
    if f"clash-{card.id}" in st.session_state:
        return card.rating(item.question.id)
    st.session_state.pop(f"failure-{card.id}", None)
    planned = {planned.question.id for planned in wiring.interview_of(card, person.id).plan.items}
    for question_id, (text, base) in typed.entries.items():
        if question_id != item.question.id and question_id in planned:
            other = card.rating(question_id)
            save(card, other, other.model_copy(update={"evidence": text}), base, typed.tab)
    stored = card.rating(item.question.id)
    base = stored.version
    if item.question.id in typed.entries:
        text, base = typed.entries[item.question.id]
        draft = draft.model_copy(update={"evidence": text})
    return save(card, stored, draft, base, typed.tab)


def save(card: Scorecard, stored: Rating, draft: Rating, base: int, tab: str) -> Rating:
    """Write one rating where it differs; a refusal is kept for the page to show."""
    seen = f"seen-{card.id}-{draft.question_id}"
    known = st.session_state.setdefault(seen, base)
    if draft.same_content(stored):
        st.session_state[seen] = stored.version
        return stored
    writer = tab or st.session_state.setdefault("window", secrets.token_hex(8))
    try:
        saved = store.save_rating(person.id, card.id, draft, base=known, writer=writer)
    except StaleWriteError:
        st.session_state[f"clash-{card.id}"] = draft
        return stored
    except (SaveError, NotAllowedError) as error:
        st.session_state[f"failure-{card.id}"] = str(error)
        return stored
    st.session_state[seen] = saved.version
    return saved


def evidence_box(card: Scorecard, item: PlanItem, saved: Rating, typed: Typed, *, locked: bool) -> None:
    """The box that is saved while one types, and the banner that stays when saving fails."""
    failure = st.session_state.get(f"failure-{card.id}", "")
    if failure:
        st.error(f"Not saved. {plain(failure)} Your words are kept in this tab.", icon=":material/error:")
    fresh = {saved.question_id: saved.evidence}
    if set(typed.entries) - {item.question.id}:
        now_stored = store.card(person.id, card.id)
        fresh |= {slot: now_stored.rating(slot).evidence for slot in typed.entries if slot != item.question.id}
    kept_text(
        "Evidence: what was said or done",
        field=f"evidence-{card.id}",
        slot=item.question.id,
        stored=fresh,
        version=saved.version,
        saved_at=saved.saved_at.isoformat() if saved.saved_at else "",
        failure=failure,
        placeholder="Their words in quotes, your reading after a > sign",
        rows=5,
        locked=locked,
        reset=st.session_state.get(f"reset-{card.id}", 0),
    )


def clash(card: Scorecard, item: PlanItem) -> None:
    """Another window stored something newer: both texts are shown, and one decides."""
    mine: Rating | None = st.session_state.get(f"clash-{card.id}")
    if mine is None:
        return
    theirs = store.card(person.id, card.id).rating(mine.question_id)
    st.error(
        f"Another window of yours changed this question at {clock(theirs.saved_at)}. Nothing was overwritten; "
        "decide which text stays.",
        icon=":material/call_split:",
    )
    st.caption("Stored by the other window")
    st.text(theirs.evidence or "(no text)")
    st.caption("Typed here")
    st.text(mine.evidence or "(no text)")
    with st.container(horizontal=True):
        if st.button("Keep both texts", type="primary"):
            both = "\n".join(text for text in (theirs.evidence, mine.evidence) if text)
            settle(card, mine.model_copy(update={"evidence": both}), theirs)
        if st.button("Use what is stored"):
            settle(card, theirs, theirs)


def settle(card: Scorecard, rating: Rating, theirs: Rating) -> None:
    """End a clash: store the decision, and draw every widget anew from the store."""
    window = st.session_state.setdefault("window", secrets.token_hex(8))
    if not rating.same_content(theirs):
        store.save_rating(person.id, card.id, rating, base=theirs.version, writer=window)
    del st.session_state[f"clash-{card.id}"]
    st.session_state.pop(f"seen-{card.id}-{rating.question_id}", None)
    st.session_state[f"reset-{card.id}"] = st.session_state.get(f"reset-{card.id}", 0) + 1
    st.rerun(scope="fragment")


def foot(interview: Interview, item: PlanItem, card_id: str) -> None:
    """Back, next, and after the last question the way to submit."""
    place = interview.plan.items.index(item)
    items = interview.plan.items
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Back",
            key="back",
            icon=":material/arrow_back:",
            disabled=place == 0,
            on_click=move_to,
            args=(card_id, place - 1),
        )
        if place + 1 < len(items):
            st.button(
                "Next",
                key="next",
                type="primary",
                icon=":material/arrow_forward:",
                on_click=move_to,
                args=(card_id, place + 1),
            )
        elif st.button("Close and submit", key="close", type="primary", icon=":material/task_alt:"):
            wiring.go("submit", card=card_id)


person = wiring.viewer()
store = wiring.store()
bank = wiring.bank()
rubrics = bank.rubrics
wanted = wiring.parameter("card")
if wanted is None:
    head("Interview", person)
    records = {round_.id: store.record(person.id, round_.id) for round_ in store.rounds(person.id)}
    if chosen := choose_card(store.own_statuses(person.id), records):
        wiring.go("interview", card=chosen)
    st.stop()
opened, sitting = open_card(wanted)
names = store.record(person.id, opened.round_id).candidate
candidate = names[opened.candidate_id]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.markdown(
        f"**{plain(candidate.code)} {plain(candidate.name[:60])}** · {plain(sitting.plan.name)} · {sitting.plan.minutes} min",
        width="content",
    )
    st.markdown(f":material/person: {plain(person.name[:40])}", width="content", help="You work as this person.")
live(wanted)
