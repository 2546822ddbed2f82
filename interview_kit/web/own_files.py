"""Files that a page made are for the page's own browser and sign-in: who has the address alone gets nothing."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import (
    MemoryFile,
    MemoryMediaFileStorage,
    get_extension_for_mimetype,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from scorecards.outside.settings import Settings
from scorecards.outside.sign_in import read_claims
from scorecards.store import DatabaseError, Store

# A random number that recognizes a browser where people do not sign in; it grants nothing by itself.
BROWSER_COOKIE = "interview_kit_browser_id"
BROWSER_SECONDS = 90 * 24 * 3600
_NUMBER = re.compile(r"[0-9a-f]{32}")
_SIGNED_IN = "_streamlit_user"
# Whose file is being made, and who asks for one: the sign-in's session or the browser's number; empty means no one.
_maker: ContextVar[str] = ContextVar("maker", default="")
_asking: ContextVar[str] = ContextVar("asking", default="")


class OwnFiles(MemoryMediaFileStorage):
    """Streamlit's files in memory, each with those who made it. To everyone else a file is not there."""

    def __init__(self, media_endpoint: str):
        super().__init__(media_endpoint)
        self._makers: dict[str, set[str]] = {}

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        file_id = super().load_and_get_id(path_or_data, mimetype, kind, filename)
        self._makers.setdefault(file_id, set()).add(_maker.get())
        return file_id

    def get_file(self, filename: str) -> MemoryFile:
        """The file for the person behind this request; `MediaFileStorageError` if it is not theirs."""
        who = _asking.get()
        if not who or who not in self._makers.get(filename.partition(".")[0], ()):
            raise MediaFileStorageError("There is no such file.")
        return super().get_file(filename)

    def get_url(self, file_id: str) -> str:
        return f"{self._media_endpoint}/{file_id}{get_extension_for_mimetype(self._files_by_id[file_id].mimetype)}"

    def delete_file(self, file_id: str) -> None:
        super().delete_file(file_id)
        self._makers.pop(file_id, None)

    def forget(self, maker: str) -> None:
        """Forget everything this browser or session made."""
        for makers in list(self._makers.values()):
            makers.discard(maker)


# Set when a page draws a button: who draws it, and what to ask before its file is made.
Page = Callable[[], tuple[str, Callable[[], None]]]


class OwnFilesManager(MediaFileManager):
    """Streamlit's manager of files. Every file has its maker, and before one is made the maker's sign-in is asked."""

    def __init__(self, storage: OwnFiles, page: Page):
        super().__init__(storage)
        self._page = page

    def add(self, *values: Any, **named: Any) -> str:
        maker, _ = self._page()
        before = _maker.set(maker)
        try:
            return super().add(*values, **named)
        finally:
            _maker.reset(before)

    def add_deferred(self, data_callable: Callable[[], Any], *values: Any, **named: Any) -> str:
        maker, ask = self._page()

        def made() -> Any:
            ask()
            data = data_callable()
            # Streamlit stores it in this same context, once this has returned.
            _maker.set(maker)
            return data

        return super().add_deferred(made, *values, **named)


def keep_files_apart(runtime: Runtime, page: Page) -> None:
    """Have this runtime keep its files so; before its routes are made, which hold on to where files are."""
    runtime._media_file_mgr = OwnFilesManager(OwnFiles("/media"), page)


def maker_of_page(session: str) -> str:
    """Whose files this page makes: the sign-in's session, else this browser's."""
    return _of_session(session) if session else _of_browser(st.context.cookies.get(BROWSER_COOKIE, ""))


def forget_files(maker: str) -> None:
    """After signing out, nothing made before can be fetched from this process."""
    storage = st.runtime.get_instance().media_file_mgr._storage if st.runtime.exists() else None
    if isinstance(storage, OwnFiles):
        storage.forget(maker)


def _of_session(session: str) -> str:
    return f"session {session}"


def _of_browser(number: str) -> str:
    return f"browser {number}" if _NUMBER.fullmatch(number) else ""


class FilesOfTheirMakers:
    """Says who asks for a file, gives every browser its number, and has no cache keep a file.

    Where people sign in, files and uploads are for those whose session is still good; that is asked for each.
    """

    def __init__(self, app: ASGIApp, settings: Settings, store: Callable[[], Store]):
        self.app, self.settings, self.store = app, settings, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(("/media/", "/_stcore/upload_file/")):
            await self._guarded(scope, receive, send)
        elif scope["type"] == "http" and path == "/_stcore/health":
            await self.app(scope, receive, _numbered(cookies_of(scope), send))
        else:
            await self.app(scope, receive, send)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            who = await run_in_threadpool(self.who, cookies_of(scope))
        except DatabaseError:
            await PlainTextResponse("The database is not responding right now.\n", 503)(scope, receive, send)
            return
        if self.settings.signs_in and not who:
            # 404, not 403: for people who are not signed in there is no such file.
            await PlainTextResponse("Not Found\n", 404, {"Cache-Control": "no-store"})(scope, receive, send)
            return
        _asking.set(who)
        await self.app(scope, receive, _unkept(send))

    def who(self, cookies: dict[str, str]) -> str:
        """Who asks: of a sign-in that is still good, or by this browser's number; empty where it is nobody."""
        if not self.settings.signs_in:
            return _of_browser(cookies.get(BROWSER_COOKIE, ""))
        claims = read_claims(
            signed_in(cookies),
            client_id=self.settings.oidc_client_id,
            trust_email=self.settings.oidc_trust_email,
        )
        if claims is None or not self.store().accounts.is_open(claims.session, self.settings.session_hours):
            return ""
        return _of_session(claims.session)


def cookies_of(scope: Scope) -> dict[str, str]:
    found: SimpleCookie = SimpleCookie()
    for name, value in scope.get("headers", ()):
        if name.lower() == b"cookie":
            for one in value.decode("latin-1").split(";"):
                try:
                    found.load(one.strip())
                except CookieError:
                    continue
    return {name: one.value for name, one in found.items()}


def signed_in(cookies: dict[str, str]) -> dict[str, Any]:
    """What Streamlit's signed cookie of a sign-in tells; nothing where it is forged or not there."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    try:
        told = json.loads(get_cookie_with_chunks(one, _SIGNED_IN) or b"{}")
    except (ValueError, UnicodeError):
        return {}
    return told if isinstance(told, dict) else {}


def _numbered(cookies: dict[str, str], send: Send) -> Send:
    """Gives a browser without a number one; its page asks for its health before it opens a session."""
    if _NUMBER.fullmatch(cookies.get(BROWSER_COOKIE, "")):
        return send
    cookie = f"{BROWSER_COOKIE}={secrets.token_hex(16)}; Path=/; HttpOnly; SameSite=Strict; Max-Age={BROWSER_SECONDS}"

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie.encode())]}
        await send(message)

    return told


def _unkept(send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store")]}
        await send(message)

    return told
