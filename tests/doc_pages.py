"""Reading the documentation in tests."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def tables(words: str) -> list[list[list[str]]]:
    """Every Markdown table as rows of cells, its head first."""
    found: list[list[list[str]]] = []
    before = ""
    for line in words.splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            if not re.fullmatch(r"[|\-: ]+", line):
                found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        before = line
    return found


def table_after(page: str, mark: str) -> list[list[str]]:
    """The table below the comment `mark`, without its head."""
    return tables(text(page).partition(f"<!-- {mark} -->")[2])[0][1:]
