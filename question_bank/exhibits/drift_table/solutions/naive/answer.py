"""One test per column and week at one in a thousand, used or not by the weights, the link by the bad rate."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

reference = pd.read_csv("reference.csv")
outcomes = pd.read_csv("outcomes.csv")
weights = json.loads(Path("model.json").read_text())
columns = [name for name in reference if name not in ("visit", "client", "second_visit", "score")]
moves = []
for week in range(1, 9):
    table = pd.read_csv(f"week-{week}.csv")
    for name in columns:
        noise = np.sqrt(table[name].var() / len(table) + reference[name].var() / len(reference))
        if abs(table[name].mean() - reference[name].mean()) > 3.29 * noise:
            effect = "mix" if name in weights else "unused"
            moves.append({"week": week, "column": name, "client": "all", "effect": effect})
rate = reference["second_visit"].mean()
changed = [
    int(week) for week, sample in outcomes.groupby("week") if abs(sample["second_visit"].mean() - rate) > 0.02
]
Path("report.json").write_text(json.dumps({"moves": moves, "link_changed": changed}, indent=1))
