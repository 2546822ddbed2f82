"""What a document is made of: a title and blocks, as frozen values that Markdown and typst can both set.

Texts in blocks are what people wrote, never markup. `Block` lists every kind, `making.py` makes them. A new kind is
a class here, and how it is drawn in `block_lines.py` and `typst/blocks.typ`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Tone = Literal["plain", "small", "strong"]
CONFIDENTIAL = "Confidential: candidate's personal data"
# What a heading or a cell of a table shows of a name; where a name is longer, it stands in full once.
NAME = 80
# Dots as close as this on the scale would cover each other.
COVERS = 0.18


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: 1 a section, 2 and 3 within it. `anchor` names it for a table's page numbers."""

    text: str
    level: int = 1
    anchor: str = ""
    kind: Literal["head"] = "head"


@dataclass(frozen=True, slots=True)
class Band:
    """What comes first: 'Recommendation', 'Strong yes', and words to it."""

    label: str
    text: str
    lines: tuple[str, ...]
    kind: Literal["band"] = "band"


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words as they run."""

    text: str
    tone: Tone
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]
    numbered: bool
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; widths are shares of the page. Where there are pages, rows tell those of their `anchors`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    anchors: tuple[str, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Dot:
    """Somebody's level; apart is drawn hollow and is in no score. `rise`: how many dots above the middle."""

    at: float
    sign: str
    apart: bool
    shown: str
    rise: float = 0


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One competency: its dots, where there are any its mean and floor, and the same in words.

    `low` says that the mean is below the floor; `warning` how far interviewers are apart, where that is far.
    """

    name: str
    dots: tuple[Dot, ...]
    lanes: int
    mean: float | None
    floor: float | None
    tell: str
    notes: tuple[str, ...]
    low: bool
    warning: str


@dataclass(frozen=True, slots=True)
class ScaleChart:
    """Rows of dots on the scale 1 to 4, whose levels are called `steps`.

    `told` is what the rows say in words; `legend` explains what is drawn, and stands only beside a drawing.
    """

    rows: tuple[ScaleRow, ...]
    steps: tuple[str, ...]
    told: str
    note: str
    legend: str
    kind: Literal["scale"] = "scale"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A candidate's score as rated and, where the model says one, the adjusted score with its interval."""

    label: str
    group: str
    raw: float | None
    raw_words: str
    adjusted: float | None
    low: float | None
    high: float | None
    adjusted_words: str
    moved: str


@dataclass(frozen=True, slots=True)
class Standings:
    """Scores as rated and adjusted, with intervals; `groups` puts the groups' names between the rows."""

    rows: tuple[StandingRow, ...]
    steps: tuple[str, ...]
    groups: bool
    kind: Literal["standings"] = "standings"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a candidate has on one competency; `level` shades it, `below` stands under it."""

    text: str
    level: int | None = None
    below: str = ""
    warning: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A candidate across the competencies."""

    code: str
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everybody by competency; the note says what the signs mean."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    note: str
    kind: Literal["matrix"] = "matrix"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a level looks like on one question."""

    level: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag, and the words behind it."""

    flag: str
    quote: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said beside a level, and what it is: 'Why this level'. A rating's further fields come as these."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one scorecard says to a question; empty where it says nothing."""

    who: str
    level: int | None
    said: str
    apart: str
    minutes: str
    state: str
    evidence: str
    heard: tuple[str, ...]
    flags: tuple[Flag, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what scorecards say to it; anchors of the levels given stand once."""

    title: str
    id: str
    anchors: tuple[Anchor, ...]
    answers: tuple[Answer, ...]
    kind: Literal["question"] = "question"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""

    kind: Literal["page"] = "page"


Block = Head | Band | Facts | Paragraph | Points | Table | ScaleChart | Standings | Matrix | Asked | NewPage


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
