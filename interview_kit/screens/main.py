"""The table of screens."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, sight, signed_in
from rubrics import ContentError
from scorecards.outside.settings import SettingsError
from scorecards.store import DatabaseError

# A file, not a named icon: the browser would fetch that one from the internet.
ICON = Path(__file__).parent / "icon.png"
st.set_page_config(page_title="Interview kit", page_icon=ICON, layout="wide")


def page(name: str, title: str, icon: str, *, default: bool = False, hidden: bool = False) -> st.Page:
    return st.Page(
        f"{name}.py",
        title=title,
        icon=f":material/{icon}:",
        default=default,
        url_path=None if default else name,
        visibility="hidden" if hidden else "visible",
    )


try:
    wiring.store()
    wiring.content()
    person = signed_in.current_user()
except ContentError as error:
    st.error(
        "The questions and rubrics cannot be read, and there is no good version to go on with.",
        icon=":material/rule:",
    )
    st.text(str(error))
    st.stop()
except DatabaseError as error:
    st.error("The database cannot be used. Nothing was changed.", icon=":material/database_off:")
    st.text(str(error))
    st.stop()
except SettingsError as error:
    st.error("The kit cannot start as it is set up.", icon=":material/settings:")
    st.text(str(error))
    st.stop()

# A flat list: every screen is one press away.
pages = [
    page("rounds", "Rounds", "groups", default=True),
    page("prepare", "Prepare", "edit_note"),
    page("interview", "Interview", "mic"),
    page("submit", "Submit", "task_alt"),
    page("debrief", "Debrief", "forum"),
    page("compare", "Compare", "grid_on"),
    page("library", "Library", "menu_book"),
    page("sign_in", "Who you are", "person"),
]
# Reachable for everyone, so that its address explains itself; only administrators see it in the menu.
administers = bool(person and sight.administers(person.id))
pages.append(page("administration", "Administration", "admin_panel_settings", hidden=not administers))
signed_in.keep_cookie()
chosen = st.navigation(pages, position="top" if person else "hidden")
if person:
    places.return_to_place([one.url_path or "rounds" for one in pages])
try:
    chosen.run()
except DatabaseError as error:
    st.error(
        "The database is not responding right now. What was stored is safe; load the page again in a moment.",
        icon=":material/database_off:",
    )
    st.text(str(error))
