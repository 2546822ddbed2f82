"""Takes the time from arrival to the end for the work, and forgets that requests go on arriving."""

import json
import math
from pathlib import Path

import pandas as pd

QUARTER = 900_000


def plan(folder):
    log = pd.read_csv(Path(folder) / "requests.csv")
    sheet = pd.read_csv(Path(folder) / "sheet.csv").set_index("line")["value"]
    outage = json.loads((Path(folder) / "outage.json").read_text())
    log["took"] = log["finished"] - log["arrived"]
    quarters = log.groupby(log["arrived"] // QUARTER)["took"].agg(["size", "mean"])
    top = quarters.loc[quarters["size"].idxmax()]
    rate = top["size"] * 1000 / QUARTER
    busy = rate * top["mean"] / 1000
    waiting = int(log["arrived"].between(outage["begin"], outage["end"]).sum())
    seconds = log["took"].mean() / 1000
    true = {
        "needed": math.ceil(busy / 0.7),
        "busy": busy,
        "worker_hours": log["took"].sum() / 3_600_000,
        "network": rate * log["size"].mean() * 8 / 1e6,
        "busiest": rate,
        "work": log["took"].mean(),
        "answer": log["size"].mean() / 1000,
        "requests": len(log),
    }
    wrong = [line for line in true if not 0.5 < sheet[line] / true[line] < 2]
    return {
        "busiest_per_second": rate,
        "busy_workers": busy,
        "workers_needed": math.ceil(busy / 0.7),
        "waiting": waiting,
        "minutes_to_clear": waiting * seconds / outage["workers"] / 60,
        "workers_to_clear_in_60": math.ceil(waiting * seconds / 3600),
        "wrong_line": wrong[0] if wrong else None,
    }
