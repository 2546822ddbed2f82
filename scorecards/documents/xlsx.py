"""A round as a workbook: summary, ratings, evidence, method and weights."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import xlsxwriter

from rubrics import Rubrics

from ..record.frozen import as_recorded
from ..record.model import RECOMMENDATIONS, RoundRecord
from .comparison_rows import COMPARISON_COLUMNS, VOTE_COLUMNS, comparison_rows, decision_rows, vote_rows
from .csv import like_a_formula
from .method import EVIDENCE_ONLY, MODEL
from .tables import RATING_COLUMNS, counts_words, level_or_state, rating_rows, submitted_cards, summary_rows

if TYPE_CHECKING:
    from ..comparison import RoundComparison

# What one cell holds at most, in UTF-16 units as spreadsheets count; the rest stays in the JSON, and the cell says so.
CELL = 32_000
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def round_xlsx(record: RoundRecord, rubrics: Rubrics, comparison: RoundComparison) -> bytes:
    """The workbook's bytes. Text is stored as text, never as a formula or a link.

    In a round of evidence only it holds levels and words, and no number that was computed.
    """
    rubrics = as_recorded(record, rubrics)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = _Sheets(book)
        sheet.add("Summary", summary_rows(record, rubrics))
        sheet.add("Decisions", decision_rows(record, rubrics))
        sheet.add("Comparison", comparison_rows(comparison), COMPARISON_COLUMNS)
        sheet.add("Votes", vote_rows(record), VOTE_COLUMNS)
        sheet.add("Ratings", rating_rows(record), RATING_COLUMNS)
        sheet.add("Evidence", _evidence(record, rubrics))
        sheet.add("Recommendations", _recommendations(record))
        sheet.add("Method", _method(record, rubrics), ("what", "value"))
    return buffer.getvalue()


class _Sheets:
    """Writes rows of dicts as sheets with a fixed head."""

    def __init__(self, book: Any):
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        # Shown as typed: editing the cell does not turn it into a formula.
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})

    def add(self, name: str, rows: Iterable[dict[str, Any]], columns: tuple[str, ...] = ()) -> None:
        listed = list(rows)
        columns = columns or tuple(listed[0] if listed else ("nothing yet",))
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for x, column in enumerate(columns):
            sheet.write_string(0, x, _clean(column), self.head)
            longest = max((len(str(row[column])) for row in listed), default=0)
            sheet.set_column(x, x, min(60, max(10, len(column), longest) + 1), self.text)
        for y, row in enumerate(listed, start=1):
            for x, column in enumerate(columns):
                # An empty cell is not written at all: its column has the format.
                if (value := row[column]) is not None and value != "":
                    self._write(sheet, y, x, value)

    def _write(self, sheet: Any, y: int, x: int, value: Any) -> None:
        if isinstance(value, int | float):
            sheet.write_number(y, x, value, self.text)
        else:
            text = _clean(str(value))
            sheet.write_string(y, x, text, self.quoted if like_a_formula(text) else self.text)


def _clean(text: str) -> str:
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return (
        text
        if 2 * len(text) <= CELL or len(text.encode("utf-16-le")) <= 2 * CELL
        else f"{_cut(text)} … cut here: the JSON export has all {len(text):,} characters"
    )


def _cut(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * CELL].decode("utf-16-le", "ignore")


def _evidence(record: RoundRecord, rubrics: Rubrics) -> Iterator[dict[str, Any]]:
    names = {c.id: c.name for c in rubrics.competencies}
    for candidate, card in submitted_cards(record):
        for item in record.interview[card.interview_id].plan.items:
            rating = card.rating(item.question.id)
            heard = [signal.label for signal in item.question.signals if signal.id in rating.ticks]
            yield {
                "candidate_code": candidate.code,
                "candidate": candidate.name,
                "competency": names.get(item.question.competency, item.question.competency),
                "question": item.question.title,
                "interviewer": record.person[card.interviewer_id].name,
                "level": level_or_state(rating, rubrics),
                "counts": counts_words(record, card, item.question.competency, rating),
                "evidence": rating.evidence,
                "heard": "\n".join(heard),
            }


def _recommendations(record: RoundRecord) -> Iterator[dict[str, Any]]:
    for candidate, card in submitted_cards(record):
        verdict = card.content.verdict
        yield {
            "candidate_code": candidate.code,
            "candidate": candidate.name,
            "interview": record.interview[card.interview_id].plan.name,
            "interviewer": record.person[card.interviewer_id].name,
            "recommendation": RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else "",
            "reason": verdict.reason,
            "contradiction explained": verdict.contradiction,
        }


def _method(record: RoundRecord, rubrics: Rubrics) -> Iterator[dict[str, Any]]:
    for what, value in (*_weights(record, rubrics), *_scale(rubrics), *_arithmetic(record), *_origin(record)):
        yield {"what": what, "value": value}


def _weights(record: RoundRecord, rubrics: Rubrics) -> Iterator[tuple[str, str]]:
    names = {c.id: c.name for c in rubrics.competencies}
    total = sum(target.weight for target in record.round.targets)
    plain = record.round.evidence_only
    if plain:
        musts = [target.competency for target in record.round.targets if target.must_have]
        yield "Must-haves", ", ".join(names.get(key, key) for key in musts) or "None"
    for target in () if plain else record.round.targets:
        share = f"{100 * target.weight / total:.1f} %" if total else "–"
        must = f"; must-have, floor {target.floor:g}" if target.must_have else ""
        value = f"{target.weight:g} (normalised {share}){must}"
        yield f"Weight of {names.get(target.competency, target.competency)}", value
    for who, marks in record.round.not_qualified.items():
        value = ", ".join(names.get(key, key) for key in marks)
        yield f"Not qualified: {record.person[who].name}", f"{value}: levels stand apart."
    if not plain:
        yield "Why weights differ", record.round.weights_reason or "All equal."


def _scale(rubrics: Rubrics) -> Iterator[tuple[str, str]]:
    for step in rubrics.scale.levels:
        yield f"Level {step.level} {step.name}", step.meaning
    for state in rubrics.scale.states:
        yield state.name, state.meaning


def _arithmetic(record: RoundRecord) -> Iterator[tuple[str, str]]:
    if record.round.evidence_only:
        yield "Evidence only", EVIDENCE_ONLY
        return
    yield from (
        ("Interviewer × competency", "Mean of the levels this interviewer gave on its questions."),
        ("Panel × competency", "Mean of the interviewers, each counting once."),
        ("Candidate", "Sum of weight × competency over sum of weights, over competencies with a score."),
        (
            "Left out",
            "Not asked, no evidence, skipped and not yet rated leave both sums. Weight 0 counts as 0.",
        ),
        ("Apart", "Levels by somebody not qualified on the competency are in no score and no coverage."),
        ("Coverage", "Weight of scored competencies over weight of planned ones."),
        ("Incomplete", "Coverage below 80 % or a must-have without a score: shown, not ranked."),
        ("Adjusted and groups", MODEL),
        ("Rounding", "Exact inside; one decimal, half up, when printed."),
    )


def _origin(record: RoundRecord) -> Iterator[tuple[str, str]]:
    yield "Round", record.round.id
    if record.imported_words:
        yield "Origin", record.imported_words
    yield "Bank digests", ", ".join(sorted({i.plan.bank_digest for i in record.interviews}))
    yield "Rubrics digests", ", ".join(sorted({i.plan.rubrics_digest for i in record.interviews}))
