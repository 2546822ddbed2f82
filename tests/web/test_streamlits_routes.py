"""What of Streamlit's own routes and dialogs is left."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from interview_kit.web.middleware import (
    OnlyWhatIsNeeded,
    without_dialogs,
)


def test_streamlits_dialogs_are_switched_off_and_nothing_else() -> None:
    told_ = {"allowedOrigins": [], "blockErrorDialogs": False}
    assert json.loads(without_dialogs(json.dumps(told_).encode())) == told_ | {"blockErrorDialogs": True}
    assert without_dialogs(b"not json") == b"not json"


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/script-health-check", "/_stcore/agent/mcp",
             "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore", "/_stcore/", "/_stcore/later"],
)  # fmt: skip
def test_streamlit_routes_that_no_page_uses_are_not_there(path: str) -> None:
    assert status_of(OnlyWhatIsNeeded, path) == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/x"],
)
def test_what_pages_ask_for_is_there(path: str) -> None:
    assert status_of(OnlyWhatIsNeeded, path) == 200


def status_of(middleware: Any, path: str) -> int:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [], "method": "GET"}
    asyncio.run(middleware(PlainTextResponse("x"))(scope, receive, send))
    return int(sent[0]["status"])
