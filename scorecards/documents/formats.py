"""Every file that a round, a candidate, a scorecard or an access pack can be written as: one table for all doors.

A new format is a row in FORMATS and a file in each table that has it. The order is the one in which they are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rubrics import Rubrics

from ..record.frozen import names_as_recorded
from ..record.model import RoundRecord, Scorecard
from .access_pack import access_pack_json
from .bundle import card_bundle, round_bundle
from .csv import ratings_csv
from .markdown import candidate_markdown, card_markdown, round_markdown
from .pdf import candidate_pdf, round_pdf, scorecard_pdf
from .round_document import Progress
from .xlsx import round_xlsx

if TYPE_CHECKING:
    from ..comparison import RoundComparison


class Format(NamedTuple):
    """One kind of file, by its suffix."""

    mime: str
    # Whether values are computed in it; what is not ready to be compared has to leave them out.
    computed: bool


FORMATS: dict[str, Format] = {
    "json": Format("application/json", computed=False),
    "csv": Format("text/csv", computed=False),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", computed=True),
    "md": Format("text/markdown", computed=True),
    "pdf": Format("application/pdf", computed=True),
}


@dataclass(frozen=True)
class Source:
    """What files are made from. `content` is asked only by files that need the rubrics."""

    record: RoundRecord
    content: Callable[[], Rubrics]
    progress: Progress | None = None

    @property
    def rubrics(self) -> Rubrics:
        return self.content()

    def compared(self) -> RoundComparison:
        """For files that are handed on: nobody's strictness is in it."""
        # Imported here: it takes a moment, and only this format needs it.
        from ..comparison import compare_round

        return compare_round(self.record, None, names_as_recorded(self.record, self.rubrics))


class RoundFile(NamedTuple):
    """A whole round as one file."""

    label: str
    make: Callable[[Source], bytes]
    # Where it takes a moment: what the button says that saves it once it is made.
    save: str = ""


class CandidateFile(NamedTuple):
    """What there is of one candidate, by their id."""

    label: str
    make: Callable[[Source, str], bytes]


class CardFile(NamedTuple):
    """One scorecard."""

    label: str
    make: Callable[[Source, Scorecard], bytes]


ROUND: dict[str, RoundFile] = {
    "pdf": RoundFile(
        "Packet for the debrief (PDF)",
        lambda of: round_pdf(of.record, of.compared(), of.rubrics, of.progress),
        save="Save the packet",
    ),
    "xlsx": RoundFile("Workbook (XLSX)", lambda of: round_xlsx(of.record, of.rubrics, of.compared())),
    "csv": RoundFile("Ratings (CSV)", lambda of: ratings_csv(of.record)),
    "json": RoundFile("Everything (JSON)", lambda of: round_bundle(of.record)),
    "md": RoundFile(
        "For reading (Markdown)", lambda of: round_markdown(of.record, of.compared(), of.rubrics)
    ),
}


def _packet_pdf(of: Source, candidate_id: str) -> bytes:
    return candidate_pdf(of.record, candidate_id, of.compared(), of.rubrics)


def _packet_markdown(of: Source, candidate_id: str) -> bytes:
    return candidate_markdown(of.record, candidate_id, of.compared(), of.rubrics)


CANDIDATE: dict[str, CandidateFile] = {
    "pdf": CandidateFile("Packet (PDF)", _packet_pdf),
    "md": CandidateFile("Packet (Markdown)", _packet_markdown),
}
# Of a record in which everybody else is masked.
ACCESS_PACK: dict[str, CandidateFile] = {
    "pdf": CandidateFile("To read (PDF)", _packet_pdf),
    "md": CandidateFile("To read (Markdown)", _packet_markdown),
    "json": CandidateFile("All data (JSON)", lambda of, key: access_pack_json(of.record, key)),
}
CARD: dict[str, CardFile] = {
    "pdf": CardFile("PDF", lambda of, card: scorecard_pdf(of.record, card, of.rubrics)),
    "md": CardFile("Markdown", lambda of, card: card_markdown(of.record, card, of.rubrics)),
    "json": CardFile("JSON", lambda of, card: card_bundle(of.record, card)),
}


def names_of(files: Mapping[str, object]) -> tuple[str, ...]:
    """The suffixes of such a table, in the order of FORMATS."""
    return tuple(name for name in FORMATS if name in files)
