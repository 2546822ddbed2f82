"""What a round's lead lets other systems know: the webhook on submit."""

from __future__ import annotations

import streamlit as st

from scorecards.store.hooks import Hook

from .text import count, day, plain


def webhook_form(hook: Hook | None) -> str | None:
    """The address to be told from now on, an empty one to tell nobody any more; None where nothing is pressed."""
    with st.expander("Tell another system of each submission", icon=":material/webhook:"):
        st.markdown(
            "Off unless you set an address. It is told that a scorecard was submitted: ids, the candidate's code and "
            "a path. No name, no level, no word of the scorecard leaves the kit by it."
        )
        if hook is not None:
            st.markdown(f"**{plain(hook.url)}** :gray[since {day(hook.set_at)}]")
            st.caption(
                f"{count(hook.delivered, 'message')} delivered in the last 30 days, {hook.waiting} waiting, "
                f"{hook.given_up} given up."
            )
            if hook.fault:
                st.warning(plain(hook.fault), icon=":material/sync_problem:")
        with st.form("webhook", border=False):
            url = st.text_input("Address", max_chars=2000, placeholder="https://example.org/hook")
            label = "Change the address" if hook else "Tell this address"
            if st.form_submit_button(label):
                return url.strip() or "https://"
        if hook is not None and st.button("Tell nobody any more"):
            return ""
    return None


def secret_once(what: str, secret: str) -> bool:
    """Show a secret that is told only now; whether its reader has taken it down."""
    st.success(
        f"{what} It is shown only now: keep it where the other system reads it.", icon=":material/key:"
    )
    st.code(secret, language=None)
    return st.button("I have taken it down")
