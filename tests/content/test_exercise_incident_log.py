"""The alert rule: what the three solutions earn, what is planted, and the arithmetic of the budget."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from question_bank.exercise import check_exercise, lay_out_exercise
from question_bank.exhibits.incident_log import exercise, generate
from question_bank.exhibits.incident_log.generate import Event

SLUG = "incident-log"
NEVER = "class Rule:\n    def see(self, minute, counts):\n        return []\n"


def test_silence_earns_nothing(tmp_path: Path) -> None:
    """No false page is worth nothing without a true one."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    (tmp_path / "candidate/alerts.py").write_text(NEVER, encoding="utf-8")
    assert check_exercise(SLUG, tmp_path / "candidate").score == 0


def test_a_missing_rule_earns_nothing_and_says_why(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert report.score == 0
    assert "alerts.py gave nothing" in report.parts[0].note


def test_burn_of_14_4_for_an_hour_is_two_percent_of_thirty_days() -> None:
    """14.4 x 0.5 % = 7.2 %; one hour of 720 at 14.4 times the allowed rate is 14.4 / 720 = 2 %."""
    assert pytest.approx(14.4 * generate.BUDGET) == exercise.FAST
    hours = 24 * generate.DAYS
    assert pytest.approx(hours * 0.02) == 14.4


def test_credit_for_a_page_follows_the_rate() -> None:
    """At 36 % errors 2 % of the budget are used in 60 x 7.2 / 36 = 12 minutes; with ten more it is 22."""
    event = Event("spike", 1000, 1060, 0.36, "")
    pages = ([1022], [1025], [1065], [1070], [1000], [990, 1030])
    assert [exercise.credit(event, at) for at in pages] == [1.0, 0.5, 0.5, 0.0, 0.0, 0.5]


def test_pages_within_two_hours_are_one() -> None:
    """A page that never ends has begun once, and so catches nothing later."""
    assert exercise._begun([10, 15, 130, 300]) == [10, 300]
    assert exercise._begun(list(range(5, 5000, 5))) == [5]


@pytest.mark.parametrize("seed", range(6))
def test_every_month_holds_the_same_kinds_on_days_of_their_own(seed: int) -> None:
    """Three to page for, one leak, one noisy customer, four blips; none within the others' hours."""
    events = generate.month(seed, 1).events
    kinds = sorted(event.kind for event in events)
    assert kinds == sorted([*generate.PAGED, "slow leak", "noisy customer", *["blip"] * generate.BLIPS])
    assert all(one.end + 120 < two.start for one, two in pairwise(events))
    assert events[-1].end <= generate.DAYS * 24 * 60


def test_a_blip_uses_less_than_two_percent_of_the_budget_and_a_spike_more() -> None:
    """At even traffic: five minutes at 55 % are 1.3 % of the budget, fifty at 18 % are 4.2 %."""

    def used(minutes: int, rate: float) -> float:
        return minutes * rate / (generate.DAYS * 24 * 60 * generate.BUDGET)

    assert used(5, 0.55) == pytest.approx(0.0127, abs=1e-4)
    assert used(50, 0.18) == pytest.approx(0.0417, abs=1e-4)


def test_a_noisy_customer_pushes_the_whole_over_the_limit() -> None:
    """On all requests the rate passes 7.2 %; without that customer it stays at the usual 0.15 %."""
    made = generate.month(3, 1)
    event = next(event for event in made.events if event.kind == "noisy customer")
    inside = slice(event.start // generate.STEP, event.end // generate.STEP)
    others = np.array([name != event.customer for name in generate.CUSTOMERS])
    requests, errors = made.requests[inside], made.errors[inside]
    assert errors.sum() / requests.sum() > exercise.FAST
    assert errors[:, others].sum() / requests[:, others].sum() < generate.BUDGET


def test_folder_holds_a_month_with_its_events_and_no_seed(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    inside = sorted(path.name for path in (tmp_path / "candidate").iterdir())
    assert inside == ["README.md", "events.csv", "log.csv", "replay.py"]
    assert "seed" not in (exercise.README + exercise.REPLAY).casefold()
    assert (
        len((tmp_path / "candidate/log.csv").read_text(encoding="utf-8").splitlines()) == generate.STEPS + 1
    )


def test_printed_costs_add_up() -> None:
    """Failed requests over half a percent of all requests; the leak that never pages costs most."""
    made = generate.month(3, 0)
    costs = {line[1]: float(line[4].removesuffix(" %")) for line in generate.page()}
    assert max(costs, key=lambda kind: costs[kind]) == "slow leak"
    leak = next(event for event in made.events if event.kind == "slow leak")
    failed = made.errors[leak.start // generate.STEP : leak.end // generate.STEP].sum()
    assert costs["slow leak"] == pytest.approx(100 * failed / (0.005 * made.requests.sum()), abs=0.05)
