"""An assistant's page on masking: its sums are right, and chance, the test's mix and the alarm are what misleads."""

from __future__ import annotations

import hashlib
import math
import re

import pytest

from .material import question, wilson
from .wording import sample, wording

QUESTION = question("masking-page")
GIVEN = " ".join(" ".join(number.give for number in QUESTION.numbers).split())
FACTS = [wording(fact) for fact in QUESTION.facts]
MONTH, FORMS, MAILS = 50_000, 30_000, 20_000
ADDED = [FORMS * 6 // 400, MAILS * 36 // 100]


def shown(exhibit: str) -> str:
    return str(QUESTION.exhibit(exhibit).text)


def at_least(k: int, of: int, share: float) -> float:
    """The chance of k hits or more."""
    return 1 - sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(k))


@pytest.mark.parametrize(
    ("exhibit", "digest"),
    [
        ("request", "d5796546bf5e3f3dc043fa68e220cdf72814dd362e1eb8ac186e6a05c0f56401"),
        ("page", "f7be746fe92f439e29f0592b268fdd7b7fcd5f7e093584d8c7ceb940deae306e"),
    ],
)
def test_request_and_page_are_word_for_word(exhibit: str, digest: str) -> None:
    words = " ".join(re.sub(r"^\[\d+\] ", "", shown(exhibit), flags=re.M).split())
    assert hashlib.sha256(words.encode()).hexdigest() == digest


def test_each_defect_names_lines_that_exist() -> None:
    lines = {int(n) for n in re.findall(r"^\[(\d+)\]", shown("page"), flags=re.M)}
    assert lines == set(range(1, 17))
    assert all(set(defect.lines) <= lines for defect in QUESTION.defects)


def test_the_pages_own_sums_are_right_if_chance_spreads_the_misses() -> None:
    missed = [900 - 846, 300 - 255, 400 - 396, 400 - 388]
    assert (missed, sum(missed), sum(missed) / 500) == ([54, 45, 4, 12], 115, 0.23)
    assert [round(100 * (1 - math.exp(-rate)), 1) for rate in (0.23, 115 * 0.08 / 500)] == [20.5, 1.8]
    assert [round(MONTH * (1 - math.exp(-rate)), -2) for rate in (0.23, 115 * 0.08 / 500, 0.115)] == [
        10_300,
        900,
        5_400,
    ]
    assert round(100 * 1_800 / 9_400) == 19
    by_kind = 1 - 0.94**1.8 * 0.85**0.6 * 0.99**0.8 * 0.97**0.8
    assert round(100 * by_kind, 1) == 21.4
    assert "21.4 %" in FACTS[0]
    assert "Kind by kind gives 21.4 %" in wording(QUESTION.false_trails[0])


def test_by_channel_it_is_7650_and_the_may_count_gives_4200() -> None:
    assert (ADDED, sum(ADDED), sum(ADDED) / MONTH) == ([450, 7_200], 7_650, 0.153)
    assert MONTH * (6 + 36) // 500 == 4_200
    assert (400 / 100, FORMS / MAILS) == (4, 1.5)
    assert "6 of the 400 web forms and 36 of the 100 e-mails" in GIVEN
    assert "30,000 web forms and 20,000 e-mails a month" in GIVEN
    must = wording(QUESTION.signal("a"))
    assert "About 7,650 a month. Neither the page's 10,300 nor 42 of 500, which would be 4,200" in must
    assert "four forms for each e-mail, the month has one and a half" in must


def test_the_second_masker_leaves_6300() -> None:
    """It misses 160 of 2,000, and 69 of these the first one misses too."""
    assert (2_000 * 92 // 100, 115 - 46) == (1_840, 69)
    assert 69 <= 2_000 - 1_840
    left = FORMS * 4 // 400 + MAILS * 30 // 100
    assert (left, sum(ADDED) - left, round(1_800 / (sum(ADDED) - left), 2)) == (6_300, 1_350, 1.33)
    assert "46 of the 115. The other 69 are in 4 of the 400 web forms and 30 of the 100 e-mails" in GIVEN
    assert "1,350 fewer for 1,800 euros, 1.33 euros each. 6,300 still leave" in wording(QUESTION.signal("b"))
    assert round(115 * 0.92) == 106
    assert "46 of the 115 and not 106" in wording(QUESTION.defects[2])


def test_what_other_decisions_leave_and_cost() -> None:
    cut = ADDED[0] + MAILS * (36 - 30) // 100
    record = FORMS * (6 - 5) // 400 + MAILS * (36 - 27) // 100
    both = FORMS // 400 + MAILS * 3 // 100
    assert (cut, record, both, MAILS // 5) == (1_650, 1_875, 675, 4_000)
    assert (MAILS * 1.5 / 60, MAILS * 1.5 / 60 * 30) == (500, 15_000)
    must = wording(QUESTION.signal("b"))
    for words in (
        "so 1,650 a month",
        "1,800 and 75, so 1,875",
        "with the cut it is 675",
        "500 hours or 15,000",
    ):
        assert words in must
    assert "1,200 plus 450, 1,650 a month" in sample(QUESTION, "cut-quotes", "read-by-channel")
    assert "1,800 plus 75, 1,875" in sample(QUESTION, "own-record", "search-the-record")
    # Ways may overlap: 36 e-mails, 3 that neither mends.
    assert 30 + 27 - (36 - 3) <= 27


def test_the_alarm_is_set_for_a_share_that_is_not_there() -> None:
    assert round(100 * at_least(20, 60, 2 * 0.2055)) == 91
    assert round(100 * at_least(20, 60, 2 * 0.153)) == 37
    assert round(100 * at_least(5, 60, 2 * 0.0182)) == 7
    assert "a doubling is caught in 37 % of weeks" in wording(QUESTION.defects[4])
    assert "a doubling is caught in about 7 % of weeks" in QUESTION.defects[5].what
    august = sum(ADDED) + FORMS // 10
    assert (august, round(100 * august / MONTH, 1), round(60 * august / MONTH, 1)) == (10_650, 21.3, 12.8)
    assert at_least(20, 60, august / MONTH) < 0.03
    assert "12.8 of 60 in August, where it calls 12 normal" in wording(QUESTION.signal("c"))
    assert "3,000 more a month are 21.3 %, so 12.8 of 60" in wording(QUESTION.turns[1])


def test_the_other_checks_see_august() -> None:
    normal, august = 6 / 400, 6 / 400 + 0.1
    assert [round(45 * share, 1) for share in (normal, august)] == [0.7, 5.2]
    assert [round(100 * at_least(3, 45, share)) for share in (normal, august)] == [3, 90]
    daily = FORMS // 30
    assert (daily, daily // 10, int(daily * 5 / 400), int(daily * (5 / 400 + 0.1))) == (1_000, 100, 12, 112)
    assert "In forms 12 a day are normal, in August 112" in wording(QUESTION.signal("c"))
    assert "twelve hits are normal, August has 112" in sample(QUESTION, "own-record", "search-the-record")
    assert round(100 * (1 - 0.9**20)) == 88
    assert "Normal is 0.7 with a detail, in August 5." in wording(QUESTION.signal("c"))
    assert "With 20 a day and one in ten affected, the first day shows it with 88 %" in wording(
        QUESTION.signal("c")
    )
    # Sixty random ones fit into three hours: 24 e-mails at four minutes and 36 forms at one.
    assert 24 * 4 + 36 == 132 < 180
    assert "are 132 minutes" in QUESTION.false_trails[1].why_fine


def test_people_who_never_wrote_masked_messages_and_the_counts_range() -> None:
    assert MAILS * (36 - 27) // 100 == 1_800
    assert MONTH * 6 // 100 == 3_000
    low, high = wilson(36, 100)
    assert [round(100 * share, 1) for share in (low, high)] == [27.3, 45.8]
    assert [round(MAILS * share, -2) for share in (low, high)] == [5_500, 9_200]
    assert "1,800 messages a month" in QUESTION.signal("g").listen_for.replace("\n", " ")
    assert "about 3,000 a month" in wording(QUESTION.signal("h"))
    assert "27 to 46 %, so 5,500 to 9,200" in wording(QUESTION.signal("i"))


def test_the_deciding_figures_are_not_shown() -> None:
    seen = " ".join([QUESTION.prompt, str(QUESTION.card), shown("request"), shown("page")]).lower()
    for kept in ("30,000", "46 of", "36 of", "august", "neighbor", "bakery", "quoted"):
        assert kept in wording(QUESTION).lower()
        assert kept not in seen
