"""The kit's own pieces of browser: a script and a style sheet beside this file for each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
# Pieces that others are made with.
_SHARED = {"live": ("exhibit", "kept"), "kept_text": ("kept",)}


@lru_cache
def component(name: str) -> Any:
    """The component whose script is `<name>.js`, with `<name>.css` and `<name>.html` where they exist.

    Where `<name>` is a folder, its scripts are joined in the order of their names; what it shares comes before.
    """

    def text(ending: str) -> str:
        own = sorted((_HERE / name).glob(f"*.{ending}")) if (_HERE / name).is_dir() else []
        shared = [_HERE / f"{piece}.{ending}" for piece in _SHARED.get(name, ())]
        paths = [*shared, *(own or [_HERE / f"{name}.{ending}"])]
        return "\n".join(path.read_text("utf-8") for path in paths if path.exists())

    return st.components.v2.component(
        f"interview_kit_{name}", html=text("html"), css=text("css"), js=text("js")
    )


def remember(name: str, value: str, seconds: int = 90 * 24 * 3600) -> None:
    """Keep a small value in this browser as a cookie, for 90 days or as long as is said; an empty one forgets it."""
    data = {"name": name, "value": value, "age": seconds if value else 0}
    component("remember")(key=f"remember-{name}", data=data, height=1)
