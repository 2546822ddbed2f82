"""Working without a server on the screens: what goes out, what comes back, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from scorecards.interviewing.offline import MAX_BYTES, OfflineError
from scorecards.store import NotAllowedError
from scorecards.store.offline import Merged

from .downloads import json_download
from .head import problem
from .text import count, plain

# The most the kit accepts at once.
MEGABYTES = MAX_BYTES // (1024 * 1024)


def assignment_form(names: Mapping[str, str], make: Callable[[str], bytes]) -> bytes | None:
    """For a round's lead: an interviewer's assignment as a file; returns what came back when it is to be merged."""
    with st.expander("Let somebody work without this server", icon=":material/work_history:"):
        st.markdown(
            "The assignment holds an interviewer's interviews that are still to begin. On a laptop of their own they "
            "take it in, interview as usual, and hand in a sealed file. Give it to that person alone: anyone who has "
            "it can hand in in their name."
        )
        key = "assignment-of"
        who = st.selectbox(
            "Whose assignment", list(names), format_func=names.__getitem__, index=None, key=key
        )
        if who:
            _download(lambda: make(who))
        file = st.file_uploader("What an interviewer handed in", type="json", max_upload_size=MEGABYTES)
        if file is not None and st.button("Merge it"):
            return file.getvalue()
    return None


def _download(make: Callable[[], bytes]) -> None:
    try:
        data = make()
    except (NotAllowedError, OfflineError) as error:
        problem([str(error)])
        return
    json_download("Save the assignment", data, "assignment.json")


def merge_told(merged: Merged) -> None:
    """What became of each scorecard; of a conflict what clashes, and never what either side says."""
    if merged.taken:
        st.success(f"Taken: {plain('; '.join(merged.taken))}.", icon=":material/check:")
    if merged.same or merged.older:
        st.info(
            f"{count(len(merged.same) + len(merged.older), 'scorecard')} with nothing new.",
            icon=":material/equal:",
        )
    if merged.conflicts:
        lines = [f"- **{plain(one.label)}**: {plain('; '.join(one.where))}" for one in merged.conflicts]
        st.warning(
            "Changed on both sides. Nothing was overwritten; the interviewer decides what is right:\n"
            + "\n".join(lines),
            icon=":material/call_split:",
        )


def hand_in_form(make: Callable[[], bytes]) -> None:
    """For the interviewer with an assignment: their own scorecards as a sealed file."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            "You work without the server. When you are done, hand the file in to the round's lead; hand in again "
            "after every change."
        )
        json_download("Hand in my scorecards", make, "scorecards.json", kind="primary")
