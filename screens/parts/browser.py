"""Small things that only the browser can do."""

from __future__ import annotations

import streamlit as st

_REMEMBER = """
export default function ({ data }) {
  const age = data.value ? 60 * 60 * 24 * 90 : 0
  document.cookie = `${data.name}=${encodeURIComponent(data.value)}; path=/; max-age=${age}; samesite=strict`
}
"""


def remember(name: str, value: str) -> None:
    """Keep a small value in this browser as a cookie for 90 days; an empty value forgets it."""
    st.components.v2.component("interview_kit_remember", js=_REMEMBER)(
        key=f"remember-{name}", data={"name": name, "value": value}, height=1
    )
