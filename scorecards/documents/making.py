"""Makes blocks from what a document has at hand, and the short texts that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..record.model import RoundRecord
from .blocks import (
    COVERS,
    NAME,
    Band,
    Dot,
    Facts,
    Head,
    NewPage,
    Paragraph,
    Points,
    ScaleChart,
    ScaleRow,
    StandingRow,
    Standings,
    Table,
    Tone,
)


def head(text: str, level: int = 1, anchor: str = "") -> Head:
    return Head(text, level, anchor)


def band(label: str, text: str, lines: Iterable[str] = ()) -> Band:
    """Empty lines are left out."""
    return Band(label, text, tuple(one for one in lines if one))


def facts(rows: Iterable[tuple[str, str]]) -> Facts:
    """Rows that say nothing are left out."""
    return Facts(tuple((label, text) for label, text in rows if text))


def words(text: str, tone: Tone = "plain") -> Paragraph:
    return Paragraph(text, tone)


def points(items: Iterable[str], *, numbered: bool = False) -> Points:
    return Points(tuple(items), numbered)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float] = (),
    anchors: Sequence[str] = (),
) -> Table:
    """Columns are equally wide where no widths are given."""
    listed = tuple(tuple(row) for row in rows)
    return Table(tuple(columns), listed, tuple(widths or [1] * len(columns)), tuple(anchors))


def scale(
    rows: Iterable[ScaleRow], steps: Sequence[str], *, told: str, note: str = "", legend: str = ""
) -> ScaleChart:
    return ScaleChart(tuple(rows), tuple(steps), told, note, legend)


def scale_row(
    name: str,
    dots: Iterable[Dot],
    *,
    mean: float | None = None,
    floor: float | None = None,
    tell: str = "",
    notes: Iterable[str] = (),
    low: bool = False,
    warning: str = "",
) -> ScaleRow:
    """A row whose dots are stacked where they would cover each other."""
    stacks = _stacked(sorted(dots, key=lambda dot: (dot.at, dot.sign)))
    return ScaleRow(
        name=name,
        dots=tuple(one for stack in stacks for one in _risen(stack)),
        lanes=max(map(len, stacks), default=1),
        mean=mean,
        floor=floor,
        tell=tell,
        notes=tuple(one for one in notes if one),
        low=low,
        warning=warning,
    )


def standings(rows: Iterable[StandingRow], steps: Sequence[str], *, groups: bool) -> Standings:
    return Standings(tuple(rows), tuple(steps), groups)


def dot(at: float, sign: str, *, apart: bool = False) -> Dot:
    return Dot(at, sign, apart, f"{at:.1f}".removesuffix(".0"))


def page() -> NewPage:
    return NewPage()


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


def _stacked(dots: list[Dot]) -> list[list[Dot]]:
    """Dots that would cover each other, in one stack each; none is moved along the scale."""
    stacks: list[list[Dot]] = []
    for one in dots:
        if stacks and one.at - stacks[-1][-1].at <= COVERS:
            stacks[-1].append(one)
        else:
            stacks.append([one])
    return stacks


def _risen(stack: list[Dot]) -> list[Dot]:
    """The stack's dots with how many dots each stands above the middle, or below it."""
    return [replace(one, rise=(len(stack) - 1) / 2 - place) for place, one in enumerate(stack)]
