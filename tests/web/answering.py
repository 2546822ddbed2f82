"""An answer as a middleware sends it on."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import PlainTextResponse


def through(middleware: Any, *headers: tuple[str, str], host: str = "127.0.0.1:8501") -> list[dict[str, Any]]:
    """What this middleware sends of an answer with these headers."""
    sent: list[dict[str, Any]] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    answer = PlainTextResponse("x")
    answer.raw_headers.extend((name.encode(), value.encode()) for name, value in headers)
    scope = {"type": "http", "path": "/", "headers": [(b"host", host.encode())]}
    asyncio.run(middleware(answer)(scope, receive, send))
    return sent
