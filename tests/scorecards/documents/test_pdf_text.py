"""PDFs as files: nothing private, text as text, the same bytes for the same record."""

import re
from functools import cache

import pytest

from question_bank import load_bank
from scorecards.comparison import RoundComparison, compare_round
from scorecards.comparison.words import severity_words
from scorecards.documents import candidate_pdf, round_pdf, round_xlsx, scorecard_pdf
from scorecards.documents.card_document import card_document
from scorecards.documents.glyphs import own_characters, readable
from scorecards.documents.pdf import document_pdf
from scorecards.record.demo import demo_record
from scorecards.record.model import Debrief, RoundRecord

from ..awkward import AWKWARD
from ..debriefed import debriefed
from ..small_bank import RUBRICS
from ..small_round import BEGAN, card, compared, draft, record
from .own_glyphs import own_characters as installed_characters
from .pdf_text import pdf_pages, pdf_text
from .test_tables import book_of, saying

BANK = load_bank()
NAMES = {one.id: one.name for one in BANK.rubrics.competencies}


def flat(data: bytes) -> str:
    """The words of a PDF in one line."""
    return " ".join(pdf_text(data).split())


def two(**values: object) -> RoundRecord:
    """Ada and Bo have submitted, two levels apart on drift."""
    return record(card("ada", {"DRF-01": 4, "SEC-01": 3}), card("bo", {"DRF-01": 2, "SEC-01": 2}), **values)


def packet(whole: RoundRecord) -> str:
    return flat(candidate_pdf(whole, "zed", compared(whole), RUBRICS))


def round_packet(whole: RoundRecord) -> str:
    return flat(round_pdf(whole, compared(whole), RUBRICS))


def scorecard(whole: RoundRecord) -> str:
    return flat(scorecard_pdf(whole, whole.cards[0], RUBRICS))


@cache
def demo() -> tuple[RoundRecord, RoundComparison]:
    whole = demo_record(BANK)
    return whole, compare_round(whole, None, NAMES)


# Nothing private


def test_no_document_tells_how_strict_anybody_is() -> None:
    whole, comparison = demo()
    strict = compare_round(whole, whole.round.lead_id, NAMES)
    assert strict.analysis
    assert strict.analysis.interviewers
    told = flat(round_pdf(whole, comparison, BANK.rubrics))
    for one in strict.analysis.interviewers:
        name = whole.person[one.interviewer].name
        assert severity_words(name, one.severity or 0.0) not in told
        assert not re.search(rf"{name} (rates|is strict|is lenient)", told)


def test_a_comparison_made_for_the_lead_makes_no_document() -> None:
    whole, _ = demo()
    strict = compare_round(whole, whole.round.lead_id, NAMES)
    with pytest.raises(ValueError, match="no reader"):
        round_pdf(whole, strict, BANK.rubrics)
    with pytest.raises(ValueError, match="no reader"):
        candidate_pdf(whole, whole.candidates[0].id, strict, BANK.rubrics)


def test_a_scorecard_that_the_record_does_not_hold_leaves_only_its_number() -> None:
    whole = two()
    hidden = whole.model_copy(update={"cards": whole.cards[:1]})
    told = packet(hidden)
    assert "1 submitted, hidden from the person who made this document" in told
    assert "Bo 2 Partial" not in told


# Evidence only


@pytest.mark.parametrize("make", [packet, round_packet, scorecard])
def test_a_round_of_evidence_only_holds_no_number_that_was_computed(make) -> None:
    whole = debriefed(two(evidence_only=True))
    told = make(whole)
    assert "Nothing is computed from them" in told
    # Levels are whole; a mean has a decimal, a share a sign.
    assert not re.search(r"\d\.\d|\d ?%", told)
    for word in ("as rated", "adjusted", "group", "floor", "Mean of", "Weight"):
        assert word not in told.replace("no adjustment", "")
    assert "Beyond senior" in told


@pytest.mark.parametrize("make", [packet, round_packet, scorecard])
def test_elsewhere_the_same_round_holds_means(make) -> None:
    assert re.search(r"\d\.\d", make(debriefed(two())))


def test_the_workbook_of_evidence_only_lists_levels_and_computes_nothing() -> None:
    book = book_of(two(evidence_only=True))
    rows = [
        row for name in ("Summary", "Comparison", "Method") for row in book[name].iter_rows(values_only=True)
    ]
    told = " ".join(str(cell) for row in rows for cell in row if cell is not None)
    assert "Ada 4; Bo 2" in told
    assert not re.search(r"\d\.\d|\d %", told)
    assert not [cell for row in rows for cell in row if isinstance(cell, float)]


# Text as text


MARKUP = "#set page(width: 1cm) *bold* $x$ </script> @ref <label> `raw` // comment #panic()"


@pytest.mark.parametrize("text", [MARKUP, *(AWKWARD[key] for key in ("sql", "markup", "formula", "percent"))])
def test_what_looks_like_markup_comes_out_as_it_was_typed(text) -> None:
    whole = saying(text)
    typed = text.replace(" ", "")
    for make in (packet, round_packet, scorecard):
        assert typed in make(whole).replace(" ", "")


@pytest.mark.parametrize(
    "text", [AWKWARD["combining"], "a\x01b\u2028c", AWKWARD["emoji"], AWKWARD["right to left"]]
)
def test_a_text_of_any_sign_makes_a_document(text) -> None:
    assert "Evidence" in packet(saying(text))


@pytest.mark.parametrize("name", ["x" * 10_000, "x x " * 2_500])
def test_a_name_of_10_000_characters_is_printed_whole(name) -> None:
    whole = saying("short")
    named = whole.candidates[0].model_copy(update={"name": name})
    told = scorecard(whole.model_copy(update={"candidates": (named,)}))
    assert told.count("x") > name.count("x")


def test_a_mark_that_turns_the_direction_of_text_is_shown_and_does_nothing() -> None:
    assert "[U+202E]flipped[U+202C]" in packet(saying("\u202eflipped\u202c"))


def test_what_no_font_has_is_told_by_number_and_its_script_by_name() -> None:
    whole = saying("王伟 measured")
    data = document_pdf(card_document(whole, whole.cards[0], RUBRICS), system_fonts=False)
    told = flat(data)
    assert "[U+738B U+4F1F] measured" in told
    first = " ".join(pdf_pages(data)[0].split())
    assert "No font here has Chinese characters: install e.g. Noto Sans CJK." in first


def test_what_every_font_has_is_printed_without_a_word_about_fonts() -> None:
    whole = saying("Zoë Groß, Ωμέγα, Жук, בלי")
    told = flat(document_pdf(card_document(whole, whole.cards[0], RUBRICS), system_fonts=False))
    assert "Zoë Groß" in told
    assert "No font here" not in told


def test_unreadable_characters_are_replaced_together_and_named_once() -> None:
    told = readable({"a": ["x 王伟大明天 y"], "b": "👩🏽‍🔬"}, lambda char: ord(char) < 0x3000)
    assert told.values["a"] == ["x [U+738B U+4F1F U+5927 U+660E … 5 characters] y"]
    assert told.values["b"] == "[U+1F469 U+1F3FD U+1F52C]"
    assert told.missing == (
        "No font here has Chinese characters: install e.g. Noto Sans CJK.",
        "No font here has emoji: install e.g. Noto Emoji.",
    )


def test_the_list_of_typsts_own_characters_is_that_of_the_typst_installed() -> None:
    """Where it is not: `python -m tests.scorecards.documents.own_glyphs` writes it anew."""
    assert own_characters() == installed_characters()


# The file


def test_the_same_record_gives_the_same_bytes() -> None:
    whole = debriefed(two())
    comparison = compared(whole)
    for make in (
        lambda: scorecard_pdf(whole, whole.cards[0], RUBRICS),
        lambda: candidate_pdf(whole, "zed", comparison, RUBRICS),
        lambda: round_pdf(whole, comparison, RUBRICS),
    ):
        assert make() == make()


def test_a_pdf_has_a_title_a_language_and_the_date_of_the_record() -> None:
    from io import BytesIO

    from pypdf import PdfReader

    whole = two()
    reader = PdfReader(BytesIO(scorecard_pdf(whole, whole.cards[0], RUBRICS)))
    assert reader.metadata
    assert reader.metadata.title == "Scorecard: C-01 Zed"
    assert reader.metadata.creation_date
    assert reader.metadata.creation_date.date() == BEGAN.date()
    assert reader.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("whole", [record(), record(draft("ada"))], ids=["nobody", "a draft"])
def test_a_round_without_anything_to_tell_makes_a_packet_too(whole) -> None:
    assert "Decisions" in round_packet(whole)


def test_a_debrief_of_nothing_changes_nothing() -> None:
    whole = two()
    empty = whole.model_copy(update={"debriefs": (Debrief(candidate_id="zed"),)})
    assert packet(empty) == packet(whole)


def test_the_workbook_holds_decisions_comparison_and_votes() -> None:
    import io

    import openpyxl

    whole = debriefed(two())
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(whole, RUBRICS, compared(whole))))
    decisions = dict(zip(*book["Decisions"].iter_rows(values_only=True), strict=True))
    assert (decisions["decision"], decisions["decided_by"], decisions["seal"]) == (
        "Offer",
        "Lea Lead",
        "holds",
    )
    assert book["Votes"].max_row == 1 + 6
    row = dict(zip(*book["Comparison"].iter_rows(values_only=True), strict=True))
    # Drift (4 + 2) / 2 = 3.0 and security (3 + 2) / 2 = 2.5, at equal weights 2.75, half up 2.8
    assert row["as rated"] == 2.8
    assert row["adjusted"] is None or isinstance(row["adjusted"], float)
