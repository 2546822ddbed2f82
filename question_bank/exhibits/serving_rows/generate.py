"""Bookings of shared cars twice: as the training table has them, and as the live service gave them to a model.

The model says how likely a car comes back late. Three columns are not the same in the two tables: an hour of
the day is told in UTC in one of them (the clocks change within the period), gaps of another column are -1 in
one of them, and a third is rounded in one of them, which does no harm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ROWS = 5_000
START, DAYS = pd.Timestamp("2026-03-01"), 61
# The clocks of the European Union change at 01:00 UTC on the last Sunday of March.
SWITCH = pd.Timestamp("2026-03-29 01:00")
HOURS = {"booked_hour": "booked_at", "pickup_hour": "pickup_at"}
GAPS = {"days_since_last": 0.18, "last_rating": 0.35, "home_km": 0.12}
ROUNDED = ("trip_km", "battery", "price")
COLUMNS = (*HOURS, *GAPS, *ROUNDED, "minutes_booked", "trips_v_last_month")
FILLER = -1.0
# From this chance on, the next booking of the car gets a buffer of an hour.
FLAG = 0.3
SIDES = ("training", "serving")
# Pick-ups by local hour: two rush hours, and a night that is never empty.
BY_HOUR = np.array([4, 3, 2, 2, 2, 3, 5, 9, 10, 7, 5, 5, 6, 6, 6, 8, 11, 13, 12, 9, 7, 6, 5, 5], dtype=float)


class Plan(NamedTuple):
    """What differs: the columns, which table tells UTC, fills gaps and rounds, and the zone's winter offset."""

    hour: str
    utc_side: str
    winter: int
    gap: str
    filled_side: str
    rounded: str
    rounded_side: str

    @property
    def causes(self) -> dict[str, str]:
        return {self.hour: "time zone", self.gap: "filled gap", self.rounded: "rounding"}


class Pair(NamedTuple):
    """The two tables, in the same order of bookings, and whether each car came back late."""

    training: pd.DataFrame
    serving: pd.DataFrame
    late: NDArray[np.int64]


PRINTED = Plan("pickup_hour", "serving", 1, "days_since_last", "serving", "trip_km", "serving")


def plan(seed: int) -> Plan:
    """Which column differs how; the same seed gives the same plan."""
    rng = np.random.default_rng([seed, 1])

    def one_of(names: object) -> str:
        return str(rng.choice(sorted(names)))  # type: ignore[call-overload]

    return Plan(
        one_of(HOURS), one_of(SIDES), int(rng.integers(0, 3)), one_of(GAPS), one_of(SIDES),
        one_of(ROUNDED), one_of(SIDES),
    )  # fmt: skip


def offset(utc: pd.Series, winter: int) -> NDArray[np.int64]:
    """Hours from UTC to the local clock."""
    return winter + (utc >= SWITCH).to_numpy().astype(np.int64)


def bookings(rng: np.random.Generator, rows: int, winter: int) -> pd.DataFrame:
    """True values: hours by the local clock, gaps empty, nothing rounded beyond three digits."""
    day = rng.integers(0, DAYS, rows)
    minute = rng.choice(24, rows, p=BY_HOUR / BY_HOUR.sum()) * 60 + rng.integers(0, 60, rows)
    local = START + pd.to_timedelta(day, unit="D") + pd.to_timedelta(minute, unit="min")
    # The hour that the clocks skip or go through on the day of the change is not worth a special case.
    guess = pd.Series(local - pd.to_timedelta(winter, unit="h"))
    pickup = pd.Series(local - pd.to_timedelta(offset(guess, winter), unit="h"))
    booked = pickup - pd.to_timedelta(np.round(rng.gamma(1.2, 900, rows)), unit="min")
    table = pd.DataFrame({"booked_at": booked, "pickup_at": pickup})
    for hour, moment in HOURS.items():
        shifted = table[moment] + pd.to_timedelta(offset(table[moment], winter), unit="h")
        table[hour] = shifted.dt.hour.astype(float)
    table["days_since_last"] = np.floor(rng.exponential(16, rows))
    table["last_rating"] = rng.integers(1, 6, rows).astype(float)
    table["home_km"] = rng.gamma(2, 1.5, rows).round(3)
    for name, share in GAPS.items():
        table.loc[rng.random(rows) < share, name] = np.nan
    table["trip_km"] = rng.gamma(2.2, 9, rows).round(3)
    table["battery"] = rng.uniform(20, 100, rows).round(3)
    table["price"] = rng.gamma(3, 7, rows).round(3)
    table["minutes_booked"] = rng.integers(2, 49, rows) * 15.0
    table["trips_v_last_month"] = rng.integers(-4, 5, rows).astype(float)
    return table


def lean(table: pd.DataFrame) -> NDArray[np.float64]:
    """The model: leans towards "comes back late", from the values as they arrive."""
    hour = table["pickup_hour"]
    rush = 1.4 * hour.between(16, 18) + 0.8 * hour.between(7, 8) - 0.9 * ((hour >= 22) | (hour <= 4))
    habit = (-1.1 * np.exp(-table["days_since_last"] / 14)).fillna(0.5)
    rated = (0.25 * (3 - table["last_rating"])).fillna(0.1)
    far = (0.06 * (table["home_km"] - 3)).fillna(0.1) + 0.02 * (table["trip_km"] - 20)
    made = 0.2 * table["booked_hour"].between(0, 5) - 0.004 * (table["battery"] - 60)
    return np.asarray(-1.3 + rush + habit + rated + far + made, dtype=np.float64)


def chance(table: pd.DataFrame) -> NDArray[np.float64]:
    """The model's answer for each row: the chance that the car comes back late."""
    return np.asarray(1 / (1 + np.exp(-lean(table))))


def pair(planned: Plan, rng: np.random.Generator, rows: int = ROWS) -> Pair:
    """Both tables for the same bookings; what came true follows the true values."""
    true = bookings(rng, rows, planned.winter)
    true.insert(0, "booking", rng.permutation(np.arange(100_000, 100_000 + 7 * rows, 7)))
    late = (rng.random(rows) < chance(true)).astype(np.int64)
    sides = {side: true.copy() for side in SIDES}
    utc = sides[planned.utc_side]
    utc[planned.hour] = utc[HOURS[planned.hour]].dt.hour.astype(float)
    filled = sides[planned.filled_side]
    filled[planned.gap] = filled[planned.gap].fillna(FILLER)
    coarse = sides[planned.rounded_side]
    coarse[planned.rounded] = coarse[planned.rounded].round(1)
    return Pair(sides["training"], sides["serving"], late)


def differing(one: pd.Series, other: pd.Series) -> NDArray[np.bool_]:
    """Where two columns hold different values; a gap on both sides is no difference."""
    return np.asarray((one != other) & ~(one.isna() & other.isna()))


class Page(NamedTuple):
    """The printed tables of the debugging case: rows of cells, as the question shows them."""

    columns: tuple[tuple[str, ...], ...]
    samples: tuple[tuple[str, ...], ...]
    hours: tuple[tuple[str, ...], ...]
    members: tuple[tuple[str, ...], ...]
    effect: tuple[tuple[str, ...], ...]


def page(planned: Plan = PRINTED, seed: int = 6) -> Page:
    """The tables of one pair of rows: what is counted, and what single rows and the model say about it."""
    shown = pair(planned, np.random.default_rng([seed, 2]))
    return Page(
        _columns(shown),
        _samples(shown),
        _hours(shown, planned),
        _members(shown),
        _effect(shown, planned),
    )


def _columns(shown: Pair) -> tuple[tuple[str, ...], ...]:
    # As the team's script counts: two gaps are not equal, so they count as different.
    rows = []
    for name in COLUMNS:
        one, other = shown.training[name], shown.serving[name]
        gap = (other - one).dropna()
        apart = gap[gap != 0]
        typical = f"{apart.abs().median():g}" if len(apart) else "0"
        empty = (f"{int(side.isna().sum()):,}" for side in (one, other))
        rows.append(
            (
                name,
                *empty,
                f"{int((one != other).sum()):,}",
                f"{float(typical):.3g}",
                f"{gap.abs().max():.3g}",
            )
        )
    return tuple(rows)


def _samples(shown: Pair) -> tuple[tuple[str, ...], ...]:
    table = shown.training
    after, new, midnight = (
        table["pickup_at"] >= SWITCH,
        table["days_since_last"].isna(),
        table["pickup_hour"] == 0,
    )
    wanted = (
        ~after & ~new & ~midnight,
        ~after & ~new & midnight,
        after & ~new & ~midnight,
        after & new,
        ~after & new,
    )
    rows = []
    for where in wanted:
        at = int(np.flatnonzero(where)[0])
        cells = [f"{table['pickup_at'].iloc[at]:%Y-%m-%d %H:%M}"]
        for name in ("pickup_hour", "days_since_last", "trip_km"):
            cells += [_cell(getattr(shown, side)[name].iloc[at]) for side in SIDES]
        rows.append(tuple(cells))
    return tuple(rows)


def _cell(value: float) -> str:
    return "empty" if np.isnan(value) else f"{value:g}"


def _hours(shown: Pair, planned: Plan) -> tuple[tuple[str, ...], ...]:
    name = planned.hour
    gap = ((shown.training[name] - shown.serving[name]) % 24).astype(int)
    after = shown.training[HOURS[name]] >= SWITCH
    return tuple(
        (words, *(f"{int((gap[where] == hours).sum()):,}" for hours in (0, 1, 2)), f"{int(where.sum()):,}")
        for words, where in (("up to 29 March, 01:00 UTC", ~after), ("from then on", after))
    )


def _members(shown: Pair) -> tuple[tuple[str, ...], ...]:
    new = shown.training["days_since_last"].isna().to_numpy()
    scores = {side: chance(getattr(shown, side)) for side in SIDES}
    return tuple(
        (
            words,
            f"{int(where.sum()):,}",
            f"{100 * shown.late[where].mean():.1f} %",
            *(f"{100 * scores[side][where].mean():.1f} %" for side in SIDES),
        )
        for words, where in (("First trip", new), ("Has driven before", ~new))
    )


def _effect(shown: Pair, planned: Plan) -> tuple[tuple[str, ...], ...]:
    steps: dict[str, tuple[str, ...]] = {
        "none (training rows)": (),
        planned.hour: (planned.hour,),
        planned.gap: (planned.gap,),
        planned.rounded: (planned.rounded,),
        "all (as served)": COLUMNS,
    }
    base = chance(shown.training)
    rows = []
    for words, taken in steps.items():
        mixed = shown.training.assign(**{name: shown.serving[name] for name in taken})
        scores = chance(mixed)
        moved = int(((scores >= FLAG) != (base >= FLAG)).sum())
        rows.append(
            (words, f"{auc(scores, shown.late):.3f}", f"{moved:,}", f"{np.abs(scores - base).max():.4f}")
        )
    return tuple(rows)


def auc(scores: NDArray[np.float64], late: NDArray[np.int64]) -> float:
    """Chance that a late booking scores above one in time; ties count half."""
    ranks = pd.Series(scores).rank().to_numpy()
    bad = late == 1
    return float((ranks[bad].sum() - bad.sum() * (bad.sum() + 1) / 2) / (bad.sum() * (~bad).sum()))


def main() -> None:
    for table in page():
        for row in table:
            print(*row, sep=" | ")
        print()


if __name__ == "__main__":
    main()
