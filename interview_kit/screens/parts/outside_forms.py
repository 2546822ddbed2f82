"""What a round's lead lets other systems know: the webhook on submit, and tokens to read the round with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from scorecards.store.hooks import Hook
from scorecards.store.tokens import Token

from .confirm import asked_twice
from .text import count, day, plain


class TokenWish(NamedTuple):
    """A token to be made for somebody, or one to be revoked."""

    make: str | None = None
    revoke: str | None = None


def webhook_form(hook: Hook | None) -> str | None:
    """The address to be told from now on, an empty one to tell nobody any more; None where nothing is pressed."""
    with st.expander("Tell another system of each submission", icon=":material/webhook:"):
        st.markdown(
            "Off unless you set an address. It is told that a scorecard was submitted: ids, the candidate's code and "
            "a path. No name, no level, no word of the scorecard leaves the kit by it."
        )
        if hook is not None:
            _deliveries(hook)
        with st.form("webhook", border=False):
            url = st.text_input("Address", placeholder="https://example.org/hook")
            label = "Change the address" if hook else "Tell this address"
            if st.form_submit_button(label):
                return url.strip() or "https://"
        lost = "This deletes the address, its secret, and any messages still waiting to be delivered."
        if hook is not None and asked_twice("Turn off webhook", lost, "webhook-off"):
            return ""
    return None


def _deliveries(hook: Hook) -> None:
    """The address, what became of its messages, and what is wrong with it."""
    st.markdown(f"**{plain(hook.url)}** :gray[since {day(hook.set_at)}]")
    st.caption(
        f"{count(hook.delivered, 'message')} delivered in the last 30 days, {hook.waiting} waiting, "
        f"{hook.given_up} given up."
    )
    if hook.fault:
        st.warning(plain(hook.fault), icon=":material/sync_problem:")


def tokens_form(tokens: Sequence[Token], me: str) -> TokenWish | None:
    """What is wished for; None where nothing is pressed."""
    wish = None
    with st.expander("Let another system read this round", icon=":material/api:"):
        st.markdown(
            "Anyone who has a token reads this round as JSON under `/api/`, as far as its maker may see it at that "
            "moment: while you owe a scorecard for a candidate, others' stay hidden there too. Nothing is written by it."
        )
        for token in tokens:
            if _revoked(token, me):
                wish = TokenWish(revoke=token.id)
        with st.form("token", border=False):
            name = st.text_input("Who reads with it", placeholder="Our applicant tracking system")
            if st.form_submit_button("Make a token"):
                wish = TokenWish(make=name)
    return wish


def _revoked(token: Token, me: str) -> bool:
    """A token's line; whether it is to be revoked now."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        sight = "with your sight" if token.viewer_id == me else "with another lead's sight"
        state = f"revoked {day(token.revoked_at)}" if token.revoked_at else sight
        st.markdown(f"**{plain(token.name)}** :gray[{day(token.created_at)} · {state}]", width="content")
    lost = f"**{plain(token.name)}** loses access immediately and permanently."
    return token.revoked_at is None and asked_twice("Revoke", lost, f"revoke-{token.id}")


def secret_once(what: str, secret: str) -> bool:
    """Show a secret that is told only now; whether its reader has taken it down."""
    st.success(
        f"{what} It is shown only now: keep it where the other system reads it.", icon=":material/key:"
    )
    st.code(secret, language=None)
    return st.button("I have taken it down")
