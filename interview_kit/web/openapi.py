"""The description of the routes under /api/, made from the values that they answer with."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from scorecards.outside.api_values import CandidatePage, ReasonOut, RoundOut, ScorecardOut, ScorecardPage

MAX_LIMIT = 100
USUAL_LIMIT = 50
_MODELS = (RoundOut, CandidatePage, ScorecardPage, ScorecardOut, ReasonOut)
_ID = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
_REASONS = {
    "304": "Nothing has changed since the ETag that was sent as If-None-Match.",
    "400": "A parameter makes no sense.",
    "401": "No token, or one that opens nothing.",
    "404": "The token opens no such thing.",
    "429": "Too many requests with this token: wait as many seconds as Retry-After says.",
    "503": "The database does not answer.",
}


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1."""
    _, schemas = models_json_schema(
        [(model, "serialization") for model in _MODELS], ref_template="#/components/schemas/{model}"
    )
    round_id = _parameter("round_id", "path", _ID, "The round that the token is for.")
    card_id = _parameter("scorecard_id", "path", _ID, "The scorecard.")
    limit = _parameter(
        "limit",
        "query",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": USUAL_LIMIT},
        "How many at once.",
    )
    after = _parameter("after", "query", _ID, "Those that follow this id; `next` of the page before has it.")
    candidate = _parameter("candidate_id", "query", _ID, "This candidate's alone.")
    base = "/api/rounds/{round_id}"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Interview kit",
            "version": "1",
            "description": "Read one round, as far as the token's maker may see it at that moment.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {
            base: _get("readRound", "The round", RoundOut, [round_id]),
            f"{base}/candidates": _get(
                "listCandidates", "Its candidates", CandidatePage, [round_id, limit, after]
            ),
            f"{base}/scorecards": _get(
                "listScorecards",
                "Its submitted scorecards that may be read",
                ScorecardPage,
                [round_id, limit, after, candidate],
            ),
            f"{base}/scorecards/{{scorecard_id}}": _get(
                "readScorecard", "One of them", ScorecardOut, [round_id, card_id]
            ),
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _parameter(name: str, place: str, schema: dict[str, Any], told: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema, "description": told}


def _get(operation: str, summary: str, model: type, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    refused = {
        status: {"description": told} | ({} if status == "304" else {"content": content("ReasonOut")})
        for status, told in _REASONS.items()
    }
    etag = {"ETag": {"schema": {"type": "string"}, "description": "A fingerprint of the answer."}}
    answer = {"description": summary, "headers": etag, "content": content(model.__name__)}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": answer, **refused},
        }
    }
