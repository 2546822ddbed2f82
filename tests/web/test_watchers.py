"""The candidates' windows of one process: each fails alone, recovers, and the health check knows who follows them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from interview_kit import serving, wiring
from interview_kit.web import routes
from interview_kit.web.watchers import ONE_MOMENT, Watchers
from scorecards.interviewing.message import Entry, Happened, Told
from scorecards.store import Database, Store, open_database
from scorecards.store.tables import interviews, plans, ratings
from tests.scorecards.small_round import draft, keep

ADA, CY = "zed-first-ada", "zed-second-cy"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(str(tmp_path / "kept.db"))


@pytest.fixture
def store(database: Database) -> Store:
    """Two interviews under way, each with a candidate's window."""
    store = Store(database)
    keep(store, draft("ada"), draft("cy", slot="second"))
    for who, card in (("ada", ADA), ("cy", CY)):
        entry = Entry(question_id="DRF-01", evidence="words")
        begun = Happened(id="b", ago=0, kind="begun")
        store.live.tell(
            who, card, Told(tab="one", focus="DRF-01", lead=True, entries=(entry,), moments=(begun,))
        )
    return store


class Windows:
    """Two windows that follow, of which one may be damaged."""

    def __init__(self, store: Store, watchers: Watchers):
        self.watchers = watchers
        tokens = (store.live.open_window("ada", ADA), store.live.open_window("cy", CY))
        self.views = [watchers.follow(token, self.stays).__aiter__() for token in tokens]

    @staticmethod
    async def stays() -> Any:
        await asyncio.sleep(3600)

    async def next(self, place: int) -> Any:
        return await asyncio.wait_for(anext(self.views[place]), 10)


def run(act: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(act(), 60))


def damage(database: Database, body: str) -> str:
    with database.writing() as connection:
        before = connection.execute(select(ratings.c.body).where(ratings.c.scorecard_id == ADA)).scalar_one()
        connection.execute(update(ratings).where(ratings.c.scorecard_id == ADA).values(body=body))
    return str(before)


def move(store: Store, question: str) -> None:
    store.live.tell("cy", CY, Told(tab="one", focus=question))


def test_a_damaged_record_stops_its_own_window_alone_and_it_recovers(database, store) -> None:
    async def act() -> None:
        two = Windows(store, Watchers(lambda: store))
        assert [(await two.next(place))["state"] for place in (0, 1)] == ["card", "card"]
        whole = damage(database, "{damaged")
        assert await two.next(0) == ONE_MOMENT
        move(store, "DRF-02")
        assert (await two.next(1))["state"] == "card"
        damage(database, whole)
        assert (await two.next(0))["state"] == "card"

    run(act)


def test_an_exhibit_that_cannot_be_drawn_stops_its_own_window_alone(store, monkeypatch, caplog) -> None:
    watchers = Watchers(lambda: store)
    drawn = watchers._view

    def drawing(seen: Any) -> Any:
        if seen.interview_id == "zed-first":
            raise RuntimeError("The chart has nothing to draw.")
        return drawn(seen)

    monkeypatch.setattr(watchers, "_view", drawing)

    async def act() -> None:
        two = Windows(store, watchers)
        assert await two.next(0) == ONE_MOMENT
        assert (await two.next(1))["state"] == "card"
        move(store, "DRF-02")
        assert (await two.next(1))["state"] == "card"
        monkeypatch.setattr(watchers, "_view", drawn)
        assert (await two.next(0))["state"] == "card"

    run(act)
    said = [record.message for record in caplog.records if "cannot be shown" in record.message]
    assert said == ["A candidate's window cannot be shown: RuntimeError: The chart has nothing to draw."]


def test_a_plan_with_a_chart_of_nothing_stops_its_own_window_alone(database, store) -> None:
    """As it may lie in a database of an earlier kit, which took an empty list of series."""
    with database.writing() as connection:
        digest = sha256(b"{}").hexdigest()
        connection.execute(insert(plans).values(digest=digest, body="{}"))
        connection.execute(
            update(interviews).where(interviews.c.id == "zed-first").values(plan_digest=digest)
        )
    again = Store(database)

    async def act() -> None:
        two = Windows(again, Watchers(lambda: again))
        assert await two.next(0) == ONE_MOMENT
        assert (await two.next(1))["state"] == "card"

    run(act)


def test_the_health_check_says_when_the_windows_are_no_longer_updated(store, monkeypatch) -> None:
    watchers = Watchers(lambda: store)
    monkeypatch.setattr(wiring, "store", lambda: store)
    monkeypatch.setattr(serving, "watchers", watchers)

    async def act() -> None:
        assert (await serving.healthz(None)).status_code == 200  # type: ignore[arg-type]
        two = Windows(store, watchers)
        await two.next(0)
        assert (await serving.healthz(None)).status_code == 200  # type: ignore[arg-type]
        assert watchers._task is not None
        watchers._task.cancel()
        await asyncio.wait({watchers._task})
        assert (await serving.healthz(None)).status_code == 503  # type: ignore[arg-type]
        # The next window that is opened starts it again.
        await two.next(1)
        assert (await serving.healthz(None)).status_code == 200  # type: ignore[arg-type]

    run(act)


def test_the_routes_are_followed_by_the_watchers_that_the_health_check_asks() -> None:
    assert serving.watchers is routes.watchers
