"""The table of screens."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

# `python app.py` and `streamlit run` start elsewhere; the packages lie beside this folder.
ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from scorecards.store import DatabaseError  # noqa: E402
from screens import wiring  # noqa: E402

st.set_page_config(page_title="Interview kit", page_icon=":material/checklist:", layout="wide")


def page(name: str, title: str, icon: str, *, default: bool = False) -> st.Page:  # type: ignore[valid-type]
    return st.Page(f"{name}.py", title=title, icon=f":material/{icon}:", default=default, url_path=None if default else name)


try:
    wiring.store()
    person = wiring.current_user()
except DatabaseError as error:
    st.error("The database cannot be used. Nothing was changed.", icon=":material/database_off:")
    st.text(str(error))
    st.stop()

pages = {
    "Before": [page("rounds", "Rounds", "groups", default=True), page("prepare", "Prepare", "edit_note")],
    "During": [page("interview", "Interview", "mic"), page("submit", "Submit", "task_alt")],
    "After": [page("debrief", "Debrief", "forum"), page("compare", "Compare", "grid_on")],
    "Reference": [page("library", "Library", "menu_book"), page("sign_in", "Who you are", "person")],
}
wiring.keep_cookie()
st.navigation(pages, position="top" if person else "hidden").run()
