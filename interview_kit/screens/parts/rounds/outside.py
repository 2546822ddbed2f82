"""What leaves this server, and what comes back: webhook, tokens, work without it."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.offline_forms import assignment_form, merge_told
from interview_kit.screens.parts.outside_forms import secret_once, tokens_form, webhook_form
from scorecards.interviewing.offline import OfflineError
from scorecards.record.model import Round, RoundRecord
from scorecards.store import NotAllowedError, NotFoundError

from .here import Here


def outside(here: Here, round_: Round) -> None:
    """What other systems are told of the round, and which may read it."""
    new_secret(round_)
    wish = tokens_form(here.store.tokens.of(here.person.id, round_.id), here.person.id)
    if wish is not None and (revoked := wish.revoke):
        attempt(lambda: here.store.tokens.revoke(here.person.id, revoked))
    elif wish is not None:
        attempt(lambda: make_token(here, round_, wish.make or ""))
    url = webhook_form(here.store.hooks.of(here.person.id, round_.id))
    if url == "":
        attempt(lambda: here.store.hooks.remove(here.person.id, round_.id))
    elif url is not None:
        attempt(lambda: set_webhook(here, round_, url))


def new_secret(round_: Round) -> None:
    """A secret that was just made, until it is taken down."""
    shown = st.session_state.get(f"secret-{round_.id}")
    # There with and without a secret, so that what stands below stays open when it comes and goes.
    with st.container():
        if shown and secret_once(*shown):
            del st.session_state[f"secret-{round_.id}"]
            st.rerun()


def without_server(here: Here, record: RoundRecord) -> None:
    """An interviewer's assignment out, and what they hand in back."""
    round_ = record.round
    names = {p.id: p.name for p in record.people if p.id in round_.panel_ids}
    handed_in = assignment_form(names, lambda who: here.store.offline.assign(here.person.id, round_.id, who))
    if handed_in is not None:
        try:
            merge_told(here.store.offline.merge(here.person.id, handed_in))
        except (OfflineError, NotAllowedError, NotFoundError) as error:
            problem([str(error)])


def make_token(here: Here, round_: Round, reader: str) -> None:
    keep_secret(round_, "This is the token.", here.store.tokens.make(here.person.id, round_.id, reader))


def set_webhook(here: Here, round_: Round, url: str) -> None:
    secret = here.store.hooks.set(here.person.id, round_.id, url, wiring.settings().own_hosts)
    keep_secret(round_, "The address is told from now on, signed with this secret.", secret)


def keep_secret(round_: Round, what: str, secret: str) -> None:
    """Have the next drawing of the page show it."""
    st.session_state[f"secret-{round_.id}"] = (what, secret)
