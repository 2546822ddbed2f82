"""Text from people and from content, shown as what it is and never as markup."""

from __future__ import annotations

import re
from datetime import datetime

import streamlit as st

from rubrics.counted import count as count

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~:!+=\-()])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_INDENT = re.compile(r"(?<=\n)[ \t]+")
_NO_BREAK = "\N{NO-BREAK SPACE}"
# Signs that Streamlit reads even where they are escaped: icons, its logo, arrows. One unseen sign parts them.
_ICON = re.compile(r"(:)(?=material[/_]|streamlit:)")
_ARROW = re.compile(r"(?<!\S)([<>~-])(?=(?:->|[-=>])(?!\S))")
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """The text with everything escaped that Streamlit's Markdown would read as markup or directives.

    It stays one paragraph, so that it may stand within bold or grey text and cannot begin a block of its own. Bare
    addresses of web pages become links all the same, and say where they lead.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("&", "&amp;")
    parted = _ARROW.sub(rf"\1{_JOINER}", _ICON.sub(rf"\1{_JOINER}", lines))
    escaped = _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", parted))
    indented = _INDENT.sub(lambda spaces: _NO_BREAK * len(spaces[0]), escaped)
    return re.sub(r"\n(?=\n)", f"\n{_NO_BREAK}", indented).replace("\n", "  \n")


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
