"""What a document is made of: a title and blocks, as plain values that Markdown and typst can both set.

Texts in blocks are what people wrote, never markup. A block's `kind` says what it is; each function below
makes one kind and says what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from ..record.model import RoundRecord

Block = dict[str, Any]
Tone = Literal["plain", "small", "strong"]
CONFIDENTIAL = "Confidential: candidate's personal data"
# What a heading or a cell of a table shows of a name; where a name is longer, it stands in full once.
NAME = 80
# Dots as close as this on the scale would cover each other.
COVERS = 0.18


class Document(NamedTuple):
    """A document before it is set."""

    # What it is: 'Scorecard'.
    kind: str
    title: str
    below: str
    # Stands on every page.
    confidential: str
    # From the record, so that the same record gives the same file.
    made: datetime
    blocks: tuple[Block, ...]


def head(text: str, level: int = 1, anchor: str = "") -> Block:
    """A heading: 1 a section, 2 and 3 within it. `anchor` names it for a table's page numbers."""
    return {"kind": "head", "text": text, "level": level, "anchor": anchor}


def band(label: str, text: str, lines: Iterable[str] = ()) -> Block:
    """What comes first: 'Recommendation', 'Strong yes', and words to it."""
    return {"kind": "band", "label": label, "text": text, "lines": [one for one in lines if one]}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Pairs of a label and what it says; empty ones are left out."""
    return {"kind": "facts", "rows": [[label, text] for label, text in rows if text]}


def words(text: str, tone: Tone = "plain") -> Block:
    """A paragraph."""
    return {"kind": "words", "text": text, "tone": tone}


def points(items: Iterable[str], *, numbered: bool = False) -> Block:
    """A list."""
    return {"kind": "points", "items": list(items), "numbered": numbered}


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float] = (),
    anchors: Sequence[str] = (),
) -> Block:
    """Rows of texts; widths are shares of the page. Where there are pages, rows tell those of their `anchors`."""
    listed = [list(row) for row in rows]
    return {
        "kind": "table",
        "columns": list(columns),
        "rows": listed,
        "widths": list(widths or [1] * len(columns)),
        "anchors": list(anchors),
    }


def scale(
    rows: Iterable[Block], steps: Sequence[str], *, told: str, note: str = "", legend: str = ""
) -> Block:
    """Rows of dots on the scale 1 to 4, whose levels are called `steps`.

    `told` is what the rows say in words; `legend` explains what is drawn, and stands only beside a drawing.
    """
    return {
        "kind": "scale",
        "rows": list(rows),
        "steps": list(steps),
        "told": told,
        "note": note,
        "legend": legend,
    }


def scale_row(
    name: str,
    dots: Iterable[Block],
    *,
    mean: float | None = None,
    floor: float | None = None,
    tell: str = "",
    notes: Iterable[str] = (),
    low: bool = False,
    warning: str = "",
) -> Block:
    """One competency: its dots, where there are any its mean and floor, and the same in words.

    `low` says that the mean is below the floor; `warning` how far interviewers are apart, where that is far.
    """
    stacks = _stacked(sorted(dots, key=lambda dot: (dot["at"], dot["sign"])))
    return {
        "name": name,
        "dots": [one for stack in stacks for one in _risen(stack)],
        "lanes": max(map(len, stacks), default=1),
        "mean": mean,
        "floor": floor,
        "tell": tell,
        "notes": [one for one in notes if one],
        "low": low,
        "warning": warning,
    }


def standings(rows: Iterable[Block], steps: Sequence[str], *, groups: bool) -> Block:
    """Scores as rated and adjusted, with intervals; `groups` puts the groups' names between the rows."""
    return {"kind": "standings", "rows": list(rows), "steps": list(steps), "groups": groups}


def dot(at: float, sign: str, *, apart: bool = False) -> Block:
    """Somebody's level; apart is drawn hollow and is in no score."""
    return {"at": at, "sign": sign, "apart": apart, "shown": f"{at:.1f}".removesuffix(".0")}


def page() -> Block:
    """What follows begins on a new page."""
    return {"kind": "page"}


def short(text: str, most: int = NAME) -> str:
    """One line of at most so many characters; what was cut shows as dots."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def signs(ids: Iterable[str]) -> dict[str, str]:
    """A letter for each person, in this order: A, B, … Z, A1, B1."""
    listed = list(dict.fromkeys(ids))
    return {one: chr(65 + n % 26) + (str(n // 26) if n >= 26 else "") for n, one in enumerate(listed)}


def day(moment: datetime | None) -> str:
    """'5 January 2026', or a dash."""
    return "–" if moment is None else _day(moment.astimezone(UTC))


def day_and_time(moment: datetime | None) -> str:
    """'5 January 2026, 09:30 UTC', or a dash."""
    return "–" if moment is None else f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def last_change(record: RoundRecord) -> datetime:
    """The latest time in the record: when what it says came to be."""
    times = [record.round.created_at, *(event.at for event in record.round.events)]
    for card in record.cards:
        times += [moment for moment in (card.submitted_at, *(one.at for one in card.amendments)) if moment]
        times += [one.saved_at for one in card.content.ratings if one.saved_at]
    for debrief in record.debriefs:
        times += [vote.at for vote in debrief.votes]
        times += [opening.at for opening in debrief.openings]
        times += [decision.at for decision in debrief.decisions]
    return max(times)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _stacked(dots: list[Block]) -> list[list[Block]]:
    """Dots that would cover each other, in one stack each; none is moved along the scale."""
    stacks: list[list[Block]] = []
    for one in dots:
        if stacks and one["at"] - stacks[-1][-1]["at"] <= COVERS:
            stacks[-1].append(one)
        else:
            stacks.append([one])
    return stacks


def _risen(stack: list[Block]) -> list[Block]:
    """The stack's dots with how many dots each stands above the middle, or below it."""
    return [{**one, "rise": (len(stack) - 1) / 2 - place} for place, one in enumerate(stack)]
