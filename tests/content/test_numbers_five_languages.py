"""The assistant's verdict on five languages and its reading plan: what was read, what it costs, who can read it."""

from __future__ import annotations

import math

from scipy.stats import fisher_exact, poisson

from .material import question
from .wording import sample, wording

QUESTION = question("five-languages")
GIVEN = " ".join(number.give for number in QUESTION.numbers)
CASE = str(QUESTION.exhibit("case").text)
ANSWER = " ".join(str(QUESTION.exhibit("answer").text).split())
FACTS = [wording(fact) for fact in QUESTION.facts]
# Answers a week; read and bad before, read and bad since.
READ = {
    "German": (21_000, 640, 15, 480, 13),
    "French": (9_000, 400, 10, 300, 9),
    "Italian": (4_200, 300, 7, 220, 6),
    "Polish": (2_900, 160, 5, 120, 13),
    "Finnish": (160, 40, 1, 30, 3),
}
BY_CONVERSATION = {
    row[0]: tuple(int(cell) for cell in row[1:]) for row in QUESTION.exhibit("conversations").rows
}
A_CONVERSATION = 4.5


def at_least(bad: int, expected: float) -> float:
    return float(poisson.sf(bad - 1, expected))


def conversations(language: str) -> float:
    return READ[language][0] / A_CONVERSATION


def test_the_case_holds_these_counts() -> None:
    for language, counts in READ.items():
        (row,) = (line.split() for line in CASE.splitlines() if line.startswith(language))
        assert [int(cell.replace(",", "")) for cell in row[1:]] == list(counts)
    assert sum(counts[1] for counts in READ.values()) / 4 * 3 / 60 < 20
    assert sum(counts[3] for counts in READ.values()) / 3 * 3 / 60 < 20


def test_the_answers_own_sums_hold() -> None:
    """Shares, error, limits and chances come out as it says, for independent answers."""
    pooled = 18 / 280
    error = math.sqrt(pooled * (1 - pooled) * (1 / 160 + 1 / 120))
    assert (round(pooled, 4), round(error, 2), round((13 / 120 - 5 / 160) / error, 1)) == (0.0643, 0.03, 2.6)
    spread = 1.96 * math.sqrt(1 / 15 + 1 / 13)
    ratio = (13 / 480) / (15 / 640)
    assert [round(x, 2) for x in (ratio, ratio * math.exp(-spread))] == [1.16, 0.55]
    assert round(ratio * math.exp(spread), 1) == 2.4
    assert [round(100 * at_least(10, expected)) for expected in (8, 12, 16)] == [28, 76, 96]
    assert round(65 * at_least(10, 4), 1) == 0.5
    assert all(
        said in ANSWER for said in ("doubled (8 expected): 28 %", "tripled (12): 76 %", "fourfold (16): 96 %")
    )
    assert at_least(22, 13) < 0.016
    assert 0.79 < at_least(22, 26) < 0.83


def test_just_meets_depends_on_the_formula() -> None:
    exact = fisher_exact([[5, 155], [13, 107]]).pvalue
    assert round(exact, 4) == 0.0126
    assert exact > 0.05 / 5
    assert "p = 0.013" in QUESTION.defects[3].what


def test_conversations_hold_the_bad_answers() -> None:
    """Four to five answers in each; never more conversations than bad answers."""
    for language, (_, read, bad, read_since, bad_since) in READ.items():
        before, with_bad, since, with_bad_since, unsafe, unsafe_since = BY_CONVERSATION[language]
        assert 4.2 < read / before < 4.6
        assert 4.2 < read_since / since < 4.6
        assert max(with_bad, unsafe) <= bad
        assert max(with_bad_since, unsafe_since) <= bad_since
    assert (READ["Polish"][4], 9) == (8 + 1 + 4, 8 + 1)
    assert (
        "Polish: 4 of 36 conversations before, 4 of 27 since. Finnish: 1 of 9 before, 3 of 7 since" in GIVEN
    )
    assert "4 of 36 and 4 of 27" in wording(QUESTION.signal("b"))


def test_polish_costs_more_than_it_saves() -> None:
    calls = 0.08 * conversations("Polish")
    more = (4 / 27 - 4 / 36) * conversations("Polish")
    assert (round(calls), round(9 * calls), round(more), round(9 * more)) == (52, 464, 24, 215)
    assert "20 % of the conversations to the hotline, the new one hands over 12 %" in GIVEN
    assert "52 calls a week more, EUR 464" in wording(QUESTION.signal("b"))
    assert "24 customers a week more who call, about EUR 215" in wording(QUESTION.signal("b"))
    assert fisher_exact([[4, 32], [4, 23]]).pvalue > 0.7
    said = sample(QUESTION, "back-in-finnish", "stays", "fixed-questions")
    assert "52 calls, 464 a week. Even at face value it'd save 24 calls" in said


def test_finnish_costs_next_to_nothing() -> None:
    week = conversations("Finnish")
    assert (round(week), round(week * 3 / 7), round(0.08 * week, 1), round(9 * 0.08 * week)) == (
        36,
        15,
        2.8,
        26,
    )
    assert (round(0.88 * week), round(9 * 0.88 * week)) == (31, 282)
    said = wording(QUESTION.signal("a"))
    assert "about 15 a week" in said
    assert "EUR 26" in said
    assert "31 calls more, about EUR 280" in said
    assert fisher_exact([[1, 39], [3, 27]]).pvalue > 0.2


def test_eighty_for_each_language_do_not_fit() -> None:
    """By hours and by conversations."""
    assert (round(80 * 5 / 60, 1), round(5 * 80 * 5 / 60)) == (6.7, 33)
    assert 8.5 + 5 + 4 + 2 + 0.5 == 20
    assert [round(hours * 60 / 5) for hours in (8.5, 0.5)] == [102, 6]
    assert round(0.5 * 60 / 3) == READ["Finnish"][3] / 3 == 10
    two_weeks = 2 * round(conversations("Finnish"))
    assert (two_weeks, two_weeks * 0.025) == (72, 1.8)
    assert [round(100 * at_least(10, expected), 1) for expected in (1.8, 3.6)] == [0.0, 0.4]
    assert "0.4 % of cases, not in 28 %" in QUESTION.defects[2].harm
    assert "102 answers a week in German and six in Finnish" in wording(QUESTION.signal("c"))


def test_what_bought_hours_show() -> None:
    """A limit of 6 of 72: 1 % false, a doubling 16 %, five times as many 88 %."""
    assert (36 * 5 / 60, 2.5 * 70) == (3, 175)
    assert [round(100 * at_least(6, expected)) for expected in (1.8, 3.6, 9)] == [1, 16, 88]
    assert "2.5 more, EUR 175 a week" in wording(QUESTION.signal("c"))
    assert (60 * 3 / 60, 3 * 70, 60 // 10) == (3, 210, 6)
    assert "three hours, EUR 210 in Finnish. If one answer in ten lacked the step, six would show" in wording(
        QUESTION.signal("c")
    )
    assert "175 euros" in sample(QUESTION, "fixed-sentence", "fixes-the-term", "buys-hours")


def test_what_no_sign_hides_in_german() -> None:
    answers, read, bad, read_since, bad_since = READ["German"]
    before, since = bad / read, bad_since / read_since
    error = math.sqrt(before * (1 - before) / read + since * (1 - since) / read_since)
    most = since - before + 1.96 * error
    assert round(100 * most, 1) == 2.2
    assert round(answers * most, -1) == 470
    assert round(2_900 * (13 / 120 - 5 / 160)) == 224
    unsafe, unsafe_since = BY_CONVERSATION["German"][4:]
    assert [round(answers * share) for share in (unsafe_since / read_since, unsafe / read)] == [88, 98]
    said = QUESTION.signal("g").listen_for
    assert all(
        words in said for words in ("470 answers a week", "224", "about 88 a week, and about 98 before")
    )
    assert "of 21,000 are 470; 2 of 480 and 3 of 640 are 88 and 98 a week" in FACTS[0]


def test_twenty_good_answers_prove_little() -> None:
    assert round(100 * 0.9**20) == 12
    assert "none of 20 also happens in 12 % of cases" in wording(QUESTION.turns[1])


def test_after_one_week_half_the_window_is_from_before() -> None:
    assert round(100 * at_least(10, 2 + 4)) == 8
    assert "in 8 % of cases" in QUESTION.defects[6].harm


def test_the_defects_name_passages_that_exist() -> None:
    passages = {
        int(part.split("]")[0]) for part in f" {ANSWER}".split(" [")[1:] if part.split("]")[0].isdigit()
    }
    assert passages == set(range(1, 11))
    assert all(set(defect.lines) <= passages for defect in QUESTION.defects)


def test_what_decides_is_not_shown_at_the_start() -> None:
    shown = " ".join(wording(one) for one in QUESTION.exhibits if one.when == "start")
    shown += QUESTION.prompt + str(QUESTION.card)
    for kept in (
        "switch off the power",
        "half an hour",
        "EUR 9",
        "31 December",
        "Five minutes",
        "36 conversations",
    ):
        assert kept in GIVEN
        assert kept not in shown
