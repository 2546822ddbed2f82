"""What all screens share: the store, the content, and who is here. Everything cached lives in this file."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from question_bank import Bank, Content, LiveBank
from rubrics import Rubrics
from scorecards.model import Interview, Person, RoundRecord, Scorecard
from scorecards.settings import load_settings
from scorecards.store import Store, open_database
from screens.parts.browser import remember
from screens.parts.sign_in_form import sign_in_form

if TYPE_CHECKING:
    from scorecards.compare import RoundComparison

PERSON_COOKIE = "interview_kit_person"


# Not st.cache_resource: the health check asks outside of any session.
@lru_cache(maxsize=1)
def store() -> Store:
    """The one store of this process; raises `DatabaseError` where it cannot be opened."""
    return Store(open_database(load_settings().database))


@lru_cache(maxsize=1)
def _live_bank() -> LiveBank:
    settings = load_settings()
    return LiveBank(settings.bank_path, settings.rubrics_path)


def content() -> Content:
    """The last good content and what is wrong with the files now."""
    return _live_bank().current()


def bank() -> Bank:
    return content().bank


def rubrics() -> Rubrics:
    return bank().rubrics


@st.cache_resource(max_entries=512, show_spinner=False)
def _begun_interview(interview_id: str, viewer_id: str) -> Interview:
    return store().interview(viewer_id, interview_id)


def interview_of(card: Scorecard, viewer_id: str) -> Interview:
    """A scorecard's interview. Once something is recorded its plan never changes: then it is read only once."""
    if card.content.ratings:
        return _begun_interview(card.interview_id, viewer_id)
    return store().interview(viewer_id, card.interview_id)


@st.cache_resource(max_entries=8, show_spinner=False)
def _comparison(round_id: str, viewer_id: str, stamp: str, _names: dict[str, str]) -> Any:
    # Imported here: only who compares needs it, and it takes a moment.
    from scorecards.compare import compare_round

    record = store().comparison(viewer_id, round_id)
    return record, compare_round(record, viewer_id, _names)


def comparison(viewer_id: str, round_id: str) -> tuple[RoundRecord, RoundComparison]:
    """The round with its comparison as this viewer may see it; worked out once for as long as nothing changes.

    Raises `NotAllowedError` where the viewer still owes a scorecard.
    """
    names = {one.id: one.name for one in rubrics().competencies}
    stamp = f"{store().comparison_stamp(viewer_id, round_id)} {bank().digest}"
    found: tuple[RoundRecord, RoundComparison] = _comparison(round_id, viewer_id, stamp, names)
    return found


@st.cache_data(ttl=30, max_entries=512, show_spinner=False)
def administers(person_id: str) -> bool:
    """Whether to show the administrator's screen; the store itself asks anew at every call."""
    return store().office.administers(person_id)


def exported(viewer_id: str, round_id: str) -> Callable[[str, str | None], None]:
    """What a download calls when its file is made: it goes into the audit log."""
    return lambda what, subject: store().audit.exported(viewer_id, round_id, what, subject)


def current_user() -> Person | None:
    """Who is signed in, or None. Remembered by a cookie of this browser, so that a reload keeps it."""
    known = st.session_state.get("person")
    if isinstance(known, Person):
        return known
    cookie = st.context.cookies.get(PERSON_COOKIE)
    if not cookie or st.session_state.get("signed_out"):
        return None
    person = next((person for person in store().people() if person.id == cookie), None)
    if person is not None:
        st.session_state["person"] = person
    return person


def sign_in(answer: Person | str) -> None:
    """Become this person, new if a name was entered that nobody has."""
    st.session_state["person"] = answer if isinstance(answer, Person) else store().add_person(answer)
    st.session_state.pop("signed_out", None)


def sign_out() -> None:
    st.session_state.clear()
    st.session_state["signed_out"] = True


def keep_cookie() -> None:
    """Have this browser remember who is signed in, or forget it, wherever its cookie says otherwise."""
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
        if answer := sign_in_form(store().people()):
            sign_in(answer)
            st.rerun()
    st.stop()


def parameter(name: str) -> str | None:
    """A query parameter, which is untrusted text of at most 64 characters; kept while moving between pages."""
    value = st.query_params.get(name)
    if value:
        st.session_state[f"last-{name}"] = value[:64]
    return st.session_state.get(f"last-{name}")


def go(page: str, **parameters: str) -> NoReturn:
    """Open another screen, with its parameters in the address."""
    for name, value in parameters.items():
        st.session_state[f"last-{name}"] = value
    st.switch_page(f"{page}.py", query_params=parameters)
