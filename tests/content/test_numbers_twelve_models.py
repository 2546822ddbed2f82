"""The numbers of twelve models and one engineer."""

from __future__ import annotations

from .material import question

QUESTION = question("twelve-models")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


def test_models_add_up_to_twelve() -> None:
    """5 rankings, 3 forecasts and 4 others; 7 live and 5 nightly; outcomes for 4, 5 and 3."""
    assert 5 + 3 + 4 == 7 + 5 == 4 + 5 + 3 == 12


def test_three_kinds_carry_most_of_the_harm() -> None:
    """9,000 + 6,000 + 4,000 of 21,500 are 88 %."""
    assert (9_000 + 6_000 + 4_000, 19_000 + 2_500) == (19_000, 21_500)
    assert f"{100 * 19_000 / 21_500:.0f} %" == "88 %"
    assert "88 %" in GIVE["Cost of a wrong day"]


def test_faults_of_last_year() -> None:
    """14 + 3 + 2 = 19; the thin layer could see 14 of them, 74 %."""
    assert 14 + 3 + 2 == 19
    assert f"{100 * 14 / 19:.0f}" == "74"
    assert "14 of 19 faults are 74 %" in FACTS


def test_days_and_weeks() -> None:
    """12 x 1 + 5 x 4 = 32 days; five costly models: payments, delivery days and three forecasts; 16 weeks."""
    assert (12 * 1 + (1 + 1 + 3) * 4, 32 / 2) == (32, 16)
    assert "32 days" in GIVE["What that adds up to"]


def test_false_alarms_of_all_columns() -> None:
    """12 x 30 columns at 5 % ring 18 times a day."""
    assert (12 * 30, round(12 * 30 * 0.05)) == (360, 18)
    assert "18 times a day" in GIVE["Columns"]


def test_stages_fill_the_answer_and_the_probes() -> None:
    """3 + 5 + 5 + 3 + 8 = 24 = 16 + 8 minutes."""
    minutes = QUESTION.minutes
    assert sum(stage.minutes for stage in QUESTION.stages) == minutes.answer + minutes.probes
