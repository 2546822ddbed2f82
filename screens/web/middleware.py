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


class UploadsElsewhere:
    """Answers an upload for a page that this replica does not have with 404: a proxy then asks the next one.

    Streamlit's own answer is 400, which a proxy takes for the last word.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        uploads = scope["type"] == "http" and scope["path"].startswith("/_stcore/upload_file/")

        async def not_found(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 400:
                message = {**message, "status": 404}
            await send(message)

        await self.app(scope, receive, not_found if uploads else send)


# Streamlit makes functions and styles at run time, and its parts come as blobs; nothing comes from, and nothing goes
# to, another host.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SAFE_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), display-capture=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class SafeHeaders:
    """Tells the browser with every answer what a page of the kit may do; headers that an answer has itself stay."""

    def __init__(self, app: ASGIApp, *, https: bool = False):
        self.app = app
        # A year: who came by https once never comes by http again.
        self.headers = SAFE_HEADERS + (
            ((b"strict-transport-security", b"max-age=31536000"),) if https else ()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                more = [pair for pair in self.headers if pair[0] not in own]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, with_headers)


class SecureCookies:
    """Marks every cookie for https alone: Streamlit sets its own without that mark."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, value + b"; Secure")
                    if name.lower() == b"set-cookie" and b"; secure" not in value.lower()
                    else (name, value)
                    for name, value in message["headers"]
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, marked if scope["type"] == "http" else send)


def without_dialogs(answer: bytes) -> bytes:
    """The host configuration with error dialogs blocked; anything else is passed on as it is."""
    try:
        told = json.loads(answer)
    except ValueError:
        return answer
    return json.dumps(told | {"blockErrorDialogs": True}).encode() if isinstance(told, dict) else answer
