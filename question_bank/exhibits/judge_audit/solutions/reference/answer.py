"""Measures the judge on frozen pairs and against people, and takes the release number from people."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

release, people, frozen = (pd.read_csv(f"{name}.csv") for name in ("release", "people", "frozen"))


def longer_wins(table, verdict):
    return (table[verdict] == "B") == (table["words_b"] > table["words_a"])


# The same answers every week: whatever moves here is the judge. Find the break that explains most.
frozen["longer"] = (longer_wins(frozen, "judge_b_first") * 1.0 + longer_wins(frozen, "judge_a_first")) / 2
weekly = frozen.groupby("week")["longer"].mean()
breaks = {
    week: abs(weekly[weekly.index >= week].mean() - weekly[weekly.index < week].mean())
    * np.sqrt((weekly.index >= week).sum() * (weekly.index < week).sum())
    for week in weekly.index[1:]
}
changed = max(breaks, key=breaks.get)

both = people.merge(release, on="pair")
now = pd.concat([frozen[frozen["week"] >= changed], both])
first_bias = (now["judge_b_first"] == "B").mean() - (now["judge_a_first"] == "B").mean()
judge_longer = (longer_wins(now, "judge_b_first").mean() + longer_wins(now, "judge_a_first").mean()) / 2
length_bias = judge_longer - longer_wins(both, "person_prefers").mean()

# People's share, helped by the judge as far as it goes with them; its leanings cancel in the difference.
person, judge = both["person_prefers"] == "B", both["judge_b_first"] == "B"
help_of_judge = np.cov(person * 1.0, judge * 1.0)[0, 1] / judge.var()
overall = (release["judge_b_first"] == "B").mean()
share = person.mean() + help_of_judge * (overall - judge.mean())
half = 1.96 * np.std(person * 1.0 - help_of_judge * judge, ddof=1) / np.sqrt(len(both))
report = {
    "first_bias": 100 * first_bias,
    "length_bias": 100 * length_bias,
    "comparable_since_week": int(changed),
    "b_preferred": 100 * share,
    "interval": [100 * (share - half), 100 * (share + half)],
    "decision": "ship" if share - half > 0.5 else "hold",
}
Path("report.json").write_text(json.dumps(report, indent=1))
