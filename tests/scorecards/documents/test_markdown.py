"""Markdown for people: what they wrote is shown as they wrote it, never as markup."""

import re
from itertools import pairwise
from typing import get_args

import pytest

from scorecards.documents import card_markdown, escaped, round_markdown
from scorecards.record.model import Amendment, RoundEvent, RoundEventKind

from ..awkward import AWKWARD
from ..small_bank import RUBRICS
from ..small_round import BEGAN, card, compared, content, draft, record
from .test_tables import saying

LEVELS = {"DRF-01": 3, "DRF-02": "no_evidence", "SEC-01": "skipped", "SEC-02": None}
MARKUP = ["<b>x</b>", "a|b", "# head", "*bold*", "_it_", "`code`", "[x](y)", "![x](y)", "$a$", "~~x~~", "\\*"]


def card_text(*cards, **values) -> str:
    whole = record(*cards, **values)
    return card_markdown(whole, whole.cards[0], RUBRICS).decode()


def round_text(whole) -> str:
    return round_markdown(whole, compared(whole), RUBRICS).decode()


@pytest.mark.parametrize("text", [*MARKUP, *AWKWARD.values()])
def test_escaping_adds_backslashes_and_takes_nothing_away(text) -> None:
    assert re.sub(r"\\([^A-Za-z0-9\s])", r"\1", escaped(text)) == " ".join(text.split())


@pytest.mark.parametrize("sign", ["<", "|", "#", "*", "_", "`", "[", "$", "~"])
def test_no_sign_of_markup_gets_through_unescaped(sign) -> None:
    marked = f"zq{sign}{sign}zq {sign}zq"
    text = round_text(saying(marked))
    assert "zq" in text
    assert re.search(rf"zq{re.escape(sign)}|{re.escape(sign)}zq", text.replace(f"\\{sign}", "")) is None


@pytest.mark.parametrize("text", ["Total\n=====", "First\n\n1. second", "&lt;b&gt; &copy;", "+ one\n- two"])
def test_no_line_of_evidence_becomes_a_head_a_list_or_another_sign(text) -> None:
    quoted = [line[2:].strip() for line in round_text(saying(text)).splitlines() if line.startswith("> ")]
    assert quoted
    assert not [line for line in quoted if re.match(r"=+$|-+$|[-+*] |\d+[.)] |&\w+;", line)]


def test_a_line_break_in_a_name_does_not_break_the_table() -> None:
    rows = [line for line in round_text(saying("two\nlines")).splitlines() if line.startswith("| two lines")]
    # Once in each table of candidates: decisions, coverage, competencies.
    assert len(rows) >= 3


def test_a_table_has_as_many_cells_in_each_row_whatever_is_in_them() -> None:
    lines = round_text(saying("a|b\n|c")).splitlines()
    assert {
        len(re.findall(r"(?<!\\)\|", line)) - len(re.findall(r"(?<!\\)\|", head))
        for head, line in pairwise(lines)
        if head.startswith("|") and line.startswith("|")
    } == {0}


def test_a_round_shows_each_candidate_once_with_score_and_coverage() -> None:
    whole = record(card("ada", {"DRF-01": 4, "SEC-01": 2}), draft("bo"))
    # (4 + 2) / 2 = 3.0; one of two scorecards
    assert "| C\\-01 Zed | 3.0 | 100 % | 1 of 2 | Complete |" in round_text(whole)
    assert "| C\\-01 Zed | 4.0 × 1 | 2.0 × 1 |" in round_text(whole)


def test_no_score_is_a_dash() -> None:
    assert "| C\\-01 Zed | – | 0 % | 0 of 1 |" in round_text(record(draft("ada")))


def test_a_round_begins_with_the_decisions() -> None:
    text = round_text(record(card("ada", LEVELS)))
    assert re.findall(r"^## (.+)", text, re.MULTILINE)[:3] == ["Decisions", "What can be said", "Coverage"]
    assert "| C\\-01 | Zed | None yet | – | – |" in text


def test_a_scorecard_begins_with_the_recommendation() -> None:
    lines = card_text(card("ada", LEVELS, choice="strong_no")).splitlines()
    assert lines[0] == "# Scorecard: C\\-01 Zed"
    assert next(line for line in lines[5:] if line) == "**Recommendation: Strong no**"


def test_levels_and_states_are_told_in_words() -> None:
    text = card_text(card("ada", LEVELS))
    found = re.findall(r"\*\*(.+?)\*\* \((?:DRF|SEC)\\-\d\d\)(?:.|\n)*?\n\*\*(.+?)\*\*", text)
    assert found == [
        ("Labels come late", "3 Senior"),
        ("One slice is worse", "No evidence"),
        ("The agent obeys", "Skipped"),
        ("Two tenants, one index", "Not yet rated"),
    ]


def test_a_level_stands_with_its_anchor_and_the_words_behind_it() -> None:
    text = card_text(card("ada", LEVELS))
    assert "*Shows what level 3 shows: Labels come late.*" in text
    assert "- Heard: Signal a" in text
    assert "> Went back a version within the hour." in text


def test_an_amendment_is_listed_with_time_reason_mark_and_what_changed() -> None:
    amendment = Amendment(
        author_id="ada",
        at=BEGAN,
        reason="Misheard.",
        after_seeing_others=True,
        before=content(LEVELS | {"DRF-01": 2}),
    )
    text = card_text(card("ada", LEVELS, amendments=(amendment,)))
    assert "1. 5 January 2026, 09:30 UTC: Misheard. Changed after seeing others." in text
    assert "What changed: DRF\\-01 from 2 Partial to 3 Senior." in text


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_rounds_markdown_holds_only_submitted_scorecards(state) -> None:
    assert "> Went back" not in round_text(record(card("ada", LEVELS, state=state)))


@pytest.mark.parametrize("what", get_args(RoundEventKind))
def test_whatever_was_done_to_a_round_is_in_its_packet(what) -> None:
    whole = record(card("ada", {"DRF-01": 3}))
    done = RoundEvent(at=BEGAN, person_id="lea", what=what, candidate_id="zed", reason="It had to be.")
    told = whole.model_copy(update={"round": whole.round.model_copy(update={"events": (done,)})})
    assert "It had to be." in round_text(told)
