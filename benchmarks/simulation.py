"""Rounds whose truth is known: what the comparison finds, against the plain mean.

The truth: candidates differ by .5 point, each candidate by .3 between competencies, competencies by .2; one
interviewer's whole view of one candidate varies by .35, a single rating by .6; interviewers use the scale more or
less widely; what they give is rounded and cut to 1 to 5. So no model that is fitted is the one that made the data.
Every round has its own seed. Nothing here is drawn from the engine under test.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorecards.comparison import Analysis, Ratings, Row, analyse, table

Floats = NDArray[np.float64]
Assignment = Literal["random", "tough meets strong", "two panels"]

CANDIDATE, COMPETENCY_OF_CANDIDATE, COMPETENCY, VIEW, NOISE = 0.5, 0.3, 0.2, 0.35, 0.6
STRETCH = 0.15
# How strongly tough interviewers are given strong candidates.
CONFOUNDING = 2.0


class Scenario(NamedTuple):
    """One kind of round."""

    name: str
    candidates: int
    interviewers: int
    # Interviewers a candidate meets: from, to.
    each: tuple[int, int]
    severity: float = 0.5
    assignment: Assignment = "random"
    stretch: float = STRETCH
    competencies: int = 8
    asked: int = 4
    # The share of the seeds that is run.
    share: float = 1.0


SCENARIOS = (
    Scenario("typical 12×10, severity 0", 12, 10, (3, 6), 0.0),
    Scenario("typical 12×10, severity .25", 12, 10, (3, 6), 0.25),
    Scenario("typical 12×10, severity .5", 12, 10, (3, 6)),
    Scenario("typical 12×10, severity .75", 12, 10, (3, 6), 0.75),
    Scenario("wider and narrower scales", 12, 10, (3, 6), stretch=0.3),
    Scenario("full 12×5", 12, 5, (5, 5)),
    Scenario("tiny 6×6", 6, 6, (3, 4)),
    Scenario("thin 12×10, two each", 12, 10, (2, 2)),
    Scenario("tough meets strong", 12, 10, (3, 6), assignment="tough meets strong"),
    Scenario("two panels", 12, 10, (3, 4), assignment="two panels"),
    Scenario("one interviewer each", 12, 10, (1, 1)),
    Scenario("round of 30×10", 30, 10, (3, 6), share=0.5),
    Scenario("programme of 100×20", 100, 20, (3, 6), share=0.125),
)


class Truth(NamedTuple):
    """A simulated round and the merit of its candidates."""

    ratings: Ratings
    merit: Floats


class Outcome(NamedTuple):
    """What was found in one round; shares of candidates or pairs where not a yes or no."""

    tau_raw: float
    tau: float
    first_raw: bool
    first: bool
    score_covered: float
    rank_covered: float
    sure: int
    sure_wrong: int
    top_group: int
    best_in_top: bool
    warned: bool
    refused: bool


def simulated(scenario: Scenario, seed: int) -> Truth:
    """One round of the scenario."""
    random = np.random.default_rng([seed, *scenario.name.encode()])
    n, r, p = scenario.candidates, scenario.interviewers, scenario.competencies
    level = random.normal(0, CANDIDATE, n)[:, None] + random.normal(0, COMPETENCY_OF_CANDIDATE, (n, p))
    difficulty = random.normal(0, COMPETENCY, p)
    strict = random.normal(0, scenario.severity, r)
    stretch = np.exp(random.normal(0, scenario.stretch, r))
    rows = []
    for candidate, met in enumerate(_met(scenario, level.mean(axis=1), strict, random)):
        for interviewer in met:
            view = random.normal(0, VIEW)
            for what in random.choice(p, scenario.asked, replace=False):
                seen = stretch[interviewer] * (level[candidate, what] - difficulty[what])
                rating = 3 + seen - strict[interviewer] + view + random.normal(0, NOISE)
                ids = (f"{one:04d}" for one in (candidate, interviewer, what))
                rows.append(Row(*ids, float(np.clip(np.round(rating), 1, 5))))
    return Truth(table(rows), level.mean(axis=1))


def _met(scenario: Scenario, merit: Floats, strict: Floats, random: np.random.Generator) -> list[list[int]]:
    """The interviewers whom each candidate meets."""
    panel = np.arange(scenario.interviewers)
    found = []
    for place, own in enumerate(merit):
        number = int(random.integers(scenario.each[0], scenario.each[1] + 1))
        chosen = panel
        if scenario.assignment == "two panels":
            chosen = panel[panel % 2 == place % 2]
        pull = np.zeros(chosen.size)
        if scenario.assignment == "tough meets strong":
            pull = CONFOUNDING * (own / CANDIDATE) * (strict[chosen] / scenario.severity) / 2
        likely = np.exp(pull - pull.max())
        found.append(random.choice(chosen, number, replace=False, p=likely / likely.sum()).tolist())
    return found


def outcome(truth: Truth) -> Outcome:
    """What the comparison makes of a round."""
    return judged(truth, analyse(truth.ratings, (1, 5)))


def judged(truth: Truth, found: Analysis) -> Outcome:
    """An analysis against the truth. The candidates' order is that of the truth: ids are numbers in order."""
    merit = truth.merit
    effect = np.array([one.effect for one in found.candidates], dtype=float)
    raw = np.array([one.raw for one in found.candidates])
    level = np.array([one.adjusted for one in found.candidates]) - effect
    intervals = np.array([one.interval for one in found.candidates]) - level[:, None]
    best = int(merit.argmax())
    sure, wrong = _claims(found, merit)
    return Outcome(
        kendall(raw, merit),
        kendall(effect, merit),
        int(raw.argmax()) == best,
        int(effect.argmax()) == best,
        float(((intervals[:, 0] <= merit) & (merit <= intervals[:, 1])).mean()),
        _ranks_covered(found, merit),
        sure,
        wrong,
        sum(one.group == 1 for one in found.candidates),
        found.candidates[best].group == 1,
        found.assignment_warning,
        _refused(found),
    )


def _ranks_covered(found: Analysis, merit: Floats) -> float:
    """Share of the rank intervals that hold the true rank among those placed in the same part; NaN without any."""
    placed = [n for n, one in enumerate(found.candidates) if one.rank_interval]
    covered = []
    for n in placed:
        part = [other for other in placed if found.candidates[other].part == found.candidates[n].part]
        low, high = found.candidates[n].rank_interval or (0, 0)
        covered.append(low <= 1 + sum(merit[other] > merit[n] for other in part) <= high)
    return float(np.mean(covered)) if covered else np.nan


def _refused(found: Analysis) -> bool:
    """Whether an order over everybody is refused, and none is given all the same."""
    part = {one.candidate: one.part if one.interviewers > 1 else None for one in found.candidates}
    across = [a for a, others in found.pairs.items() for b in others if part[a] is None or part[a] != part[b]]
    said = any("against" in one.what for one in found.refused)
    return said and not across and not found.adjusted_leads


def _claims(found: Analysis, merit: Floats) -> tuple[int, int]:
    """How many pairs are said to be in order with 95 %, and how many of them are not."""
    place = {one.candidate: n for n, one in enumerate(found.candidates)}
    claims = [(a, b) for a, others in found.pairs.items() for b, p in others.items() if p >= 0.95]
    return len(claims), sum(merit[place[a]] <= merit[place[b]] for a, b in claims)


def kendall(found: Floats, truth: Floats) -> float:
    """Kendall's tau-b: ties in either are taken out of the denominator."""
    above = np.triu_indices(found.size, 1)
    a, b = (np.sign(np.round(one[:, None] - one, 9))[above] for one in (found, truth))
    return float((a @ b) / np.sqrt((a != 0).sum() * (b != 0).sum()))
