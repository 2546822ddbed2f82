"""The exercise on a table that looks into the future: lay it out, and compare a repaired one with an oracle."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from question_bank.exercise import Part
from question_bank.jail import CandidateError, Limits, serving
from question_bank.jail.results import UnreadableError, number, read_columns, read_json

from ..bench import scripts
from .generate import make_data

NEEDS = ("sklearn",)
TITLE = "A churn table with an excellent score"
HERE = Path(__file__).parent
GIVEN = HERE / "given"
HIDDEN_CUSTOMERS = 3_000
KNOWN_AFTER = pd.Timedelta(days=30)
# The share told where no outcome of the city was known.
NONE_KNOWN = 0.25
# Where the honest score lies, over many seeds; the table as given scores above 0.8.
HONEST = (0.47, 0.60)

README = """# A churn table with an excellent score

A model is to say each night, for each customer and with today as the cut-off, how likely the customer cancels
within thirty days. `features.py` builds the table that it is trained on, `python train.py` trains and prints the
score. The score looks excellent.

- `tickets.csv`: user, opened_at; every support ticket up to today.
- `labels.csv`: user, cutoff, y, city, plan, tenure. y is 1 where the customer cancelled within thirty days after
  the cut-off. Some customers have two rows with different cut-offs. tenure is empty where not known.

Repair `build_table(tickets, labels)` so that each row holds what the model would get on its night. It returns one
row for each row of labels, in their order, with the columns user, cutoff, y, tickets, tenure, plan and city_rate:

- `tickets`: the number of the customer's tickets; one opened on the very moment of the cut-off counts;
- `city_rate`: the share of y among the rows of the same city; 0.25 where there is none. An outcome takes thirty days
  to show; on the very moment at which they are over it counts;
- `tenure` and `plan` as they come.

Then write `score.json` with the AUC that you would promise for the nights to come: `{"auc": 0.123}`.

Scoring builds your table for other customers, and from changed files. A higher score earns nothing. pandas, NumPy
and scikit-learn are installed. You have 40 minutes. Afterwards you talk us through it.
"""

RUN = '''"""Builds the table for each pair of files in cases/."""

import sys
from pathlib import Path

import pandas as pd

from features import build_table

for case in sys.argv[1:]:
    tickets = pd.read_csv(f"cases/{case}-tickets.csv", parse_dates=["opened_at"])
    labels = pd.read_csv(f"cases/{case}-labels.csv", parse_dates=["cutoff"])
    build_table(tickets, labels).to_csv(f"cases/{case}-table.csv", index=False)
'''


class Data(NamedTuple):
    """Tickets (user, opened_at) and labels (user, cutoff, y, city, plan, tenure)."""

    tickets: pd.DataFrame
    labels: pd.DataFrame


def data(seed: int, part: int, customers: int | None = None) -> Data:
    """Customers of a seed: with second rows, unknown tenures, and tickets opened at the very cut-off."""
    rng = np.random.default_rng([seed, part])
    tickets, labels = make_data(int(rng.integers(1 << 31)))
    labels = labels[labels["user"] < (customers or len(labels))].round({"tenure": 1})
    tickets = tickets[tickets["user"] < (customers or len(labels))]
    again = labels.sample(frac=0.08, random_state=rng)
    again = again.assign(
        cutoff=again["cutoff"] + pd.to_timedelta(rng.integers(20, 60, len(again)), unit="D"),
        y=(rng.random(len(again)) < 0.25).astype(int),
    )
    labels = pd.concat([labels, again]).sample(frac=1, random_state=rng).reset_index(drop=True)
    labels["tenure"] = labels["tenure"].mask(rng.random(len(labels)) < 0.04)
    sharp = labels.sample(frac=0.03, random_state=rng)[["user", "cutoff"]]
    tickets = pd.concat([tickets, sharp.rename(columns={"cutoff": "opened_at"})])
    shuffled = tickets.sample(frac=1, random_state=rng).reset_index(drop=True)
    shuffled["opened_at"] = shuffled["opened_at"].dt.round("s")
    return Data(shuffled, labels)


def known_tickets(given: Data) -> NDArray[np.int64]:
    """For each row of labels: tickets of the customer at or before the cut-off."""
    numbered = given.labels[["user", "cutoff"]].assign(row=np.arange(len(given.labels)))
    dated = numbered.merge(given.tickets, on="user")
    seen = dated.loc[dated["opened_at"] <= dated["cutoff"], "row"]
    return np.bincount(seen.to_numpy(), minlength=len(numbered)).astype(np.int64)


def known_rate(given: Data) -> NDArray[np.float64]:
    """For each row of labels: share of y among rows of the city whose outcome was known at the cut-off."""
    rate = np.full(len(given.labels), NONE_KNOWN)
    for _, rows in given.labels.groupby("city"):
        ordered = rows.sort_values("cutoff", kind="stable")
        known_at = (ordered["cutoff"] + KNOWN_AFTER).to_numpy()
        count = np.searchsorted(known_at, rows["cutoff"].to_numpy(), side="right")
        total = np.concatenate([[0], np.cumsum(ordered["y"].to_numpy())])
        rate[rows.index[count > 0]] = total[count[count > 0]] / count[count > 0]
    return rate


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, the code to repair, tickets and labels."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    for path in sorted(GIVEN.glob("*.py")):
        shutil.copyfile(path, folder / path.name)
    shown = data(seed, 1)
    shown.tickets.to_csv(folder / "tickets.csv", index=False)
    shown.labels.to_csv(folder / "labels.csv", index=False)


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """Sums over the shown rows that a repaired table gives, and where an honest score lies."""
    shown = data(seed, 1)
    return {
        "rows": len(shown.labels),
        "tickets": int(known_tickets(shown).sum()),
        "mean city_rate": round(float(known_rate(shown).mean()), 4),
        "honest auc": list(HONEST),
    }


def cases(given: Data) -> dict[str, Data]:
    """The given rows, and four changed ones: tickets planted after and before, outcomes not known and known."""
    tickets, labels = given
    middle = labels["cutoff"].median()
    known = labels["cutoff"] + KNOWN_AFTER <= middle

    def planted(days: int) -> Data:
        moments = labels["cutoff"] + pd.Timedelta(days=days)
        more = pd.DataFrame({"user": labels["user"], "opened_at": moments})
        single = ~labels["user"].duplicated(keep=False)
        return Data(pd.concat([tickets, more[single]], ignore_index=True), labels)

    def flipped(rows: pd.Series) -> Data:
        return Data(tickets, labels.assign(y=labels["y"].where(~rows, 1 - labels["y"])))

    return {
        "base": given,
        "later": planted(3),
        "earlier": planted(-3),
        "unknown": flipped(~known),
        "known": flipped(known),
    }


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Builds the candidate's table for hidden customers and compares it with the oracle."""
    given = data(seed if secret is None else secret, 2, HIDDEN_CUSTOMERS)
    tables, trouble = _tables(folder, cases(given))
    single = (~given.labels["user"].duplicated(keep=False)).to_numpy()
    early = (given.labels["cutoff"] <= given.labels["cutoff"].median()).to_numpy()
    counts = _same(tables, "base", "tickets", known_tickets(given))
    rates = _same(tables, "base", "city_rate", known_rate(given))
    count_stays = _moved(tables, "later", "tickets", single) == 0
    count_lives = _moved(tables, "earlier", "tickets", single) == 1
    rate_stays = _moved(tables, "unknown", "city_rate", early) == 0
    rate_lives = _moved(tables, "known", "city_rate", ~early) > 0.9
    kept = counts > 0.9 and _kept(tables, given)
    score, said = _score(folder)
    return [
        _part(
            "tickets as counted by the oracle, for other customers",
            16,
            counts == 1,
            trouble or f"{counts:.1%}",
        ),
        _part("city_rate as computed by the oracle", 12, rates == 1, trouble or f"{rates:.1%}"),
        _part("Planted later tickets move nothing, earlier ones do", 8, count_stays and count_lives, trouble),
        _part("Outcomes not yet known move nothing, known ones do", 8, rate_stays and rate_lives, trouble),
        _part("All rows in their order, gaps of tenure kept", 8, kept, trouble),
        _part("score.json promises an honest AUC", 8, counts > 0.9 and score, said),
    ]


def _tables(folder: Path, given: Mapping[str, Data]) -> tuple[dict[str, pd.DataFrame], str]:
    """The candidate's table for each case, each built by a process that sees no other case."""
    found, trouble = {}, ""
    for case, it in given.items():
        try:
            with serving(scripts(folder), HERE / "drive.py", limits=Limits(seconds=20)) as session:
                built = session.do(*(table.to_csv(index=False) for table in it))
            found[case] = _read(str(built).encode(), it.labels)
        except (CandidateError, UnreadableError, ValueError) as error:
            trouble = trouble or f"no table: {error}"
            if case == "base":
                break
    return found, trouble


def _read(data: bytes, labels: pd.DataFrame) -> pd.DataFrame:
    """The candidate's columns beside each row of labels; rows that are missing stay empty."""
    columns = ("user", "cutoff", "tickets", "tenure", "plan", "city_rate")
    held = read_columns(data, columns, 2 * len(labels) + 100)
    table = pd.DataFrame(
        {
            name: pd.to_numeric(pd.Series(held[name], dtype=str), errors="coerce")
            for name in columns
            if name != "cutoff"
        }
    )
    table["cutoff"] = pd.to_datetime(pd.Series(held["cutoff"], dtype=str), errors="coerce", format="ISO8601")
    table["place"] = np.arange(len(table))
    keyed = table.dropna(subset=["user", "cutoff"]).drop_duplicates(["user", "cutoff"])
    return labels[["user", "cutoff"]].merge(keyed, how="left", on=["user", "cutoff"])


def _same(tables: Mapping[str, pd.DataFrame], case: str, name: str, right: NDArray[Any]) -> float:
    """Share of the rows there that are right; 0 where more than a tenth of the rows is missing."""
    if case not in tables:
        return 0.0
    there = tables[case]["place"].notna().to_numpy()
    if there.mean() < 0.9:
        return 0.0
    return float(np.isclose(pd.to_numeric(tables[case][name])[there], right[there], atol=1e-6).mean())


def _moved(tables: Mapping[str, pd.DataFrame], case: str, name: str, where: NDArray[np.bool_]) -> float:
    """Share of these rows whose feature differs from the unchanged case; NaN where there is no table."""
    if case not in tables or "base" not in tables:
        return float("nan")
    pair = [pd.to_numeric(tables[key][name])[where].to_numpy() for key in ("base", case)]
    there = ~np.isnan(pair[0]) & ~np.isnan(pair[1])
    return float((np.abs(pair[0] - pair[1])[there] > 1e-9).mean()) if there.any() else float("nan")


def _kept(tables: Mapping[str, pd.DataFrame], given: Data) -> bool:
    if "base" not in tables:
        return False
    table, labels = tables["base"], given.labels
    ordered = bool((table["place"].to_numpy() == np.arange(len(labels))).all())
    return ordered and bool(np.allclose(table["tenure"], labels["tenure"], equal_nan=True))


def _score(folder: Path) -> tuple[bool, str]:
    try:
        auc = number(read_json((folder / "score.json").read_bytes())["auc"])
    except (OSError, UnreadableError, KeyError, TypeError) as error:
        return False, f"score.json cannot be read: {type(error).__name__}"
    return HONEST[0] <= auc <= HONEST[1], f"{auc:.3f}"


def _part(what: str, points: int, right: bool, note: str) -> Part:
    return Part(what=what, points=points, got=float(points if right else 0), note=note)
