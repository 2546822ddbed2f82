"""Blocks as lines of Markdown: what a document draws stands here in tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from .blocks import (
    Answer,
    Asked,
    Band,
    Block,
    Dot,
    Facts,
    Head,
    Matrix,
    MatrixCell,
    NewPage,
    Paragraph,
    Points,
    ScaleChart,
    ScaleRow,
    Standings,
    Table,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~!+=&\-])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """One line of plain text that no Markdown reader takes for markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def block_lines(block: Block) -> Iterator[str]:
    """The block's lines, without an empty one before or after."""
    match block:
        case Head():
            yield from _head(block)
        case Band():
            yield from _band(block)
        case Facts():
            yield from _facts(block)
        case Paragraph():
            yield escaped(block.text)
        case Points():
            yield from _points(block)
        case Table():
            yield from table_lines(block.columns, block.rows)
        case ScaleChart():
            yield from _scale(block)
        case Standings():
            yield from _standings(block)
        case Matrix():
            yield from _matrix(block)
        case Asked():
            yield from _question(block)
        case NewPage():
            yield "---"
        case _:
            assert_never(block)


def table_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; cells are plain text, with a stroke between their lines."""
    yield "| " + " | ".join(escaped(column) for column in columns) + " |"
    yield "|---" * len(columns) + "|"
    for row in rows:
        yield "| " + " | ".join(_cell(text) for text in row) + " |"


def _cell(text: str) -> str:
    return " / ".join(escaped(line) for line in text.splitlines() if line.strip())


def _head(block: Head) -> Iterator[str]:
    yield f"{'#' * (block.level + 1)} {escaped(block.text)}"


def _band(block: Band) -> Iterator[str]:
    yield f"**{escaped(block.label)}: {escaped(block.text)}**"
    for line in block.lines:
        yield ""
        yield escaped(line)


def _facts(block: Facts) -> Iterator[str]:
    for label, text in block.rows:
        yield f"- {escaped(label)}: {'; '.join(escaped(line) for line in text.splitlines() if line.strip())}"


def _points(block: Points) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        yield f"{f'{number}.' if block.numbered else '-'} {escaped(item)}"


def _scale(block: ScaleChart) -> Iterator[str]:
    """The dots as `A 3, B 2.5`, with what stands beside them."""
    rows = [
        [row.name, row.tell, ", ".join(map(_dot, row.dots)) or "–", "; ".join(_notes(row))]
        for row in block.rows
    ]
    yield from table_lines(["Competency", block.told, "Who gave what", "Notes"], rows)
    if block.note:
        yield ""
        yield escaped(block.note)


def _dot(dot: Dot) -> str:
    return f"{dot.sign} {dot.shown}".strip() + (" (apart)" if dot.apart else "")


def _notes(row: ScaleRow) -> Iterator[str]:
    yield from row.notes
    if row.warning:
        yield f"↕ {row.warning}"


def _standings(block: Standings) -> Iterator[str]:
    """Scores as rated and adjusted, always both."""
    rows = [
        [
            row.group or "–",
            row.label,
            row.raw_words,
            row.adjusted_words or "–",
            row.moved or "–",
        ]
        for row in block.rows
    ]
    columns = ["Group", "Candidate", "As rated", "Adjusted (95 % interval)", "Moved"]
    yield from table_lines(columns, rows)


def _matrix(block: Matrix) -> Iterator[str]:
    rows = [[f"{row.code} {row.name}".rstrip(), *map(_matrix_cell, row.cells)] for row in block.rows]
    yield from table_lines(["Candidate", *block.columns], rows)
    yield ""
    yield escaped(block.note)


def _matrix_cell(cell: MatrixCell) -> str:
    marks = [cell.below, "†" if cell.apart else "", "↕" if cell.warning else ""]
    return " ".join([cell.text, *(mark for mark in marks if mark)])


def _question(block: Asked) -> Iterator[str]:
    yield f"**{escaped(block.title)}** ({escaped(block.id)})"
    if block.anchors:
        yield ""
    for anchor in block.anchors:
        yield f"- {anchor.level} {escaped(anchor.name)}: *{escaped(anchor.text)}*"
    for answer in block.answers:
        yield ""
        yield from _answer(answer)


def _answer(answer: Answer) -> Iterator[str]:
    beside = [answer.apart, answer.minutes]
    who = f"{escaped(answer.who)}: " if answer.who else ""
    yield f"{who}**{escaped(answer.said)}**" + "".join(f"; {escaped(one)}" for one in beside if one)
    if answer.state:
        yield ""
        yield escaped(answer.state)
    if answer.evidence:
        yield ""
        yield from (f"> {escaped(line)}  " for line in answer.evidence.splitlines())
    marks = [f"- Heard: {escaped(label)}" for label in answer.heard]
    for flag in answer.flags:
        quote = f": “{escaped(flag.quote)}”" if flag.quote else ""
        marks.append(f"- Red flag: {escaped(flag.flag)}{quote}")
    marks += [f"- {escaped(one.label)}: {escaped(one.text)}" for one in answer.remarks]
    if marks:
        yield ""
        yield from marks
