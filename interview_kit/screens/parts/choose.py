"""Boxes of choices: which round a page is about, and which of several named things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256 as digest
from typing import TypeVar

import streamlit as st

from scorecards.record.model import RoundHead

from .address import Thing, leads_nowhere, say_where_to_go

K = TypeVar("K")


def choose_one(label: str, names: Mapping[K, str], key: str) -> K | None:
    """A box of named things; nothing is chosen beforehand."""
    return st.selectbox(
        label, list(names), index=None, format_func=names.__getitem__, placeholder="Choose", key=key
    )


def choose_in_a_row(label: str, names: Mapping[K, str], key: str) -> K | None:
    """The same for a few things, all of them in sight."""
    return st.radio(label, list(names), index=None, format_func=names.__getitem__, horizontal=True, key=key)


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
    called = {key: one.name[:80] + (" (imported)" if one.imported else "") for key, one in known.items()}
    return known[choose("Round", called, wanted, thing="round", key=f"{page}-round", label_hidden=True)]


def choose(
    label: str,
    called: Mapping[str, str],
    wanted: str | None,
    *,
    thing: Thing,
    key: str,
    label_hidden: bool = False,
) -> str:
    """A box of ids and what each is called; it keeps its choice while others come and go, and the address says it."""
    _follow_address(list(called), wanted, key)
    # A browser names an option by its words: once these are others, its box is another one, or it would go on to show
    # the old words and send back what is no option any more.
    box = f"{key}-{digest('|'.join(called.values()).encode()).hexdigest()[:12]}"
    st.session_state[box] = st.session_state[key]
    st.selectbox(
        label,
        list(called),
        format_func=called.__getitem__,
        key=box,
        on_change=_chosen,
        args=(thing, key, box),
        width=420 if label_hidden else "stretch",
        label_visibility="collapsed" if label_hidden else "visible",
    )
    return str(st.session_state[key])


def _follow_address(ids: Sequence[str], wanted: str | None, key: str) -> None:
    """Choose what the address names, once it names another; the first where nothing else is chosen."""
    followed = f"{key}-followed"
    if wanted in ids and st.session_state.get(followed) != wanted:
        st.session_state[key] = wanted
    st.session_state[followed] = wanted
    if st.session_state.get(key) not in ids:
        st.session_state[key] = wanted if wanted in ids else ids[0]


def _chosen(thing: Thing, key: str, box: str) -> None:
    """The address says what is shown; with another round, what it named of the last one goes."""
    st.session_state[key] = st.session_state[box]
    for other in ("candidate", "interview") if thing == "round" else ():
        st.query_params.pop(other, None)
        st.session_state.pop(f"last-{other}", None)
    st.query_params[thing] = st.session_state[f"last-{thing}"] = str(st.session_state[key])
