"""Asks who the people in a file are here, and shows that a round was imported."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecards.record.model import Person, RoundRecord
from scorecards.store.imports import NEW, InFile

from .text import plain


def who_is_who(viewer: Person, record: RoundRecord, people: Sequence[InFile]) -> dict[str, str]:
    """Ask of everyone in the file whose id or name is known here, and of its lead; nothing is chosen beforehand."""
    st.caption(
        f"**{plain(record.round.name[:120])}**. The round will be marked as imported by you wherever it is shown. "
        "Only its lead can import it."
    )
    if record.round.demo:
        st.caption("The file says it is a demo round. It will be imported as a regular round.")
    asked = [one for one in people if _is_asked(viewer, record, one)]
    found = {one.person.id: _box(viewer, one) for one in asked}
    return {who: here for who, here in found.items() if here is not None}


def _is_asked(viewer: Person, record: RoundRecord, one: InFile) -> bool:
    return one.person.id != viewer.id and bool(one.here or one.person.id == record.round.lead_id)


def _box(viewer: Person, one: InFile) -> str | None:
    names = {person.id: f"{person.name}, already here" for person in one.here}
    names |= {NEW: "Someone new"}
    names |= {viewer.id: "This is me"} if all(person.id != one.person.id for person in one.here) else {}
    what = f" ({one.parts})" if one.parts else ""
    return st.selectbox(
        f"Who is {plain(one.person.name[:80])}{what}?",
        list(names),
        index=None,
        format_func=lambda key: names[key],
        placeholder="Choose",
        key=f"who-{one.person.id}",
    )


def origin(record: RoundRecord) -> None:
    """For an imported round, who imported it and when; and which parts cannot be read."""
    if record.imported_words:
        st.caption(f":material/upload_file: {plain(record.imported_words)}")
    if record.damaged:
        lines = "\n".join(f"- {plain(one)}" for one in record.damaged[:20])
        st.warning(
            "Part of this round is damaged in the database and is left out here, on every screen and in every "
            f"document:\n{lines}",
            icon=":material/broken_image:",
        )
