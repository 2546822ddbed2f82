"""What holds for the comparison whatever the ratings say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.comparison import Row, analyse, json_text, table

CELLS = st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 2))
ROUNDS = st.dictionaries(CELLS, st.integers(1, 4), min_size=1, max_size=50)
SLOW = settings(max_examples=15, deadline=None)


def rows(cells) -> list[Row]:
    return [Row(f"c{c}", f"i{r}", f"k{k}", float(level)) for (c, r, k), level in cells.items()]


def numbers(found) -> dict[str, tuple]:
    """What is said of every candidate, apart from what is drawn."""
    return {
        one.candidate: (one.raw, one.effect, one.adjusted, *(one.interval or ()), one.group)
        for one in found.candidates
    }


@SLOW
@given(ROUNDS, st.randoms())
def test_the_order_of_rows_changes_nothing(cells, random) -> None:
    mixed = rows(cells)
    random.shuffle(mixed)
    assert json_text(analyse(table(mixed))) == json_text(analyse(table(rows(cells))))


@SLOW
@given(ROUNDS, st.permutations(range(6)), st.permutations(range(5)), st.permutations(range(3)))
def test_other_names_change_nothing(cells, c, r, k) -> None:
    """Ids are moved among candidates, interviewers and competencies; everybody keeps what they had."""
    before = numbers(analyse(table(rows(cells))))
    moved = {(c[a], r[b], k[d]): level for (a, b, d), level in cells.items()}
    after = numbers(analyse(table(rows(moved))))
    for name, told in before.items():
        assert alike(after[f"c{c[int(name[1:])]}"], told)


def alike(a: tuple, b: tuple) -> bool:
    """Equal to rounding; the group is left out, since it may turn on the last digit of a probability."""
    known = [(x, y) for x, y in zip(a[:-1], b[:-1], strict=True) if x is not None or y is not None]
    return all(x is not None and y is not None and abs(x - y) < 1e-6 for x, y in known)


@SLOW
@given(ROUNDS, st.permutations(range(6)))
def test_the_chances_go_with_the_person_and_not_with_the_name(cells, c) -> None:
    before, moved = analyse(table(rows(cells))).pairs, {(c[a], b, d): y for (a, b, d), y in cells.items()}
    after = analyse(table(rows(moved))).pairs
    for a, others in before.items():
        for b, p in others.items():
            assert after[f"c{c[int(a[1:])]}"][f"c{c[int(b[1:])]}"] == pytest.approx(p, abs=1e-5)


@SLOW
@given(ROUNDS)
def test_somebody_without_a_rating_changes_nothing_but_what_is_refused(cells) -> None:
    with_zed, without = analyse(table(rows(cells), unrated=["zed"])), analyse(table(rows(cells)))
    assert numbers(with_zed) == numbers(without)
    assert with_zed.pairs == without.pairs
    assert len(with_zed.refused) == len(without.refused) + 1


@SLOW
@given(ROUNDS, ROUNDS)
def test_two_panels_that_share_nobody_are_never_ordered_against_each_other(one, other) -> None:
    there = [
        Row(f"d{row.candidate}", f"j{row.interviewer}", row.competency, row.rating) for row in rows(other)
    ]
    found = analyse(table([*rows(one), *there]))
    crossing = [(a, b) for a, others in found.pairs.items() for b in others if a[0] != b[0]]
    assert crossing == []
    assert not found.adjusted_leads
    assert any("against each other" in refusal.what for refusal in found.refused)


@SLOW
@given(ROUNDS, st.sampled_from(["bayes", "reml"]))
def test_every_number_is_finite_or_absent(cells, method) -> None:
    """`json_text` refuses NaN; probabilities lie between 0 and 1; groups are counted from 1 without gaps."""
    found = analyse(table(rows(cells)), (1, 4), method)
    assert json_text(found)
    assert all(0 <= p <= 1 for others in found.pairs.values() for p in others.values())
    for part in {one.part for one in found.candidates}:
        groups = {one.group for one in found.candidates if one.part == part and one.group}
        assert groups == set(range(1, len(groups) + 1))


@SLOW
@given(ROUNDS, st.integers(-3, 3), st.sampled_from([0.5, 2.0]))
def test_another_zero_and_another_unit_move_and_stretch_the_effects(cells, zero, unit) -> None:
    plain, moved = (
        analyse(table(rows(cells))),
        analyse(table(row._replace(rating=zero + unit * row.rating) for row in rows(cells))),
    )
    for a, b in zip(plain.candidates, moved.candidates, strict=True):
        if a.effect is not None:
            assert b.effect == pytest.approx(unit * a.effect, abs=1e-5)
            assert b.adjusted == pytest.approx(zero + unit * a.adjusted, abs=1e-5)


@SLOW
@given(ROUNDS, CELLS)
def test_one_rating_more_never_takes_anybody_out_of_the_round(cells, cell) -> None:
    """A candidate who was rated stays rated; parts of the round only grow together, apart from new people."""
    more = {**cells, cell: cells.get(cell, 3)}
    before, after = analyse(table(rows(cells))), analyse(table(rows(more)))
    met = {one.candidate: one.interviewers for one in after.candidates}
    assert all(met[one.candidate] >= one.interviewers for one in before.candidates)
    part = {one.candidate: one.part for one in after.candidates}
    for one in before.candidates:
        together = {other.candidate for other in before.candidates if other.part == one.part}
        assert len({part[name] for name in together}) == 1


def test_raising_one_candidates_ratings_never_lowers_their_effect() -> None:
    """In a crossed round with fixed ratios the effect is linear in one's own ratings, with a weight above 0."""
    base = {
        (c, r, k): 1 + (3 * c + 5 * r + 7 * k + c * r) % 4
        for c in range(6)
        for r in range(5)
        for k in range(2)
    }
    effects = []
    for lift in np.linspace(0, 2, 5):
        lifted = [row._replace(rating=row.rating + lift * (row.candidate == "c2")) for row in rows(base)]
        effects.append(next(one.effect for one in analyse(table(lifted)).candidates if one.candidate == "c2"))
    assert effects == sorted(effects)
