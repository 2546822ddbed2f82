"""The method note says what the engine does: every minimum and number in it is the code's own."""

import importlib
import re

import pytest

from scorecards.comparison import ratings_of
from scorecards.record.model import Amendment
from scorecards.record.score import candidate_score
from scorecards.store.tables import metadata

from .doc_pages import table_after, text
from .scorecards.small_round import BEGAN, card, content, draft, record

PAGE = "how-the-comparison-is-made.md"
MODULES = (
    "agreement", "analysis", "assignment", "comparison", "design", "diagnostics", "equations", "icc", "likeness", "model",
    "order", "posterior", "ratings", "words", "weights",
)  # fmt: skip
# What they set is how much is printed or how exactly is counted, and no choice about what is said.
UNTOLD = {
    "equations.TINY", "model.LAST", "model.NO_GAIN", "model.MOST_STEPS", "words.MOST_PAIRS", "words.MOST_LINES",
    "words.MOST_NAMED", "words.NEAREST", "words.FARTHEST",
}  # fmt: skip
ROWS = [(row[0], row[1], row[2]) for mark in ("minima", "numbers") for row in table_after(PAGE, mark)]


def constant(named: str) -> object:
    module, _, name = named.strip("`").partition(".")
    place = "scorecards.record.score" if module == "score" else f"scorecards.comparison.{module}"
    return getattr(importlib.import_module(place), name)


def number(words: str) -> float:
    """The first number in the words; 80 % is .8."""
    found = re.match(r"([\d,]*\d(?:\.\d+)?)( %)?", words)
    assert found, words
    return float(found[1].replace(",", "")) / (100 if found[2] else 1)


@pytest.mark.parametrize(("what", "told", "named"), ROWS, ids=[f"{row[2]} {row[0]}" for row in ROWS])
def test_a_minimum_of_the_page_is_the_one_in_the_code(what: str, told: str, named: str) -> None:
    assert number(told) == pytest.approx(float(constant(named)))


def test_every_refusal_says_why() -> None:
    assert all(len(row) == 4 and row[3].endswith(".") for row in table_after(PAGE, "minima"))


def test_every_number_that_the_engine_sets_stands_on_the_page() -> None:
    told = {named.strip("`") for _, _, named in ROWS}
    held = set()
    for module in MODULES:
        source = importlib.import_module(f"scorecards.comparison.{module}")
        with open(source.__file__, encoding="utf-8") as file:
            names = re.findall(r"^([A-Z_]+)(?:: [^=\n]+)? = ", file.read(), re.MULTILINE)
        held |= {f"{module}.{name}" for name in names if isinstance(getattr(source, name), (int, float))}
    assert held - told - UNTOLD == set()


def test_the_grid_has_the_points_that_the_page_says() -> None:
    points = constant("model.POINTS")
    assert (
        f"{points[0]} for the candidates' ratio, {points[1]} for the interviewers', {points[2]} for the scorecards'"
        in text(PAGE)
    )


def test_the_simulation_has_its_place() -> None:
    after = text(PAGE).partition("<!-- simulation -->\n")[2].splitlines()
    assert after[0].startswith("| Kind of round |")
    assert after[0].count("|") == after[1].count("|")


# What is left out, by the page's own words


def given(row: int) -> tuple[bool, bool]:
    """Whether the page says that it counts in the raw score, and in the model's table."""
    _, raw, table = table_after(PAGE, "left out")[row]
    return raw.startswith("counts"), table.startswith("counts")


def counted(row: int) -> tuple[bool, bool]:
    """Whether it does: ada gives security a 2, and somebody gives drift a 4 that may count or not."""
    sound = {"SEC-01": 2, "SEC-02": 2}
    drift = {"DRF-01": 4, "DRF-02": 4}
    before = Amendment(
        author_id="ada", at=BEGAN, reason="Slip.", after_seeing_others=False, before=content(sound | drift)
    )
    cases = [
        [record(card("ada", sound | {"DRF-01": "not_asked", "DRF-02": "no_evidence"}))],
        [record(card("ada", sound), draft("bo", drift))],
        [record(card("ada", sound), card("bo", drift, state="withdrawn"))],
        [record(card("ada", sound, amendments=(before,)))],
        [record(card("ada", sound), card("bo", drift), not_qualified={"bo": ("drift",)})],
    ]
    (found,) = cases[row]
    return "drift" in candidate_score(found, "zed").competencies, "drift" in ratings_of(found).competencies


@pytest.mark.parametrize("row", range(5))
def test_what_the_page_says_is_left_out_is_left_out(row: int) -> None:
    assert counted(row) == given(row), table_after(PAGE, "left out")[row]


def test_chance_on_four_levels_is_what_the_page_says() -> None:
    def chance(shares: list[float], near: int) -> float:
        pairs = ((g, h) for g in range(4) for h in range(4) if abs(g - h) <= near)
        return sum(shares[g] * shares[h] for g, h in pairs)

    flat, middle = [0.25] * 4, [0.1, 0.4, 0.4, 0.1]
    assert [round(chance(one, near), 3) for one in (flat, middle) for near in (0, 1)] == [
        0.25,
        0.625,
        0.34,
        0.82,
    ]
    assert "25 % exact and 62.5 % adjacent; with 10, 40, 40 and 10 % it is 34 % and 82 %" in text(PAGE)


def test_more_interviewers_have_the_reliability_that_the_page_says() -> None:
    made = [round(k * 0.44 / (1 + (k - 1) * 0.44), 2) for k in (2, 3, 4)]
    assert made == [0.61, 0.70, 0.76]
    assert "gives .61 for two interviewers, .70 for three, .76 for four" in text(PAGE)


# The page on records


def test_every_table_of_the_database_stands_on_the_page_of_records() -> None:
    told = [row[0].strip("`") for row in table_after("records-and-law.md", "stored")]
    assert sorted(told) == sorted(metadata.tables)


def test_the_page_of_records_says_first_what_it_is_not() -> None:
    assert "**This is not legal advice.**" in text("records-and-law.md").splitlines()[2]
