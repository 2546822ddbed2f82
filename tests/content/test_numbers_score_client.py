"""The client under review: it runs, it fails as its defects say, and the repaired one does not."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from question_bank.exhibits.score_client import repaired, reviewed

from .material import question
from .wording import sample, wording

QUESTION = question("score-client")
CODE = Path(inspect.getfile(reviewed)).read_text("utf-8")


class Service:
    """Stands in for the service: answers, or raises what it is told to raise; notes what it was asked."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.timeouts: list[float] = []
        self.counts: list[str] = []
        self.now = 100.0

    def __call__(self, asked: dict[str, str], timeout: float) -> dict[str, float]:
        self.timeouts.append(timeout)
        if self.trouble:
            self.now += timeout
            raise self.trouble
        return {"score": 0.9 if asked["language"] == "en" else 0.1}


Ask = Callable[[str, str], float | None]


def old(service: Service) -> Ask:
    return reviewed.ScoreClient(service, service.counts.append).score


def new(service: Service) -> Ask:
    client = repaired.ScoreClient(service, service.counts.append, clock=lambda: service.now)
    return lambda text, language: client.score(text, language, "7")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def outage(make: Callable[[Service], Ask], trouble: Exception | None = None) -> tuple[Service, Ask, Any]:
    service = Service()
    ask = make(service)
    service.trouble = trouble or TimeoutError()
    return service, ask, ask("you fool", "en")


def test_the_exhibit_is_the_file() -> None:
    assert QUESTION.exhibit("client").code.rstrip("\n") == CODE.rstrip("\n")


def test_in_an_outage_the_old_client_calls_everything_harmless_and_the_new_one_says_none() -> None:
    assert outage(old)[2] == 0.0
    assert outage(new)[2] is None


def test_after_the_outage_the_old_client_stays_harmless_for_ever() -> None:
    """The made-up score was kept; the new client asks again."""
    for make, expected in ((old, 0.0), (new, 0.9)):
        service, ask, _ = outage(make)
        service.trouble = None
        assert ask("you fool", "en") == expected


def test_the_page_waits_two_seconds_and_the_old_client_up_to_fifty() -> None:
    """5 attempts of 10 s, against two that end within 1.6 s; five times the load, against twice."""
    assert outage(old)[0].timeouts == [10.0] * 5
    timeouts = outage(new)[0].timeouts
    assert len(timeouts) == 2
    assert sum(timeouts) < 1.6


def test_a_refused_request_is_asked_five_times_by_the_old_client_alone() -> None:
    """A mistake in the request does not heal by asking again, and must be heard."""
    assert len(outage(old, ValueError("400: language unknown"))[0].timeouts) == 5
    with pytest.raises(ValueError, match="400"):
        outage(new, ValueError("400: language unknown"))


def test_the_old_clients_count_shows_no_outage() -> None:
    assert outage(old)[0].counts == ["scored"]
    assert outage(new)[0].counts == ["without a score"]


def test_the_same_words_in_another_language_get_the_first_ones_score_from_the_old_client() -> None:
    """ "Gift" is a present in English and poison in German."""
    for make, expected in ((old, 0.9), (new, 0.1)):
        ask = make(Service())
        ask("gift", "en")
        assert ask("gift", "de") == expected


def test_what_is_kept_has_an_age_in_the_new_client() -> None:
    service = Service()
    ask = new(service)
    ask("gift", "en")
    service.now += 601
    ask("gift", "en")
    assert len(service.timeouts) == 2


@pytest.mark.parametrize("defect", QUESTION.defects, ids=lambda defect: defect.id)
def test_the_defects_lines_hold_what_it_speaks_of(defect: Any) -> None:
    held = "\n".join(CODE.splitlines()[line - 1] for line in defect.lines)
    assert {
        "D1": "return HARMLESS", "D2": "self._known[key] = score", "D3": "range(ATTEMPTS)",
        "D4": "except Exception", "D5": 'self._count("scored")', "D6": "sha256(text.encode())",
    }[defect.id] in held  # fmt: skip


def test_a_hanging_service_uses_up_the_threads_in_twenty_seconds() -> None:
    """Ten comments a second, 50 seconds each: 500 calls for 200 threads; a deadline of two seconds holds 20."""
    a_second = 600 / 60
    waits = reviewed.ATTEMPTS * reviewed.TIMEOUT
    assert (waits, a_second * waits, 200 / a_second, a_second * 2, a_second * 1.5) == (50, 500, 20, 20, 15)
    ways = wording(QUESTION.signal("a"))
    for figure in (
        "50 seconds each, are 500 threads",
        "200, so they are gone after 20 seconds",
        "20 threads wait at most",
    ):
        assert figure in ways
    assert "500 calls waiting" in sample(QUESTION, "threads", "wait-and-score")
    assert "fifteen calls wait at most" in sample(QUESTION, "deadline", "new-accounts")


def test_what_becomes_of_three_thousand_comments() -> None:
    """Read by people 500 minutes; scored again 7.5; new accounts 330 in 55 minutes, and 36 appear."""
    comments = 600 * 5
    abusive = comments * 4 // 100
    assert (600 * 4 // 100, comments, abusive) == (24, 3_000, 120)
    assert (comments / (30 - 24), comments / (1_000 - 600)) == (500, 7.5)
    waits = [5 + 600 * sent / 400 - sent for sent in (0, 5)]
    assert waits == [5, 7.5]
    held, left = comments * 11 // 100, abusive * 30 // 100
    assert (held, held / (30 - 24), left) == (330, 55, 36)
    stopped = abusive // 2 + round((comments - abusive) / 100)
    assert (comments - abusive, stopped, round(stopped / (30 - 24))) == (2_880, 89, 15)
    ways = wording(QUESTION.signal("b"))
    assert "60 of the 120 abusive comments and about 29 harmless ones: 89 to read" in ways
    for figure in (
        "400 a minute on top: seven and a half",
        "330 wait, 55 minutes",
        "36 abusive",
        "120 abusive",
        "more than eight hours",
    ):
        assert figure in ways
    claim = " ".join(fact.claim for fact in QUESTION.facts)
    for figure in ("500 minutes", "7.5 minutes", "330 / 6 = 55", "30 % of 120 are 36"):
        assert figure in " ".join(claim.split())


def test_a_minute_without_a_high_score_is_no_chance() -> None:
    assert math.exp(-24) < 1e-10
    assert "24 a minute is normal" in QUESTION.signal("i").listen_for


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not [
        kept for kept in ("600", "200", "3,000", "minutes a month", "1,000", "hangs") if kept in shown
    ]


def test_forty_calls_at_once_wait_fifty_seconds_each_in_the_old_client() -> None:
    service = Service()
    ask = old(service)
    service.trouble = TimeoutError()
    for number in range(40):
        ask(f"text {number}", "en")
    assert sum(service.timeouts) == 40 * 50
