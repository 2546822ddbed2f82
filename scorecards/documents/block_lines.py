"""Blocks as lines of Markdown: what a document draws stands here in tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from .blocks import Block

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~!+=&\-])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """One line of plain text that no Markdown reader takes for markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def block_lines(block: Block) -> Iterator[str]:
    """The block's lines, without an empty one before or after."""
    yield from _KINDS[block["kind"]](block)


def table_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; cells are plain text, with a stroke between their lines."""
    yield "| " + " | ".join(escaped(column) for column in columns) + " |"
    yield "|---" * len(columns) + "|"
    for row in rows:
        yield "| " + " | ".join(_cell(text) for text in row) + " |"


def _cell(text: str) -> str:
    return " / ".join(escaped(line) for line in text.splitlines() if line.strip())


def _head(block: Block) -> Iterator[str]:
    yield f"{'#' * (block['level'] + 1)} {escaped(block['text'])}"


def _band(block: Block) -> Iterator[str]:
    yield f"**{escaped(block['label'])}: {escaped(block['text'])}**"
    for line in block["lines"]:
        yield ""
        yield escaped(line)


def _facts(block: Block) -> Iterator[str]:
    for label, text in block["rows"]:
        yield f"- {escaped(label)}: {'; '.join(escaped(line) for line in text.splitlines() if line.strip())}"


def _words(block: Block) -> Iterator[str]:
    yield escaped(block["text"])


def _points(block: Block) -> Iterator[str]:
    for number, item in enumerate(block["items"], start=1):
        yield f"{f'{number}.' if block['numbered'] else '-'} {escaped(item)}"


def _table(block: Block) -> Iterator[str]:
    return table_lines(block["columns"], block["rows"])


def _scale(block: Block) -> Iterator[str]:
    """The dots as `A 3, B 2.5`, with what stands beside them."""
    rows = [
        [row["name"], row["tell"], ", ".join(map(_dot, row["dots"])) or "–", "; ".join(_notes(row))]
        for row in block["rows"]
    ]
    yield from table_lines(["Competency", block["told"], "Who gave what", "Notes"], rows)
    if block["note"]:
        yield ""
        yield escaped(block["note"])


def _dot(dot: Block) -> str:
    return f"{dot['sign']} {dot['shown']}".strip() + (" (apart)" if dot["apart"] else "")


def _notes(row: Block) -> Iterator[str]:
    yield from row["notes"]
    if row["warning"]:
        yield f"↕ {row['warning']}"


def _standings(block: Block) -> Iterator[str]:
    """Scores as rated and adjusted, always both."""
    rows = [
        [
            row["group"] or "–",
            row["label"],
            row["raw_words"],
            row["adjusted_words"] or "–",
            row["moved"] or "–",
        ]
        for row in block["rows"]
    ]
    columns = ["Group", "Candidate", "As rated", "Adjusted (95 % interval)", "Moved"]
    yield from table_lines(columns, rows)


def _matrix(block: Block) -> Iterator[str]:
    rows = [
        [f"{row['code']} {row['name']}".rstrip(), *map(_matrix_cell, row["cells"])] for row in block["rows"]
    ]
    yield from table_lines(["Candidate", *block["columns"]], rows)
    yield ""
    yield escaped(block["note"])


def _matrix_cell(cell: Block) -> str:
    marks = [cell["below"], "†" if cell["apart"] else "", "↕" if cell["warning"] else ""]
    return " ".join([cell["text"], *(mark for mark in marks if mark)])


def _question(block: Block) -> Iterator[str]:
    yield f"**{escaped(block['title'])}** ({escaped(block['id'])})"
    if block["anchors"]:
        yield ""
    for anchor in block["anchors"]:
        yield f"- {anchor['level']} {escaped(anchor['name'])}: *{escaped(anchor['text'])}*"
    for answer in block["answers"]:
        yield ""
        yield from _answer(answer)


def _answer(answer: Block) -> Iterator[str]:
    beside = [answer["apart"], answer["minutes"]]
    who = f"{escaped(answer['who'])}: " if answer["who"] else ""
    yield f"{who}**{escaped(answer['said'])}**" + "".join(f"; {escaped(one)}" for one in beside if one)
    if answer["state"]:
        yield ""
        yield escaped(answer["state"])
    if answer["evidence"]:
        yield ""
        yield from (f"> {escaped(line)}  " for line in answer["evidence"].splitlines())
    marks = [f"- Heard: {escaped(label)}" for label in answer["heard"]]
    for flag in answer["flags"]:
        quote = f": “{escaped(flag['quote'])}”" if flag["quote"] else ""
        marks.append(f"- Red flag: {escaped(flag['flag'])}{quote}")
    if answer["why"]:
        proposed = answer["proposed"]
        told = "Why this level" if proposed is None else f"Level {proposed} was proposed"
        marks.append(f"- {told}: {escaped(answer['why'])}")
    if marks:
        yield ""
        yield from marks


def _page(_: Block) -> Iterator[str]:
    yield "---"


_KINDS: dict[str, Callable[[Block], Iterator[str]]] = {
    "head": _head,
    "band": _band,
    "facts": _facts,
    "words": _words,
    "points": _points,
    "table": _table,
    "scale": _scale,
    "standings": _standings,
    "matrix": _matrix,
    "question": _question,
    "page": _page,
}
