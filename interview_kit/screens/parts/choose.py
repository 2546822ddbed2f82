"""Which round a page is about, where the address does not say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256 as digest

import streamlit as st

from scorecards.record.model import RoundHead

from .address import Thing, leads_nowhere, say_where_to_go


def choose_round(rounds: Sequence[RoundHead], wanted: str | None, page: str) -> RoundHead | None:
    """The wanted round, else the newest; a box to change it. None where there is no round.

    An address of a round that is not among these ends the page with the way on.
    """
    known = {round_.id: round_ for round_ in rounds}
    if leads_nowhere("round", known):
        say_where_to_go("round", page, "See my rounds" if page == "rounds" else "Choose one of my rounds")
    if not rounds:
        st.info("There is no round yet. Create one on the Rounds page, or try the demo round there.")
        return None
    if len(rounds) == 1:
        return rounds[0]
    chosen = choose(
        "Round",
        list(known),
        wanted,
        thing="round",
        key=f"{page}-round",
        called=lambda key: known[key].name[:80] + (" (imported)" if known[key].imported else ""),
        label_hidden=True,
    )
    return known[chosen]


def choose(
    label: str,
    ids: Sequence[str],
    wanted: str | None,
    *,
    thing: Thing,
    key: str,
    called: Callable[[str], str],
    label_hidden: bool = False,
) -> str:
    """A box of ids that keeps its choice while others come and go, and puts it into the address."""
    followed = f"{key}-followed"
    if wanted in ids and st.session_state.get(followed) != wanted:
        st.session_state[key] = wanted
    st.session_state[followed] = wanted
    if st.session_state.get(key) not in ids:
        st.session_state[key] = wanted if wanted in ids else ids[0]
    words = {one: called(one) for one in ids}
    # A browser names an option by its words: once these are others, its box is another one, or it would go on to show
    # the old words and send back what is no option any more.
    box = f"{key}-{digest('|'.join(words.values()).encode()).hexdigest()[:12]}"
    st.session_state[box] = st.session_state[key]
    st.selectbox(
        label,
        ids,
        format_func=words.__getitem__,
        key=box,
        on_change=_chosen,
        args=(thing, key, box),
        width=420 if label_hidden else "stretch",
        label_visibility="collapsed" if label_hidden else "visible",
    )
    return str(st.session_state[key])


def _chosen(thing: Thing, key: str, box: str) -> None:
    """The address says what is shown; with another round, what it named of the last one goes."""
    st.session_state[key] = st.session_state[box]
    for other in ("candidate", "interview") if thing == "round" else ():
        st.query_params.pop(other, None)
        st.session_state.pop(f"last-{other}", None)
    st.query_params[thing] = st.session_state[f"last-{thing}"] = str(st.session_state[key])
