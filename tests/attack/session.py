"""Streamlit's own protocol without a browser: what anybody can send, and every byte that comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

import websockets
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from interview_kit.screens.signed_in import PERSON_COOKIE

PATH = "/_stcore/stream"
Result = TypeVar("Result")


class Session:
    """A Streamlit session of somebody, or of nobody."""

    def __init__(self, port: int, person: str = "", *, session_id: str = "", **headers: str):
        self.port = port
        self.headers = {"Cookie": f"{PERSON_COOKIE}={person}"} | headers
        # As a browser does: the second is the token against cross-site requests, the third a session to go on with.
        self.protocols = ["streamlit", "x", session_id] if session_id else ["streamlit"]

    async def __aenter__(self) -> Self:
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}{PATH}",
            origin=websockets.Origin(f"http://127.0.0.1:{self.port}"),
            additional_headers=self.headers,
            subprotocols=[websockets.Subprotocol(one) for one in self.protocols],
            max_size=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def run(self, page: str, query: str = "", widgets: Sequence[WidgetState] = ()) -> list[ForwardMsg]:
        """Run a page with what its widgets are said to hold; everything that is sent until it is done."""
        wish = BackMsg()
        wish.rerun_script.query_string = query
        wish.rerun_script.page_name = page
        wish.rerun_script.widget_states.widgets.extend(widgets)
        await self.socket.send(wish.SerializeToString())
        return await self.told()

    async def told(self, seconds: float = 20) -> list[ForwardMsg]:
        """What is sent until the page is done, a page to which it switches included."""
        heard: list[ForwardMsg] = []
        while True:
            data = await asyncio.wait_for(self.socket.recv(), seconds)
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            heard.append(message)
            if message.WhichOneof("type") == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
            ):
                return heard


def text_of(heard: Sequence[ForwardMsg]) -> str:
    """All that was sent, as text."""
    return "\n".join(f"{message!s}\n{message.SerializeToString().decode('latin-1')}" for message in heard)


def widgets_in(heard: Sequence[ForwardMsg]) -> list[str]:
    """The ids of every widget that was drawn."""
    return sorted({one for message in heard for one in _ids(message)})


def _ids(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name == "id" and isinstance(value, str) and value.startswith("$$"):
            yield value
        for inner in value if field.is_repeated else [value]:
            if isinstance(inner, Message):
                yield from _ids(inner)


def rubbish(widget: str) -> Iterator[WidgetState]:
    """What no browser would send for a widget."""
    values: list[dict[str, Any]] = [
        {"trigger_value": True},
        {"bool_value": True},
        {"int_value": -(2**62)},
        {"double_value": float("nan")},
        {"string_value": "\x00" * 1000},
        {"string_value": "../../etc/passwd"},
        {
            "json_value": '{"typed": {"entries": {"a": {"text": 1, "base": "x"}}, "reset": []}, "told": [1], "close": 1}'
        },
        {"json_value": "[" * 500},
        {"bytes_value": b"\xff" * 100},
    ]
    for value in values:
        yield WidgetState(id=widget, **value)
    listed = WidgetState(id=widget)
    listed.string_array_value.data.extend(["x", "../y"])
    yield listed


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Do this in a thread of its own: a browser that is open in this one has a loop running in it."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
