"""A round's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.newcomers import newcomers, newcomers_asked, newcomers_like
from interview_kit.screens.parts.privacy_forms import privacy_forms
from interview_kit.screens.parts.round_settings import closing_words_box, not_qualified_grid, targets_grid
from scorecards.record import rules
from scorecards.record.frozen import as_recorded
from scorecards.record.model import BLINDNESS, Person, Round, RoundRecord

from .ending import close_form, evidence_form, remove_form
from .here import Here
from .outside import outside, without_server

# How the keys of the settings' widgets begin.
SETTINGS = (
    "panel-", "observers-", "anonymous-", "blindness-", "why-", "weights-", "closing-", "qualified-", "settings-seen-",
)  # fmt: skip


def settings_form(here: Here, record: RoundRecord) -> None:
    """Panel, blindness, who is not qualified, closing words, weights and floors; closing and removing."""
    round_ = record.round
    if rules.why_not_lead(round_, here.person.id):
        st.caption("Only the round's lead changes these.")
        return
    if rules.why_not_change(round_):
        st.caption("The round is closed. Open it again to change its settings.")
    else:
        _changeable(here, record)
        evidence_form(here, round_)
        without_server(here, record)
    outside(here, round_)
    privacy_forms(here.store, here.person, record, here.bank.rubrics)
    if round_.state != "closed":
        close_form(here, record)
    remove_form(here, record)


def _changeable(here: Here, record: RoundRecord) -> None:
    """What is saved together, with one press."""
    round_ = record.round
    names = {p.id: p.name for p in here.store.people.all()}
    rubrics = as_recorded(record, here.bank.rubrics)
    stale = changed_elsewhere(round_)
    panel, more, asked = _panel(round_, names)
    changes = _who_sees_what(round_, names)
    changes["not_qualified"] = not_qualified_grid(round_, panel, names, rubrics, locked=scored(record))
    changes["closing_words"] = closing_words_box(round_, here.person.id)
    st.markdown(
        "**Weights and must-haves.** Equal unless you give a reason; fixed once a scorecard is submitted."
    )
    changes["targets"] = [target.model_dump() for target in targets_grid(round_, rubrics)]
    reason = st.text_input("Why the weights differ", round_.weights_reason or "", key=f"why-{round_.id}")
    changes["weights_reason"] = reason.strip() or None
    if st.button("Save settings", type="primary", disabled=stale):
        attempt(lambda: save_settings(here, round_, panel, newcomers(more, asked), changes))


def _panel(
    round_: Round, names: Mapping[str, str]
) -> tuple[list[str], str, Mapping[str, Person | str | None]]:
    """Who interviews: people known here, names of others, and whom those mean."""
    panel = st.multiselect(
        "Panel",
        list(names),
        default=[p for p in round_.panel_ids if p in names],
        format_func=lambda key: names[key],
        key=f"panel-{round_.id}",
    )
    more = st.text_input("New interviewers", placeholder=newcomers_like(), key="more-panel")
    return panel, more, newcomers_asked(more, "more-panel")


def _observers(round_: Round, names: Mapping[str, str]) -> list[str]:
    return st.multiselect(
        "Observers",
        [key for key in names if key != round_.lead_id],
        default=[p for p in round_.observer_ids if p in names],
        format_func=lambda key: names[key],
        help="They read along and compare once all scorecards are in. They neither interview nor vote.",
        key=f"observers-{round_.id}",
    )


def _who_sees_what(round_: Round, names: Mapping[str, str]) -> dict[str, Any]:
    """Observers, codes, and how long others' scorecards stay hidden."""
    observers = _observers(round_, names)
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
    return {"observer_ids": observers, "anonymous": anonymous, "blindness": blindness}


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


def scored(record: RoundRecord) -> bool:
    """Whether a scorecard of the round was submitted: then what decides a score is fixed."""
    return any(status.state != "draft" for status in record.statuses)


def save_settings(
    here: Here, round_: Round, panel: list[str], more: list[str], changes: dict[str, Any]
) -> None:
    panel_ids = list(dict.fromkeys([*panel, *more]))
    changed = round_.model_dump() | changes | {"panel_ids": panel_ids}
    here.store.rounds.change(here.person.id, Round.model_validate(changed), seen=round_)
    forget_settings(round_.id)
