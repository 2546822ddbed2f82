"""The judge as a whole: what it says of the shipped bank, of a private one, and of accepted warnings."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from question_bank import BANK, Question
from question_bank.lint.core import Acceptance, Accepted
from question_bank.lint.judge import RULES, judge, judge_folder, rule
from rubrics import ContentError

from .cases import HERE, REWRITE, STORY, TODAY, edited, files, known, more, worked

ROOT = BANK.parent


def bank(folder: Path, *question_ids: str) -> Path:
    """A private bank of these worked questions, with what an assistant got on them."""
    (folder / "assistant").mkdir()
    for one in question_ids:
        path = folder / files()[one][0]
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / files()[one][0], path)
        baseline = worked().by_id[one].assistant
        assert baseline is not None
        told = yaml.safe_dump(baseline.model_dump(mode="json"))
        (folder / "assistant" / f"{one}.yaml").write_text(told)
    return folder


def entry(rule_id: str, question: str = REWRITE) -> Acceptance:
    return Acceptance(rule=rule_id, question=question, reason="It has to stand.")


@pytest.fixture
def warned() -> Question:
    """A question with one warning, of A18."""
    return Question.model_validate(edited(REWRITE, more("It often helps.", "anchors", "level_1", 0, "says")))


def test_the_shipped_bank_has_no_error_and_no_unexplained_warning() -> None:
    _, verdict = judge_folder(today=dt.datetime.now(dt.UTC).date())
    old = "X28d fact-age"  # comes with time, and asks to read a source again
    assert [str(finding) for finding in verdict.findings if finding.rule != old] == []


def test_few_warnings_of_the_shipped_bank_stand() -> None:
    shipped, verdict = judge_folder(today=TODAY)
    assert len(verdict.accepted) <= len(shipped.questions) / 5


def test_a_warning_that_is_accepted_is_told_apart_from_the_findings(warned) -> None:
    verdict = judge(known(warned), Accepted(accepted=(entry("A18 frequency"),)))
    assert verdict.findings == ()
    assert [finding.rule for finding in verdict.accepted] == ["A18 frequency"]


def test_an_error_cannot_be_accepted() -> None:
    """The finding stays, and the entry is an error of its own."""
    question = Question.model_validate(edited(REWRITE, more("Really? Yes?", "prompt")))
    verdict = judge(known(question), Accepted(accepted=(entry("P07a one-question"),)))
    assert [finding.rule for finding in verdict.errors] == ["B42 unused-acceptance", "P07a one-question"]


def test_an_acceptance_holds_for_its_question_alone(warned) -> None:
    verdict = judge(known(warned), Accepted(accepted=(entry("A18 frequency", STORY),)))
    assert [finding.rule for finding in verdict.findings] == ["B42 unused-acceptance", "A18 frequency"]


def test_an_acceptance_without_a_reason_is_refused(tmp_path) -> None:
    bank(tmp_path, REWRITE)
    (tmp_path / "accepted.yaml").write_text(
        yaml.safe_dump({"accepted": [{"rule": "A18 frequency", "question": REWRITE, "reason": ""}]})
    )
    with pytest.raises(ContentError) as caught:
        judge_folder(tmp_path, today=TODAY)
    assert "accepted.yaml: accepted.0.reason" in str(caught.value)


def test_a_finding_names_rule_file_key_and_cure(warned) -> None:
    given = known(warned, files={REWRITE: "questions/performance/rewrite-proposal.yaml"})
    (finding,) = judge(given).findings
    assert finding.file == "questions/performance/rewrite-proposal.yaml"
    assert str(finding) == (
        "warning A18 frequency · anchors.level_1: 'often' can be read in two ways "
        "→ write a number, or leave it out"
    )


def test_a_private_bank_of_one_question_has_no_findings(tmp_path) -> None:
    """Counts, the article's map and the shipped loops are not asked of it."""
    loaded, verdict = judge_folder(bank(tmp_path, STORY), today=TODAY)
    assert [question.id for question in loaded.questions] == [STORY]
    assert verdict.findings == ()


def test_a_private_bank_has_its_own_list_of_accepted_warnings(tmp_path) -> None:
    bank(tmp_path, REWRITE)
    path = tmp_path / files()[REWRITE][0]
    path.write_text(path.read_text("utf-8").replace("Asks for no number,", "Often asks for no number,"))
    (tmp_path / "accepted.yaml").write_text(
        yaml.safe_dump({"accepted": [entry("A18 frequency").model_dump()]})
    )
    _, verdict = judge_folder(tmp_path, today=TODAY)
    assert (verdict.findings, len(verdict.accepted)) == ((), 1)


def test_facts_age_with_the_date_that_is_given(tmp_path) -> None:
    """The question's fast fact was checked on 2026-11-30: 180 days later is 2027-05-29, a day more is too old."""
    folder = bank(tmp_path, REWRITE)
    assert judge_folder(folder, today=dt.date(2027, 5, 29))[1].findings == ()
    (finding,) = judge_folder(folder, today=dt.date(2027, 5, 30))[1].findings
    assert (finding.rule, finding.key) == ("X28d fact-age", "facts.0.checked_on")


def test_the_order_of_findings_is_the_same_every_time(warned) -> None:
    assert judge(known(warned)) == judge(known(warned))


def test_a_rule_is_found_by_its_id_and_by_its_code() -> None:
    assert rule("P07a") is rule("P07a one-question")
    with pytest.raises(KeyError):
        rule("Z99")


def test_there_are_rules_of_every_group_and_of_both_severities() -> None:
    """S structure, P prompt, A anchors, F fairness, X facts and exhibits, B bank."""
    assert set(Counter(one.id[0] for one in RULES)) == set("SPAFXKB")
    assert {one.severity for one in RULES} == {"error", "warning"}


@pytest.mark.parametrize(
    "module",
    ["app", "interview_kit.screens.signed_in", "interview_kit.screens.sight", "question_bank", "scorecards"],
)
def test_the_app_starts_without_the_judge(module) -> None:
    code = f"import sys, {module}\nprint(*[name for name in sys.modules if 'question_bank.lint' in name])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_word_lists_are_read_without_the_rest_of_the_judge() -> None:
    code = "import sys, question_bank.lint.words\nprint(*[n for n in sys.modules if n.startswith('question_bank.lint')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"question_bank.lint", "question_bank.lint.words"}
