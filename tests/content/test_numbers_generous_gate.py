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
    passes_with_steady,
    rows,
)

from .material import question, wilson

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


def missing(*figures: str) -> list[str]:
    words = QUESTION.model_dump_json(ensure_ascii=False)
    return [figure for figure in figures if figure not in words]


def test_chance_on_forty_cases() -> None:
    """±12.4 points at 0.80, so 0.68 to 0.92; one case is 2.5 points."""
    assert f"{100 * half_interval(0.80):.1f}" == "12.4"
    assert (round(0.80 - half_interval(0.80), 2), round(0.80 + half_interval(0.80), 2)) == (0.68, 0.92)
    assert 100 / 40 == 2.5
    assert "±12.4 points" in GIVE["What chance does"]
    assert "Between 0.68 and 0.92" in QUESTION.defects[1].harm


def test_the_best_of_three_depends_on_how_steady_answers_are() -> None:
    """A version of 0.75 passes a single try in 30.0 %, three in 30.0 (all steady), 53 (half) or 65.7 % (none)."""
    assert (f"{100 * passes(0.75, 1):.1f}", f"{100 * passes(0.75):.1f}") == ("30.0", "65.7")
    shares = [100 * passes_with_steady(0.75, steady) for steady in (40, 20, 0)]
    assert [f"{share:.1f}" for share in shares] == ["30.0", "52.8", "65.7"]
    assert "30 to 66 % of best-of-three" in GIVE["What chance does"]
    assert "53 % halfway" in KEY
    assert "65.7 %, if tries are independent" in " ".join(QUESTION.defects[2].harm.split())


def test_what_the_last_pass_was_worth() -> None:
    """27 of 33 is 0.82, of 40 it is 0.68; with the judge's errors a shown 0.80 is 0.73."""
    assert (40 - 7, round(27 / 33, 2), 27 / 40) == (33, 0.82, 0.675)
    passed, failed = 16 / 40, 8 / 160
    true = (0.80 - passed) / (1 - failed - passed)
    assert (passed, failed, round(true, 2)) == (0.4, 0.05, 0.73)
    low, high = wilson(16, 40)
    assert (round(100 * low), round(100 * high)) == (26, 55)
    assert missing("27 of 33 is 0.82, and 27 of 40 is 0.68", "0.80 is then about 0.73", "0.727") == []


def test_what_a_gate_for_five_points_costs() -> None:
    """130 of 2,600; 924 each or 314 on the same; 0.60 USD and two minutes for 40; one in five missed at 80 %."""
    assert (130 / 2_600, round(16 * 0.825 * 0.175 / 0.05**2)) == (0.05, 924)
    assert round((1.96 + 0.8416) ** 2 * 0.10 / 0.05**2) == 314
    prices = [(round(2 * n * 0.60 / 40, 2), round(2 * n * 2 / 40)) for n in (314, 924)]
    assert prices == [(9.42, 31), (27.72, 92)]
    assert 2_600 // 2 > 924
    assert 1_300 * 0.05 == 65
    assert round(100 * (1 - 0.05 ** (1 / 30))) == 10
    assert missing("= 924", "= 314", "9.42 USD", "27.72 USD", "65 readers", "allows ten percent") == []


def test_corrections_after_the_release() -> None:
    """Of 70 a week chance makes ±16; 110 are 40 more."""
    assert (round(1.96 * 70**0.5), 110 - 70) == (16, 40)
    assert missing("about ±16", "110 is far beyond chance") == []


def test_one_question_of_forty() -> None:
    """31 of 40 is shown as 0.78, 32 as 0.80."""
    assert (f"{31 / 40:.2f}", f"{32 / 40:.2f}") == ("0.78", "0.80")


def test_what_decides_is_not_on_the_card() -> None:
    shown = QUESTION.prompt + (QUESTION.card or "") + CODE
    assert [
        figure
        for figure in ("0.82 ", "2,600", "130", "USD", "27")
        if figure in shown.replace("0.82 until", "")
    ] == []


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
    """Five broken and six mended of 400 is chance; one broken critical case stops it anyway."""
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
