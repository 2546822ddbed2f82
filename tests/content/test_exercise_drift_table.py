"""The exercise on planted moves: what its solutions earn in the printed layout, and what every plan holds."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from statistics import NormalDist

import pytest

from question_bank.exercise import Report, check_exercise, lay_out_exercise, sheet_of
from question_bank.exhibits.drift_table import generate
from question_bank.exhibits.drift_table.exercise import FLOOD, README

from .material import machine_points, question, scored

SLUG, SEED = "drift-table", 11
QUESTION = question(SLUG)
OUTCOMES, RESULTS = (QUESTION.exhibit(name) for name in ("outcomes", "results"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Naive, cheating and reference, in the order of the printed rows."""
    base = tmp_path_factory.mktemp("drift")
    return [scored(SLUG, name, base / name, SEED) for name in ("naive", "cheating", "reference")]


def test_printed_results_are_the_scored_ones(reports: list[Report]) -> None:
    """Moves and false reports stand in the checker's note; 44, 0 and 100 percent are the scores."""
    for row, report in zip(RESULTS.rows, reports, strict=True):
        found = f"{row[1]} moves, {row[2]} false or repeated reports"
        assert report.parts[0].note.startswith(found)
        assert row[4] == f"{report.score:.1f} %".replace(".0 %", " %")
        assert (row[3] == "found") == (report.parts[3].got == 10)
    assert int(RESULTS.rows[1][2]) > FLOOD


def test_questions_points_are_the_checkers(reports: list[Report]) -> None:
    """20 + 10 + 14 + 10 + 6 points by machine, 40 by a person."""
    points = [part.points for part in reports[0].parts]
    assert points == [20, 10, 14, 10, 6] == machine_points(SLUG)
    assert sum(task.points for task in QUESTION.tasks) == 100


def test_printed_outcomes_are_the_generated_ones() -> None:
    """Visits, outcomes bought, second visits and mean score of the same visits, week by week."""
    _, weeks, outcomes = generate.frames(SEED)
    rows = []
    for week, table in weeks.items():
        bought = outcomes[outcomes["week"] == week].merge(table, on="visit")
        shares = (f"{100 * bought[name].mean():.1f} %" for name in ("second_visit", "score"))
        rows.append((str(week), f"{len(table):,}", f"{len(bought)}", *shares))
    assert tuple(rows) == OUTCOMES.rows


def test_text_of_the_outcomes_tells_the_same() -> None:
    """Weeks 4 and 7 apart, second visits lie within 2.7 points of the score: 30.2 less 27.5 and 26.0 less 23.3."""
    gaps = {row[0]: abs(float(row[3][:-2]) - float(row[4][:-2])) for row in OUTCOMES.rows}
    calm = [gap for week, gap in gaps.items() if week not in "47"]
    assert round(max(calm), 1) == 2.7
    assert "within 2.7 points" in OUTCOMES.text_alternative
    assert [row[3:] for row in OUTCOMES.rows if row[0] in "47"] == [
        ("26.3 %", "39.7 %"),
        ("38.2 %", "26.6 %"),
    ]


def test_layout_shown_holds_what_the_key_says() -> None:
    """Both faults in week 4, the changed link in week 7, the tiny shift in the large week 1."""
    planned = generate.plan(SEED)
    assert [move.week for move in planned.moves if move.effect == "fault"] == [4, 4]
    assert (planned.link_changed, planned.large, planned.small) == (7, 1, 6)


def test_sums_of_the_question() -> None:
    """±3.5 points from 600 outcomes, ±0.13 from 320 against 800 visits, 1.6 of 576 beyond three by chance."""
    bad = generate.frames(SEED)[0]["second_visit"].mean()
    assert f"{bad:.3f}" == "0.256"
    assert f"{100 * 1.96 * sqrt(bad * (1 - bad) / 600):.1f}" == "3.5"
    assert f"{1.96 * sqrt(1 / 320 + 1 / 800):.2f}" == "0.13"
    assert (0.08 * 4_000, 0.08 * 10_000) == (320, 800)
    assert 8 * len(generate.COLUMNS) * (len(generate.CLIENTS) + 1) == 576
    assert f"{576 * 0.0027:.1f}" == "1.6"
    assert f"{100 * 1.96 * sqrt(bad * (1 - bad) / 150):.1f}" == "7.0"
    assert 4_000 * 3 // 100 == 120


def test_rule_for_a_year() -> None:
    """3,744 comparisons take 3.65 standard errors: 0.24 at client E; 4.5 loses 0.30; E alone 3.16, 0.21."""
    normal, noise = NormalDist(), sqrt(1 / 320 + 1 / 800)
    lines = [normal.inv_cdf(1 - 1 / compared / 2) for compared in (52 * 72, 52 * 12)]
    assert (52 * 72, 52 * 12, f"{noise:.3f}") == (3_744, 624, "0.066")
    assert [f"{line:.2f}" for line in lines] == ["3.65", "3.16"]
    assert [f"{line * noise:.2f}" for line in (*lines, 4.5)] == ["0.24", "0.21", "0.30"]
    assert round(3_744 * 2 * (1 - normal.cdf(3))) == 10
    assert 3_744 * 2 * (1 - normal.cdf(4.5)) < 0.05
    # At client D a fifth is 3.7 times chance: hardly one report in seven years.
    assert 624 * 2 * (1 - normal.cdf(0.2 / sqrt(1 / 480 + 1 / 1_200))) < 0.15
    claim = " ".join(QUESTION.facts[1].claim.split())
    assert all(
        part in claim for part in ("3,744", "3.65 x 0.066 = 0.24", "0.30", "3.16 standard errors, 0.21")
    )


def test_interval_clear_of_a_fifth_is_as_good_a_rule() -> None:
    """It is quiet, it finds 0.3 at client E one time in three and 0.4 six times in seven."""
    normal, noise = NormalDist(), sqrt(1 / 320 + 1 / 800)
    line = 0.2 + 1.96 * noise
    found = [1 - normal.cdf((line - move) / noise) for move in (0.3, 0.4)]
    assert [round(share, 1) for share in found] == [0.3, 0.9]
    assert abs(found[0] - 1 / 3) < 0.03
    assert abs(found[1] - 6 / 7) < 0.03
    assert 3_744 * 2 * (1 - normal.cdf(line / noise)) < 0.01


def test_what_the_layout_shows_of_moves_and_of_chance() -> None:
    """41 % zeros at A, prices near 4,800 at C, 0.066 in the large week, 0.34 from 28 visits in the small one."""
    reference, weeks, _ = generate.frames(SEED)
    columns = list(generate.COLUMNS)
    spread = reference[columns].std()
    tables = {name: table.groupby("client") for name, table in (("then", reference), *weeks.items())}
    runs = tables[4].get_group("A")["run_hours"]
    own = tables["then"].get_group("A")["run_hours"].mean()
    assert f"{100 * (runs == 0).mean():.0f}" == "41"
    assert round((runs.mean() - own) / spread["run_hours"], 2) == -1.95
    assert (
        round((weeks[4]["run_hours"].mean() - reference["run_hours"].mean()) / spread["run_hours"], 1) == -0.7
    )
    prices = [tables[name].get_group("C")["parts_price"] for name in ("then", 4)]
    assert (round(prices[0].min()), round(prices[0].max()), round(prices[1].median(), -2)) == (8, 79, 4_800)
    whole = weeks[4]["parts_price"].mean() - reference["parts_price"].mean()
    assert round(whole / spread["parts_price"]) == 83
    calls = (weeks[1]["call_minutes"].mean() - reference["call_minutes"].mean()) / spread["call_minutes"]
    chance = sqrt(1 / 20_000 + 1 / 10_000)
    assert (f"{calls:.3f}", f"{calls / chance:.1f}") == ("0.066", "5.4")
    assert [f"{calls + side * 1.96 * chance:.2f}" for side in (-1, 1)] == ["0.04", "0.09"]
    small = (tables[6][columns].mean() - tables["then"][columns].mean()) / spread
    visits = tables[6].size()
    assert (f"{small.abs().max().max():.2f}", visits["E"]) == ("0.34", 28)
    assert f"{small.abs().max().max() / sqrt(1 / 28 + 1 / tables['then'].size()['E']):.1f}" == "1.8"


def test_reference_cut_into_eight_makes_no_report() -> None:
    """A fifth and 4.5 times chance: quiet where nothing moved."""
    reference, _, _ = generate.frames(SEED)
    columns = list(generate.COLUMNS)
    spread = reference[columns].std()
    for part in range(8):
        inside = reference.index % 8 == part
        for client in generate.CLIENTS:
            own = reference["client"] == client
            now, then = reference.loc[inside & own, columns], reference.loc[~inside & own, columns]
            moved = ((now.mean() - then.mean()) / spread).abs()
            noise = sqrt(1 / len(now) + 1 / len(then))
            assert not ((moved >= 0.2) & (moved > 4.5 * noise)).any()


def test_every_column_is_on_one_scale_and_the_task_says_so() -> None:
    """No column looks faulty by its name; the README names neither the method nor the traps."""
    reference, _, _ = generate.frames(SEED)
    assert all(49 < reference[name].mean() < 52 for name in generate.COLUMNS)
    assert all(9 < reference[name].std() < 11 for name in generate.COLUMNS)
    assert "mean is near 50 and its spread near 10" in README
    assert not any(word in README.lower() for word in ("chance", "differ from each", "sound rows"))


def test_folder_holds_the_task_eleven_tables_and_the_weights(tmp_path: Path) -> None:
    """Eight weeks, the reference, the bought outcomes; the plan lies in the sheet beside the folder."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, SEED)
    weeks = [f"week-{week}.csv" for week in range(1, 9)]
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(["README.md", "model.json", "outcomes.csv", "reference.csv", *weeks])
    assert "link_changed" in sheet_of(folder).read_text(encoding="utf-8")


def test_missing_report_earns_nothing_and_says_why(tmp_path: Path) -> None:
    """An empty folder gets zero points and a note."""
    report = check_exercise(SLUG, tmp_path, SEED)
    assert report.score == 0
    assert "report.json cannot be read" in report.parts[0].note


@pytest.mark.parametrize("seed", range(20))
def test_every_plan_has_the_same_parts(seed: int) -> None:
    """Five moves of five kinds in distinct columns, none of them in the large, small or changed week."""
    planned = generate.plan(seed)
    assert sorted(move.kind for move in planned.moves) == sorted(generate.KINDS)
    assert len({move.column for move in planned.moves} | {planned.tiny_column}) == 6
    assert not {move.week for move in planned.moves} & {planned.large, planned.small, planned.link_changed}
    assert all((move.column in generate.WEIGHTS) == (move.effect != "unused") for move in planned.moves)
