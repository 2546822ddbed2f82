"""Moving between pages: what stands in an address, and back to where somebody was who had to sign in first."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import streamlit as st

from interview_kit import wiring

from .parts.browser import remember

RETURN_COOKIE = "interview_kit_return"
RETURN_SECONDS = 600
# What stands in an address behind the question mark.
PARAMETERS = ("round", "card", "candidate", "question", "interview")


def parameter(name: str) -> str | None:
    """A query parameter, which is untrusted text of at most 64 characters; kept while moving between pages."""
    value = st.query_params.get(name)
    if value:
        st.session_state[f"last-{name}"] = value[:64]
    return st.session_state.get(f"last-{name}")


def go(page: str, **parameters: str) -> NoReturn:
    """Open another screen, with its parameters in the address."""
    for name, value in parameters.items():
        st.session_state[f"last-{name}"] = value
    st.switch_page(f"{page}.py", query_params=parameters)


def remember_place() -> None:
    """Signing in leads away and back to the first page: keep where they were."""
    place = urlsplit(st.context.url or "").path.strip("/")
    query = urlencode({name: st.query_params[name][:64] for name in PARAMETERS if name in st.query_params})
    if place or query:
        remember(RETURN_COOKIE, f"{place or 'rounds'}?{query}"[:400], RETURN_SECONDS)


def return_to_place(pages: Collection[str]) -> None:
    """Once after signing in: open the page at which somebody had to sign in. The cookie is untrusted text."""
    kept = st.context.cookies.get(RETURN_COOKIE)
    if not kept or not wiring.settings().signs_in:
        return
    if st.session_state.get("returned"):
        remember(RETURN_COOKIE, "")
        return
    st.session_state["returned"] = True
    page, _, query = unquote(kept).partition("?")
    if page in pages:
        go(page, **{name: value[:64] for name, value in parse_qsl(query) if name in PARAMETERS})
