"""Every rule has fixtures: bad ones that break it and no other, and good ones that break none."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.lint.judge import RULES, UNUSED, rule

from . import (
    cases_anchors,
    cases_bank,
    cases_facts,
    cases_fairness,
    cases_keys,
    cases_prompt,
    cases_structure,
)
from .cases import Case

MODULES = (cases_structure, cases_prompt, cases_anchors, cases_fairness, cases_facts, cases_keys, cases_bank)
BAD = [case for module in MODULES for case in module.BAD]
GOOD = [case for module in MODULES for case in module.GOOD]
CODES = [one.code for one in (*RULES, UNUSED)]


def name(case: Case) -> str:
    return f"{case.rule} {case.name}"


@pytest.mark.parametrize("case", BAD, ids=name)
def test_a_bad_fixture_breaks_its_rule_and_no_other(case: Case, tmp_path: Path) -> None:
    assert case.broken(tmp_path) == {rule(case.rule).id}


@pytest.mark.parametrize("case", GOOD, ids=name)
def test_a_good_fixture_breaks_no_rule(case: Case, tmp_path: Path) -> None:
    assert case.broken(tmp_path) == set()


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_bad_and_a_good_fixture(code: str) -> None:
    """A rule that was never seen to fail is not a rule; one that was never seen to pass cries wolf."""
    assert [case.name for case in BAD if case.rule == code]
    assert [case.name for case in GOOD if case.rule == code]


def test_ids_of_rules_and_their_codes_stand_once() -> None:
    ids = [one.id for one in (*RULES, UNUSED)]
    assert len(set(ids)) == len(ids)
    assert len(set(CODES)) == len(CODES)


def test_fixtures_have_names_of_their_own() -> None:
    names = [name(case) for case in (*BAD, *GOOD)]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_says_what_it_promises(one) -> None:
    assert one.promise.endswith(".")
    assert len(one.promise) <= 140
    assert (one.where == "question") == (one.on_question is not None)
    assert (one.where == "bank") == (one.on_bank is not None)
