"""A fallback used for real: the sums of its stand-in case, and that its samples' numbers fit together."""

from __future__ import annotations

from .material import question
from .wording import sample

QUESTION = question("used-fallback")


def test_the_stand_in_case_has_more_orders_than_mails() -> None:
    """Two hours of 900 orders are 1,800, and an afternoon has 400 mails."""
    assert 2 * 900 == 1_800 > 400
    route = " ".join(str(QUESTION.no_experience_route).split())
    for figure in ("gone for two hours", "900 orders an hour", "the 1,800 orders", "400 mails", "12 dollars"):
        assert figure in route


def test_numbers_of_the_samples_at_the_line_fit_together() -> None:
    """Nine of forty of 2,600 in three hours; four days from Thursday to Monday."""
    told = sample(QUESTION, "seen-that-day", "corrected")
    assert 9 < 40 < 2_600
    for figure in ("eleven minutes", "three hours: 2,600", "forty came out", "stopped nine"):
        assert figure in told
    late = sample(QUESTION, "learnt-late", "left-on-purpose")
    days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday"]
    assert days.index("Monday") - days.index("Thursday") == 4
    for figure in ("on a Thursday", "on Monday", "Four days, about 310,000"):
        assert figure in late


def test_what_the_trace_asks_for_is_what_the_musts_listen_for() -> None:
    assert QUESTION.trace is not None
    for asked in ("how long was it on", "how many answers", "who decided"):
        assert asked in " ".join(QUESTION.trace.check.split())
