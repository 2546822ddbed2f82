"""The least that a save costs here: a bare Starlette route that commits the same row as durably, and does nothing else.

    INTERVIEW_KIT_DATABASE=kit.db INTERVIEW_KIT_PORT=8600 python -m benchmarks.bare_save

No pass, no rules, no versions, no threads: one row of the kit's own table, written through a connection that the kit
has set up, served by uvicorn as the kit is. It answers as much of what the kit answers as a window looks at.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from scorecards.store.engine import connected

COMMAND = [sys.executable, "-m", "benchmarks.bare_save"]
PUT = """
INSERT INTO ratings (scorecard_id, question_id, version, writer, writer_count, body, saved_at)
VALUES (:card, :question, 1, :card, 0, :body, :at)
ON CONFLICT (scorecard_id, question_id)
DO UPDATE SET version = version + 1, body = excluded.body, saved_at = excluded.saved_at
RETURNING version
"""


def put(driver: Any, card: str, entry: dict[str, Any]) -> int:
    """Commit one rating to the disk; its version."""
    row = {
        "card": card,
        "question": entry["question_id"],
        "body": json.dumps(entry),
        "at": str(datetime.now(UTC)),
    }
    driver.execute("BEGIN IMMEDIATE")
    (version,) = driver.execute(PUT, row).fetchone()
    driver.execute("COMMIT")
    return int(version)


def bare(address: str) -> Starlette:
    """The route on the kit's own database, with the kit's own settings of SQLite."""
    driver = connected(address).engine.raw_connection().driver_connection

    async def tell(request: Request) -> Response:
        told = (await request.json())["told"]
        entry = told["entries"][0]
        stored = entry | {"version": put(driver, told["tab"], entry)}
        return JSONResponse({"ratings": [stored], "clashes": []})

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/live/tell", tell, methods=["POST"]), Route("/_stcore/health", health)])


if __name__ == "__main__":
    uvicorn.run(
        bare(os.environ["INTERVIEW_KIT_DATABASE"]),
        port=int(os.environ["INTERVIEW_KIT_PORT"]),
        log_level="warning",
        access_log=False,
    )
