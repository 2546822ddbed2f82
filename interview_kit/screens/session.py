"""Who sits in front of a screen: signing in and out, what they may read, and moving between pages.

What is cached for all sessions is here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import streamlit as st

from interview_kit import wiring
from interview_kit.web.own_files import forget_files, maker_of_page
from scorecards.outside.addresses import AddressFaultError
from scorecards.outside.sign_in import Claims, named_email, read_claims
from scorecards.record.frozen import names_as_recorded
from scorecards.record.model import Interview, Person, RoundRecord, Scorecard
from scorecards.store import NotAllowedError
from scorecards.store.sessions import Session

from .parts.browser import remember
from .parts.head import problem
from .parts.same_person import newcomer_question, who_is_it
from .parts.sign_in_form import provider_form, sign_in_form

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison

PERSON_COOKIE = "interview_kit_person"

# Where somebody was who had to sign in first.
RETURN_COOKIE = "interview_kit_return"

RETURN_SECONDS = 600


@st.cache_resource(max_entries=512, show_spinner=False)
def _begun_interview(interview_id: str, viewer_id: str) -> Interview:
    return wiring.store().interviews.get(viewer_id, interview_id)


def interview_of(card: Scorecard, viewer_id: str) -> Interview:
    """A scorecard's interview. Once something is recorded its plan never changes: then it is read only once."""
    if card.content.ratings:
        return _begun_interview(card.interview_id, viewer_id)
    return wiring.store().interviews.get(viewer_id, card.interview_id)


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
    """Whoever the provider names. Asked anew on every run: a session may have been ended elsewhere."""
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


def newcomers_like() -> str:
    """An example of how to name people who are not known here yet."""
    return (
        "bo@firm.example, Cy Example <cy@firm.example>"
        if wiring.settings().signs_in
        else "Bo Example, Cy Example"
    )


def newcomers_asked(text: str, key: str) -> dict[str, Person | str | None]:
    """For every name similar to one here, ask who is meant, and return the answers."""
    if wiring.settings().signs_in:
        return {}
    asked: dict[str, Person | str | None] = {}
    for part in _parts(text):
        like = wiring.store().names.people_like(part)
        if like and all(how != "same" for _, how in like):
            asked[part] = newcomer_question(part, like, key)
    return asked


def newcomers(text: str, asked: Mapping[str, Person | str | None] | None = None) -> list[str]:
    """Ids of people not known here yet, named with commas between; where people sign in, by their addresses.

    Raises `NotAllowedError` with every part that is no address, or about which a question is open.
    """
    parts, told = _parts(text), asked or {}
    if open_ := [part for part in parts if part in told and told[part] is None]:
        raise NotAllowedError([f"Say whether {part} is someone already here." for part in open_])
    if not wiring.settings().signs_in:
        known = {part: who for part, who in told.items() if isinstance(who, Person)}
        return [known[part].id if part in known else wiring.store().people.add(part).id for part in parts]
    found, faults = [], []
    for part in parts:
        try:
            found.append(named_email(part))
        except AddressFaultError as error:
            faults.append(f"{part}: enter the e-mail address they sign in with. {error}")
    if faults:
        raise NotAllowedError(faults)
    return [wiring.store().accounts.invite(*who).id for who in found]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


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
            _remember_place()
            if provider_form(st.session_state.get("refused", ())):
                st.login()
        elif ask_who():
            st.rerun()
    st.stop()


def ask_who() -> bool:
    """The sign-in form; where a name like someone's is entered, the question whether it is they. True once done."""
    asked = st.session_state.get("asked-name")
    answer = (
        who_is_it(asked, wiring.store().names.people_like(asked))
        if asked
        else sign_in_form(wiring.store().people.all())
    )
    if answer is None:
        return False
    if isinstance(answer, str) and not asked:
        like = wiring.store().names.people_like(answer)
        if like and all(how != "same" for _, how in like):
            st.session_state["asked-name"] = answer
            st.rerun()
    st.session_state.pop("asked-name", None)
    try:
        sign_in(answer)
    except NotAllowedError as error:
        problem(error.reasons)
        return False
    return True


def _remember_place() -> None:
    """Signing in leads away and back to the first page: keep where they were."""
    place = urlsplit(st.context.url or "").path.strip("/")
    query = urlencode({name: st.query_params[name][:64] for name in PARAMETERS if name in st.query_params})
    if place or query:
        remember(RETURN_COOKIE, f"{place or 'rounds'}?{query}"[:400], RETURN_SECONDS)


def return_to_place(pages: Collection[str]) -> None:
    """Once after signing in: open the page at which somebody had to sign in. The cookie is untrusted text."""
    kept = st.context.cookies.get(RETURN_COOKIE)
    if not kept or not wiring.settings().signs_in:
        return
    if st.session_state.get("returned"):
        remember(RETURN_COOKIE, "")
        return
    st.session_state["returned"] = True
    page, _, query = unquote(kept).partition("?")
    if page in pages:
        go(page, **{name: value[:64] for name, value in parse_qsl(query) if name in PARAMETERS})


# What stands in an address behind the question mark.
PARAMETERS = ("round", "card", "candidate", "question", "interview")


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
