"""The scripts and style sheets in `assets/`, and the routes that serve them: as they stand, without a build.

The folder's digest is a part of every address, so a browser may keep them for good, and a page of a new version
never runs with a module of an old one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

ASSETS = Path(__file__).parent / "assets"
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
# What a candidate's window may load: no more of the kit than it shows.
_OF_THE_WINDOW = frozenset({"window.js", "exhibit.js", "make.js", "window.css"})
_SHARED_STYLES = {"live": ("exhibit.css",), "window": ("exhibit.css",)}
_IMPORTED = re.compile(r"""^import\b[^'"()]*['"](\.{1,2}/[^'"]+)['"]""", re.MULTILINE)
# Streamlit loads a component's script from a blob: what it imports is named from the page's own address.
_LOADER = """\
const at = (name) => new URL('live/assets/{version}/' + name, document.baseURI).href
const wait = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds))
for (const name of {modules}) {{
  document.head.append(Object.assign(document.createElement('link'), {{ rel: 'modulepreload', href: at(name) }}))
}}
async function load() {{
  for (let tries = 0; tries < 5; tries++) {{
    try {{ return await import(at('{entry}') + (tries ? '?' + tries : '')) }} catch {{ await wait(500 * 2 ** tries) }}
  }}
  throw new Error('The kit could not be loaded as a whole. Load the page again.')
}}
const drawnBy = (window[Symbol.for('interview-kit')] ??= new WeakMap())
export default async function (given) {{
  // What one version began to draw, it goes on drawing, also when the kit is updated meanwhile.
  const place = given.parentElement
  if (!drawnBy.has(place)) drawnBy.set(place, load())
  const drawn = drawnBy.get(place)
  drawn.catch(() => drawnBy.delete(place))
  ;(await drawn).default(given)
}}
"""


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    """What can be served, by its path below `assets/`."""
    found = {path.relative_to(ASSETS).as_posix(): path for path in sorted(ASSETS.rglob("*"))}
    return {name: path.read_bytes() for name, path in found.items() if path.suffix in _KINDS}


@lru_cache(maxsize=1)
def version() -> str:
    """Names what is in `assets/` now; any change of it gives another name."""
    parts = [f"{name}\n{sha256(data).hexdigest()}" for name, data in _files().items()]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def modules(entry: str) -> list[str]:
    """The module and all that it imports, itself first."""
    found = [entry]
    for name in found:
        for address in _IMPORTED.findall(script(name)):
            path = (ASSETS / name).parent.joinpath(address).resolve().relative_to(ASSETS.resolve()).as_posix()
            if path not in found:
                found.append(path)
    return found


def script(name: str) -> str:
    """The text of a script."""
    return _files()[name].decode("utf-8")


def style(entry: str) -> str:
    """The style sheets of an entry as one; empty where it has none."""
    names = [*_SHARED_STYLES.get(entry, ()), f"{entry}.css"]
    return "\n".join(_files()[name].decode("utf-8") for name in names if name in _files())


def loader(entry: str) -> str:
    """A component's script that does nothing but load the module `<entry>.js` and hand over to it."""
    return _LOADER.format(version=version(), modules=modules(f"{entry}.js"), entry=f"{entry}.js")


def window_page() -> str:
    """The candidate's page."""
    return (ASSETS / "window.html").read_text("utf-8").replace("{version}", version())


async def asset(request: Request) -> Response:
    """A script of the kit, of this version alone."""
    name = request.path_params["name"]
    return _served(request, _files().get(name) if name.endswith(".js") else None)


async def window_asset(request: Request) -> Response:
    """A script or the style sheet of the candidate's window."""
    name = request.path_params["name"]
    if name not in _OF_THE_WINDOW:
        return _served(request, None)
    return _served(request, style("window").encode() if name == "window.css" else _files()[name])


def _served(request: Request, content: bytes | None) -> Response:
    if content is None or request.path_params["version"] != version():
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    kind = _KINDS[Path(request.path_params["name"]).suffix]
    return Response(content, media_type=kind, headers=_FOR_GOOD)


ASSET_ROUTES: list[BaseRoute] = [
    Route("/live/assets/{version}/{name:path}", asset),
    Route("/c/assets/{version}/{name}", window_asset),
]
