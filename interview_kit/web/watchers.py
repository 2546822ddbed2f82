"""The candidates' windows of this process: one look at the database for all of them, a message where it changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool

from scorecards.interviewing.candidate_view import ENDED, WAITING, CandidateView, card_view
from scorecards.interviewing.exhibit_json import exhibit_data
from scorecards.record.model import Rating
from scorecards.store import DatabaseError, Store
from scorecards.store.live import Seen, Unreadable

# Seconds between two looks; a window follows within one second also where another process stored the change.
LOOK_EVERY = 0.4
# Seconds without an update after which the health check reports it.
LONGEST_LOOK = 60
View = dict[str, Any]
# Shown by a window whose content cannot be read; it recovers by itself once it can.
ONE_MOMENT: View = {"state": "moment", "card": "", "exhibits": []}
log = logging.getLogger("interview-kit")


class Watchers:
    """Follows the open windows. One task looks, as long as anybody watches."""

    def __init__(self, store: Callable[[], Store]):
        self._store = store
        self._watching: dict[str, list[asyncio.Queue[View]]] = {}
        self._told: dict[str, tuple[Seen | Unreadable | None, View]] = {}
        self._failing: dict[str, str] = {}
        self._looked = time.monotonic()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._now = asyncio.Event()

    def look_soon(self) -> None:
        """Something was stored: look at once. May be called from any thread."""
        if self._loop is not None and self._watching:
            self._loop.call_soon_threadsafe(self._now.set)

    async def follow(self, token: str, receive: Callable[[], Awaitable[Any]]) -> AsyncIterator[View]:
        """What a window shows, first as it stands and then at every change; ends with the interview."""
        window = await run_in_threadpool(self._store().live.window_id, token)
        if window is None:
            yield view_data(ENDED)
            return
        queue: asyncio.Queue[View] = asyncio.Queue()
        self._watching.setdefault(window, []).append(queue)
        gone = asyncio.ensure_future(self._until_gone(receive))
        try:
            self._start()
            if window in self._told:
                queue.put_nowait(self._told[window][1])
            while True:
                waiting = asyncio.ensure_future(queue.get())
                await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    waiting.cancel()
                    return
                view = waiting.result()
                yield view
                if view["state"] == "ended":
                    return
        finally:
            gone.cancel()
            self._watching[window].remove(queue)
            if not self._watching[window]:
                del self._watching[window]
                self._told.pop(window, None)
                self._failing.pop(window, None)

    @staticmethod
    async def _until_gone(receive: Callable[[], Awaitable[Any]]) -> None:
        while (await receive()).get("type") != "websocket.disconnect":
            pass

    def fault(self) -> str | None:
        """Why this process's open windows are not being updated; None if they are, or if there are none."""
        if not self._watching:
            return None
        if self._task is None or self._task.done():
            return "The candidates' windows are no longer updated. Restart this process."
        silent = time.monotonic() - self._looked
        if silent > LONGEST_LOOK:
            return f"The candidates' windows were last updated {silent:.0f} seconds ago."
        return None

    def _start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._now.set()
        if self._task is None or self._task.done():
            self._now = asyncio.Event()
            self._looked = time.monotonic()
            self._task = self._loop.create_task(self._look())

    async def _look(self) -> None:
        while self._watching:
            try:
                await self._look_once(list(self._watching))
                self._looked = time.monotonic()
            except DatabaseError:
                # It is away for a while: the windows keep what they show, and the health check asks it itself.
                self._looked = time.monotonic()
                await asyncio.sleep(1)
            except Exception:
                log.exception("The candidates' windows could not be updated; trying again.")
                await asyncio.sleep(1)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), LOOK_EVERY)
            self._now.clear()

    async def _look_once(self, windows: list[str]) -> None:
        seen = await run_in_threadpool(self._store().live.seen, windows)
        for window, now in seen.items():
            if window in self._told and self._told[window][0] == now and window not in self._failing:
                continue
            view = await run_in_threadpool(self._view_or_moment, window, now)
            if window in self._told and self._told[window] == (now, view):
                continue
            if window in self._watching:
                self._told[window] = (now, view)
            for queue in self._watching.get(window, ()):
                queue.put_nowait(view)

    def _view_or_moment(self, window: str, seen: Seen | Unreadable | None) -> View:
        """What one window shows; a failure does not affect the others, and its reason is logged once."""
        try:
            if isinstance(seen, Unreadable):
                raise ValueError(seen.reason)
            view = self._view(seen)
        except DatabaseError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
            if self._failing.get(window) != reason:
                log.error("A candidate's window cannot be shown: %s", reason)
            self._failing[window] = reason
            return ONE_MOMENT
        self._failing.pop(window, None)
        return view

    def _view(self, seen: Seen | None) -> View:
        if seen is None:
            return view_data(ENDED)
        if seen.question_id is None or not seen.begun:
            return view_data(WAITING)
        interview = self._store().live.interview_for_window(seen.interview_id)
        if interview.plan.find(seen.question_id) is None:
            raise ValueError(f"The plan of {seen.interview_id} has no {seen.question_id}.")
        return view_data(card_view(interview, Rating(question_id=seen.question_id, given=seen.given)))


def view_data(view: CandidateView) -> View:
    """What is sent: state, card and exhibits, by name and nothing else."""
    return {
        "state": view.state,
        "card": view.card,
        "exhibits": [exhibit_data(exhibit) for exhibit in view.exhibits],
    }
