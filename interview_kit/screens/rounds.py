"""Rounds: create one, fill it with candidates and interviewers, see whether it looks often enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from pydantic import ValidationError

from interview_kit import wiring
from interview_kit.screens import session
from interview_kit.screens.parts.address import say_where_to_go
from interview_kit.screens.parts.candidate_form import candidate_input
from interview_kit.screens.parts.confirm import asked_twice, typed_out
from interview_kit.screens.parts.debrief_reading import event_words
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import origin, who_is_who
from interview_kit.screens.parts.name_forms import candidate_name_form
from interview_kit.screens.parts.offline_forms import assignment_form, hand_in_form, merge_told
from interview_kit.screens.parts.outside_forms import secret_once, tokens_form, webhook_form
from interview_kit.screens.parts.own_cards import stage_of
from interview_kit.screens.parts.privacy_forms import privacy_forms
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.round_settings import closing_words_box, not_qualified_grid, targets_grid
from interview_kit.screens.parts.round_view import coverage_matrix, plan_table, progress, status_mark
from interview_kit.screens.parts.text import count, day, plain
from interview_kit.screens.parts.unreadable import unreadable_rounds
from question_bank import load_bank, plan_interview
from scorecards.documents import BundleError, read_round_bundle
from scorecards.interviewing.offline import OfflineError, is_assignment
from scorecards.record import rules
from scorecards.record.demo import demo_record
from scorecards.record.frozen import as_recorded, missing_words, not_here, profile_of
from scorecards.record.model import BLINDNESS, Round, RoundRecord, RoundSlot
from scorecards.record.setup import new_round, setup_faults
from scorecards.record.timeline import STAGES
from scorecards.store import NotAllowedError, NotFoundError, new_id

USUAL_PROFILE = "generalist"
USUAL_LOOPS = ("founder-screen", "core-loop")
# How the keys of the settings' widgets begin.
SETTINGS = (
    "panel-", "observers-", "anonymous-", "blindness-", "why-", "weights-", "closing-", "qualified-", "settings-seen-",
)  # fmt: skip


def overview() -> None:
    """All rounds; where there is none, what to do first."""
    head("Rounds", person)
    lines = store.lists.rounds(person.id)
    rounds = [line.round for line in lines]
    if not rounds:
        st.markdown(
            "A round is one push to fill one opening: its candidates, its interviewers, its questions."
        )
        with st.container(horizontal=True):
            if st.button("Try the demo round", type="primary", icon=":material/play_arrow:"):
                add_demo()
            if st.button("Create a round", icon=":material/add:"):
                session.go("rounds", round="new")
    for number, (round_, candidates, due) in enumerate(lines):
        with st.container(
            border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            demo = " :orange-badge[Demo]" if round_.demo else ""
            demo += " :gray-badge[Closed]" if round_.state == "closed" else ""
            demo += " :violet-badge[Imported]" if round_.imported else ""
            st.markdown(
                f"**{plain(round_.name[:120])}**{demo}  \n:gray[{count(candidates, 'candidate')} · "
                f"{count(due, 'scorecard')} due · {day(round_.created_at)}]",
                width="content",
            )
            with st.container(horizontal=True, width="content"):
                if st.button("Open", key=f"open-{round_.id}", type="secondary" if number else "primary"):
                    session.go("rounds", round=round_.id)
                if st.button("Compare", key=f"compare-{round_.id}"):
                    session.go("compare", round=round_.id)
    if rounds:
        with st.container(horizontal=True):
            if st.button("Create a round", icon=":material/add:"):
                session.go("rounds", round="new")
            if not any(round_.demo for round_ in rounds) and st.button("Add the demo round"):
                add_demo()
    unreadable_rounds(store.lists.unreadable(person.id), person, store)
    import_form()


def add_demo() -> None:
    """The demo round, led by whoever asks for it."""
    record = demo_record(load_bank(), lead=person)
    store.imports.add(record, person.id)
    session.go("rounds", round=record.round.id)


def import_form() -> None:
    """A round from its JSON export."""
    with st.expander("Import a round from its JSON export, or an assignment", icon=":material/upload_file:"):
        file = st.file_uploader("JSON export", type="json", label_visibility="collapsed")
        if file is None:
            return
        try:
            if is_assignment(file.getvalue()):
                if st.button("Import"):
                    taken = store.offline.take(file.getvalue(), person.id)
                    told_what_is_missing(taken)
                    session.go("rounds", round=taken)
                return
            record = read_round_bundle(file.getvalue())
            who = who_is_who(person, record, store.imports.people(record))
            if st.button("Import"):
                session.go("rounds", round=store.imports.take(person.id, record, who).id)
        except (BundleError, OfflineError) as error:
            problem([str(error)])
        except NotAllowedError as error:
            problem(error.reasons)


def told_what_is_missing(round_id: str) -> None:
    """Say on the next page which of the assignment's competencies are not in the rubrics here."""
    plans = [one.plan for one in store.rounds.record(person.id, round_id).interviews]
    if words := missing_words(not_here(plans, bank.rubrics)):
        st.session_state["missing-words"] = words


def ids(values: Iterable[Any]) -> list[str]:
    return [value.id for value in values]


def creation() -> None:
    """One form: what for, which loop, who interviews, whom."""
    head("New round", person, "Weights, floors and blindness are fixed once a scorecard is submitted.")
    left, right = st.columns(2, gap="large")
    people = {p.id: p for p in store.people.all()}
    with left:
        name = st.text_input("Opening", placeholder="Senior Python AI engineer, autumn")
        usual = (
            [profile.id for profile in bank.profiles].index(USUAL_PROFILE)
            if USUAL_PROFILE in ids(bank.profiles)
            else 0
        )
        profile = st.selectbox(
            "Profile",
            bank.profiles,
            index=usual,
            format_func=lambda p: p.name,
            help=plain(bank.profiles[usual].about),
            key="new-profile",
        )
        loops = [bank.loop(key) for key in profile.loops]
        chosen = st.multiselect(
            "Interviews",
            loops,
            default=[loop for loop in loops if loop.id in USUAL_LOOPS],
            format_func=lambda loop: loop.name,
            help="  \n".join(f"**{plain(loop.name)}**: {plain(loop.about)}" for loop in loops),
            key=f"new-loops-{profile.id}",
        )
        # With keys, so that the choice survives when someone else adds a name.
        panel = st.multiselect(
            "Interviewers",
            list(people),
            default=[person.id],
            format_func=lambda key: people[key].name,
            key="new-panel",
        )
        more = st.text_input("Interviewers not known here yet", placeholder=session.newcomers_like())
        asked = session.newcomers_asked(more, "panel")
    with right:
        rows = candidate_input("Candidates")
    if st.button("Create the round", type="primary", icon=":material/add:"):
        faults = [] if name.strip() else ["Name the opening."]
        faults += [] if chosen else ["Choose at least one interview."]
        faults += [] if panel or more.strip() else ["Name at least one interviewer."]
        faults += [f"Line {row.line}: {row.fault}" for row in rows if row.fault]
        if faults:
            problem(faults)
            return
        try:
            panel_ids = list(dict.fromkeys([*panel, *session.newcomers(more, asked)]))
            round_ = new_round(new_id(), name, person.id, bank, profile.id, ids(chosen), panel_ids)
        except ValidationError as error:
            problem([fault["msg"] for fault in error.errors()])
            return
        except NotAllowedError as error:
            problem(error.reasons)
            return
        except ValueError as error:
            problem([str(error)])
            return
        try:
            store.rounds.create(person.id, round_, [row.name for row in rows])
        except NotAllowedError as error:
            problem(error.reasons)
            return
        session.go("rounds", round=round_.id)


def one_round(round_id: str) -> None:
    """The round: coverage, candidates, interviews, settings."""
    try:
        record = store.rounds.record(person.id, round_id)
    except NotFoundError:
        head("Rounds", person)
        say_where_to_go("round", "rounds", "See my rounds")
    round_ = record.round
    head(round_.name[:120], person)
    if round_.demo:
        st.info(
            "A demo round of invented people. Look around; remove it below when you are done.",
            icon=":material/science:",
        )
    origin(record)
    set_up(record)
    with st.container(horizontal=True):
        if st.button("All rounds", icon=":material/arrow_back:", type="tertiary"):
            all_rounds()
        if st.button("Prepare", icon=":material/edit_note:"):
            session.go("prepare", round=round_id)
        if st.button("Debrief", icon=":material/forum:"):
            session.go("debrief", round=round_id)
        if st.button("Compare", icon=":material/grid_on:"):
            session.go("compare", round=round_id)
    if store.offline.assigned_to(person.id, round_id) == person.id:
        hand_in_form(lambda: store.offline.hand_in(person.id, round_id))
    candidates, coverage, settings = st.tabs(["Candidates", "Coverage", "Settings"])
    with candidates:
        candidate_list(record)
    with coverage:
        st.caption(
            "Minutes planned for each competency. Every must-have needs two different interviewers who are "
            "qualified on it."
        )
        coverage_matrix(round_, as_recorded(record, bank.rubrics))
        interviews(record)
    with settings:
        settings_form(record)


def set_up(record: RoundRecord) -> None:
    """Whether the round is closed, and what its set-up cannot find out."""
    round_ = record.round
    if round_.state == "closed":
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info("This round is closed: everything in it stays as it is.", icon=":material/lock:")
            if not rules.why_not_lead(round_, person.id) and st.button("Open it again"):
                attempt(lambda: store.rounds.open(person.id, round_.id))
    if round_.evidence_only:
        # A round that came in from a file may say nothing of when.
        set_on = [event for event in round_.events if event.what == "evidence_only"]
        since = f" since {day(set_on[-1].at)}" if set_on else ""
        why = f" {plain(set_on[-1].reason)}" if set_on else ""
        st.info(
            f"Evidence only{since}: nothing is computed about candidates.{why}",
            icon=":material/visibility:",
        )
    for event in round_.events:
        if event.what == "handed_over":
            who = next((p.name for p in record.people if p.id == event.person_id), "An administrator")
            st.caption(f"Handed over by {plain(who)} on {day(event.at)}: {plain(event.reason)}")
    told = [words for event in round_.events for words in event_words(record, event)]
    if told:
        st.caption("  \n".join(told))
    if round_.erased.candidates:
        st.caption(
            f"{count(round_.erased.candidates, 'candidate')} erased on request, with "
            f"{count(round_.erased.scorecards, 'scorecard')}."
        )
    faults = setup_faults(round_, {p.id: p.name for p in record.people})
    if faults:
        names = as_recorded(record, bank.rubrics).by_id
        lines = [f"- **{plain(names[fault.competency].name)}**: {plain(fault.reason)}." for fault in faults]
        st.warning(
            "Nobody qualified will score a must-have, so no candidate can be complete:\n" + "\n".join(lines),
            icon=":material/person_off:",
        )


def may_edit(round_: Round) -> bool:
    """Whether this person sets the round up, and it is not closed."""
    return not (rules.why_not_lead(round_, person.id) or rules.why_not_change(round_))


def all_rounds() -> None:
    st.session_state.pop("last-round", None)
    st.switch_page("rounds.py", query_params={})


def candidate_list(record: RoundRecord) -> None:
    """Every candidate with the state of every scorecard, and the way to add more."""
    done = progress(record)
    closed = record.round.state == "closed"
    for candidate in record.by_code:
        statuses = record.statuses_of(candidate.id)
        with st.container(border=True):
            st.markdown(f"**{plain(candidate.called(120))}** :gray[{done[candidate.id]}]")
            lines = [
                f"{status_mark(status)} {plain(record.person[status.interviewer_id].name)} "
                f":gray[{plain(record.interview[status.interview_id].plan.name)}]"
                for status in statuses
            ]
            st.markdown(
                " &nbsp; ".join(lines) or ":gray[No interview yet: give the interviews an interviewer.]"
            )
            own = [s for s in statuses if s.due and s.interviewer_id == person.id and not closed]
            with st.container(horizontal=True):
                for status in own:
                    name = record.interview[status.interview_id].plan.name
                    step = stage_of(record, status)
                    far = "" if step == "not_begun" else f" ({STAGES[step]})"
                    if st.button(
                        f"Interview: {plain(name)}{far}", key=f"own-{status.card_id}", icon=":material/mic:"
                    ):
                        page = "submit" if step == "to_finish" else "interview"
                        session.go(page, card=status.card_id)
                if may_edit(record.round):
                    candidate_name_form(
                        candidate,
                        record.round.anonymous,
                        partial(store.names.rename_candidate, person.id, candidate.id),
                        attempt,
                    )
    if not record.candidates:
        st.info("No candidate yet. Paste their names below.")
    if may_edit(record.round):
        with st.expander("Add candidates", icon=":material/person_add:", expanded=not record.candidates):
            coded = record.round.anonymous
            rows = candidate_input(
                "Names",
                () if coded else tuple(c.name for c in record.candidates),
                (lambda names: store.names.candidates_like(person.id, record.round.id, names))
                if coded
                else None,
            )
            faults = [f"Line {row.line}: {row.fault}" for row in rows if row.fault]
            if st.button("Add", type="primary", disabled=not rows):
                if faults:
                    problem(faults)
                else:
                    attempt(
                        lambda: store.candidates.add(person.id, record.round.id, [row.name for row in rows])
                    )


def interviews(record: RoundRecord) -> None:
    """The interviews that every candidate sits: plan and interviewers; one more where looks are missing."""
    round_ = record.round
    leads = may_edit(round_)
    names = {p.id: p.name for p in record.people}
    for slot in round_.slots:
        with st.container(border=True):
            what, who = st.columns([3, 2])
            with what:
                st.markdown(
                    f"**{plain(slot.plan.name)}** :gray[{slot.plan.planned_minutes} of {slot.plan.minutes} min planned]"
                )
                plan_table(slot.plan, as_recorded(record, bank.rubrics))
            with who:
                chosen = st.multiselect(
                    "Interviewers",
                    list(round_.panel_ids),
                    default=list(slot.interviewer_ids),
                    format_func=lambda key: names.get(key, "?"),
                    key=f"who-{slot.id}",
                    disabled=not leads,
                )
                if (
                    leads
                    and tuple(chosen) != slot.interviewer_ids
                    and st.button("Apply", key=f"apply-{slot.id}")
                ):
                    attempt(partial(assign, record, slot, tuple(chosen)))
    if leads:
        with st.popover("Add an interview", icon=":material/add:"):
            add_interview(record, names)


def add_interview(record: RoundRecord, names: Mapping[str, str]) -> None:
    """One more interview for every candidate, from those that the content files describe."""
    round_ = record.round
    slots = {f"{loop.name}: {slot.name}": slot for loop in bank.loops for slot in loop.slots}
    if not slots or not round_.panel_ids:
        st.info("The content files have no interviews." if not slots else "No one is on the panel yet.")
        return
    wanted = slots[st.selectbox("Which", list(slots), key="add-which")]
    interviewer = st.selectbox(
        "By whom", list(round_.panel_ids), format_func=lambda key: names.get(key, "?"), key="add-by"
    )
    if not st.button("Add", type="primary", key="add-slot"):
        return
    asked = [item.question for slot in round_.slots for item in slot.plan.items]
    plan = plan_interview(
        bank,
        profile_of(round_, bank),
        wanted,
        asked_families={question.family for question in asked},
        asked_subskills={question.subskill for question in asked},
    )
    if not plan.items:
        problem(["No questions are left to ask there: " + "; ".join(plan.uncovered)])
        return
    added = RoundSlot(id=f"{wanted.id}-{new_id()[:6]}", plan=plan, interviewer_ids=(interviewer,))
    attempt(lambda: store.seats.add_slot(person.id, round_.id, added))


def assign(record: RoundRecord, slot: RoundSlot, chosen: tuple[str, ...]) -> None:
    """Set who holds this interview, for candidates to come and wherever nothing is recorded yet."""
    kept = store.seats.set_interviewers(person.id, record.round.id, slot.id, chosen)
    if kept:
        st.session_state["notice"] = f"Recorded already, left as they are: {', '.join(kept)}."


def settings_form(record: RoundRecord) -> None:
    """Panel, blindness, who is not qualified, closing words, weights and floors; closing and removing."""
    round_ = record.round
    if rules.why_not_lead(round_, person.id):
        st.caption("Only the round's lead changes these.")
        return
    if rules.why_not_change(round_):
        st.caption("The round is closed. Open it again to change its settings.")
        outside(round_)
        privacy_forms(store, person, record, bank.rubrics, attempt)
        remove_form(record)
        return
    names = {p.id: p.name for p in store.people.all()}
    rubrics = as_recorded(record, bank.rubrics)
    stale = changed_elsewhere(round_)
    panel = st.multiselect(
        "Panel",
        list(names),
        default=[p for p in round_.panel_ids if p in names],
        format_func=lambda key: names[key],
        key=f"panel-{round_.id}",
    )
    more = st.text_input("New interviewers", placeholder=session.newcomers_like(), key="more-panel")
    asked = session.newcomers_asked(more, "more-panel")
    observers = st.multiselect(
        "Observers",
        [key for key in names if key != round_.lead_id],
        default=[p for p in round_.observer_ids if p in names],
        format_func=lambda key: names[key],
        help="They read along and compare once all scorecards are in. They neither interview nor vote.",
        key=f"observers-{round_.id}",
    )
    anonymous = st.toggle(
        "Codes in place of names",
        round_.anonymous,
        help="On every screen and in every export candidates go by code; a name in the notes is pointed out.",
        key=f"anonymous-{round_.id}",
    )
    blindness = st.selectbox(
        "Others' scorecards stay hidden",
        list(BLINDNESS),
        index=list(BLINDNESS).index(round_.blindness),
        format_func=lambda key: BLINDNESS[key],
        key=f"blindness-{round_.id}",
    )
    marks = not_qualified_grid(round_, panel, names, rubrics, locked=scored(record))
    closing = closing_words_box(round_, person.id)
    st.markdown(
        "**Weights and must-haves.** Equal unless you give a reason; fixed once a scorecard is submitted."
    )
    targets = targets_grid(round_, rubrics)
    reason = st.text_input("Why the weights differ", round_.weights_reason or "", key=f"why-{round_.id}")
    if st.button("Save settings", type="primary", disabled=stale):
        changes = {
            "blindness": blindness,
            "targets": [target.model_dump() for target in targets],
            "weights_reason": reason.strip() or None,
            "not_qualified": marks,
            "closing_words": closing,
            "observer_ids": observers,
            "anonymous": anonymous,
        }
        attempt(lambda: save_settings(round_, panel, session.newcomers(more, asked), changes))
    evidence_form(round_)
    without_server(record)
    outside(round_)
    privacy_forms(store, person, record, bank.rubrics, attempt)
    close_form(record)
    remove_form(record)


def changed_elsewhere(round_: Round) -> bool:
    """Whether the settings changed since this form was drawn, so that its choices are based on older ones."""
    seen = f"settings-seen-{round_.id}"
    stamp = round_.settings
    if f"panel-{round_.id}" not in st.session_state:
        st.session_state[seen] = stamp
    if st.session_state.get(seen) == stamp:
        return False
    st.warning(
        "The settings have changed since you opened this form, so it can't be saved. Load the current settings and "
        "make your changes again.",
        icon=":material/sync_problem:",
    )
    if st.button("Load the current settings"):
        forget_settings(round_.id)
        st.rerun()
    return True


def forget_settings(round_id: str) -> None:
    """Redraw the form from what is stored."""
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(SETTINGS)]:
        if round_id in key:
            del st.session_state[key]


def evidence_form(round_: Round) -> None:
    """Whether the kit computes anything about the round's candidates."""
    label = "Compute scores again" if round_.evidence_only else "Show evidence only"
    with st.expander(label, icon=":material/visibility:"):
        if round_.evidence_only:
            st.markdown("Scores, adjustment and groups will be shown again on screens and in documents.")
        else:
            st.markdown(
                "No score, no mean, no adjustment, no order and no group, on any screen and in any document: "
                "levels and words as people recorded them. For places where the law counts a computed score or an "
                "order as an automated decision."
            )
        reason = reasoned("Why (kept with the round)", label, "evidence", primary=True)
        if reason is not None:
            attempt(
                lambda: store.rounds.show_evidence_only(
                    person.id, round_.id, not round_.evidence_only, reason
                )
            )


def outside(round_: Round) -> None:
    """What other systems are told of the round, and which may read it."""
    shown = st.session_state.get(f"secret-{round_.id}")
    # There with and without a secret, so that what stands below stays open when it comes and goes.
    with st.container():
        if shown and secret_once(*shown):
            del st.session_state[f"secret-{round_.id}"]
            st.rerun()
    wish = tokens_form(store.tokens.of(person.id, round_.id), person.id)
    if wish is not None and (revoked := wish.revoke):
        attempt(lambda: store.tokens.revoke(person.id, revoked))
    elif wish is not None:
        attempt(
            lambda: keep_secret(
                round_, "This is the token.", store.tokens.make(person.id, round_.id, wish.make or "")
            )
        )
    url = webhook_form(store.hooks.of(person.id, round_.id))
    if url == "":
        attempt(lambda: store.hooks.remove(person.id, round_.id))
    elif url is not None:
        attempt(lambda: set_webhook(round_, url))


def without_server(record: RoundRecord) -> None:
    """An interviewer's assignment out, and what they hand in back."""
    round_ = record.round
    names = {p.id: p.name for p in record.people if p.id in round_.panel_ids}
    handed_in = assignment_form(names, lambda who: store.offline.assign(person.id, round_.id, who))
    if handed_in is not None:
        try:
            merge_told(store.offline.merge(person.id, handed_in))
        except (OfflineError, NotAllowedError, NotFoundError) as error:
            problem([str(error)])


def set_webhook(round_: Round, url: str) -> None:
    secret = store.hooks.set(person.id, round_.id, url, wiring.settings().own_hosts)
    keep_secret(round_, "The address is told from now on, signed with this secret.", secret)


def keep_secret(round_: Round, what: str, secret: str) -> None:
    """Have the next drawing of the page show it."""
    st.session_state[f"secret-{round_.id}"] = (what, secret)


def scored(record: RoundRecord) -> bool:
    """Whether a scorecard of the round was submitted: then what decides a score is fixed."""
    return any(status.state != "draft" for status in record.statuses)


def close_form(record: RoundRecord) -> None:
    """Put the lid on; it opens nothing to anybody."""
    due = sum(status.due for status in record.statuses)
    with st.expander("Close this round", icon=":material/lock:"):
        st.markdown(
            "Nothing in a closed round changes: no candidate, no interview, no scorecard, no setting. "
            "It stays readable as before, opens nothing that is hidden, and you can open it again."
        )
        if due:
            st.warning(f"{count(due, 'scorecard')} still due: drafts stay drafts, and are not submitted.")
        lost = f"{count(due, 'scorecard')} still due will stay drafts." if due else "All scorecards are in."
        if asked_twice("Close the round", lost, f"close-{record.round.id}", icon=":material/lock:"):
            attempt(lambda: store.rounds.close(person.id, record.round.id))


def remove_form(record: RoundRecord) -> None:
    """Delete the round: lists what will be lost, and asks for the name to be typed first."""
    round_ = record.round
    with st.expander("Remove this round", icon=":material/delete:"):
        st.markdown("Everything recorded in it is deleted for good. Export it first if you may need it.")
        if not typed_out("Delete for good", round_.name, what_goes(record), f"remove-{round_.id}"):
            return
        try:
            store.rounds.delete(person.id, round_.id)
        except NotAllowedError as error:
            problem(error.reasons)
        else:
            st.session_state["notice"] = f"{round_.name[:80]} is deleted."
            all_rounds()


def what_goes(record: RoundRecord) -> list[str]:
    """What deleting the round deletes, running interviews first."""
    begun = store.seats.begun(person.id, record.round.id)
    submitted = sum(status.state != "draft" for status in record.statuses)
    decided = sum(bool(one.decisions) for one in record.debriefs)
    lines = [
        f"{count(begun, 'interview')} started and not submitted; some may be running right now",
        f"{count(len(record.candidates), 'candidate')}",
        f"{count(submitted, 'submitted scorecard')}",
        f"{count(decided, 'decision')}",
    ]
    return lines if begun else lines[1:]


def save_settings(round_: Round, panel: list[str], more: list[str], changes: dict[str, Any]) -> None:
    panel_ids = list(dict.fromkeys([*panel, *more]))
    changed = round_.model_dump() | changes | {"panel_ids": panel_ids}
    store.rounds.change(person.id, Round.model_validate(changed), seen=round_)
    forget_settings(round_.id)


def attempt(act: Callable[[], object]) -> None:
    """Do it and redraw the page, or say why it was refused."""
    try:
        act()
    except NotAllowedError as error:
        problem(error.reasons)
    except ValidationError as error:
        problem([fault["msg"].removeprefix("Value error, ") for fault in error.errors()])
    else:
        st.rerun()


person = session.viewer()
store = wiring.store()
bank = wiring.bank()
if notice := st.session_state.pop("notice", None):
    st.toast(plain(notice))
if missing := st.session_state.pop("missing-words", None):
    st.warning(plain(missing), icon=":material/menu_book:")
# Pressing 'Rounds' in the menu means the list: only the address says which round.
which = st.query_params.get("round")
if which == "new":
    creation()
elif which:
    one_round(which[:64])
else:
    overview()
