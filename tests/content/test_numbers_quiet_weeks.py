"""The numbers of the four weeks on a monitoring page."""

from math import comb, sqrt

import numpy as np
import pytest

from question_bank.exhibits.quiet_weeks.generate import ROWS, Page, psi, weekly_page
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

from .material import wilson

QUESTION = read_model(BANK / "questions/drift/quiet-weeks.yaml", BANK, Question)
SHOWN = {row[0]: row[1:] for row in QUESTION.exhibit("weekly-page").rows}
TRUE = {row[0]: row[1:] for row in QUESTION.exhibit("outcomes").rows}
KEY = QUESTION.ground_truth or ""


@pytest.fixture(scope="module")
def page() -> Page:
    return weekly_page()


def number(cell: str) -> float:
    return float(cell.removesuffix(" %"))


def half_interval(share: float, rows: int) -> float:
    return 1.96 * sqrt(share * (1 - share) / rows)


def reveal(words: str) -> str:
    return next(r.show for r in QUESTION.reveals if r.show and words in r.if_asked)


def test_first_table_is_what_the_generator_gives(page: Page) -> None:
    """Every cell that the candidate sees first equals the regenerated one."""
    assert QUESTION.exhibit("weekly-page").rows == page.before


def test_second_table_is_what_the_generator_gives(page: Page) -> None:
    """Every cell of the true outcomes equals the regenerated one."""
    assert QUESTION.exhibit("outcomes").rows == page.after


def test_story_can_be_told_in_another_order() -> None:
    """With another seed the week of the changed link can stand first, and only the truth gives it away."""
    page = weekly_page(7, ("changed relation", "nothing"))
    assert max(number(row[2]) for row in page.before if row[0].startswith("PSI")) < 0.01
    truth = page.after[1]
    assert number(truth[2]) < number(truth[1]) - 0.08
    assert abs(number(truth[3]) - number(truth[1])) < 0.02


def test_text_alternatives_name_every_number() -> None:
    """Somebody who hears the tables gets each share, estimate, truth and importance that the others see."""
    heard = QUESTION.exhibit("weekly-page").text_alternative
    spoken = [cell for row in SHOWN for cell in SHOWN[row] if cell != "–" and not row.startswith("PSI")]
    spoken += [SHOWN[row][-1] for row in SHOWN if row.startswith("PSI") and SHOWN[row][-1] != "–"]
    assert all(cell.removesuffix(" %") in heard for cell in spoken)
    assert all(
        cell.removesuffix(" %") in QUESTION.exhibit("outcomes").text_alternative
        for row in TRUE.values()
        for cell in row
    )


def test_only_three_psi_values_stand_out() -> None:
    """All PSI values but three are 0.004 or less, and 0.002 or less in week 4; a listener does not hear which."""
    cells = [(row, week, SHOWN[row][week]) for row in SHOWN if row.startswith("PSI") for week in (1, 2, 3, 4)]
    loud = {cell for _, _, cell in cells if number(cell) > 0.004}
    assert loud == {"1.310", "0.346", "0.045"}
    heard = " ".join(QUESTION.exhibit("weekly-page").text_alternative.split())
    for row in (row for row in SHOWN if row.startswith("PSI")):
        assert f"{row.removeprefix('PSI ')} {', '.join(SHOWN[row][1:5])}" in heard
    assert max(number(cell) for _, week, cell in cells if week == 4) == 0.002
    assert "Every PSI of week 4 is 0.002 or less" in QUESTION.rivals[0].ruled_out_by


def test_flagged_requests_exceed_the_team() -> None:
    """Week 3 flags 2,940 requests, 740 more than the 2,200 that can be read, half as many again as before."""
    assert f"{ROWS:,} in the reference" in reveal("How many requests")
    flagged = round(number(SHOWN["share flagged"][3]) / 100 * ROWS)
    assert (flagged, flagged - 2_200) == (2_940, 740)
    assert "2,940 flagged requests, 740 more" in KEY
    assert "2,200 a week" in reveal("flagged requests")
    assert number(SHOWN["share flagged"][3]) / number(SHOWN["share flagged"][0]) == pytest.approx(1.5)


def test_falls_in_the_key_are_differences_of_printed_cells() -> None:
    """The falls of weeks 3 and 4 and the gap of the estimate follow from the two tables."""
    estimate, truth = SHOWN["accuracy, estimated from scores"], TRUE["accuracy, true"]

    def fall(row: tuple[str, ...], week: int) -> str:
        return f"{number(row[0]) - number(row[week]):.3f}"

    assert (fall(truth, 3), fall(estimate, 3)) == ("0.029", "0.022")
    assert "accuracy falls by 0.029; the estimate falls with it, by 0.022" in KEY
    assert "0.022 against 0.029" in QUESTION.rivals[2].ruled_out_by
    assert fall(truth, 4) == "0.098"
    assert "it fell by 0.098" in QUESTION.rivals[1].ruled_out_by
    assert f"the estimate says {estimate[4]}, the truth is {truth[4]}" in KEY
    assert f"AUC {TRUE['AUC, true'][3]} against {TRUE['AUC, true'][0]}" in KEY
    assert truth[2] in QUESTION.rivals[3].ruled_out_by
    assert truth[1] in QUESTION.rivals[3].ruled_out_by


def test_calling_every_request_fine_would_reach_nearly_as_much() -> None:
    """In week 4 the share that paid on time is the accuracy of flagging nobody."""
    assert f"{1 - number(TRUE['share that paid late'][4]) / 100:.3f}" == "0.715"
    assert "would reach 0.715" in KEY


def test_gap_of_the_estimates_where_they_work() -> None:
    """In weeks 1 to 3 the estimates are off by up to 0.010 and 0.012; the reference's gap is revealed."""
    worst = {}
    for measure in ("accuracy", "AUC"):
        estimate, truth = SHOWN[f"{measure}, estimated from scores"], TRUE[f"{measure}, true"]
        worst[measure] = max(abs(number(estimate[week]) - number(truth[week])) for week in (1, 2, 3))
        assert f"{measure} {estimate[0]} estimated, {truth[0]} true" in reveal("How close")
    assert f"off by up to {worst['accuracy']:.3f} (accuracy) and {worst['AUC']:.3f} (AUC)" in KEY


def test_chance_cannot_make_week_four() -> None:
    """Chance moves the accuracy of 20,000 requests by about 0.005."""
    assert f"±{half_interval(0.815, ROWS):.3f}" == "±0.005"
    assert "about ±0.005" in QUESTION.rivals[1].ruled_out_by


def at_most(hits: int, of: int, share: float) -> float:
    """The chance of so many hits or fewer."""
    return sum(comb(of, one) * share**one * (1 - share) ** (of - one) for one in range(hits + 1))


def test_what_a_bought_sample_can_show() -> None:
    """Of samples of 100, 41 % show the 7.2 points of week 4; of samples of 400 it is 92 %."""
    claim = " ".join(QUESTION.facts[3].claim.split())
    before, now = (number(TRUE["share that paid late"][week]) / 100 for week in (0, 4))
    assert f"{100 * (now - before):.1f} points" == "7.2 points"
    assert "by 7.2 points" in claim
    for rows, points, seen in ((100, "8.0", "41 %"), (400, "4.0", "92 %")):
        half = half_interval(before, rows)
        assert f"{100 * half:.1f}" == points
        assert f"{rows} outcomes give ±{points}" in claim or f"{rows} give ±{points}" in claim
        beyond = next(hits for hits in range(rows) if hits / rows - before > half)
        assert f"{100 * (1 - at_most(beyond - 1, rows, now)):.0f} %" == seen
        assert seen in claim
    assert 400 * 9 == 3_600


def test_twenty_four_of_a_hundred_clear_nothing() -> None:
    """17 to 33 %: week 4's 28.5 % fits as well as the reference's 21.3 %."""
    low, high = wilson(24, 100)
    assert (round(100 * low), round(100 * high)) == (17, 33)
    assert low < 0.213 < 0.285 < high
    assert "17 to 33 %" in QUESTION.turns[0].good
    assert QUESTION.turns[0].say.split(". ")[1].startswith("24 of them")


def test_where_week_four_went_wrong(page: Page) -> None:
    """The tables by channel and by what is read are the generated ones; the claims are their cells."""
    assert QUESTION.exhibit("by-channel").rows == page.channels
    assert QUESTION.exhibit("queues").rows == page.queues
    for name in ("by-channel", "queues"):
        shown = QUESTION.exhibit(name)
        heard = " ".join(shown.text_alternative.split())
        assert all(cell.removesuffix(" %") in heard for row in shown.rows for cell in row[1:])
    listen = " ".join(QUESTION.signal("g").listen_for.split())
    late = {row[0]: row[-1] for row in (*page.channels, *page.queues, *page.after)}
    assert (late["broker"], late["late among the flagged"]) == ("44.5 %", "50.9 %")
    assert "44.5 %" in listen
    read = (late["broker, highest scores"], late["broker, lowest turnover"])
    assert [f"{number(cell):.0f}" for cell in read] == ["61", "64"]
    assert "by score 61 % of what is read pays late, by lowest turnover 64 %, against 51 %" in listen
    # Before week 4 the same choice would have been a bad one: the harm shows where to read, not the channel.
    assert all(
        number(was) > number(broker)
        for was, broker in zip(page.queues[0][1:5], page.queues[1][1:5], strict=True)
    )


def test_the_opening_holds_no_deciding_number() -> None:
    """Rows, the team and bought outcomes are given on request."""
    start = QUESTION.prompt + (QUESTION.card or "") + QUESTION.exhibit("weekly-page").text_alternative
    assert not any(word in start for word in ("20,000", "2,200", "broker", "EUR"))


def test_psi_of_a_hundred_rows_without_any_change() -> None:
    """With ten bins, no change and 100 rows, PSI averages between 0.09 and 0.10."""
    rng = np.random.default_rng(1)
    reference = rng.normal(size=20_000)
    values = [psi(reference, rng.normal(size=100)) for _ in range(1_000)]
    assert 0.09 < np.mean(values) < 0.10
    assert "100 rows, PSI averages 0.09 to 0.10" in " ".join(QUESTION.facts[1].claim.split())
