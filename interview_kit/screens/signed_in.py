"""Who sits in front of a screen: signing in, out, and remembering a chosen name."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.web.own_files import forget_files, maker_of_page
from scorecards.outside.sign_in import Claims, read_claims
from scorecards.record.model import Person
from scorecards.store import NotAllowedError

from .parts.browser import remember
from .parts.head import problem
from .parts.same_person import is_only_similar, who_is_it
from .parts.sign_in_form import provider_form, sign_in_form
from .places import remember_place

PERSON_COOKIE = "interview_kit_person"


def current_user() -> Person | None:
    """Who is signed in, or None: by the provider where one is set up, else by the name chosen in this browser."""
    return _signed_in() if wiring.settings().signs_in else _chosen()


def _claims() -> Claims | None:
    if not st.user.is_logged_in:
        return None
    return read_claims(
        st.user.to_dict(),
        client_id=wiring.settings().oidc_client_id,
        trust_email=wiring.settings().oidc_trust_email,
    )


def session_id() -> str:
    """The session that this page belongs to; empty where people choose a name."""
    claims = _claims() if wiring.settings().signs_in else None
    return claims.session if claims else ""


def _signed_in() -> Person | None:
    """The person whom the provider names. Asked anew on every run: a session may have been ended elsewhere."""
    st.session_state.pop("refused", None)
    claims = _claims()
    if claims is None:
        return None
    try:
        return wiring.store().accounts.enter(
            claims,
            hours=wiring.settings().session_hours,
            domains=wiring.settings().domains,
            admins=wiring.settings().admin_emails,
        )
    except NotAllowedError as error:
        st.session_state["refused"] = tuple(error.reasons)
        return None


def _chosen() -> Person | None:
    """Remembered by a cookie of this browser, so that a reload keeps it."""
    known = st.session_state.get("person")
    if isinstance(known, Person):
        return known
    cookie = st.context.cookies.get(PERSON_COOKIE)
    if not cookie or st.session_state.get("signed_out"):
        return None
    person = next((person for person in wiring.store().people.all() if person.id == cookie), None)
    if person is not None:
        st.session_state["person"] = person
    return person


def sign_in(answer: Person | str) -> None:
    """Become this person, new if a name was entered that nobody has."""
    st.session_state["person"] = answer if isinstance(answer, Person) else wiring.store().people.add(answer)
    st.session_state.pop("signed_out", None)


def keep_name(renamed: Person) -> None:
    """A person without sign-in corrected their name: keep it in this browser's session."""
    if isinstance(st.session_state.get("person"), Person):
        st.session_state["person"] = renamed


def sign_out(person: Person) -> None:
    """End the session, in every tab of this browser; without sign-in, forget the name."""
    forget_files(maker_of_page(session_id()))
    if wiring.settings().signs_in:
        wiring.store().accounts.leave(person.id, session_id())
        st.logout()
        return
    st.session_state.clear()
    st.session_state["signed_out"] = True


def signed_pass(card_id: str, person_id: str) -> str:
    """A pass for this page's window, good until its session is ended."""
    return wiring.store().live.sign(card_id, person_id, session_id())


def keep_cookie() -> None:
    """Have this browser remember whose name was chosen, or forget it, wherever its cookie says otherwise."""
    if wiring.settings().signs_in:
        return
    person = st.session_state.get("person")
    wanted = person.id if isinstance(person, Person) else ""
    if (st.context.cookies.get(PERSON_COOKIE) or "") != wanted and (
        wanted or st.session_state.get("signed_out")
    ):
        remember(PERSON_COOKIE, wanted)


def viewer() -> Person:
    """The person that the page is for. Where nobody is signed in yet, the page is the sign-in form."""
    person = current_user()
    if person is not None:
        return person
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.markdown("# Interview kit")
        st.markdown(
            "Run live interviews of senior Python AI engineers, record evidence, compare candidates honestly. "
            "People rate; no AI scores anybody, and nothing leaves the machine this runs on."
        )
        if wiring.settings().signs_in:
            remember_place()
            if provider_form(st.session_state.get("refused", ())):
                st.login()
        elif ask_who():
            st.rerun()
    st.stop()


def ask_who() -> bool:
    """The sign-in form; where a name like someone's is entered, the question whether it is they. True once done."""
    asked = st.session_state.get("asked-name")
    if asked:
        answer = who_is_it(asked, wiring.store().names.people_like(asked))
    else:
        answer = sign_in_form(wiring.store().people.all())
    if answer is None:
        return False
    if isinstance(answer, str) and not asked and is_only_similar(wiring.store().names.people_like(answer)):
        st.session_state["asked-name"] = answer
        st.rerun()
    st.session_state.pop("asked-name", None)
    try:
        sign_in(answer)
    except NotAllowedError as error:
        problem(error.reasons)
        return False
    return True
