"""Read-only JSON for other systems. A token opens one round, as far as its maker may see it at that moment."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from interview_kit import wiring
from interview_kit.web.openapi import MAX_LIMIT, USUAL_LIMIT, description
from rubrics.model import Value
from scorecards.outside.api_values import (
    CandidatePage,
    ScorecardPage,
    candidate_out,
    card_out,
    hidden,
    page_of,
    readable,
    round_out,
)
from scorecards.record.model import RoundRecord
from scorecards.store import DatabaseError, NotFoundError

# Requests a minute with one token, in this process.
PER_MINUTE = 120
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# What answers say of whose eyes they are for: no shared cache keeps them, and a kept one is asked for again.
_HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
_NO_TOKEN = (
    "Send a token of the round as 'Authorization: Bearer …'. Its lead makes one in the round's settings."
)
_NOTHING = "This token opens no such thing."
Answer = Callable[[Request, RoundRecord], Value]


class RefusedError(Exception):
    """A request that is answered with a status and a reason."""

    def __init__(self, status: int, reason: str, headers: dict[str, str] | None = None):
        self.status, self.reason, self.headers = status, reason, headers or {}


class Pace:
    """So many requests a minute for each token: a bucket that fills as time passes."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic):
        self._per_minute, self._clock = per_minute, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, who: str) -> int:
        """0 where the request may go on, else the seconds until one may."""
        with self._lock:
            now = self._clock()
            left, at = self._left.get(who, (float(self._per_minute), now))
            left = min(self._per_minute, left + (now - at) * self._per_minute / 60)
            allowed = left >= 1
            if len(self._left) > 10_000:
                self._left.clear()
            self._left[who] = (left - 1 if allowed else left, now)
            return 0 if allowed else int((1 - left) * 60 / self._per_minute) + 1


pace = Pace(PER_MINUTE)


async def described(request: Request) -> Response:
    """The description of these routes, for everybody: it tells of no round."""
    return JSONResponse(description())


async def the_round(request: Request) -> Response:
    return await _answered(request, lambda _, record: round_out(record))


async def candidates(request: Request) -> Response:
    return await _answered(request, _candidates)


async def scorecards(request: Request) -> Response:
    return await _answered(request, _scorecards)


async def one_scorecard(request: Request) -> Response:
    return await _answered(request, _one_scorecard)


async def nowhere(request: Request) -> Response:
    """Below /api/ there is no page of the kit."""
    return JSONResponse({"reason": "There is no such path: /api/openapi.json lists them."}, status_code=404)


async def _answered(request: Request, answer: Answer) -> Response:
    try:
        body = await run_in_threadpool(_body, request, answer)
    except RefusedError as refused:
        return JSONResponse(
            {"reason": refused.reason}, status_code=refused.status, headers=_HEADERS | refused.headers
        )
    except DatabaseError as error:
        return JSONResponse({"reason": str(error)}, status_code=503, headers=_HEADERS)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = _HEADERS | {"ETag": etag}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if etag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _body(request: Request, answer: Answer) -> bytes:
    return answer(request, _record(request)).model_dump_json().encode()


def _record(request: Request) -> RoundRecord:
    """The round in the path as the token's maker may see it now. Which rounds exist is told to nobody else."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    reader = wiring.store().tokens.read(text.strip()) if scheme.casefold() == "bearer" else None
    if reader is None:
        raise RefusedError(401, _NO_TOKEN, {"WWW-Authenticate": "Bearer"})
    if seconds := pace.wait(reader.token_id):
        raise RefusedError(429, f"More than {PER_MINUTE} requests a minute.", {"Retry-After": str(seconds)})
    if request.path_params["round_id"] != reader.round_id:
        raise RefusedError(404, _NOTHING)
    try:
        record = wiring.store().rounds.record(reader.viewer_id, reader.round_id)
        return wiring.handed_on(reader.viewer_id, record)
    except NotFoundError:
        # Its maker has no business in the round any more, and so the token has none.
        raise RefusedError(404, _NOTHING) from None


def _candidates(request: Request, record: RoundRecord) -> CandidatePage:
    limit, after = _limit(request), _id(request, "after")
    found, last = page_of(record.candidates, after, limit)
    return CandidatePage(
        items=tuple(candidate_out(record, one) for one in found), next=_next(request, limit, last)
    )


def _scorecards(request: Request, record: RoundRecord) -> ScorecardPage:
    limit, after, candidate = _limit(request), _id(request, "after"), _id(request, "candidate_id")
    every = [card for card in readable(record) if not candidate or card.candidate_id == candidate]
    found, last = page_of(every, after, limit)
    return ScorecardPage(
        items=tuple(card_out(record, card) for card in found),
        hidden=hidden(record, candidate or None),
        next=_next(request, limit, last, candidate),
    )


def _one_scorecard(request: Request, record: RoundRecord) -> Value:
    wanted = request.path_params["scorecard_id"]
    card = next((card for card in readable(record) if card.id == wanted), None)
    if card is None:
        raise RefusedError(404, _NOTHING)
    return card_out(record, card)


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(USUAL_LIMIT))
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_LIMIT:
        raise RefusedError(400, f"limit: a whole number from 1 to {MAX_LIMIT}.")
    return int(text)


def _id(request: Request, name: str) -> str:
    text = request.query_params.get(name, "")
    if text and not _ID.fullmatch(text):
        raise RefusedError(400, f"{name}: an id has letters, digits, - and _, at most 64.")
    return text


def _next(request: Request, limit: int, last: str | None, candidate: str = "") -> str | None:
    if last is None:
        return None
    wanted = {"limit": limit, "after": last} | ({"candidate_id": candidate} if candidate else {})
    return f"{request.url.path}?{urlencode(wanted)}"


API_ROUTES: list[BaseRoute] = [
    Route("/api/openapi.json", described, methods=["GET"]),
    Route("/api/rounds/{round_id}", the_round, methods=["GET"]),
    Route("/api/rounds/{round_id}/candidates", candidates, methods=["GET"]),
    Route("/api/rounds/{round_id}/scorecards", scorecards, methods=["GET"]),
    Route("/api/rounds/{round_id}/scorecards/{scorecard_id}", one_scorecard, methods=["GET"]),
    Route("/api/{rest:path}", nowhere, include_in_schema=False),
]
