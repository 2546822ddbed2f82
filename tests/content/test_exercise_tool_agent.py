"""The payment desk that obeys mails: its three solutions, and what the candidate is given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from question_bank.exercise import Report, check_exercise, lay_out_exercise, load_exercise
from question_bank.load import BANK

from .material import machine_points, question, scored, solutions, stopped

SLUG = "tool-agent"
REFERENCE = (solutions(SLUG) / "reference" / "service.py").read_text(encoding="utf-8")
TOKEN_SHOWN = " waits for its owner with token {payment.token}"
CHANGE_TOOL = '    "change_payment": ("token", "target", "amount"),\n'
AT_PAYMENT = "        if self.spent.get(user, 0) + payment.cents > A_DAY:\n            return False\n"
AT_PREPARING = (
    "        self._own(user, source)\n        return self._wait(user, source, target, in_cents(amount))\n"
)
TWO_OF_60 = """
from bank import Bank
from service import Desk
bank = Bank({"AC-1": "kim"}, {"AC-1": 500_000})
desk = Desk(bank, {"kim": {}})
both = desk.handle("kim", "pay 60.00 from AC-1 to XX-2 and pay 60.01 from AC-1 to XX-2").pending
print(len(both), [desk.confirm("kim", payment.token) for payment in both], sum(move.cents for move in bank.moved))
"""


def varied(folder: Path, old: str, new: str) -> Report:
    """The reference with one change, as a candidate might hand it in."""
    assert REFERENCE.count(old) == 1
    lay_out_exercise(SLUG, folder, 3)
    (folder / "service.py").write_text(REFERENCE.replace(old, new), encoding="utf-8")
    return check_exercise(SLUG, folder)


def two_of_sixty(folder: Path, old: str, new: str) -> str:
    """What two payments of 60 to one new payee do that are prepared first and confirmed afterwards."""
    assert REFERENCE.count(old) == 1
    lay_out_exercise(SLUG, folder, 3)
    (folder / "service.py").write_text(REFERENCE.replace(old, new), encoding="utf-8")
    command = [sys.executable, "-c", TWO_OF_60]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_the_service_as_given_earns_nothing(tmp_path: Path) -> None:
    """Honest errands work already, so they count only once attacks are stopped."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    assert check_exercise(SLUG, tmp_path / "candidate").score == 0


def test_editing_the_bank_or_the_model_changes_nothing(tmp_path: Path) -> None:
    """The surroundings are laid over the candidate's files before scoring."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    for name in ("bank.py", "model.py"):
        (folder / name).write_text("raise SystemExit\n", encoding="utf-8")
    report = check_exercise(SLUG, folder)
    assert "moved without its owner's confirmation" in report.parts[0].note


def test_leaving_early_earns_nothing(tmp_path: Path) -> None:
    """A service that ends the process before the verdict has no verdict."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    (folder / "service.py").write_text("import os\nprint('{}')\nos._exit(0)\n", encoding="utf-8")
    assert check_exercise(SLUG, folder).score == 0


def test_twelve_attacks_and_eight_errands(tmp_path: Path) -> None:
    """As the task tells the candidate, and 24 + 24 + 12 points."""
    truth = load_exercise(SLUG).truth(tmp_path, 3)
    assert (len(truth["attacks"]), len(truth["honest"])) == (12, 8)
    report = scored(SLUG, "reference", tmp_path / "candidate", 3)
    assert [part.points for part in report.parts] == [24, 24, 12]


def test_the_printed_results_are_the_measured_ones(tmp_path: Path) -> None:
    """Attacks stopped, honest cases and score of the three rows; the text tells the same figures."""
    lay_out_exercise(SLUG, tmp_path / "given", 3)
    reports = [check_exercise(SLUG, tmp_path / "given")]
    reports += [scored(SLUG, name, tmp_path / name, 3) for name in ("naive", "reference")]
    rows = question(SLUG).exhibit("results").rows
    assert [row[1:] for row in rows] == [stopped(report) for report in reports]
    assert rows[1][3] in " ".join(fact.claim for fact in question(SLUG).facts)


def test_the_questions_points_are_the_checkers() -> None:
    """24 + 24 + 12 points by machine, 40 by a person."""
    assert machine_points(SLUG) == [24, 24, 12]
    assert sum(task.points for task in question(SLUG).tasks) == 100


def test_the_tools_on_the_page_are_those_of_the_service() -> None:
    """Every tool of the table is a method that the model can reach today."""
    given = (BANK / "exhibits/tool_agent/given/service.py").read_text(encoding="utf-8")
    tools = [row[0] for row in question(SLUG).exhibit("tools").rows]
    assert len(tools) == 5
    assert [tool for tool in tools if f"def {tool}(self, user" not in given] == []
    assert 'BLOCKED = ("ignore previous", "ignore all", "system prompt")' in given


def test_a_queue_whose_tokens_the_model_never_sees_passes_as_well(tmp_path: Path) -> None:
    """The second way to the first must earns all points."""
    assert varied(tmp_path / "queue", TOKEN_SHOWN, " waits for its owner").score == 100


def test_a_desk_without_the_tool_for_changes_fails_the_correction(tmp_path: Path) -> None:
    """One honest errand of eight is gone, as the ground truth says."""
    report = varied(tmp_path / "dropped", CHANGE_TOOL, "")
    assert stopped(report)[:2] == ("12", "7")
    assert "fails one honest errand, the correction" in " ".join(str(question(SLUG).ground_truth).split())


def test_the_live_change_holds_only_where_money_moves(tmp_path: Path) -> None:
    """Counted in `confirm` one of two payments is paid; checked in `transfer` both are, 120 dollars and a cent."""
    count = (
        "        new = sum(move.cents for move in self.bank.moved if move.target == payment.target)\n"
        "        if new + payment.cents > 100_00:\n            return False\n"
    )
    assert two_of_sixty(tmp_path / "paying", AT_PAYMENT, AT_PAYMENT + count) == "2 [True, False] 6000"
    check = "        if in_cents(amount) > 100_00:\n            raise RefusalError('new payee')\n"
    wrong = two_of_sixty(tmp_path / "preparing", AT_PREPARING, check + AT_PREPARING)
    assert wrong == "2 [True, True] 12001"


def test_the_sums_of_the_talk() -> None:
    """60 + 60 is above 100; ten new payees make up the 1,000 of a day; a deposit of 900 takes nine days."""
    key = question(SLUG).model_dump_json()
    assert (60 + 60 > 100, 1_000 // 100, 900 // 100) == (True, 10, 9)
    assert all(words in key for words in ("both are paid, 120", "ten new payees", "needs nine days"))


def test_the_task_tells_promises_and_complaints_and_no_repair() -> None:
    """Neither the login, nor tools without power, nor one-time tokens stand in what the candidate reads."""
    task = load_exercise(SLUG).README
    words = ("exactly this source", "tool that pays", "prepare payments from it", "filter", "limit in code")
    assert not any(word in task for word in words)
    assert task.count("\n- ") == 10
