"""Serving: the pages, the routes beside them, and what stands before both, until stopped."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

# Before numpy is loaded: the comparison's many small matrices are ten times slower shared among threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime import Runtime

from interview_kit import wiring
from interview_kit.port import why_not_free
from interview_kit.screens import sight
from interview_kit.web.api import API_ROUTES
from interview_kit.web.courier import Courier
from interview_kit.web.middleware import (
    NoBlockingDialogs,
    OnlyWhatIsNeeded,
    OwnPagesOnly,
    SafeHeaders,
    SecureCookies,
    UploadsElsewhere,
)
from interview_kit.web.own_files import FilesOfTheirMakers, keep_files_apart
from interview_kit.web.provider import trust_only_signed_tokens
from interview_kit.web.routes import ROUTES, watchers
from scorecards.outside.settings import Settings, SettingsError, is_own
from scorecards.store import DatabaseError
from scorecards.store.engine import database_url, shown, sqlite_file

PACKAGE = Path(__file__).parent
# Seconds; by then the first page has been asked for.
LOAD_AFTER = 5.0


def without_sessions(record: logging.LogRecord) -> bool:
    """Whether a line may go into the log: the number of a session opens it, as long as it lives."""
    return "Session with id" not in str(record.msg)


logging.getLogger("streamlit.runtime.websocket_session_manager").addFilter(without_sessions)


async def healthz(_request: Request) -> JSONResponse:
    """200 and the database's state, or 503 and what is wrong: with the database, or with what follows the windows."""
    try:
        state = await run_in_threadpool(lambda: wiring.store().office.health())
    except DatabaseError as error:
        return JSONResponse({"status": "unavailable", "reason": str(error)}, status_code=503)
    if fault := watchers.fault():
        return JSONResponse({"status": "unavailable", "reason": fault}, status_code=503)
    return JSONResponse({"status": "ok", **state})


class Kit(st.App):
    """Streamlit's app, except that files can be fetched only by the people who made them."""

    def _create_runtime(self) -> Runtime:
        runtime = super()._create_runtime()
        keep_files_apart(runtime, sight.file_maker)
        return runtime


def make_app(settings: Settings) -> st.App:
    """The pages, the routes beside them, and what stands before both."""
    trust_only_signed_tokens()
    if settings.signs_in:
        # Streamlit signs what it keeps of a sign-in under way with a secret of the process, were it not told another.
        config.set_option("server.cookieSecret", settings.cookie_secret.get_secret_value())
    return Kit(
        PACKAGE / "screens" / "main.py",
        routes=[Route("/healthz", healthz), *API_ROUTES, *ROUTES],
        middleware=_before(settings),
        secrets=wiring.sign_in_secrets(settings),
    )


def _before(settings: Settings) -> list[Middleware]:
    """What every request passes, the outermost first."""
    before = [
        Middleware(OwnPagesOnly, names=settings.names, public=settings.origin),
        Middleware(OnlyWhatIsNeeded, metrics=settings.metrics),
        Middleware(SafeHeaders, https=settings.secure),
        Middleware(NoBlockingDialogs),
        Middleware(UploadsElsewhere),
        Middleware(FilesOfTheirMakers, settings=settings, store=wiring.store),
    ]
    if settings.secure:
        before.append(Middleware(SecureCookies))
    return before


try:
    app = make_app(wiring.settings())
except SettingsError as wrong:
    raise SystemExit(f"interview-kit: {wrong}") from wrong


def load_comparison() -> None:
    """Load what the comparison needs once the server answers, so that the first who compares need not wait."""
    import scorecards.comparison  # noqa: F401


def open_to_others(settings: Settings) -> str | None:
    """Why the kit does not listen there: where names are chosen without a password, nobody else may reach it."""
    if settings.signs_in or is_own(settings.host):
        return None
    return (
        f"INTERVIEW_KIT_HOST is {settings.host}, and nobody signs in: anyone who reaches the kit could be anybody, so it "
        "listens on this machine only. Set it to 127.0.0.1, or set up a sign-in: docs/sign-in.md."
    )


def where(settings: Settings) -> str:
    """The database's file, or its address without the password."""
    address = database_url(settings.database)
    return str(sqlite_file(address) or shown(address))


def serve() -> None:
    """Open the database first, so that a fault is said at once, then serve until stopped."""
    import uvicorn

    try:
        settings = wiring.settings()
        wiring.store()
    except (SettingsError, DatabaseError) as error:
        raise SystemExit(f"interview-kit: {error}") from error
    if fault := open_to_others(settings):
        raise SystemExit(f"interview-kit: {fault}")
    if fault := why_not_free(settings.host, settings.port):
        raise SystemExit(f"interview-kit: {fault}")
    print(
        f"The interview kit is open at http://{settings.host}:{settings.port}  (stop it with Ctrl+C)\n"
        f"Its data: {where(settings)}",
        flush=True,
    )
    loading = threading.Timer(LOAD_AFTER, load_comparison)
    # Stopping the kit within these seconds does not wait for it.
    loading.daemon = True
    loading.start()
    Courier(wiring.store(), settings.own_hosts).start()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        # Compressing every small message costs more than sending it.
        ws_per_message_deflate=False,
    )
