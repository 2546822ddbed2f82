"""Compares the tables with !=, which calls two gaps a difference, and takes every difference for harmful."""

import json

import pandas as pd

training = pd.read_csv("training.csv").set_index("booking").sort_index()
serving = pd.read_csv("serving.csv").set_index("booking").sort_index()
found, learnt = [], {}
for name in training.columns:
    apart = training[name] != serving[name]
    if not apart.any():
        continue
    cause = "other"
    if name.endswith("_hour"):
        cause = "time zone"
        learnt["hour"] = name
        learnt["shift"] = float((training[name] - serving[name]).mode().iloc[0])
    elif training[name].isna().any() or serving[name].isna().any():
        cause = "filled gap"
    found.append({"column": name, "cause": cause, "rows": int(apart.sum()), "harmless": False})

with open("report.json", "w", encoding="utf-8") as file:
    json.dump({"columns": found}, file)
with open("learnt.json", "w", encoding="utf-8") as file:
    json.dump(learnt, file)
