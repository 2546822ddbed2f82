"""Blocks when any channel falls by more than five points, whatever the number of messages."""

import pandas as pd


def decide(pair: pd.DataFrame) -> dict:
    right_old = pair["old"] == pair["label"]
    right_new = pair["new"] == pair["label"]
    change = right_new.groupby(pair["channel"]).mean() - right_old.groupby(pair["channel"]).mean()
    lost = [str(name) for name in change.index[change < -0.05]]
    worse = right_new.mean() < right_old.mean() - 0.01
    return {"decision": "block" if lost or worse else "ship", "channels": lost, "why": ""}
