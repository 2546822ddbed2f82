"""An assistant's hardening plan: what the eight attacks did, hours given out twice, and what quiet weeks show."""

from __future__ import annotations

import hashlib
import math
import re

import pytest

from .material import question
from .wording import sample, wording

QUESTION = question("hardening-plan")
GIVEN = " ".join(" ".join(number.give for number in QUESTION.numbers).split())
FACTS = [wording(fact) for fact in QUESTION.facts]
ATTACKS, REPORTS, CHANGES, HOURS = 30, 1_200, 400, 40
RELEASED, STOPPED = 1_140, 60


def shown(exhibit: str) -> str:
    return str(QUESTION.exhibit(exhibit).text)


def at_most(k: int, of: int, share: float) -> float:
    """The chance of at most k hits."""
    return sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(k + 1))


def exact(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of Clopper and Pearson, to a thousandth."""
    shares = [n / 10_000 for n in range(10_001)]
    low = max(share for share in shares if 1 - at_most(hits - 1, of, share) <= 0.025)
    high = min(share for share in shares if at_most(hits, of, share) <= 0.025)
    return low, high


@pytest.mark.parametrize(
    ("exhibit", "digest"),
    [
        ("request", "69c1514df2e95203bc32b61c0f864150a4c9ac3365895a7ed1be30da489515bf"),
        ("plan", "90790a48fc7a0895353d7d7dcfa8f7f1dadd1c98914cda2a20e8836f55184722"),
    ],
)
def test_request_and_plan_are_word_for_word(exhibit: str, digest: str) -> None:
    words = " ".join(re.sub(r"^\[\d+\] ", "", shown(exhibit), flags=re.M).split())
    assert hashlib.sha256(words.encode()).hexdigest() == digest


def test_each_defect_names_lines_that_exist() -> None:
    lines = {int(n) for n in re.findall(r"^\[(\d+)\]", shown("plan"), flags=re.M)}
    assert lines == set(range(1, 22))
    assert all(set(defect.lines) <= lines for defect in QUESTION.defects)


def test_the_plans_own_sums_are_right_and_rest_on_layers_that_fail_apart() -> None:
    passed = ATTACKS * 12 / 80
    followed = passed * 20 / 80
    assert (passed, round(followed, 1), round(followed * 5 / 25, 3)) == (4.5, 1.1, 0.225)
    assert "0.23 a month, about one in four months" in " ".join(shown("plan").split())
    assert [round(100 * share, 1) for share in exact(5, 25)] == [6.8, 40.7]
    assert "6.8 to 40.7 %" in FACTS[1]
    assert "exact 95 % interval for 5 of 25" in wording(QUESTION.false_trails[0])


def test_eight_of_eighty_are_three_a_month_and_six_of_them_are_locked() -> None:
    """Three by comment and two pushes by the token, one by the build machine; two links are left: 0.75 a month."""
    assert "filter let 12 through. Of these, the model followed 8" in GIVEN
    assert 3 + 2 + 1 + 2 == 8
    for part in ("Three wrote the token", "Two pushed to another", "One changed its own", "Two put a link"):
        assert part in GIVEN
    rates = [ATTACKS * 8 / 80, ATTACKS * 2 / 80, round(ATTACKS * 8 / 80 * 5 / 25, 9)]
    assert rates == [3, 0.75, 0.6]
    must = wording(QUESTION.signal("a"))
    assert "8 of 80, so 3 a month" in must
    assert "Points 1 to 3 stop six. The two that put a link into the comment, 0.75 a month" in must
    assert 1.1 < 3 < 4.5


def test_the_plan_gives_out_the_hours_more_than_once() -> None:
    assert STOPPED == 25 + 35 == int(ATTACKS * 68 / 80 + 1_170 * 15 / 500)
    assert REPORTS - STOPPED == RELEASED
    needed = [RELEASED * 3 / 60, RELEASED * 2 / 60, STOPPED * 5 / 60]
    assert needed == [57, 38, 5]
    assert [round(sum(needed) + 160 * minutes / 60) for minutes in (15, 25)] == [140, 167]
    assert 160 * 15 / 60 == HOURS == CHANGES * 6 / 60
    assert "57 + 38 + 5 + 67, about 167 hours" in QUESTION.signal("b").listen_for.replace("\n", " ")
    assert round(sum(needed) + 160 * 25 / 60 - HOURS) == 127
    assert 160 / 2 * 3 == 240
    assert "127 more than there are, for about 240 hours saved" in wording(QUESTION.signal("b"))


def test_what_fits_into_the_hours_that_there_are() -> None:
    reviews = [60 * hours / 25 for hours in (35, 20, 15, 40)]
    assert reviews == [84, 48, 36, 96]
    assert (HOURS - 5, 300 * 3 / 60, HOURS - 5 - 15, 20 - 5) == (35, 15, 20, 15)
    must = wording(QUESTION.signal("b"))
    assert "40 - 5 = 35 hours, at 25 minutes 84 pull requests" in must
    assert "40 - 5 - 15 = 20 hours, so 48 pull requests" in must
    assert "20 - 5 = 15 hours at 25 minutes are 36" in wording(QUESTION.turns[0])
    assert "40 hours at 25 minutes are 96" in wording(QUESTION.routes[0])
    assert "Fifteen hours, so 36" in sample(QUESTION, "go-with-locks", "code-does-it")
    assert "48 pull requests, not 160" in sample(QUESTION, "off-until-rerun", "newcomers-only")


def test_quiet_weeks_and_ten_planted_attacks_show_little() -> None:
    assert [round(100 * math.exp(-rate)) for rate in (0.6, 3)] == [55, 5]
    assert round(100 * (1 - 0.05 ** (1 / 10))) == 26
    assert "At 0.6 a month 55 % of months have nothing to show; even at 3 a month, 5 % have" in wording(
        QUESTION.signal("g")
    )
    assert "allow a rate of 26 %" in QUESTION.defects[6].what
    assert 16 - 7 == 9
    assert "gone nine days before" in str(QUESTION.signal("c").decoy)
    assert 28 - 16 < 28 / 2


def test_the_deciding_figures_are_not_shown() -> None:
    seen = " ".join([QUESTION.prompt, str(QUESTION.card), shown("request"), shown("plan")])
    for kept in ("eight", "16 days", "25 minutes each", "2,300", "1,140", "three minutes"):
        assert kept in " ".join([GIVEN.lower(), wording(QUESTION).lower()])
        assert kept not in seen.lower()
