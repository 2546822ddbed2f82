"""Compares the tables booking by booking, tells causes apart, and keeps what repair.py needs."""

import json

import numpy as np
import pandas as pd

MOMENT = {"booked_hour": "booked_at", "pickup_hour": "pickup_at"}

training = pd.read_csv("training.csv").set_index("booking").sort_index()
serving = pd.read_csv("serving.csv").set_index("booking").sort_index()
assert training.index.equals(serving.index)
found, learnt = [], {}
for name in training.columns:
    one, other = training[name], serving[name]
    apart = (one != other) & ~(one.isna() & other.isna())
    if not apart.any():
        continue
    if name in MOMENT:
        # The local clock less UTC, by the hour of the year: one step where the clocks change.
        shift = (one - other).loc[apart] % 24
        shift = shift.where(shift < 12, shift - 24)
        by_hour = (one - other).mod(24).groupby(serving[MOMENT[name]].str[:13]).first()
        by_hour = by_hour.where(by_hour < 12, by_hour - 24)
        steps = by_hour[by_hour.diff().fillna(1) != 0]
        learnt["hour"] = {"column": name, "moment": MOMENT[name], "steps": steps.to_dict()}
        cause = "time zone"
    elif (one.isna() != other.isna()).any():
        filler = float((other if one.isna().sum() > other.isna().sum() else one)[apart].iloc[0])
        learnt["gap"] = {"column": name, "filler": filler, "serving_filled": bool(one.isna().any())}
        cause = "filled gap"
    elif np.allclose(one, other, atol=0.0501) and not one.round(1).ne(other.round(1)).mean() > 0.01:
        cause = "rounding"
    else:
        cause = "other"
    line = {"column": name, "cause": cause, "rows": int(apart.sum()), "harmless": cause == "rounding"}
    found.append(line)

with open("report.json", "w", encoding="utf-8") as file:
    json.dump({"columns": found}, file)
with open("learnt.json", "w", encoding="utf-8") as file:
    json.dump(learnt, file)
