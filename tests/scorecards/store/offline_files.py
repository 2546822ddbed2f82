"""Files that go between a server and a laptop, as they are and as somebody altered them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from rubrics.model import digest_of_json
from scorecards.interviewing import offline
from scorecards.store import Store

from ..small_round import PLAN

CARD = "zed-first-ada"
LABEL = f"C-01, {PLAN.name}"


def taken(server: Store, laptop: Store) -> None:
    laptop.offline.take(server.offline.assign("lea", "r1", "ada"))


def altered(
    data: bytes, change: Callable[[Any], None], *, digest: bool = True, key: str | None = None
) -> bytes:
    """The file with its content changed, and sealed anew as far as the forger can."""
    envelope = json.loads(data)
    change(envelope["content"])
    if digest:
        envelope["digest"] = digest_of_json(envelope["content"], ascii_only=True)
    if key is not None:
        envelope["signature"] = offline.signature_of(key, envelope["schema"], envelope["digest"])
    return json.dumps(envelope).encode()
