"""The kit's own pieces of browser: a script and a style sheet beside this file for each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


@lru_cache
def component(name: str) -> Any:
    """The component whose script is `<name>.js`, with `<name>.css` and `<name>.html` where they exist.

    Where `<name>` is a folder, its scripts are joined in the order of their names, after those it shares.
    """

    def text(ending: str) -> str:
        paths = [_HERE / f"{name}.{ending}"]
        if (_HERE / name).is_dir():
            paths = [_HERE / f"exhibit.{ending}", *sorted((_HERE / name).glob(f"*.{ending}"))]
        return "\n".join(path.read_text("utf-8") for path in paths if path.exists())

    return st.components.v2.component(
        f"interview_kit_{name}", html=text("html"), css=text("css"), js=text("js")
    )


def remember(name: str, value: str, seconds: int = 90 * 24 * 3600) -> None:
    """Keep a small value in this browser as a cookie, for 90 days or as long as is said; an empty one forgets it."""
    data = {"name": name, "value": value, "age": seconds if value else 0}
    component("remember")(key=f"remember-{name}", data=data, height=1)
