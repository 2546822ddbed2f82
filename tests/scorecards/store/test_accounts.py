"""Who signs in as whom: accounts, sessions, and what nobody can take over. On both databases."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from scorecards.record.model import Person
from scorecards.record.model import now as real_now
from scorecards.store import OPERATOR, NotAllowedError, Store, sessions
from scorecards.store import accounts as desk
from scorecards.store import tables as t
from scorecards.store.sessions import Session
from tests.scorecards.outside.test_sign_in import claims
from tests.scorecards.small_round import draft, keep


def enter(store: Store, *, hours: float = 12, domains: Any = (), admins: Any = (), **told: Any) -> Person:
    return store.accounts.enter(claims(**told), hours=hours, domains=domains, admins=admins)


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """The store's clock goes on by so much."""
    for module in (desk, sessions):
        monkeypatch.setattr(module, "now", lambda: real_now() + timedelta(**by))


def actions(store: Store) -> list[str]:
    return [one.action for one in store.audit.entries(OPERATOR)]


def test_somebody_new_gets_an_account_and_keeps_it(store) -> None:
    first = enter(store)
    assert first.name == "Ana Example"
    assert enter(store, nonce="the next day", name="Ana Married") == first
    assert [one.id for one in store.people.all()] == [first.id]


def test_a_second_tab_of_the_same_sign_in_is_the_same_session(store) -> None:
    enter(store)
    enter(store)
    assert actions(store) == ["signed_in"]


def test_two_tabs_at_once_make_one_person(store) -> None:
    with ThreadPoolExecutor(4) as several:
        found = list(several.map(lambda _: enter(store), range(4)))
    assert len({one.id for one in found}) == 1
    assert len(store.people.all()) == 1


@pytest.mark.parametrize("fresh_address", ["postgresql"], indirect=True)
def test_a_tab_that_comes_between_two_questions_of_another_is_the_same_person(database, store) -> None:
    """The other tab's account is stored after this one asked by identity, and before it asks by address."""
    came: list[Future[Person]] = []
    others = ThreadPoolExecutor(1)

    def meanwhile(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        if "accounts.identity =" in statement and not came:
            came.append(Future())
            came[0] = others.submit(enter, store)
            came[0].result()

    event.listen(database.engine, "after_cursor_execute", meanwhile)
    assert enter(store) == came[0].result()
    assert len(store.people.all()) == 1


def test_the_same_subject_of_another_provider_is_another_person(store) -> None:
    ana = enter(store, email=None)
    other = enter(store, email=None, iss="https://other.example")
    assert other.id != ana.id


def test_nobody_takes_a_name_by_which_they_would_be_taken_for_somebody_else(store) -> None:
    ana = enter(store)
    eve = enter(store, sub="666", email="eve@firm.example", name="Ana Example")
    assert (ana.name, eve.name) == ("Ana Example", "Ana Example (eve@firm.example)")


def test_a_person_who_is_awaited_at_an_address_is_who_signs_in_with_it(store) -> None:
    awaited = store.accounts.invite("Ana of the panel", "ana@firm.example")
    assert enter(store) == awaited


def test_a_person_who_is_awaited_by_address_alone_gets_their_name_when_they_come(store) -> None:
    awaited = store.accounts.invite("ana@firm.example", "ana@firm.example")
    found = enter(store)
    assert (found.id, found.name) == (awaited.id, "Ana Example")


def test_an_unverified_address_takes_nobodys_place(store) -> None:
    awaited = store.accounts.invite("Ana of the panel", "ana@firm.example")
    assert enter(store, email_verified=False).id != awaited.id


def test_an_address_that_somebody_signs_in_with_is_not_taken_over_by_another_subject(store) -> None:
    enter(store)
    with pytest.raises(NotAllowedError, match="belongs to somebody who signs in otherwise"):
        enter(store, sub="666")
    assert len(store.people.all()) == 1


def test_a_changed_address_is_not_taken_from_somebody_else(store) -> None:
    enter(store)
    enter(store, sub="18", email="bo@firm.example", name="Bo")
    with pytest.raises(NotAllowedError, match="belongs to somebody"):
        enter(store, sub="18", nonce="n2", email="ana@firm.example")


def test_inviting_somebody_known_changes_nothing(store) -> None:
    ana = enter(store)
    assert store.accounts.invite("Somebody else", "ana@firm.example") == ana


def test_linking_moves_a_person_to_another_sign_in_and_ends_the_old_one(store) -> None:
    chosen = store.people.add("Ana Before")
    enter(store, sub="old", email="old@firm.example")
    store.accounts.link(OPERATOR, chosen.id, "ana@firm.example")
    assert enter(store) == chosen
    store.accounts.link(OPERATOR, chosen.id, "ana@new.example")
    with pytest.raises(NotAllowedError, match="signed out"):
        enter(store)
    assert enter(store, sub="other", email="ana@new.example") == chosen


def test_linking_takes_no_address_from_somebody_else(store) -> None:
    enter(store)
    other = store.people.add("Other")
    with pytest.raises(NotAllowedError, match="somebody else"):
        store.accounts.link(OPERATOR, other.id, "ana@firm.example")


def test_a_session_ends_after_its_hours_however_often_it_is_used(store, monkeypatch) -> None:
    enter(store)
    later(monkeypatch, hours=11.9)
    assert enter(store).name == "Ana Example"
    later(monkeypatch, hours=12.1)
    with pytest.raises(NotAllowedError, match="more than 12 hours ago"):
        enter(store)


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(store) -> None:
    ana = enter(store)
    store.accounts.leave(ana.id, claims().session)
    with pytest.raises(NotAllowedError, match="signed out"):
        enter(store)
    assert enter(store, nonce="again") == ana


def test_nobody_ends_somebody_elses_session(store) -> None:
    enter(store)
    eve = enter(store, sub="666", email="eve@firm.example")
    store.accounts.leave(eve.id, claims().session)
    assert enter(store).name == "Ana Example"


def test_an_ended_session_is_not_taken_for_a_new_one_while_its_cookie_is_good(store, monkeypatch) -> None:
    ana = enter(store)
    store.accounts.leave(ana.id, claims().session)
    later(monkeypatch, days=35)
    store.accounts.enter(claims(sub="18", email="bo@firm.example", iat=desk.now().timestamp()), hours=12)
    with pytest.raises(NotAllowedError):
        enter(store)


def test_an_administrator_ends_every_session_of_somebody(store) -> None:
    ana = enter(store)
    enter(store, nonce="phone")
    assert store.accounts.end_sessions(OPERATOR, ana.id) == 2
    for told in ({}, {"nonce": "phone"}):
        with pytest.raises(NotAllowedError, match="signed out"):
            enter(store, **told)


def test_a_pass_ends_with_the_session_it_came_with(store) -> None:
    ana = enter(store)
    signed = store.live.sign("card", ana.id, claims().session)
    assert store.live.read(signed) is not None
    store.accounts.leave(ana.id, claims().session)
    assert store.live.read(signed) is None


def test_a_pass_outlives_the_hours_of_its_session_so_that_typing_goes_on(store, monkeypatch) -> None:
    ana = enter(store)
    signed = store.live.sign("card", ana.id, claims().session)
    later(monkeypatch, hours=13)
    assert store.live.read(signed) is not None


def test_a_pass_of_one_session_is_not_turned_into_one_of_another(store) -> None:
    signed = store.live.sign("card", "ana", "s1")
    assert store.live.read(signed.replace(".s1.", "..")) is None


def test_addresses_of_administrators_make_administrators(store) -> None:
    ana = enter(store, admins={"ana@firm.example"})
    bo = enter(store, sub="18", email="bo@firm.example", admins={"ana@firm.example"})
    assert (store.office.administers(ana.id), store.office.administers(bo.id)) == (True, False)


def test_an_unverified_address_makes_no_administrator(store) -> None:
    ana = enter(store, email_verified=None, admins={"ana@firm.example"})
    assert not store.office.administers(ana.id)


def test_a_person_who_is_refused_leaves_no_trace(store) -> None:
    with pytest.raises(NotAllowedError):
        enter(store, domains={"other.example"})
    assert store.people.all() == ()


def test_who_came_in_and_went_stands_in_the_audit_log(store) -> None:
    ana = enter(store)
    store.accounts.leave(ana.id, claims().session)
    store.accounts.link(OPERATOR, ana.id, "ana@new.example")
    store.accounts.end_sessions(OPERATOR, ana.id)
    assert actions(store) == ["sessions_ended", "linked", "signed_out", "signed_in"]


# Addresses that a careless comparison would take for one another


def test_a_character_that_folds_into_a_letter_makes_no_administrator(store) -> None:
    """Folding turns the Kelvin sign into a small k: it makes no one mike@."""
    eve = enter(store, sub="666", email="mi\u212ae@firm.example", admins=["mike@firm.example"])
    assert not store.office.administers(eve.id)


def test_an_address_that_folds_into_anothers_takes_no_ones_place(store) -> None:
    awaited = store.accounts.invite("Gross of the panel", "gross@firm.example")
    assert enter(store, sub="666", email="gro\u00df@firm.example").id != awaited.id


@pytest.mark.parametrize("email", ["eve@\ufb01rm.example", "eve@\uff46irm.example", "eve@firm\u3002example"])
def test_a_domain_that_is_mapped_to_a_good_one_is_not_let_in(store, email) -> None:
    with pytest.raises(NotAllowedError, match="e-mail address"):
        enter(store, email=email, domains=["firm.example"])
    assert store.people.all() == ()


def test_an_address_is_one_in_capitals_and_in_either_spelling_of_its_domain(store) -> None:
    awaited = store.accounts.invite("Ana of the panel", "Ana@b\u00fccher.example")
    assert store.accounts.invite("Again", "ana@xn--bcher-kva.EXAMPLE") == awaited
    assert enter(store, email="ana@b\u00fccher.example") == awaited


def test_an_address_that_an_earlier_version_kept_in_its_own_letters_is_found(store, database) -> None:
    awaited = store.accounts.invite("Ana of the panel", "ana@b\u00fccher.example")
    with database.writing() as connection:
        connection.execute(update(t.accounts).values(email="ana@b\u00fccher.example"))
    assert enter(store, email="ana@xn--bcher-kva.example") == awaited
    assert store.accounts.invite("Again", "ana@b\u00fccher.example") == awaited


@pytest.mark.parametrize("email", ["mi\u212ae@firm.example", "ana", "ana@firm"])
def test_no_one_is_invited_or_linked_by_an_invalid_address(store, email) -> None:
    ana = store.people.add("Ana First")
    with pytest.raises(NotAllowedError, match=r"address|domain|ASCII"):
        store.accounts.invite("Somebody", email)
    with pytest.raises(NotAllowedError, match=r"address|domain|ASCII"):
        store.accounts.link(OPERATOR, ana.id, email)
    assert store.people.all() == (ana,)


# What a session that is over still opens


def test_a_session_is_open_until_it_is_ended_or_its_hours_are_over(store, monkeypatch) -> None:
    ana = enter(store)
    assert store.accounts.is_open(claims().session, 12)
    assert not store.accounts.is_open("made-up", 12)
    store.accounts.leave(ana.id, claims().session)
    assert not store.accounts.is_open(claims().session, 12)
    enter(store, nonce="n2")
    later(monkeypatch, hours=12.1)
    assert not store.accounts.is_open(claims(nonce="n2").session, 12)


def test_with_an_ended_session_no_file_is_made_and_none_is_noted(store) -> None:
    ana = enter(store)
    session = Session(claims().session, 12)
    store.audit.exported(ana.id, "r1", "round.pdf", session=session)
    store.accounts.leave(ana.id, session.id)
    with pytest.raises(NotAllowedError, match="signed out"):
        store.audit.exported(ana.id, "r1", "round.pdf", session=session)
    assert actions(store).count("exported") == 1


def test_a_session_lets_no_one_else_take_files(store) -> None:
    enter(store)
    eve = enter(store, sub="666", email="eve@firm.example")
    with pytest.raises(NotAllowedError, match="signed out"):
        store.audit.exported(eve.id, "r1", "round.pdf", session=Session(claims().session, 12))


def test_where_people_choose_a_name_no_session_is_asked_for(store) -> None:
    store.audit.exported(store.people.add("Ana First").id, "r1", "round.pdf", session=Session())


def test_a_person_who_is_signed_out_leaves_no_token_behind(store) -> None:
    keep(store, draft("ada"), candidates=("zed",))
    mine, other = (store.tokens.make("lea", "r1", name) for name in ("Board", "Another"))
    store.accounts.end_sessions(OPERATOR, "ada")
    assert store.tokens.read(mine) is not None
    store.accounts.end_sessions(OPERATOR, "lea")
    assert (store.tokens.read(mine), store.tokens.read(other)) == (None, None)
