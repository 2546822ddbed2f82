"""The GPU budget: the answer's sums again, its formula tried on today, and a replay of the table's jobs."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterator
from statistics import mean
from typing import NamedTuple

from .material import question
from .wording import sample, wording

QUESTION = question("gpu-budget")
ANSWER = " ".join(str(QUESTION.exhibit("answer").text).split())
GIVEN = " ".join(" ".join(number.give.split()) for number in QUESTION.numbers)
FACTS = [wording(fact) for fact in QUESTION.facts]
DEFECTS = {defect.id: wording(defect) for defect in QUESTION.defects}
WEEK, YEAR, SPOT = 168, 52, 9.95
# Runs a week, GPUs each, hours each; then what grows by 40 %.
TODAY = {
    "nightly": (14, 4, 5.0),
    "fine-tuning": (120, 1, 6.0),
    "large": (22, 8, 12.0),
    "full": (1, 16, 60.0),
    "evaluation": (300, 1, 0.5),
}
GROWS = ("fine-tuning", "large", "evaluation")


def load(growth: float) -> float:
    """GPU-hours a week."""
    return sum(runs * (growth if kind in GROWS else 1) * gpus * h for kind, (runs, gpus, h) in TODAY.items())


def erlang_c(servers: int, busy: float) -> float:
    """The share of jobs that has to wait, for arrivals at one rate day and night."""
    full = busy**servers / math.factorial(servers) * servers / (servers - busy)
    return full / (sum(busy**n / math.factorial(n) for n in range(servers)) + full)


def formula(servers: int, busy: float) -> float:
    """The average wait in hours as the answer works it out."""
    return erlang_c(servers, busy) * 12 / (servers - busy)


class Job(NamedTuple):
    at: float
    kind: str
    gpus: int
    hours: float
    may_leave: bool


def jobs(growth: float, tidy: bool, may_leave: float, weeks: int) -> Iterator[Job]:
    """Weeks of the table's jobs: people's between 9 and 18 from Monday to Friday, nightly ones at 2."""
    draw = random.Random(5)

    def office() -> float:
        return 24 * draw.randrange(5) + 9 + 9 * draw.random()

    for monday in range(0, WEEK * weeks, WEEK):
        for kind in GROWS:
            runs, gpus, hours = TODAY[kind]
            for _ in range(int(runs * growth) + (draw.random() < runs * growth % 1)):
                leaves = kind == "large" and draw.random() < may_leave
                yield Job(monday + office(), kind, gpus, hours, leaves)
        yield Job(monday + (4 * 24 + 20 if tidy else office()), "full", 16, 60.0, False)
        for day in range(7):
            yield from [Job(monday + 24 * day + 2, "nightly", 4, 5.0, False)] * 2


class Cluster:
    """A queue that starts any job that fits.

    Tidy: on the server with the fewest free GPUs, and full training on Friday evening; otherwise on the emptiest.
    """

    def __init__(self, servers: int, tidy: bool) -> None:
        self._free = [8] * servers
        self._tidy = tidy
        # By the GPUs that they want: where the first does not fit, the others do not either.
        self._waiting: dict[int, list[Job]] = {1: [], 4: [], 8: [], 16: []}

    def wait(self, job: Job) -> None:
        self._waiting[job.gpus].append(job)

    def leave(self, job: Job) -> bool:
        """Whether it still waited."""
        if job not in self._waiting[8]:
            return False
        self._waiting[8].remove(job)
        return True

    def end(self, job: Job, held: list[int]) -> None:
        for server in held:
            self._free[server] += min(job.gpus, 8)

    def start(self) -> Iterator[tuple[Job, list[int]]]:
        while heads := sorted(line[0] for line in self._waiting.values() if line and self._place(line[0])):
            job = heads[0]
            taken = self._place(job)
            self._waiting[job.gpus].pop(0)
            for server in taken:
                self._free[server] -= min(job.gpus, 8)
            yield job, taken

    def _place(self, job: Job) -> list[int]:
        each, wanted = min(job.gpus, 8), max(1, job.gpus // 8)
        fits = [server for server, free in enumerate(self._free) if free >= each]
        fits.sort(key=lambda server: self._free[server] * (1 if self._tidy else -1))
        return fits[:wanted] if len(fits) >= wanted else []


def replay(
    servers: int, growth: float = 1.4, tidy: bool = True, may_leave: float = 0.0
) -> tuple[float, float]:
    """Average wait of a large experiment in hours, and the share of them that is rented after an hour."""
    cluster, waits, rented = Cluster(servers, tidy), list[float](), 0
    # At one time: first what ends, then what comes, then what has waited for an hour.
    events: list[tuple[float, int, int, Job, list[int]]] = []
    for n, job in enumerate(jobs(growth, tidy, may_leave, 30)):
        events.append((job.at, 1, n, job, []))
        if job.may_leave:
            events.append((job.at + 1, 2, n, job, []))
    heapq.heapify(events)
    serial = 0
    while events:
        now, what, _, job, held = heapq.heappop(events)
        if what == 0:
            cluster.end(job, held)
        elif what == 1:
            cluster.wait(job)
        elif cluster.leave(job):
            waits.append(1.0)
            rented += 1
        for started, taken in cluster.start():
            serial += 1
            heapq.heappush(events, (now + started.hours, 0, serial, started, taken))
            if started.kind == "large":
                waits.append(now - started.at)
    return mean(waits), rented / len(waits)


def test_loads_of_the_answer_are_right() -> None:
    assert load(1.0) == 4_222
    assert round(load(1.4)) == 5_415
    assert [round(100 * load(growth) / (32 * WEEK)) for growth in (1.0, 1.4)] == [79, 101]
    assert "4,222" in ANSWER
    assert "5,415" in ANSWER
    assert "79 % now, 101 % next year" in ANSWER


def test_formula_of_the_answer_gives_eight_hours_for_today_where_the_log_has_fifteen() -> None:
    """4,222/1,344 = 3.14 of four servers busy: 0.57 x 12/0.86 = 8.0 hours; 1.8 for six becomes three or more."""
    assert [round(formula(servers, load(1.4) / 1344), 1) for servers in (5, 6, 7)] == [7.0, 1.8, 0.6]
    assert "7.0 h" in ANSWER
    assert "1.8 h" in ANSWER
    assert "0.6 h" in ANSWER
    busy = load(1.0) / 1344
    assert (round(busy, 2), round(erlang_c(4, busy), 2), round(4 - busy, 2)) == (3.14, 0.57, 0.86)
    assert round(formula(4, busy), 1) == 8.0
    assert "15 hours on average" in GIVEN
    assert 15 / 8 * 1.8 > 3
    said = wording(QUESTION.signal("a"))
    assert "4,222/1,344 = 3.14 busy: 0.57 × 12/0.86 is 8 hours. The log says 15" in said
    assert "1.8 hours for six are three or more" in said
    assert "3.14 of four servers busy, says 8" in sample(QUESTION, "formula-on-today", "buy-one-rent-some")


def test_one_workday_fills_six_servers() -> None:
    """30.8 large experiments a week are 6 a day for 12 hours each; 168 fine-tunings are 34 a day."""
    assert (round(22 * 1.4, 1), round(22 * 1.4 / 5), round(120 * 1.4 / 5)) == (30.8, 6, 34)
    assert 9 + 12 == 21
    said = wording(QUESTION.signal("a"))
    assert "30.8 a week are 6 a day" in said
    assert "before 21:00" in said
    assert "34 fine-tuning jobs" in said
    assert "34 fine-tunings come on top" in sample(QUESTION, "one-workday", "buy-two")


def test_half_is_a_guess_and_all_year_is_at_another_price() -> None:
    assert "The half share is my assumption" in ANSWER
    hours = 30.8 * 12 * YEAR
    assert (round(hours / 2, -1), round(hours / 2 * SPOT, -3), round(hours * SPOT, -3)) == (
        9_610,
        96_000,
        191_000,
    )
    assert round(hours * 22, -2) == 422_800
    assert (3 * 8_760 * 9, round(3 * 8_760 * SPOT, -2)) == (236_520, 261_500)
    assert 3 * 8_760 * 22 == 578_160
    assert round(9 * 14 / (14 - 4 / 3), 2) == SPOT
    assert "261,500" in wording(QUESTION.signal("e"))
    assert "261,500" in DEFECTS["D4"]
    assert "422,800" in DEFECTS["D4"]
    assert round(0.75 * hours * SPOT, -2) == 143_400
    assert "three of four: EUR 143,400" in DEFECTS["D2"]


def test_what_may_leave_brings_the_cluster_back_to_todays_load() -> None:
    """Two of five are 12.3 a week and EUR 76,500; what stays is 79 % of four servers."""
    leaves = 30.8 * 2 / 5
    rent = leaves * 12 * YEAR * SPOT
    stays = load(1.4) - leaves * 96
    assert (round(leaves, 1), round(rent, -2), round(stays)) == (12.3, 76_500, 4_232)
    assert round(rent / 12, -2) == 6_400
    assert [round(100 * stays / (servers * 8 * WEEK)) for servers in (4, 5)] == [79, 63]
    assert round(100 * load(1.4) / (6 * 8 * WEEK)) == 67
    server = 190_000 / 3 + 12 * 1_400
    assert round(server) == 80_133
    assert [round(n * server, -2) for n in (2, 3)] == [160_300, 240_400]
    assert [round(n * server + rent, -2) for n in (1, 2, 3)] == [156_600, 236_800, 316_900]
    said = wording(QUESTION.signal("b"))
    for words in (
        "12.3 a week, EUR 76,500",
        "79 %",
        "EUR 156,600",
        "Load 63 %",
        "EUR 160,300 a year, load 67 %",
        "240,400",
    ):
        assert words in said
    assert "236,800 a year and still give 2.6 hours; seven cost 316,900" in wording(QUESTION.signal("h"))
    assert "156,600, load 63 percent" in sample(QUESTION, "formula-on-today", "buy-one-rent-some")
    assert "160,267 a year, 67 percent load" in sample(QUESTION, "one-workday", "buy-two")
    assert round(2 * server) == 160_267


def test_bill_of_march_is_for_nine_experiments_too_many() -> None:
    assert round(11_000 * 12 / YEAR / (12 * SPOT)) == 21
    assert "about 21 a week, and 12 are permitted. So nine too many" in wording(QUESTION.turns[1])


def test_replayed_jobs_wait_as_long_as_the_key_says() -> None:
    """A simulation in office hours: 15 hours today; six servers 4.9 and not 1.8; three of four sent if all may leave."""
    assert abs(replay(4, growth=1.0, tidy=False)[0] - 15) < 2.5
    rows = [row[1:] for row in QUESTION.exhibit("replay").rows]
    for servers, row in zip((5, 6, 7), rows[1:], strict=True):
        assert abs(replay(servers)[0] - float(row[0].split()[0])) < 1.2
        assert abs(replay(servers, may_leave=0.4)[0] - float(row[1].split()[0])) < 0.5
    assert abs(replay(4, may_leave=0.4)[0] - float(rows[0][1].split()[0])) < 1.5
    assert abs(replay(4, may_leave=1.0)[1] - 0.75) < 0.05
    assert "grows without end" in rows[0][0]
    assert load(1.4) > 32 * WEEK
    for servers, told in ((6, 9.7), (7, 7.2)):
        assert abs(replay(servers, tidy=False)[0] - told) < 1.2
    assert "placed as today 9.7 and 7.2" in DEFECTS["D1"]
    assert "5, 6, 7 servers 10.8, 4.9, 3.1 hours" in FACTS[1]
    assert "3.7, 2.6, 1.9, with four servers 7.2" in FACTS[1]


def test_checkpoints_every_two_hours_are_no_fault() -> None:
    """Three minutes each and 14 hours between interruptions: 12 % lost at two hours, 13 % at half an hour, 11 % at one."""
    lost = {every: 0.05 / (every + 0.05) + (every / 2 + 1 / 3) / 14 for every in (0.5, 1, 2)}
    assert {every: round(100 * share) for every, share in lost.items()} == {0.5: 13, 1: 11, 2: 12}
    assert "two hours 12 % of the time is lost in all, every half hour 13 %" in wording(
        QUESTION.false_trails[0]
    )


def test_full_training_fits_the_weekend() -> None:
    assert (4 * 24 + 20 + 60) % WEEK == 8


def test_deciding_figures_are_not_on_the_card() -> None:
    shown = f"{QUESTION.prompt} {QUESTION.card} {ANSWER} {QUESTION.exhibit('request').text}"
    for kept in ("15 hours on", "Two of five", "200,000", "five months", "power for two", "between 9 and 18"):
        assert kept not in shown
        assert kept in f"{GIVEN} {wording(QUESTION)}"
