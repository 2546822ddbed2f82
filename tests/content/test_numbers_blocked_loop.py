"""The numbers of the question on a blocked loop at two in the morning.

How many milliseconds late other work runs depends on the machine, and how much a thread helps depends on
Python's lock besides: both are printed as "about", and nothing here asserts them.
"""

from __future__ import annotations

import ast
import asyncio

from question_bank.exhibits.blocked_loop import cascade, generate
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/operations/blocked-loop.yaml", BANK, Question)
PAGE = {row[0]: row[1] for row in QUESTION.exhibit("page").rows}
POD = {row[0]: row[1] for row in QUESTION.exhibit("pod").rows}
SHEET = " ".join(number.give for number in QUESTION.numbers)
KEY = QUESTION.model_dump_json()
TRUTH = QUESTION.ground_truth or ""


def test_half_the_cpu_is_one_of_two_cores() -> None:
    """One busy core of two is 50 %, in the middle of the printed range."""
    assert "2 cores" in POD["Size"]
    assert 48 < 100 * 1 / 2 < 52
    assert "48 to 52 %" in POD["CPU"]


def test_the_page_shows_symptoms_only() -> None:
    """What the release was, what a pod's cores do and how patient the check is come on request."""
    shown = f"{QUESTION.prompt} {QUESTION.card} {QUESTION.exhibit('page').model_dump_json()}"
    assert not any(word in shown for word in ("PDF", "upload", "core", "switch", "25 min", "1.6"))


def test_the_upload_outlasts_three_health_checks_and_six_files_do_not() -> None:
    """12 x 1.6 = 19.2 s is longer than a kill takes to come (11 to 16 s); 6 x 1.6 = 9.6 s is shorter."""
    assert f"{12 * 1.6:.1f} s" in TRUTH
    assert f"{6 * 1.6:.1f} s" in TRUTH
    waits = {cascade.killed_at(start, pod) - start for start in range(5) for pod in range(4)}
    # The replay knows whole seconds; the first check comes within five seconds of the upload.
    assert (min(waits), max(waits)) == (11, 15)
    assert "within 11 to 16 s" in TRUTH
    assert 6 * 1.6 < min(waits) < max(waits) < 12 * 1.6
    assert (0.2 + 3) / 2 == 1.6
    assert (cascade.FILES, cascade.SECONDS_A_FILE) == (12, 1.6)


def test_from_seven_files_on_a_pod_can_be_killed() -> None:
    """7 x 1.6 = 11.2 s is above eleven, 6 is below; four files are 6.4 s, the largest upload is 60 s."""
    assert 6 * 1.6 < 11 < 7 * 1.6
    assert (f"{7 * 1.6:.1f}", f"{4 * 1.6:.1f}", 20 * 3) == ("11.2", "6.4", 60)
    assert all(
        words in KEY for words in ("Seven files are 11.2 seconds", "four are 6.4", "Up to twenty files")
    )


def test_more_patience_outlasts_the_upload() -> None:
    """Six failures come 26 s after the start at the earliest, and the upload is done after 19.2."""
    assert 5 * cascade.PROBE_EVERY + cascade.PROBE_TIMEOUT == 26 > 12 * 1.6
    assert "six failures instead of three, which is 26 seconds at least" in KEY


def test_only_the_rollback_is_slow() -> None:
    """Ten seconds, one minute and two minutes end the errors within five; 25 minutes do not."""
    for words in ("rollback takes 25 minutes", "which takes ten seconds", "in a minute", "take two minutes"):
        assert words in SHEET
    assert 1 + 7 == 8
    assert "Eight customers. Seven send six files or fewer" in SHEET


def test_the_health_check_on_the_page_is_the_one_replayed() -> None:
    """Every 5 s, timeout 1 s, three failures."""
    probe = {row[0]: row[1] for row in QUESTION.exhibit("probe").rows}
    assert probe["Every"] == f"{cascade.PROBE_EVERY} s"
    assert probe["Timeout"] == f"{cascade.PROBE_TIMEOUT} s"
    assert probe["Restart after"] == f"{cascade.PROBE_FAILURES} failures in a row"
    # With the platform's 30 s the upload of 19.2 s would finish before the kill.
    assert probe["Time to finish before it is killed"] == "0 s"
    assert 11 + 30 > 12 * 1.6


def test_restarts_and_lost_requests_come_out_of_the_replay() -> None:
    """One upload, sent again after each cut, gives 19 restarts by two o'clock and 17 % of requests lost."""
    night = cascade.replay()
    assert PAGE["Restarts since 01:52"].startswith(f"{night.restarts},")
    assert f"{night.lost * 100:.0f} % since" in PAGE["Requests without an answer"]
    assert f"{night.restarts} restarts in eight minutes" in TRUTH
    assert f"sends the cut-off upload again {cascade.SENT_AGAIN_AFTER} s later" in TRUTH
    assert min(second for second, _, event in night.events if event == "killed") >= 112 * 60 + 1


def test_the_timeline_is_the_start_of_the_replay() -> None:
    """The rows of the timeline are the first events of the replayed night."""
    rows = [tuple(row) for row in QUESTION.exhibit("timeline").rows]
    events = [(cascade.clock(at), str(pod + 1), event) for at, pod, event in cascade.replay().events]
    assert rows == events[: len(rows)]


def test_more_pods_lose_fewer_requests_and_restart_as_often() -> None:
    """Doubling the pods leaves the restarts as they were: the upload finds the next pod."""
    four, eight = cascade.replay(4), cascade.replay(8)
    assert eight.restarts == four.restarts
    assert eight.lost < four.lost


def test_work_in_the_loop_makes_everybody_else_late() -> None:
    """Pure Python in an async handler delays another task far more than an idle handler does.

    Only this relation is asserted. That a thread helps in part is about Python's lock and about how many
    threads want it; it is printed as "about" and left untested on purpose.
    """

    async def idle() -> None:
        return None

    async def busy() -> int:
        return generate.parse(rounds)

    async def both() -> tuple[list[float], list[float]]:
        return await generate.lags(idle), await generate.lags(busy)

    rounds = generate.rounds_for(generate.WORK_MS)
    quiet, blocked = asyncio.run(both())
    assert blocked[-1] > generate.WORK_MS / 2
    assert blocked[-1] > 4 * quiet[len(quiet) // 2]
    assert "about as late as the call is long" in TRUTH
    assert "depend on the machine" in TRUTH


def test_the_handler_on_the_page_parses() -> None:
    """The code shown is Python."""
    ast.parse(QUESTION.exhibit("handler").code or "")
