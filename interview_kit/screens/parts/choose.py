"""Which round a page is about, where the address does not say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
        st.session_state[key] = ids[0]
    return str(
        st.selectbox(
            label,
            ids,
            format_func=called,
            key=key,
            on_change=_into_address,
            args=(thing, key),
            width=420 if label_hidden else "stretch",
            label_visibility="collapsed" if label_hidden else "visible",
        )
    )


def _into_address(thing: Thing, key: str) -> None:
    """The address says what is shown; with another round, what it named of the last one goes."""
    for other in ("candidate", "interview") if thing == "round" else ():
        st.query_params.pop(other, None)
        st.session_state.pop(f"last-{other}", None)
    st.query_params[thing] = st.session_state[f"last-{thing}"] = str(st.session_state[key])
