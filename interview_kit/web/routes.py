"""Web routes beside Streamlit's: what a window of the live interview tells, and the candidate's window.

A tick or a word goes to `live/tell` and comes back stored, without a rerun of the page; it needs no session, so
it survives one. The page that writes carries the pass that the Interview screen signed for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_kit import wiring
from interview_kit.web.answered import answered
from interview_kit.web.browser_code import ASSET_ROUTES, window_page
from interview_kit.web.messages import Read, in_words, read_message
from interview_kit.web.watchers import Watchers
from rubrics.model import Value
from scorecards.interviewing.passes import Pass
from scorecards.interviewing.question_json import proposals
from scorecards.interviewing.typed import Typed
from scorecards.record.model import Rating
from scorecards.record.proposal import proposal
from scorecards.store import DatabaseError, NotAllowedError, NotFoundError

T = TypeVar("T")
MAX_BYTES = 4 * 1024 * 1024
# The candidate's window loads nothing from elsewhere, is framed by nobody, and tells nobody its address.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_WHY_NO_PASS = (
    "Your pass for this interview is no longer good. Load the page again; what you typed stays in this tab."
)

watchers = Watchers(wiring.store)


class WindowWish(Value):
    """Open or close the candidate's window."""

    pass_: str = Field(alias="pass", max_length=400)
    open: bool


class LastWords(Value):
    """What was typed into the boxes of a recommendation and not confirmed when the page was left."""

    pass_: str = Field(alias="pass", max_length=400)
    typed: Typed


class Rehearsed(Value):
    """What is ticked on a question of the library, where nothing is kept."""

    pass_: str = Field(alias="pass", max_length=400)
    rating: Rating


class RefusedError(Exception):
    """A request that is answered with a status and a reason."""

    def __init__(self, status: int, reason: str):
        self.status, self.reason = status, reason


async def tell(request: Request) -> Response:
    """Store what a window tells; answers with how things stand."""
    return await _answered(request, lambda body: _tell(_parsed(read_message, body)))


async def window(request: Request) -> Response:
    """Open or close the candidate's window; answers with its path, or null."""
    return await _answered(request, lambda body: _window(_parsed(WindowWish.model_validate_json, body)))


async def words(request: Request) -> Response:
    """Store the last words of a recommendation; a page that is left asks for no answer."""
    return await _answered(request, lambda body: _words(_parsed(LastWords.model_validate_json, body)))


async def rehearse(request: Request) -> Response:
    """The level that ticks would propose; stores nothing."""
    return await _answered(request, lambda body: _rehearse(_parsed(Rehearsed.model_validate_json, body)))


async def _answered(request: Request, act: Callable[[bytes], dict[str, Any]]) -> Response:
    try:
        return JSONResponse(await run_in_threadpool(act, await _body(request)))
    except RefusedError as refused:
        return JSONResponse({"reason": refused.reason}, status_code=refused.status)
    except NotFoundError as error:
        return JSONResponse({"reason": str(error)}, status_code=404)
    except NotAllowedError as error:
        return JSONResponse({"reason": str(error)}, status_code=409)
    except DatabaseError as error:
        return JSONResponse({"reason": str(error)}, status_code=503)


async def _body(request: Request) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BYTES:
            raise RefusedError(413, f"More than {MAX_BYTES:,} bytes at once.")
    return bytes(received)


def _parsed(read: Callable[[bytes], T], body: bytes) -> T:
    try:
        return read(body)
    except ValueError as error:
        raise RefusedError(400, in_words(error)) from error


def _passed(text: str) -> Pass:
    if (who := wiring.store().live.read(text)) is None:
        raise RefusedError(401, _WHY_NO_PASS)
    return who


def _tell(read: Read) -> dict[str, Any]:
    who = _passed(read.message.pass_)
    desk = wiring.store().live
    answer = desk.tell(who.person_id, who.card_id, read.message.told)
    watchers.look_soon()
    proposed = proposals(desk.interview_of(who.card_id), answer.ratings)
    return answered(answer, proposed, read.all_refused(answer.refused)).model_dump(mode="json")


def _window(wish: WindowWish) -> dict[str, Any]:
    who = _passed(wish.pass_)
    desk = wiring.store().live
    if not wish.open:
        desk.close_windows(who.person_id, who.card_id)
        watchers.look_soon()
        return {"path": None}
    return {"path": f"c/{desk.open_window(who.person_id, who.card_id)}"}


def _words(last: LastWords) -> dict[str, Any]:
    who = _passed(last.pass_)
    kept = wiring.store().live.keep_words(who.person_id, who.card_id, last.typed)
    return {slot: one.outcome for slot, one in kept.items()}


def _rehearse(told: Rehearsed) -> dict[str, Any]:
    _passed(told.pass_)
    question = wiring.bank().by_id.get(told.rating.question_id)
    if question is None:
        raise RefusedError(404, "There is no such question.")
    return proposal(question, told.rating)._asdict()


async def candidate_page(request: Request) -> Response:
    """The candidate's window. A wrong address looks like one that has ended: nothing is told by trying."""
    return HTMLResponse(window_page(), headers=_HEADERS)


async def candidate_socket(socket: WebSocket) -> None:
    """Send the card whenever it changes; nothing that the window sends is read."""
    await socket.accept()
    try:
        async for view in watchers.follow(socket.path_params["token"], socket.receive):
            await socket.send_text(json.dumps(view))
        await socket.close()
    except (WebSocketDisconnect, RuntimeError):
        return


ROUTES: list[BaseRoute] = [
    Route("/live/tell", tell, methods=["POST"]),
    Route("/live/window", window, methods=["POST"]),
    Route("/live/words", words, methods=["POST"]),
    Route("/live/rehearse", rehearse, methods=["POST"]),
    *ASSET_ROUTES,
    Route("/c/{token}", candidate_page),
    WebSocketRoute("/c/{token}/live", candidate_socket),
]
