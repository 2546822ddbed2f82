"""Swaps the order and averages, as every guide says, and believes the judge for the rest."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

release, people, frozen = (pd.read_csv(f"{name}.csv") for name in ("release", "people", "frozen"))
both = people.merge(release, on="pair")
last = pd.concat([frozen[frozen["week"] == frozen["week"].max()], both])
first, second = (last["judge_b_first"] == "B").mean(), (last["judge_a_first"] == "B").mean()
b_wins = (frozen[["judge_b_first", "judge_a_first"]] == "B").mean(axis=1)
weekly = b_wins.groupby(frozen["week"]).mean()
longer = ((release["judge_b_first"] == "B") == (release["words_b"] > release["words_a"])).mean()
share = (first + second) / 2
half = 1.96 * np.sqrt(share * (1 - share) / 400)
report = {
    "first_bias": 100 * (first - second),
    "length_bias": 100 * (longer - 0.5),
    "comparable_since_week": int(weekly.diff().abs().idxmax()),
    "b_preferred": 100 * share,
    "interval": [100 * (share - half), 100 * (share + half)],
    "decision": "ship" if share - half > 0.5 else "hold",
}
Path("report.json").write_text(json.dumps(report, indent=1))
