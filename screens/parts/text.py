"""Text from people and from content, shown as what it is and never as markup."""

from __future__ import annotations

import re
from datetime import datetime

import streamlit as st

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~:!+\-()])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def plain(text: str) -> str:
    """The text with everything escaped that Streamlit's Markdown would read as markup, links or directives."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text)).replace("\n", "  \n")


def local(moment: datetime) -> datetime:
    """The moment in the zone of the browser that looks."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return moment


def clock(moment: datetime | None) -> str:
    """14:03:12 in the viewer's zone; empty for nothing."""
    return local(moment).strftime("%H:%M:%S") if moment else ""


def day(moment: datetime | None) -> str:
    """23 Nov 2026, 14:03 in the viewer's zone; empty for nothing."""
    return local(moment).strftime("%-d %b %Y, %H:%M") if moment else ""


def count(number: int, word: str) -> str:
    """'1 candidate', '2 candidates'."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
