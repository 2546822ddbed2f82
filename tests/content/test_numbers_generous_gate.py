"""The gate that wants to say yes: what it ships, what chance does, and the gate after the review."""

from __future__ import annotations

import ast
import sys
import types
from pathlib import Path

import pytest

from question_bank.exhibits.generous_gate import fixed, reviewed
from question_bank.exhibits.generous_gate.generate import (
    exact_judge,
    half_interval,
    knows,
    lenient_judge,
    make_cases,
    passes,
    rows,
)

from .material import question

QUESTION = question("generous-gate")
CODE = QUESTION.exhibit("gate").code or ""
LINES = CODE.splitlines()
GIVE = {number.about: number.give for number in QUESTION.numbers}
KEY = " ".join((QUESTION.ground_truth or "").split())
EXAMPLES = make_cases(6, first=1_000)


def test_the_code_on_the_page_is_the_code_that_was_run() -> None:
    """The exhibit equals the file, parses, and is short enough for a page."""
    assert Path(reviewed.__file__).read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert max(map(len, LINES)) <= 100
    assert len(LINES) == 52
    assert "52 lines" in QUESTION.exhibit("gate").text_alternative


@pytest.mark.parametrize(
    ("defect", "parts"),
    [
        ("D1", ["except Exception", "skipped", "continue", "right / judged"]),
        ("D2", ["40 questions", "MINIMUM"]),
        ("D3", ["TRIES = 3", "max(score"]),
        ("D4", ["0.85 until March"]),
        ("D5", ['connect("newest"), connect("newest")']),
        ("D6", ["cases[:6]", "{shown}"]),
        ("D7", ["last spring"]),
        ("D8", ["Answer: {answer}", "judge(JUDGE.format"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, parts: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [part in LINES[line - 1] for line, part in zip(lines, parts, strict=True)] == [True] * len(parts)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (10, "MINIMUM"),
        (13, "Expected"),
        (14, "1 if"),
        (24, "shown"),
        (37, '== "1"'),
        (38, "judged"),
        (39, "/"),
    ],
)
def test_lines_named_in_the_prose_hold_what_is_said(line: int, part: str) -> None:
    """Signals, probes and false trails point at lines that hold what they talk about."""
    assert part in LINES[line - 1]


def test_the_table_is_what_the_gate_says() -> None:
    """Four versions of known quality, run through the reviewed gate."""
    assert QUESTION.exhibit("versions").rows == tuple(tuple(row) for row in rows())


def test_silence_on_hard_questions_is_worth_twenty_two_points() -> None:
    """27 of 40 is 0.675; with ten unanswered it is 27 / 30 = 0.90."""
    assert (27 / 40, 27 / 30) == (0.675, 0.9)
    assert "27 of 30" in QUESTION.signal("a").listen_for


def test_chance_on_forty_cases() -> None:
    """±12.4 points at 0.80, so 0.68 to 0.92; one case is 2.5 points; 30.0 % of single tries, 65.7 % of three."""
    assert f"{100 * half_interval(0.80):.1f}" == "12.4"
    assert (round(0.80 - half_interval(0.80), 2), round(0.80 + half_interval(0.80), 2)) == (0.68, 0.92)
    assert 100 / 40 == 2.5
    assert (f"{100 * passes(0.75, 1):.1f}", f"{100 * passes(0.75):.1f}") == ("30.0", "65.7")
    for part in ("±12.4 points", "30.0 %", "65.7 %"):
        assert part in GIVE["What chance does"]
    assert "65.7 %" in KEY
    assert "Between 0.68 and 0.92" in QUESTION.defects[1].harm


def test_cases_needed_for_five_points() -> None:
    """16 x 0.825 x 0.175 / 0.05² = 924 for each version."""
    assert round(16 * 0.825 * 0.175 / 0.05**2) == 924
    assert "About 920" in GIVE["To see five points"]
    assert "= 924" in QUESTION.facts[2].claim


def test_six_of_forty_are_fifteen_points() -> None:
    """The examples in the prompt are the first six cases: 6 / 40 = 15 %."""
    assert 100 * 6 / 40 == 15
    shown = reviewed.prompt("q3?", make_cases())
    assert "q3? -> a3" in shown
    assert "15 points" in QUESTION.defects[5].harm


def test_it_runs_as_a_script_and_stops_with_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With stand-ins for the supplier's model, the script on the page prints a score and exits 0 or 1."""
    (tmp_path / "evals").mkdir()
    lines = [f'{{"question": "q{n}?", "expected": "a{n}"}}' for n in range(40)]
    (tmp_path / "evals/cases.jsonl").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    both = types.ModuleType("models")
    model = knows(*range(30))
    both.connect = lambda name: lambda asked: exact_judge(asked) if "judge" in asked else model(asked)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "models", both)
    with pytest.raises(SystemExit) as stop:
        exec(compile(CODE, "reviewed.py", "exec"), {"__name__": "__main__"})
    assert stop.value.code == 1
    assert "score 0.75, needed 0.80" in capsys.readouterr().out


def test_a_silent_version_passes_the_reviewed_gate_and_not_the_fixed_one() -> None:
    """Silence on a quarter of the questions raises the reviewed score and counts as wrong in the fixed gate."""
    cases = make_cases(400)
    live, silent = knows(*range(340)), knows(*range(270), silent=range(270, 400))
    assert reviewed.score(silent, exact_judge, cases) == 1.0
    verdict = fixed.gate(silent, live, exact_judge, cases, EXAMPLES)
    assert (verdict.ship, verdict.broken, verdict.mended) == (False, 70, 0)


def test_an_equal_version_ships_from_the_fixed_gate() -> None:
    """Five broken and six mended of 400 is chance; one broken critical case stops it all the same."""
    cases = make_cases(400)
    live, new = knows(*range(300)), knows(*range(5, 306))
    assert fixed.gate(new, live, exact_judge, cases, EXAMPLES)[:3] == (True, 5, 6)
    verdict = fixed.gate(new, live, exact_judge, cases, EXAMPLES, lambda case: case["question"] == "q2?")
    assert (verdict.ship, verdict.critical) == (False, ("q2?",))


def test_the_fixed_gate_refuses_forty_cases_and_shown_ones() -> None:
    """Too few cases, or one that is also an example, give no verdict."""
    with pytest.raises(fixed.UnfitError, match="40 cases"):
        fixed.gate(knows(1), knows(1), exact_judge, make_cases(), EXAMPLES)
    with pytest.raises(fixed.UnfitError, match="shown"):
        fixed.gate(knows(1), knows(1), exact_judge, make_cases(400), make_cases(6))


def test_a_lenient_judge_is_found_out() -> None:
    """Of 100 wrong answers the lenient judge passes 80, and is refused; the exact one passes none."""
    labelled = [(case, "something else", False) for case in make_cases(100)]
    fixed.check_judge(exact_judge, labelled)
    with pytest.raises(fixed.UnfitError, match="passes 80 of 100"):
        fixed.check_judge(lenient_judge, labelled)


def test_broken_against_mended_is_a_coin() -> None:
    """Eight broken and two mended: 56 / 1,024 = 5.5 % by chance; nothing changed is certain to be chance."""
    assert fixed.chance(8, 2) == 56 / 1_024
    assert fixed.chance(0, 0) == 1.0
