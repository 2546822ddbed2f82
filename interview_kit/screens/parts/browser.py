"""The kit's own pieces of browser, by the name of the module that draws them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from interview_kit.web.browser_code import loader, script, style

# What acts at once, also on a page that is left at once, waits for no module to be loaded.
_WHOLE = frozenset({"remember"})


@lru_cache
def component(name: str) -> Any:
    """The component that the module `<name>.js` draws, with its style sheet."""
    js = script(f"{name}.js") if name in _WHOLE else loader(name)
    return st.components.v2.component(f"interview_kit_{name}", css=style(name), js=js)


def remember(name: str, value: str, seconds: int = 90 * 24 * 3600) -> None:
    """Keep a small value in this browser as a cookie, for 90 days or as long as is said; an empty one forgets it."""
    data = {"name": name, "value": value, "age": seconds if value else 0}
    component("remember")(key=f"remember-{name}", data=data, height=1)
