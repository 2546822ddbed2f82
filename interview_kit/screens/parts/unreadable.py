"""Rounds that cannot be read, one line each, with what their lead or an administrator can do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from scorecards.record.model import Person
from scorecards.store import NotAllowedError, NotFoundError, Store
from scorecards.store.lists import Unreadable

from .downloads import json_download
from .head import problem
from .text import plain


def unreadable_rounds(found: Sequence[Unreadable], person: Person, store: Store) -> None:
    """What is damaged, by its id and the reason; saving what is readable, and deleting it."""
    for one in found:
        with st.container(border=True):
            st.markdown(
                f":material/broken_image: **This round cannot be read** :gray[{plain(one.id)} · {plain(one.reason)}]"
            )
            if not one.ends:
                st.caption("It is damaged in the database. Its lead or an administrator can end it.")
                continue
            _what_can_be_done(one, person, store)


def _what_can_be_done(one: Unreadable, person: Person, store: Store) -> None:
    """Save what is readable, and delete the round."""
    with st.container(horizontal=True):
        if one.saves:
            salvaged = partial(store.lists.salvage, person.id, one.id)
            name = f"salvaged-{one.id[:16]}.json"
            json_download("Save what is readable", salvaged, name, key=f"salvage-{one.id}")
        with st.popover("Delete it", icon=":material/delete:"):
            st.markdown("Everything recorded in it is deleted for good.")
            if st.button("Delete for good", key=f"end-{one.id}"):
                _delete(store, person, one.id)


def _delete(store: Store, person: Person, round_id: str) -> None:
    try:
        store.lists.delete(person.id, round_id)
    except (NotAllowedError, NotFoundError) as error:
        problem([str(error)])
    else:
        st.rerun()
