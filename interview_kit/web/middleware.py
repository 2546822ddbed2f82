"""What is changed of Streamlit's own answers."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.responses import PlainTextResponse
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


def inline_scripts(page: str) -> list[str]:
    """The digests by which a content policy lets the scripts in this page run, and no other one in a page."""
    found = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(sha256(one.encode()).digest()).decode()}'" for one in found]


_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
# Streamlit makes styles at run time, and its parts come as blobs; nothing comes from, and nothing goes to, another
# host. No text becomes a script: docs/decisions/0017-content-policy.md says what was tried.
POLICY = "; ".join(
    (
        "default-src 'self'",
        " ".join(("script-src 'self' 'wasm-unsafe-eval' blob:", *inline_scripts(_PAGE.read_text("utf-8")))),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
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
    """Tells the browser with every answer what a page of the kit may do; headers that an answer has itself stay, but
    for those that let another page read it."""

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
                # Streamlit would let pages of this machine's other ports read what it answers.
                kept = [
                    pair for pair in message["headers"] if not pair[0].lower().startswith(b"access-control-")
                ]
                own = {name.lower() for name, _ in kept}
                more = [pair for pair in self.headers if pair[0] not in own]
                message = {**message, "headers": [*kept, *more]}
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


class OwnPagesOnly:
    """Answers only to the kit's own names, and only to its own pages.

    A site can have its own name lead to this machine, so that a browser takes the kit for a part of it. Names are
    therefore refused but for this machine's and those in `names`; an address in numbers cannot be borrowed. A page is
    the kit's own where its origin (scheme, host and port) is where the request went: to a browser, two ports of one
    machine are one site, and cookies go to both. And Streamlit, asked by a foreign page, would ask a server on the
    internet for the address of this machine.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = (), public: str = ""):
        self.app, self.names, self.public = app, names, public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        told = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", ())}
        host = told.get(b"host", "")
        foreign = self._is_foreign(scope, told)
        if scope["type"] == "websocket" and (foreign or not own_host(host, self.names)):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "Not a page of this kit."})
        elif not own_host(host, self.names):
            await _refuse(
                scope,
                receive,
                send,
                "The kit does not answer to this host name. Set INTERVIEW_KIT_PUBLIC_URL to it.",
                400,
            )
        elif foreign:
            await _refuse(scope, receive, send, "Only requests from the kit's own pages are answered.", 403)
        else:
            await self.app(scope, receive, send)

    def _is_foreign(self, scope: Scope, told: Mapping[bytes, str]) -> bool:
        """Whether a page of another origin asks; where nothing tells, a program does, and that opens no socket."""
        origin = told.get(b"origin")
        if origin is None:
            return scope["type"] == "websocket" or (
                _acts(scope) and told.get(b"sec-fetch-site", "none") not in ("same-origin", "none")
            )
        if own_origin(origin, told.get(b"host", ""), scope.get("scheme", "http"), self.public):
            return False
        # A link or a redirect that leads here shows this page and tells the other one nothing.
        return scope["type"] == "websocket" or _acts(scope) or told.get(b"sec-fetch-mode") != "navigate"


def _acts(scope: Scope) -> bool:
    """Whether a request may change something, or fetches what is one person's."""
    return scope.get("method", "GET") not in ("GET", "HEAD") or scope.get("path", "").startswith("/media/")


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str, status: int) -> None:
    await PlainTextResponse(f"{why}\n", status)(scope, receive, send)


def own_host(host: str, names: Collection[str] = ()) -> bool:
    """Whether the kit answers under this name: this machine's, an address in numbers, or one of `names`."""
    try:
        asked = urlsplit(f"//{host}")
        here = asked.hostname or ""
        plain = not (asked.username or asked.password or asked.path or asked.query or asked.fragment)
        return plain and (_of_this_machine(here) or _in_numbers(here) or here in names)
    except ValueError:
        return False


def own_origin(origin: str, host: str, scheme: str, public: str = "") -> bool:
    """Whether a page of this origin was loaded from where the request goes to: the same scheme, host and port.

    `public` is the origin under which a proxy shows the kit: it ends the encryption, so that `scheme` is not known
    here.
    """
    known = public if public and _place(public) == _place(f"{urlsplit(public).scheme}://{host}") else ""
    there = _place(known or f"{_OF_SOCKETS.get(scheme, scheme)}://{host}")
    return there is not None and _place(origin) == there


_OF_SOCKETS = {"ws": "http", "wss": "https"}
_PORTS = {"http": 80, "https": 443}


def _place(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an origin; None for what is none, as 'null' is."""
    try:
        parts = urlsplit(origin)
        if parts.scheme not in _PORTS or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
            return None
        if "@" in parts.netloc:
            return None
        return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]
    except ValueError:
        return None


# What the kit's pages need of Streamlit's own routes. Metrics tell the size of a colleague's export, the agent's
# routes run screens without a browser, and nobody asks the others.
NEEDED = ("/_stcore/stream", "/_stcore/health", "/_stcore/host-config")
NEEDED_BELOW = ("/_stcore/upload_file/", "/_stcore/bidi-components/")


class OnlyWhatIsNeeded:
    """Answers 404 for every Streamlit route that the kit's pages do not use, in later versions too.

    `metrics` opens that one: it needs no sign-in, so a deployment has to ask for it.
    """

    def __init__(self, app: ASGIApp, *, metrics: bool = False):
        self.app, self.needed = app, (*NEEDED, *(("/_stcore/metrics",) if metrics else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/_stcore") and not self._is_needed(path):
            await _refuse(scope, receive, send, "Not found.", 404)
        else:
            await self.app(scope, receive, send)

    def _is_needed(self, path: str) -> bool:
        return path in self.needed or path.startswith(NEEDED_BELOW)


def _of_this_machine(host: str) -> bool:
    return host == "localhost" or (_in_numbers(host) and ipaddress.ip_address(host).is_loopback)


def _in_numbers(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def without_dialogs(answer: bytes) -> bytes:
    """The host configuration with error dialogs blocked; anything else is passed on as it is."""
    try:
        told = json.loads(answer)
    except ValueError:
        return answer
    return json.dumps(told | {"blockErrorDialogs": True}).encode() if isinstance(told, dict) else answer
