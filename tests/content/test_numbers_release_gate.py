"""The numbers of the gate that blocks the right release."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import mcnemar

from question_bank.exhibits.release_gate import generate

from .material import machine_points, question, solutions

QUESTION = question("release-gate")
PRINTED = generate.printed()


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", solutions("release-gate") / "reference/gate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_printed_pair_is_the_regenerated_one() -> None:
    """Every cell of the two tables of one pair equals the regenerated one."""
    assert QUESTION.exhibit("pair").rows == tuple(line[:5] for line in PRINTED)
    assert QUESTION.exhibit("changed").rows == tuple((line[0], *line[5:]) for line in PRINTED)


@pytest.mark.parametrize("exhibit", ["pair", "changed", "results"])
def test_text_alternatives_name_every_number(exhibit: str) -> None:
    shown = QUESTION.exhibit(exhibit)
    cells = {cell.removesuffix(" %") for row in shown.rows for cell in row[1:]}
    heard = " ".join(shown.text_alternative.split())
    assert [cell for cell in sorted(cells) if cell not in heard] == []


def test_phone_loses_nine_points_while_the_mean_rises() -> None:
    """−9.0 on 391 calls and +1.2 on the whole; letters fall further on 27 messages."""
    lines = {line[0]: line for line in PRINTED}
    assert (lines["phone"][4], lines["all"][4], lines["letter"][1]) == ("−9.0", "+1.2", "27")
    assert "twenty-seven letters" in QUESTION.for_you
    assert f"phone has to block ({lines['phone'][5]} broken, {lines['phone'][6]} mended)" in " ".join(
        (QUESTION.ground_truth or "").split()
    )


def test_changes_follow_from_the_counts() -> None:
    """Change in points = (mended − broken) / messages."""
    for _, count, _, _, change, broken, mended, _ in PRINTED:
        points = 100 * (int(mended) - int(broken)) / int(count.replace(",", ""))
        assert float(change.replace("−", "-")) == pytest.approx(points, abs=0.051)


def test_chances_are_those_of_the_exact_test() -> None:
    """Half of McNemar's two-sided exact chance where more broke than were mended: 5 and 2 give 0.23."""
    two_sided = mcnemar([[0, 5], [2, 0]], exact=True).pvalue
    assert generate.sign_test(5, 2) == pytest.approx(two_sided / 2)
    assert f"{two_sided / 2:.2f}" == "0.23"


def test_seven_looks() -> None:
    """1 − 0.95^7 = 30 %, 1 − (1 − 0.04/7)^7 = 3.9 %; one of seven dice shows a six in 72 % of throws."""
    claim = QUESTION.facts[0].claim
    assert f"{100 * (1 - 0.95**7):.0f} %" == "30 %"
    assert f"{100 * (1 - (1 - 0.04 / 7) ** 7):.1f} %" == "3.9 %"
    assert "30 % of cases" in " ".join(claim.split())
    assert "it is 3.9 %" in " ".join(claim.split())
    assert 1 - (5 / 6) ** 7 > 0.7


def test_counts_of_the_key_are_the_generators() -> None:
    """11 + 4 + 2 + 3 bad, 5 + 5 + 4 + 4 + 2 fine, five unfit."""
    assert tuple(generate.BLOCK.values()) == (11, 4, 2, 3)
    assert tuple(generate.SHIP.values()) == (5, 5, 4, 4, 2)
    assert len(generate.BROKEN) == 5


def test_points_are_the_checkers() -> None:
    """36 + 14 + 10 by machine, 40 by a person."""
    assert machine_points("release-gate") == [36, 14, 10]
    assert sum(task.points for task in QUESTION.tasks) == 100


def test_reference_stops_about_four_in_a_hundred_equal_pairs(gate: ModuleType) -> None:
    """As the third practice answer says: 3 to 6 of 100 made-up pairs without any change."""
    stopped = sum(
        gate.decide(generate.case("same", np.random.default_rng([9, n])).rows)["decision"] == "block"
        for n in range(100)
    )
    assert 2 <= stopped <= 6
    assert "it stopped four in a hundred" in " ".join(QUESTION.practice[2].answer.split())


def test_reference_misses_half_of_the_losses_of_eight_points_in_150(gate: ModuleType) -> None:
    """Between 40 and 60 % of planted losses of that size slip through."""
    missed = 0
    for n in range(1_000):
        rng = np.random.default_rng([8, n])
        old = rng.random(150) < 0.85
        new = generate._changed(old, 0.85, -0.08, rng)
        broken, mended = int((old & ~new).sum()), int((~old & new).sum())
        missed += broken - mended < 7.5 or gate.chance_of_fall(broken, mended) >= gate.ERROR / 7
    assert 400 < missed < 600
    assert "eight points in 150 messages" in " ".join(QUESTION.practice[2].answer.split())
