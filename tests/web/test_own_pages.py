"""Only the kit's own pages are answered, under its own names."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from interview_kit.web.middleware import (
    OwnPagesOnly,
    own_host,
    own_origin,
)

PUBLIC = "https://kit.example.org"


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", "http"),
        ("http://127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://localhost:8501", "localhost:8501", "ws"),
        ("http://[::1]:8501", "[::1]:8501", "ws"),
        ("http://192.168.1.7:8501", "192.168.1.7:8501", "ws"),
        ("http://127.0.0.1", "127.0.0.1:80", "ws"),
        ("https://kit.example.org", "kit.example.org", "ws"),
        ("https://kit.example.org", "kit.example.org:443", "wss"),
        ("https://kit.example.org", "KIT.example.org", "http"),
    ],
)
def test_a_page_that_was_loaded_from_where_it_asks_is_the_kits_own(
    origin: str, host: str, scheme: str
) -> None:
    assert own_origin(origin, host, scheme, PUBLIC)


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://evil.test", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1:9000", "127.0.0.1:8501", "ws"),
        ("http://localhost:9000", "127.0.0.1:8501", "ws"),
        ("http://localhost:8501", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1", "127.0.0.1:8501", "ws"),
        ("https://127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://kit.example.org", "kit.example.org", "ws"),
        ("https://kit.example.org:8443", "kit.example.org", "wss"),
        ("https://kit.example.org", "kit.example.org:8443", "ws"),
        ("http://127.0.0.1.evil.test", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1@evil.test", "127.0.0.1:8501", "ws"),
        ("http://evil.test@127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://192.168.1.8:8501", "192.168.1.7:8501", "ws"),
        ("http://127.0.0.1:8501/", "127.0.0.1:8501", "ws"),
        ("null", "127.0.0.1:8501", "ws"),
        ("", "127.0.0.1:8501", "ws"),
        ("file://", "127.0.0.1:8501", "ws"),
        ("http://[", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1:99999", "127.0.0.1:99999", "ws"),
    ],
)
def test_a_page_of_another_origin_is_not(origin: str, host: str, scheme: str) -> None:
    """Not one on another port of this machine either: to a browser that is the same site, with the same cookies."""
    assert not own_origin(origin, host, scheme, PUBLIC)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "192.168.1.7:8501", "kit.example.org"]
)
def test_the_kit_answers_under_its_own_names(host: str) -> None:
    assert own_host(host, ["kit.example.org"])


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8501", "localhost.evil.test:8501", "", "127.0.0.1@evil.test", "evil.test@127.0.0.1",
     "127.0.0.1/x", "[", "kit.example.org.evil.test"],
)  # fmt: skip
def test_the_kit_answers_under_no_other_name(host: str) -> None:
    """Not even one that leads to this machine, so that page and socket have the same."""
    assert not own_host(host, ["kit.example.org"])


def asked(kind: str = "http", method: str = "GET", path: str = "/", **told: str) -> str:
    """What comes of a request with these headers: a status, 'closed', or 'Streamlit' where it was let through."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async def streamlit(*_: Any) -> None:
        sent.append({"type": "Streamlit"})

    headers = [(b"host", b"127.0.0.1:8501")]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
    scope = {"type": kind, "path": path, "method": method, "headers": headers}
    scope["scheme"] = "ws" if kind == "websocket" else "http"
    asyncio.run(OwnPagesOnly(streamlit)(scope, receive, send))
    if sent[0]["type"] == "http.response.start":
        return str(sent[0]["status"])
    return {"websocket.close": "closed"}.get(sent[0]["type"], sent[0]["type"])


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "http://127.0.0.1:9000", "http://localhost:8501", "null"]
)
def test_streamlit_is_not_asked_about_a_page_of_another_site(origin: str) -> None:
    """It would ask a server on the internet for the address of this machine, and answer nobody meanwhile."""
    assert asked("websocket", origin=origin) == "closed"
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        assert asked(method=method, origin=origin) == "403"


def test_a_socket_needs_an_origin_and_a_plain_request_does_not() -> None:
    """Every browser says one for a socket; so a program that opens one has to say the kit's."""
    assert asked("websocket") == "closed"
    assert asked("websocket", origin="http://127.0.0.1:8501") == "Streamlit"
    assert asked(method="POST") == asked() == "Streamlit"


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_without_an_origin_the_browsers_fetch_site_header_counts(site: str) -> None:
    assert asked(method="POST", sec_fetch_site=site) == "403"
    assert asked(path="/media/x.csv", sec_fetch_site=site) == "403"
    assert asked(path="/library", sec_fetch_site=site) == "Streamlit"


def test_a_link_from_another_site_still_leads_to_the_kit() -> None:
    """The sign-in's provider leads back by one."""
    assert asked(path="/oauth2callback", origin="null", sec_fetch_mode="navigate") == "Streamlit"
    assert asked(path="/media/x.csv", origin="null", sec_fetch_mode="navigate") == "403"
