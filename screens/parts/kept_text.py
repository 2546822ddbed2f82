"""A text box that is saved while one types, and keeps what the server has not confirmed yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .browser import component


class Typed(NamedTuple):
    """What a tab has typed and not seen confirmed: text and the version it was typed over, by slot."""

    tab: str
    entries: dict[str, tuple[str, int]]


def typed_value(state: Any, reset: int = 0) -> Typed:
    """The component's state as a value; it comes from a browser, so anything may be in it.

    What was sent before the latest `reset` is not taken any more.
    """
    value = state.get("typed") if hasattr(state, "get") else None
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("entries"), dict)
        or value.get("reset", 0) != reset
    ):
        return Typed("", {})
    entries = {
        str(slot): (entry["text"][:100_000].replace("\x00", ""), int(entry.get("base") or 0))
        for slot, entry in value["entries"].items()
        if isinstance(entry, dict) and isinstance(entry.get("text"), str)
    }
    return Typed(str(value.get("tab", ""))[:64], entries)


def kept_text(
    label: str,
    *,
    field: str,
    slot: str,
    stored: dict[str, str],
    version: int,
    saved_at: str = "",
    failure: str = "",
    placeholder: str = "",
    rows: int = 4,
    reset: int = 0,
    here: bool = False,
    on_change: Callable[[], None] | None = None,
) -> Typed:
    """Draw the box for `slot` and return what the tab holds unconfirmed.

    `stored` gives the stored text of `slot` and of every slot the tab has sent: that confirms them.
    The box stays mounted while slots change. A new `reset` drops what the tab holds. With `here` nothing is
    stored while one types: the tab keeps the text until it is recorded by a button.
    """
    result = component("kept_text")(
        key=field,
        data={
            "label": label,
            "field": field,
            "slot": slot,
            "stored": stored,
            "version": version,
            "savedAt": saved_at,
            "failure": failure,
            "placeholder": placeholder,
            "rows": rows,
            "reset": reset,
            "here": here,
        },
        on_typed_change=on_change or (lambda: None),
    )
    return typed_value(result, reset)
