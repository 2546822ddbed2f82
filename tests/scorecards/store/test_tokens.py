"""Tokens: made and revoked by the round's lead, told once, kept as a digest, with their maker's sight."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from scorecards.store import Database, NotAllowedError, NotFoundError, Store
from scorecards.store import tables as t
from scorecards.store.tokens import MAX_TOKENS, NAME_LENGTH

from ..small_round import draft, keep


@pytest.fixture
def kept(store: Store) -> Store:
    keep(store, draft("ada"))
    return store


def test_a_token_opens_its_round_with_its_makers_sight(kept: Store) -> None:
    reader = kept.tokens.read(kept.tokens.make("lea", "r1", "Greenhouse"))
    assert reader is not None
    assert (reader.round_id, reader.viewer_id) == ("r1", "lea")


def test_of_a_token_only_the_digest_is_kept(kept: Store, database: Database) -> None:
    secret = kept.tokens.make("lea", "r1", "Greenhouse")
    with database.reading() as connection:
        row = connection.execute(select(t.tokens)).one()
    assert secret.removeprefix("ik_") not in repr(row)
    assert re.fullmatch(r"[0-9a-f]{64}", row.digest)
    assert secret not in repr(kept.tokens.of("lea", "r1"))


def test_two_tokens_are_never_alike(kept: Store) -> None:
    assert len({kept.tokens.make("lea", "r1", "x") for _ in range(5)}) == 5


@pytest.mark.parametrize(("who", "error"), [("ada", NotAllowedError), ("stranger", NotFoundError)])
def test_only_the_lead_makes_lists_and_revokes(kept: Store, who: str, error: type[Exception]) -> None:
    secret = kept.tokens.make("lea", "r1", "x")
    (token,) = kept.tokens.of("lea", "r1")
    for act in (
        lambda: kept.tokens.make(who, "r1", "x"),
        lambda: kept.tokens.of(who, "r1"),
        lambda: kept.tokens.revoke(who, token.id),
    ):
        with pytest.raises(error):
            act()
    assert kept.tokens.read(secret) is not None


def test_a_revoked_token_stays_listed_and_opens_nothing(kept: Store) -> None:
    secret = kept.tokens.make("lea", "r1", "x")
    (token,) = kept.tokens.of("lea", "r1")
    kept.tokens.revoke("lea", token.id)
    assert kept.tokens.read(secret) is None
    (revoked,) = kept.tokens.of("lea", "r1")
    assert revoked.revoked_at is not None
    kept.tokens.revoke("lea", token.id)
    assert kept.tokens.of("lea", "r1") == (revoked,)


def test_a_token_that_does_not_exist_is_not_revoked(kept: Store) -> None:
    with pytest.raises(NotFoundError):
        kept.tokens.revoke("lea", "none")


@pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * (NAME_LENGTH + 1)])
def test_a_token_says_who_reads_with_it(kept: Store, name: str) -> None:
    with pytest.raises(NotAllowedError):
        kept.tokens.make("lea", "r1", name)


def test_a_round_has_so_many_tokens_at_once(kept: Store) -> None:
    for _ in range(MAX_TOKENS):
        kept.tokens.make("lea", "r1", "x")
    with pytest.raises(NotAllowedError, match="revoke one first"):
        kept.tokens.make("lea", "r1", "x")
    kept.tokens.revoke("lea", kept.tokens.of("lea", "r1")[0].id)
    kept.tokens.make("lea", "r1", "x")


@pytest.mark.parametrize(
    "text", ["", "ik_", "ik_" + "A" * 43, "ik_" + "é" * 43, "x" * 100_000, "ik_' OR 1=1 --"]
)
def test_a_forged_token_opens_nothing(kept: Store, text: str) -> None:
    assert kept.tokens.read(text) is None


def test_a_token_of_another_database_opens_nothing(kept: Store, new_database) -> None:
    other = Store(new_database())
    keep(other, draft("ada"))
    assert kept.tokens.read(other.tokens.make("lea", "r1", "x")) is None
