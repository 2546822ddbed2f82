"""`interview-kit` alone, or `interview-kit serve`: serve the kit, and open it in the browser once it answers."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import Annotated

import typer

from .shared import fail

# Reachable under any of a machine's addresses: a browser here takes its own.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
# Seconds between two looks, and how long to go on looking.
LOOK_EVERY, LOOK_FOR = 0.1, 120

Host = Annotated[str | None, typer.Option(help="The address to listen on, in place of INTERVIEW_KIT_HOST.")]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="The port to listen on, in place of INTERVIEW_KIT_PORT."),
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the kit in the browser.")]


def serve(host: Host = None, port: Port = None, browser: Browser = True) -> None:
    """Serve the kit until stopped with Ctrl+C, and open it in the browser once it answers."""
    import runpy
    import threading

    from interview_kit.port import why_not_free
    from scorecards.outside.settings import load_settings

    for name, told in (("INTERVIEW_KIT_HOST", host), ("INTERVIEW_KIT_PORT", port)):
        if told is not None:
            os.environ[name] = str(told)
    settings = load_settings()
    # Before a browser is sent there: another program might answer it.
    if fault := why_not_free(settings.host, settings.port):
        fail(f"interview-kit: {fault}")
    if browser and has_screen():
        address = url(settings.host, settings.port)
        threading.Thread(target=open_once_it_answers, args=(address,), daemon=True).start()
    # By its name, as `python -m interview_kit` would: no other command needs Streamlit or waits for it.
    runpy.run_module("interview_kit", run_name="__main__")


def alone(ctx: typer.Context, host: Host = None, port: Port = None, browser: Browser = True) -> None:
    """Interview senior Python AI engineers: question bank, rubrics, live scorecards, honest comparison.

    Without a command it serves the kit and opens it in the browser.
    """
    if ctx.invoked_subcommand is None:
        serve(host, port, browser)
    elif host is not None or port is not None or not browser:
        fail(f"--host, --port and --no-browser are for serving, not for `{ctx.invoked_subcommand}`.")


def url(host: str, port: int) -> str:
    """What a browser on this machine opens."""
    own = EVERYWHERE.get(host, host)
    return f"http://{f'[{own}]' if ':' in own else own}:{port}"


def has_screen() -> bool:
    """Whether a browser has somewhere to open a window; otherwise a text browser might take over the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_once_it_answers(address: str) -> None:
    """Wait until the kit at this address answers, then open it; no browser is no fault."""
    import webbrowser

    until = time.monotonic() + LOOK_FOR
    while time.monotonic() < until:
        if answers(address):
            with suppress(webbrowser.Error, OSError):
                webbrowser.open(address)
            return
        time.sleep(LOOK_EVERY)


def answers(address: str) -> bool:
    """Whether something serves there, also if it says that it is not well."""
    import urllib.error
    import urllib.request

    try:
        # Not by a proxy of the environment's: this machine is asked.
        ours = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        ours.open(f"{address}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
