"""The JSON Schema of a question file, for editors. `python -m question_bank.schema` writes it anew."""

from __future__ import annotations

from pathlib import Path

from rubrics.schema import write_schema

from .model import Question

SCHEMA = Path(__file__).parent / "question.schema.json"

if __name__ == "__main__":
    write_schema(Question, SCHEMA)
