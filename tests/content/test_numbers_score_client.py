"""The client under review: it runs, it fails as its defects say, and the repaired one does not."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from question_bank.exhibits.score_client import repaired, reviewed

from .material import question

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
