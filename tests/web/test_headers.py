"""What every answer tells the browser: headers, cookies, and which scripts a page may run."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from interview_kit.web.middleware import (
    POLICY,
    SafeHeaders,
    SecureCookies,
    inline_scripts,
)

from .answering import through


@pytest.mark.parametrize("path", ["/healthz", "/c/nothing", "/live/tell"])
def test_every_answer_says_what_a_page_may_do(path: str) -> None:
    """Nothing from another host, nothing in a frame of another page; an answer's own headers stay."""

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    answer = PlainTextResponse("x", headers={"referrer-policy": "same-origin"})
    asyncio.run(SafeHeaders(answer)({"type": "http", "path": path}, receive, send))
    headers = dict(sent[0]["headers"])
    assert headers[b"referrer-policy"] == b"same-origin"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]
    assert b"http" not in headers[b"content-security-policy"]


def test_over_https_every_cookie_is_marked_for_https_alone() -> None:
    sent = through(SecureCookies, ("set-cookie", "a=1; Path=/"), ("set-cookie", "b=2; secure"))
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"a=1; Path=/; Secure", b"b=2; secure"]


@pytest.mark.parametrize("https", [True, False])
def test_over_https_the_browser_is_told_to_stay_there(https: bool) -> None:
    sent = through(lambda app: SafeHeaders(app, https=https))
    assert (b"strict-transport-security" in dict(sent[0]["headers"])) is https


@pytest.mark.parametrize("name", ["access-control-allow-origin", "Access-Control-Allow-Credentials"])
def test_no_answer_lets_another_page_read_it(name: str) -> None:
    sent = through(SafeHeaders, (name, "http://localhost:9000"))
    assert name.lower() not in {one.decode().lower() for one, _ in sent[0]["headers"]}


def test_no_text_becomes_a_script() -> None:
    """Neither written into the page nor made into a function; what the page of Streamlit has itself is named."""
    scripts = next(part for part in POLICY.split("; ") if part.startswith("script-src "))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert scripts.count("'sha256-") == 1


def test_a_script_is_named_by_its_digest() -> None:
    assert inline_scripts("<script>alert(1)</script><script src='x'></script>") == [
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    ]
