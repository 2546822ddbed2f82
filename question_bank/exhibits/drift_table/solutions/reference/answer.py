"""Compares each client with itself, weighs size and chance together, and asks outcomes about the link."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

MATERIAL, CHANCE = 0.2, 4.5
reference = pd.read_csv("reference.csv")
outcomes = pd.read_csv("outcomes.csv")
weights = json.loads(Path("model.json").read_text())
columns = [name for name in reference if name not in ("visit", "client", "second_visit", "score")]
spread = reference[columns].std()
then = reference.groupby("client")[columns].agg(["mean", "std", "count"])


def shift(rows, client, name):
    """How far one client's mean has moved, and how far chance moves it; both in old standard deviations."""
    mean, std, count = (then.loc[client, (name, part)] for part in ("mean", "std", "count"))
    noise = std / spread[name] * np.sqrt(1 / len(rows) + 1 / count)
    return (rows[name].mean() - mean) / spread[name], noise


def loud(moved, noise):
    return abs(moved) >= MATERIAL and abs(moved) > CHANCE * noise


def where(table, name):
    """The client that moved alone, "all", or None."""
    shifts = {client: shift(rows, client, name) for client, rows in table.groupby("client")}
    moved = [client for client, pair in shifts.items() if loud(*pair)]
    if len(moved) == 1:
        return moved[0]
    values, noises = np.array(list(shifts.values())).T
    weight = 1 / noises**2
    if moved or loud(np.sum(weight * values) / weight.sum(), 1 / np.sqrt(weight.sum())):
        return "all"
    return None


def faulty(now, was):
    """One value in twenty lies outside of anything seen, or is the very same value."""
    outside = (~now.between(was.min() - was.std(), was.max() + was.std())).mean()
    return max(outside, now.value_counts(normalize=True).iloc[0]) > 0.05


moves, broken = [], []
weeks = {week: pd.read_csv(f"week-{week}.csv") for week in range(1, 9)}
for week, table in weeks.items():
    for name in columns:
        client = where(table, name)
        if client is None:
            continue
        inside = table["client"].eq(client) | (client == "all")
        fault = faulty(table.loc[inside, name], reference[name])
        effect = "fault" if fault else "mix" if name in weights else "unused"
        moves.append({"week": week, "column": name, "client": client, "effect": effect})
        if fault:
            broken.append((week, client))

changed = []
for week, sample in outcomes.groupby("week"):
    table = weeks[week].merge(sample, on="visit")
    # Where the inputs are broken the score is wrong for that reason; only sound rows can tell of the link.
    sound = table[[(week, client) not in broken for client in table["client"]]]
    gap = sound["second_visit"].mean() - sound["score"].mean()
    if abs(gap) > 3 * np.sqrt((sound["score"] * (1 - sound["score"])).mean() / len(sound)):
        changed.append(int(week))

Path("report.json").write_text(json.dumps({"moves": moves, "link_changed": changed}, indent=1))
