"""The live screen: one question in hand, the whole interview in sight, everything saved at once."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit as st

from question_bank import propose_level
from scorecards.export import level_or_state
from scorecards.model import SKIP_REASONS, STATE_NAMES, Interview, Rating, Scorecard
from scorecards.rules import helped_signals, proposed_level
from scorecards.store import NotAllowedError, NotFoundError, SaveError, StaleWriteError
from screens import wiring
from screens.parts.head import head, problem
from screens.parts.kept_text import Typed, kept_text, typed_value
from screens.parts.listen_list import Marked, listen_list, marked_value
from screens.parts.own_cards import choose_card
from screens.parts.question_card import exhibits, helpers, read_aloud
from screens.parts.text import clock, plain

# The parts that are drawn apart from each other.
AGENDA, RECORD, LISTEN = "agenda", "record", "listen"
# The boxes to type in, and what of a rating each fills.
WORDS = {"evidence": "evidence", "why": "override_reason", "skip": "skip_text"}
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
def beside(card_id: str, question_id: str) -> None:
    """What may be given on request; apart, so that a tick does not draw it again."""
    card = store.card(person.id, card_id)
    stored = card.rating(question_id)
    question = wiring.interview_of(card, person.id).plan.question(question_id)
    given = helpers(question, bank, stored.given, f"{card_id}-{question_id}-{reset_count(card_id)}")
    if card.state == "draft" and given != stored.given:
        save(card, stored, stored.model_copy(update={"given": given}), stored.version, "")


@st.fragment(key=AGENDA)
def agenda(card_id: str, place: int) -> None:
    """Every question with its state; a press goes there."""
    card = store.card(person.id, card_id)
    plan = wiring.interview_of(card, person.id).plan
    states = []
    for item in plan.items:
        rating = card.rating(item.question.id)
        mark = f" · **{level_or_state(rating, rubrics)}**" if rating.decided else ""
        states.append(f"{item.minutes} min{mark}")
    # A new key at every place: a message that was under way cannot bring an old place back.
    key = f"agenda-{card_id}-{place}"
    st.radio(
        f"{plan.planned_minutes} of {plan.minutes} min planned",
        range(len(plan.items)),
        index=place,
        format_func=lambda place: plain(plan.items[place].question.title),
        captions=states,
        key=key,
        on_change=jump,
        args=(card_id, key),
    )


@st.fragment(key=RECORD)
def record(card_id: str, place: int) -> None:
    """Evidence and level. This alone runs at a word; it stores whatever the tab has sent."""
    card = store.card(person.id, card_id)
    interview = wiring.interview_of(card, person.id)
    question_id = interview.plan.items[place].question.id
    key = f"{card_id}-{question_id}-{reset_count(card_id)}"
    locked = f"clash-{card_id}" in st.session_state
    box = st.container()
    draft = level_row(interview, with_marks(card.rating(question_id), card_id), key, locked=locked)
    saved = save_all(card, interview, draft)
    if st.session_state[place_key(card_id)] != place:
        # 'Next' was pressed while words were under way: Streamlit ran both as one run of this part.
        st.rerun()
    with box:
        if failure := st.session_state.get(f"failure-{card_id}"):
            st.error(f"Not saved. {plain(failure)} Your words are kept in this tab.", icon=":material/error:")
        hint = "Their words in quotes, your reading after a > sign"
        words_box(card, question_id, saved, "evidence", "Evidence: what was said or done", hint, rows=5)
    if asked := explanation(interview, saved[question_id]):
        words_box(card, question_id, saved, *asked, "One sentence; it stands on the scorecard", rows=1)
    clash(card)


@st.fragment(key=LISTEN)
def listen(card_id: str, question_id: str) -> None:
    """What to listen for; `record` has stored what was ticked, here it is confirmed."""
    card = store.card(person.id, card_id)
    marked = marked_by(card_id)
    stored = card.rating(question_id)
    listen_list(
        wiring.interview_of(card, person.id).plan.question(question_id),
        {question_id: stored} | {key: card.rating(key) for key in marked.entries},
        field=f"marks-{card_id}",
        version=stored.version,
        locked=f"clash-{card_id}" in st.session_state,
        reset=reset_count(card_id),
        on_change=ticked,
    )


def ticked() -> None:
    """A tick is stored and weighed in `record` before `listen` confirms it."""
    st.rerun([RECORD, LISTEN])


def rated() -> None:
    """A level shows in the agenda too."""
    st.rerun([RECORD, AGENDA])


def reset_count(card_id: str) -> int:
    """Goes up when every widget has to be drawn anew from the store."""
    return int(st.session_state.get(f"reset-{card_id}", 0))


def with_marks(stored: Rating, card_id: str) -> Rating:
    """The stored rating with what the tab has marked since."""
    marks = marked_by(card_id).entries.get(stored.question_id)
    if marks is None:
        return stored
    return stored.model_copy(
        update={"ticks": marks.ticks, "probes": marks.probes, "red_flags": marks.red_flags}
    )


def current_place(interview: Interview, card_id: str) -> int:
    """Which question is in hand; the address keeps it over a reload. Past the last one is the way to submit."""
    ids = [item.question.id for item in interview.plan.items]
    if place_key(card_id) not in st.session_state:
        asked = st.query_params.get("question")
        st.session_state[place_key(card_id)] = ids.index(asked) if asked in ids else 0
    place = int(st.session_state[place_key(card_id)])
    if place >= len(ids):
        move_to(card_id, len(ids) - 1)
        wiring.go("submit", card=card_id)
    st.query_params["question"] = ids[place]
    return place


def place_key(card_id: str) -> str:
    return f"place-{card_id}"


def move_to(card_id: str, place: int) -> None:
    st.session_state[place_key(card_id)] = place


def jump(card_id: str, agenda_key: str) -> None:
    move_to(card_id, st.session_state[agenda_key])
    st.rerun()


def level_row(interview: Interview, draft: Rating, key: str, *, locked: bool) -> Rating:
    """The proposed level with what produced it, and the level or the state that the interviewer gives."""
    question = interview.plan.question(draft.question_id)
    proposal = propose_level(question, draft.ticks, helped_signals(interview, draft), draft.red_flags)
    has_marks = bool(draft.ticks or draft.red_flags)
    if has_marks:
        then = (
            f" For {proposal.level + 1} still: {plain(', '.join(proposal.missing))}."
            if proposal.missing
            else ""
        )
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
        on_change=rated,
    )
    level = int(choice) if choice in ("1", "2", "3", "4") else None
    state = choice if choice in STATE_NAMES else None
    changed: dict[str, Any] = {"level": level, "state": state}
    if state == "skipped":
        reasons = list(SKIP_REASONS)
        changed["skip_reason"] = st.selectbox(
            "Why skipped?",
            reasons,
            index=reasons.index(draft.skip_reason) if draft.skip_reason else None,
            format_func=lambda value: SKIP_REASONS[value],
            key=f"{key}-skip",
            placeholder="Choose a reason",
        )
    return draft.model_copy(update=changed)


def explanation(interview: Interview, rating: Rating) -> tuple[str, str] | None:
    """The box that the level needs beside it, by its name in WORDS, with its label; None where it needs none."""
    if rating.state == "skipped" and rating.skip_reason == "other":
        return "skip", "Skipped: for which reason?"
    proposed = proposed_level(interview, rating)
    if rating.level is not None and (rating.ticks or rating.red_flags) and rating.level != proposed:
        return "why", f"Why {rating.level} where the ticks propose {proposed}?"
    return None


def marked_by(card_id: str) -> Marked:
    """What the tab has ticked and not seen confirmed."""
    return marked_value(st.session_state.get(f"marks-{card_id}") or {}, reset_count(card_id))


def typed_words(card_id: str) -> dict[str, Typed]:
    """What the tab has typed and not seen confirmed, by the box's name in WORDS."""
    return {
        name: typed_value(st.session_state.get(f"{name}-{card_id}") or {}, reset_count(card_id))
        for name in WORDS
    }


def save_all(card: Scorecard, interview: Interview, draft: Rating) -> dict[str, Rating]:
    """Store the question in hand and whatever the tab still holds for others; what differs is written.

    Returns the ratings as stored now, for the question in hand and for all that the tab has sent.
    """
    typed = typed_words(card.id)
    marked = marked_by(card.id)
    sent = {key for box in typed.values() for key in box.entries} | marked.entries.keys()
    wanted = [
        item.question.id for item in interview.plan.items if item.question.id in {*sent, draft.question_id}
    ]
    if mine := st.session_state.get(f"clash-{card.id}"):
        if mine.question_id in typed["evidence"].entries:
            # Typing goes on until it is decided which text stays.
            text, _ = typed["evidence"].entries[mine.question_id]
            st.session_state[f"clash-{card.id}"] = mine.model_copy(update={"evidence": text})
        return {key: card.rating(key) for key in wanted}
    st.session_state.pop(f"failure-{card.id}", None)
    tab = next((box.tab for box in typed.values() if box.tab), marked.tab)
    saved = {}
    for key in wanted:
        stored = card.rating(key)
        new = draft if draft.question_id == key else with_marks(stored, card.id)
        bases = [marked.entries[key].base] if key in marked.entries else []
        for name, box in typed.items():
            if key in box.entries:
                text, base = box.entries[key]
                new = new.model_copy(update={WORDS[name]: text})
                bases.append(base)
        saved[key] = save(card, stored, new, min(bases, default=stored.version), tab)
    return saved


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


def words_box(
    card: Scorecard,
    question_id: str,
    saved: dict[str, Rating],
    name: str,
    label: str,
    hint: str,
    *,
    rows: int,
) -> None:
    """A box that is saved while one types; `saved` confirms what the tab has sent."""
    rating = saved[question_id]
    kept_text(
        label,
        field=f"{name}-{card.id}",
        slot=question_id,
        stored={key: getattr(stored, WORDS[name]) for key, stored in saved.items()},
        version=rating.version,
        saved_at=rating.saved_at.isoformat() if rating.saved_at else "",
        failure=st.session_state.get(f"failure-{card.id}", ""),
        placeholder=hint,
        rows=rows,
        reset=reset_count(card.id),
    )


def clash(card: Scorecard) -> None:
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
    st.session_state[f"reset-{card.id}"] = reset_count(card.id) + 1
    st.rerun()


def foot(interview: Interview, place: int, card_id: str) -> None:
    """Back, next, and after the last question the way to submit."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Back",
            key="back",
            icon=":material/arrow_back:",
            disabled=place == 0,
            on_click=move_to,
            args=(card_id, place - 1),
        )
        last = place + 1 == len(interview.plan.items)
        st.button(
            "Close and submit" if last else "Next",
            key="close" if last else "next",
            type="primary",
            icon=":material/task_alt:" if last else ":material/arrow_forward:",
            on_click=move_to,
            args=(card_id, place + 1),
        )


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
        f"**{plain(candidate.code)} {plain(candidate.name[:60])}** · {plain(sitting.plan.name)} · "
        f"{sitting.plan.minutes} min",
        width="content",
    )
    st.markdown(
        f":material/person: {plain(person.name[:40])}", width="content", help="You work as this person."
    )
if opened.state != "draft":
    st.info(
        f"This scorecard is {opened.state}. What it says is on the Debrief screen.", icon=":material/lock:"
    )
    st.stop()
here = current_place(sitting, wanted)
in_hand = sitting.plan.items[here]
beside(wanted, in_hand.question.id)
left, middle, right = st.columns([2, 5.2, 4.6], gap="medium")
with middle:
    read_aloud(in_hand.question, rubrics, in_hand.minutes)
    record(wanted, here)
    foot(sitting, here, wanted)
    if looked_at := [exhibit for exhibit in in_hand.question.exhibits if exhibit.when == "start"]:
        with st.expander("What the candidate looks at", icon=":material/table_chart:", expanded=True):
            exhibits(looked_at)
with left:
    agenda(wanted, here)
with right:
    listen(wanted, in_hand.question.id)
