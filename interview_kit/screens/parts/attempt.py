"""What a press does: it is done and the page drawn anew, or the page says why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from pydantic import ValidationError

from scorecards.store import NotAllowedError

from .head import problem

T = TypeVar("T")


def attempt(act: Callable[[], object]) -> None:
    """Do it and redraw the page, or say why it was refused."""
    try:
        act()
    except NotAllowedError as error:
        problem(error.reasons)
    except ValidationError as error:
        problem(faults_of(error))
    else:
        st.rerun()


def faults_of(error: ValidationError) -> list[str]:
    """What is wrong with a value, in plain words."""
    return [fault["msg"].removeprefix("Value error, ") for fault in error.errors()]


def attempt_on(
    chosen: T | None, reason: str | None, act: Callable[[T, str], object], *, missing: str
) -> None:
    """The same with what was chosen and the reason why; `missing` is said where the press came before the choice.

    A `reason` of None stands for no press.
    """
    if reason is None:
        return
    if chosen is None:
        problem([missing])
        return
    attempt(lambda: act(chosen, reason))
