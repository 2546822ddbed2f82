"""Adds the most frequent difference to the hour, and takes every -1 for a gap."""

import json

import pandas as pd

with open("learnt.json", encoding="utf-8") as file:
    learnt = json.load(file)
table = pd.read_csv("serving.csv")
table[learnt["hour"]] = (table[learnt["hour"]] + learnt["shift"]) % 24
numbers = table.select_dtypes("number").columns
table[numbers] = table[numbers].replace(-1, float("nan"))
table.to_csv("repaired.csv", index=False)
