"""The opening of a question as plain text: what a candidate sees before anybody says more, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Exhibit, Question


def opening_text(question: Question) -> str:
    """Prompt, card and the exhibits that come with the question; to be given to an assistant as it is."""
    shown = [exhibit for exhibit in question.exhibits if exhibit.when == "start"]
    parts = [question.prompt, question.card or "", *("\n".join(_exhibit(one)) for one in shown)]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _exhibit(exhibit: Exhibit) -> Iterator[str]:
    yield f"{exhibit.title}:"
    if exhibit.rows:
        for row in (exhibit.columns, *exhibit.rows):
            yield " | ".join(row)
    else:
        yield exhibit.code or exhibit.text or ""
