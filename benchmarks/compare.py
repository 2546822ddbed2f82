"""The comparison: how fast it is, and what it finds in rounds whose truth is known.

    python benchmarks/compare.py speed
    python benchmarks/compare.py simulation --seeds 400
    python benchmarks/compare.py screens

`screens` measures how long Compare takes to open in a browser, and how long files take.

Speed is of one core: start it with OPENBLAS_NUM_THREADS=1. The simulation prints every acceptance target as met
or not met, and ends with exit code 1 where one is not met.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measuring import seconds
from benchmarks.simulation import SCENARIOS, Outcome, Scenario, outcome, simulated
from scorecards.comparison import Ratings, analyse, json_text

SIZES = (
    ("12 × 10", Scenario("speed, small", 12, 10, (3, 6)), 0.2),
    ("100 × 20", Scenario("speed, middle", 100, 20, (3, 6)), None),
    ("1,000 × 40 × 10", Scenario("speed, large", 1_000, 40, (4, 4), competencies=10, asked=5), 3.0),
)
# Scenarios with a target of their own.
THIN, TOUGH, APART = "thin 12×10, two each", "tough meets strong", ("two panels", "one interviewer each")


class Summary(NamedTuple):
    """Means over the rounds of one scenario."""

    scenario: Scenario
    rounds: int
    tau_raw: float
    tau: float
    gain: float
    # Standard error of the gain.
    error: float
    first_raw: float
    first: float
    score_covered: float
    rank_covered: float
    # Share of the claims with 95 % that are wrong, over all rounds.
    sure_wrong: float
    top_group: float
    best_in_top: float
    warned: float
    refused: float


class Target(NamedTuple):
    """Something that has to hold, with what was found."""

    words: str
    met: bool
    found: str


def summary(scenario: Scenario, seeds: int) -> Summary:
    """The scenario's rounds, one for each seed."""
    found = [outcome(simulated(scenario, seed)) for seed in range(max(10, int(seeds * scenario.share)))]
    gain = np.array([one.tau - one.tau_raw for one in found])
    claims = sum(one.sure for one in found)
    return Summary(
        scenario,
        len(found),
        *(_mean(found, name) for name in ("tau_raw", "tau")),
        float(gain.mean()),
        float(gain.std(ddof=1) / np.sqrt(gain.size)),
        *(_mean(found, name) for name in ("first_raw", "first", "score_covered", "rank_covered")),
        sum(one.sure_wrong for one in found) / claims if claims else float("nan"),
        *(_mean(found, name) for name in ("top_group", "best_in_top", "warned", "refused")),
    )


def _mean(found: list[Outcome], name: str) -> float:
    values = [getattr(one, name) for one in found]
    return float(np.nanmean(values)) if not np.isnan(values).all() else float("nan")


def line(one: Summary) -> str:
    """A row of the table."""
    return (
        f"{one.scenario.name:30} {one.rounds:4}  {one.tau_raw:.3f} ({one.first_raw:.2f})  {one.tau:.3f} ({one.first:.2f})"
        f"  {one.gain:+.3f} ± {one.error:.3f}  {one.score_covered:.2f}  {one.rank_covered:.2f}"
        f"  {100 * one.sure_wrong:4.1f}%  {one.top_group:4.1f} ({one.best_in_top:.2f})"
        f"  {one.warned:4.0%}  {one.refused:4.0%}"
    )


HEAD = (
    f"{'scenario':30} {'n':>4}  {'raw tau (1st)':13}  {'adj tau (1st)':13}  {'gain':14}  95%   rank  "
    "sure✗  top (best in)  warn  refused"
)


def targets(by_name: dict[str, Summary]) -> list[Target]:
    """The acceptance targets."""
    return [*_order(by_name), *_warnings(by_name), *_intervals(by_name), *_refusals(by_name)]


def _order(by_name: dict[str, Summary]) -> list[Target]:
    """That the order is nearer to the truth than the plain mean's, and never much farther from it."""
    half, three = by_name["typical 12×10, severity .5"], by_name["typical 12×10, severity .75"]
    none, full = by_name["typical 12×10, severity 0"], by_name["full 12×5"]
    thin = by_name[THIN]
    return [
        _at_least("1 gain at severity .5", half.gain, 0.035),
        _at_least("1 first at severity .5", half.first, 0.58),
        _at_least("2 gain at severity .75", three.gain, 0.08),
        _at_least("2 first at severity .75", three.first, 0.56),
        _at_least("3 gain without severity", none.gain, -0.012),
        _at_least("3 gain when everybody met everyone", full.gain, -0.012),
        _at_least("4 gain when thin", thin.gain, 0.01),
        _at_least("4 top group when thin", thin.top_group, 6),
    ]


def _warnings(by_name: dict[str, Summary]) -> list[Target]:
    """That an assignment by strength is warned of, and hardly anything else."""
    tough, thin = by_name[TOUGH], by_name[THIN]
    typical = [one for name, one in by_name.items() if name.startswith("typical")]
    return [
        _at_least("5 gain when tough meets strong", tough.gain, 0.14),
        _at_least("5 warned when tough meets strong", tough.warned, 0.55),
        _at_most("5 warned otherwise", max(one.warned for one in (*typical, thin)), 0.15),
    ]


def _intervals(by_name: dict[str, Summary]) -> list[Target]:
    """That intervals and claims hold as often as they say."""
    ordered = [one for name, one in by_name.items() if name not in APART]
    fair = [one for one in ordered if one.scenario.name != TOUGH]
    return [
        _at_least("6 rank intervals, lowest", min(one.rank_covered for one in ordered), 0.90),
        _at_most("6 rank intervals, highest", max(one.rank_covered for one in ordered), 0.99),
        _at_least("6 score intervals, lowest", min(one.score_covered for one in fair), 0.88),
        _at_most("6 sure and wrong", max(one.sure_wrong for one in fair if one.scenario.name != THIN), 0.025),
        _at_most("6 sure and wrong when thin", by_name[THIN].sure_wrong, 0.05),
        _at_least("6 best in the top group, lowest", min(one.best_in_top for one in ordered), 0.93),
    ]


def _refusals(by_name: dict[str, Summary]) -> list[Target]:
    """That no order is given over people whom nothing connects."""
    least = min(by_name[name].refused for name in APART)
    return [_at_least("7 refused: two panels, one interviewer each", least, 1.0)]


def _at_least(words: str, found: float, least: float) -> Target:
    return Target(words, found >= least, f"{found:.3f}, at least {least:g}")


def _at_most(words: str, found: float, most: float) -> Target:
    return Target(words, found <= most, f"{found:.3f}, at most {most:g}")


def simulation(seeds: int) -> bool:
    """Print the table and the targets; whether all are met."""
    print(HEAD)
    found = {}
    for scenario in SCENARIOS:
        found[scenario.name] = summary(scenario, seeds)
        print(line(found[scenario.name]), flush=True)
    return told(targets(found))


def told(several: list[Target]) -> bool:
    """Print targets; whether all are met."""
    print()
    for one in several:
        print(f"{'met    ' if one.met else 'NOT MET'}  {one.words}: {one.found}")
    return all(one.met for one in several)


def usual(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of several runs after one that warms up."""
    work()
    return statistics.median(seconds(work) for _ in range(times))


def speed() -> bool:
    """Print how long the model takes by size; whether the limits hold."""
    limits = []
    for name, scenario, limit in SIZES:
        ratings = simulated(scenario, 1).ratings
        bayes = usual(lambda ratings=ratings: analyse(ratings))
        reml = usual(lambda ratings=ratings: analyse(ratings, method="reml"), 3)
        text = usual(lambda ratings=ratings: json_text(analyse(ratings)), 3)
        print(
            f"{name:16} {ratings.rating.size:6,} ratings  default {bayes:.3f} s  REML {reml:.3f} s  with JSON {text:.3f} s"
        )
        print(f"{'':16} {others(ratings)}")
        if limit:
            limits.append(_at_most(f"{name}, seconds", bayes, limit))
    return told(limits)


def others(ratings: Ratings) -> str:
    """The same model in statsmodels, where it can run."""
    try:
        import pandas as pd
        from statsmodels.regression.mixed_linear_model import MixedLM
    except ImportError:
        return "statsmodels is not installed"
    if ratings.rating.size > 2_500:
        return "statsmodels: left out, its matrices grow with the square of the ratings"
    taken = seconds(lambda: mixed_model(pd, MixedLM, ratings))
    return f"statsmodels REML, variances only: {taken:.2f} s"


def mixed_model(pd: Any, model: Any, ratings: Ratings) -> None:
    """The kit's own model, fitted by statsmodels."""
    columns = {"y": ratings.rating, "c": ratings.candidate, "r": ratings.interviewer, "k": ratings.competency}
    data = pd.DataFrame(columns | {"all": 1}).assign(s=lambda table: table.c * 1_000 + table.r)
    parts = {"c": "0 + C(c)", "r": "0 + C(r)", "s": "0 + C(s)"}
    made = model.from_formula("y ~ C(k)", groups="all", vc_formula=parts, data=data)
    made.fit(reml=True, method=["lbfgs"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["speed", "simulation", "screens", "all"], nargs="?", default="all")
    parser.add_argument("--seeds", type=int, default=400, help="rounds a scenario (fewer of the large ones)")
    given = parser.parse_args()
    fine = True
    if given.what in ("speed", "all"):
        fine = speed()
    if given.what in ("simulation", "all"):
        fine = simulation(given.seeds) and fine
    if given.what in ("screens", "all"):
        from benchmarks.screens import measured

        fine = measured() and fine
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
