"""The JSON Schema of a rubric file, for editors. `python -m rubrics.schema` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from .model import Competency

SCHEMA = Path(__file__).parent / "rubric.schema.json"


def schema_text(model: type[BaseModel]) -> str:
    """The model's JSON Schema: sorted keys, a newline at the end; the same model gives the same text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schema(model: type[BaseModel], path: Path) -> None:
    """Write the model's schema, in UTF-8 with plain line ends on every system."""
    path.write_bytes(schema_text(model).encode())


if __name__ == "__main__":
    write_schema(Competency, SCHEMA)
