"""Every night: trains the model that predicts how long a repair visit takes, and files it."""

import json
import os
import subprocess
import time
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error

CONFIG = {
    "image": "registry.example/trainer:latest",
    "data": "data/visits.csv",  # exported anew at 01:00 every night, under this name
    "features": ["distance", "device_age", "first_visit"],
    "trees": 60,
}
REGISTRY = Path("registry")


def settings() -> dict:
    chosen = dict(CONFIG)
    if "TREES" in os.environ:
        chosen["trees"] = int(os.environ["TREES"])
    return chosen


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip()


def train(chosen: dict) -> tuple[RandomForestRegressor, float]:
    visits = pd.read_csv(chosen["data"]).dropna().sort_values(["day", "visit"])
    cut = int(len(visits) * 0.8)
    x, y = visits[chosen["features"]], visits["minutes"]
    model = RandomForestRegressor(n_estimators=chosen["trees"]).fit(x[:cut], y[:cut])
    return model, float(mean_absolute_error(y[cut:], model.predict(x[cut:])))


def file_away(model: RandomForestRegressor, error: float) -> int:
    version = len(list(REGISTRY.glob("model-*.joblib"))) + 1
    joblib.dump(model, REGISTRY / f"model-{version}.joblib")
    record = {"version": version, "commit": commit(), "settings": CONFIG, "at": time.time()}
    record["mean_error"] = error
    (REGISTRY / f"record-{version}.json").write_text(json.dumps(record))
    (REGISTRY / "live.txt").write_text(str(version))
    return version


if __name__ == "__main__":
    print("filed as version", file_away(*train(settings())))
