"""The kit serves its scripts as they stand, under an address that changes with them."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from interview_kit.web import browser_code
from interview_kit.web.browser_code import ASSET_ROUTES, ASSETS, loader, modules, version, window_page

APP = Starlette(routes=ASSET_ROUTES)
ENTRIES = ("live", "kept_text", "picture")


def ask(path: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://kit") as client:
            return await client.get(path)

    return asyncio.run(asked())


def get(path: str) -> tuple[int, str]:
    answer = ask(path)
    return answer.status_code, answer.headers["cache-control"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_module_that_a_page_imports_is_served_to_be_kept_for_good(entry: str) -> None:
    for name in modules(f"{entry}.js"):
        answer = ask(f"/live/assets/{version()}/{name}")
        assert answer.text == (ASSETS / name).read_text("utf-8"), name
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in answer.headers["cache-control"]


def test_the_candidates_window_gets_all_that_it_loads_and_no_more_of_the_kit() -> None:
    page = window_page()
    assert f'src="assets/{version()}/window.js"' in page
    assert f'href="assets/{version()}/window.css"' in page
    for name in (*modules("window.js"), "window.css"):
        assert get(f"/c/assets/{version()}/{name}")[0] == 200, name
    assert get(f"/c/assets/{version()}/live.js") == (404, "no-store")


@pytest.mark.parametrize("folder", ["live", "c"])
def test_another_version_gets_no_module_of_this_one(folder: str) -> None:
    assert get(f"/{folder}/assets/{'0' * 16}/window.js") == (404, "no-store")


@pytest.mark.parametrize(
    "name", ["window.html", "types.d.ts", "nothing.js", "..%2froutes.py", "view/..%2f..%2froutes.py"]
)
def test_nothing_but_scripts_is_served(name: str) -> None:
    assert ask(f"/live/assets/{version()}/{name}").status_code == 404


def test_one_changed_letter_in_one_module_changes_every_address(monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict(browser_code._files())
    before = version()
    files["outbox.js"] += b" "
    monkeypatch.setattr(browser_code, "_files", lambda: files)
    browser_code.version.cache_clear()
    try:
        assert version() != before
    finally:
        browser_code.version.cache_clear()


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_component_names_its_module_from_the_pages_own_address(entry: str) -> None:
    """Behind a path of a proxy too: no address begins with a slash or a scheme."""
    text = loader(entry)
    assert f"'live/assets/{version()}/'" in text
    assert "document.baseURI" in text
    assert "'/" not in text.replace("/' + name", "")
    assert "://" not in text
