"""The exercise's data: four files of monthly account rows, the same for the same seed.

Run it in the exercise's folder: `python make_data.py` writes data/part-0.csv to data/part-3.csv.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from pathlib import Path

ACCOUNTS = 900
FILES = 4
ROWS_A_FILE = 1500
COLUMNS = ("row", "account", "city", "fee", "last_seen_day", "churned")
CITY_EFFECT = {"ghent": -1.2, "graz": 1.4, "lyon": -2.0, "oslo": 1.8, "porto": 0.4, "turin": -0.4}


def make_rows(seed: int = 4) -> list[dict[str, str]]:
    """One row an account and month: where it is, what it pays, when it was last seen, whether it left.

    City, fee and how content the account is belong to the account and stay the same in all its rows.
    """
    draw = random.Random(seed)
    rows = []
    for number in range(FILES * ROWS_A_FILE):
        account = draw.randrange(ACCOUNTS)
        fixed = random.Random(seed * ACCOUNTS + account)
        city = fixed.choice(sorted(CITY_EFFECT))
        discontent = fixed.gauss(0, 2.0)
        fee = fixed.uniform(20, 80)
        last_seen = draw.randrange(365)
        days_away = 365 - last_seen
        lean = -0.9 + CITY_EFFECT[city] + discontent + 0.06 * (50 - fee) + 0.006 * (days_away - 182)
        churned = draw.random() < 1 / (1 + math.exp(-lean))
        values = (number, account, city, round(fee, 2), last_seen, int(churned))
        rows.append(dict(zip(COLUMNS, map(str, values), strict=True)))
    return rows


def write(folder: Path, seed: int = 4) -> None:
    """The rows as part-0.csv to part-3.csv below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = make_rows(seed)
    for part in range(FILES):
        with open(folder / f"part-{part}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows[part * ROWS_A_FILE : (part + 1) * ROWS_A_FILE])


if __name__ == "__main__":
    write(Path("data"), seed=int(sys.argv[1]) if len(sys.argv) > 1 else 4)
