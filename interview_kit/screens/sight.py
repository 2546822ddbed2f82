"""What the person in front of a screen may see and take along as files; much of it is kept for all sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from interview_kit import wiring
from interview_kit.web.own_files import maker_of_page
from scorecards.record.frozen import names_as_recorded
from scorecards.record.model import RoundRecord
from scorecards.store import NotAllowedError
from scorecards.store.sessions import Session

from .signed_in import session_id

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison


@st.cache_resource(max_entries=8, show_spinner=False)
def _comparison(round_id: str, viewer_id: str, stamp: str) -> Any:
    # Imported here: only who compares needs it, and it takes a moment.
    from scorecards.comparison import compare_round

    record = wiring.store().rounds.comparison(viewer_id, round_id)
    return record, compare_round(record, viewer_id, names_as_recorded(record, wiring.rubrics()))


def comparison(viewer_id: str, round_id: str) -> tuple[RoundRecord, RoundComparison]:
    """The round with its comparison as this viewer may see it; worked out once for as long as nothing changes.

    Raises `NotAllowedError` where the viewer still owes a scorecard.
    """
    stamp = f"{wiring.store().rounds.stamp(viewer_id, round_id)} {wiring.bank().digest}"
    found: tuple[RoundRecord, RoundComparison] = _comparison(round_id, viewer_id, stamp)
    return found


# Not st.cache_data: used before the server runs, it prints a warning at every start.
@st.cache_resource(ttl=30, max_entries=512, show_spinner=False)
def administers(person_id: str) -> bool:
    """Whether to show the administrator's screen; the store itself asks anew at every call."""
    return wiring.store().office.administers(person_id)


def exported(viewer_id: str, round_id: str) -> Callable[[str, str | None], None]:
    """What a download calls before its file is made: it goes into the audit log.

    Raises `NotAllowedError` where the session of the page that drew the button is over by then.
    """
    session = Session(session_id(), wiring.settings().session_hours)
    return lambda what, subject: wiring.store().audit.exported(viewer_id, round_id, what, subject, session)


def file_maker() -> tuple[str, Callable[[], None]]:
    """Whose files this page makes, and what every one of them asks before it is made: is the sign-in still good?"""
    session = session_id()

    def ask() -> None:
        if session and not wiring.store().accounts.is_open(session, wiring.settings().session_hours):
            raise NotAllowedError(["You signed out."])

    return maker_of_page(session), ask
