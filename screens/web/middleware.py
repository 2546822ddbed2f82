"""What is changed of Streamlit's own answers."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class NoBlockingDialogs:
    """Tells Streamlit's page to open no error dialog of its own.

    While the server is away its dialog takes the keyboard and covers the page, just when an interviewer has to
    go on typing. The live screen says itself that the connection is away.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/_stcore/host-config"):
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def rewrite(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                changed = without_dialogs(bytes(body))
                headers = [(n, v) for n, v in started[0]["headers"] if n.lower() != b"content-length"]
                headers.append((b"content-length", str(len(changed)).encode()))
                await send({**started[0], "headers": headers})
                await send({"type": "http.response.body", "body": changed})

        await self.app(scope, receive, rewrite)


def without_dialogs(answer: bytes) -> bytes:
    """The host configuration with error dialogs blocked; anything else is passed on as it is."""
    try:
        told = json.loads(answer)
    except ValueError:
        return answer
    return json.dumps(told | {"blockErrorDialogs": True}).encode() if isinstance(told, dict) else answer
