"""A text box that is saved while one types, and keeps what the server has not confirmed yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from scorecards.interviewing.typed import MOST_LETTERS, NOTHING_TYPED, Typed

from .browser import component


def typed_value(state: Any, reset: int = 0) -> Typed:
    """The component's state as a value; it comes from a browser, so anything may be in it.

    What was sent before the latest `reset` is not taken any more.
    """
    value = state.get("typed") if hasattr(state, "get") else None
    if not isinstance(value, dict) or value.get("reset", 0) != reset:
        return NOTHING_TYPED
    try:
        return Typed.model_validate(value)
    except ValidationError:
        return NOTHING_TYPED


def kept_text(
    label: str,
    *,
    person: str,
    field: str,
    slot: str,
    stored: Mapping[str, str],
    versions: Mapping[str, int] | None = None,
    clashes: Mapping[str, str] | None = None,
    saved_at: str = "",
    failure: str = "",
    placeholder: str = "",
    rows: int = 4,
    most: int = MOST_LETTERS,
    reset: int = 0,
    here: bool = False,
    signed: str = "",
    on_change: Callable[[], None] | None = None,
) -> Typed:
    """Draw the box for `slot` and return what the tab holds unconfirmed; only this person's pages read it back.

    `stored` gives the stored text of `slot` and of every slot the tab has sent: that confirms them, `versions` what
    they were typed over next, `clashes` what another window of the same person stored meanwhile. The box stays mounted
    while slots change. A new `reset` drops what the tab holds. With `here` nothing is stored while one types: the tab
    keeps the text until it is recorded by a button. With a `signed` pass the last words are stored when the page is
    left, too.
    """
    sent = typed_value(_state(field), reset)
    look = {"label": label, "placeholder": placeholder, "rows": rows, "most": most}
    place = {"person": person, "field": field, "slot": slot, "reset": reset, "here": here, "pass": signed}
    words = {"stored": dict(stored), "versions": dict(versions or {}), "clashes": dict(clashes or {})}
    answered = {"tab": sent.tab, "counts": {} if here else sent.counts}
    result = component("kept_text")(
        key=field,
        data=look | place | words | {"answered": answered, "savedAt": saved_at, "failure": failure},
        on_typed_change=on_change or (lambda: None),
    )
    return typed_value(result, reset)


def _state(field: str) -> Any:
    return st.session_state.get(field) or {}
