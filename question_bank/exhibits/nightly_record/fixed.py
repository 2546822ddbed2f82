"""The nightly job after the review: what is needed to rebuild a version is kept, or nothing is filed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import joblib
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error

DEFAULTS = {
    "data": "data/visits.csv",
    "features": ["distance", "device_age", "first_visit"],
    "trees": 60,
    "seed": 20260301,
}
REGISTRY = Path("registry")
SNAPSHOTS = Path("snapshots")


class IncompleteError(RuntimeError):
    """Something that a rebuild needs is not known; nothing was filed."""


class Trained(NamedTuple):
    model: RandomForestRegressor
    error: float
    rows_read: int
    rows_used: int


def settings() -> dict:
    chosen = dict(DEFAULTS)
    if "TREES" in os.environ:
        chosen["trees"] = int(os.environ["TREES"])
    return chosen


def image() -> str:
    """The image's digest as the platform hands it in; a tag is refused."""
    name = os.environ.get("IMAGE", "")
    if "@sha256:" not in name:
        raise IncompleteError("the image is not given by its digest")
    return name


def commit() -> str:
    """The commit, of a folder without changes beside it."""
    head = _git("rev-parse", "HEAD")
    if _git("status", "--porcelain", "--untracked-files=no"):
        raise IncompleteError("there are changes outside the commit")
    return head


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True)
    if done.returncode:
        raise IncompleteError(f"git {words[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def snapshot(path: str) -> tuple[bytes, str]:
    """The export's bytes and digest; a copy is kept under the digest, which never changes its content."""
    held = Path(path).read_bytes()
    digest = hashlib.sha256(held).hexdigest()
    SNAPSHOTS.mkdir(exist_ok=True)
    kept = SNAPSHOTS / f"{digest}.csv"
    if not kept.exists():
        kept.write_bytes(held)
    return held, digest


def train(chosen: dict, held: bytes) -> Trained:
    read = pd.read_csv(io.BytesIO(held))
    visits = read.dropna().sort_values(["day", "visit"])
    cut = int(len(visits) * 0.8)
    x, y = visits[chosen["features"]], visits["minutes"]
    forest = RandomForestRegressor(n_estimators=chosen["trees"], random_state=chosen["seed"])
    model = forest.fit(x[:cut], y[:cut])
    error = float(mean_absolute_error(y[cut:], model.predict(x[cut:])))
    return Trained(model, error, len(read), len(visits))


def _claim() -> tuple[int, Path]:
    """The next number and its folder. A number's marker is never removed, so none is given twice."""
    taken = [int(path.stem) for path in REGISTRY.glob("*.taken")]
    version = max(taken, default=0) + 1
    # Fails for the one that comes second at the same moment.
    (REGISTRY / f"{version}.taken").touch(exist_ok=False)
    folder = REGISTRY / str(version)
    folder.mkdir()
    return version, folder


def run() -> int:
    """Train, file model and record under a new number, and return it. Going live is another step."""
    chosen, made_by, built_in = settings(), commit(), image()
    held, digest = snapshot(chosen["data"])
    trained = train(chosen, held)
    version, folder = _claim()
    joblib.dump(trained.model, folder / "model.joblib")
    record = {
        "version": version,
        "commit": made_by,
        "image": built_in,
        "settings": chosen,
        "data_sha256": digest,
        "rows": [trained.rows_read, trained.rows_used],
        "model_sha256": hashlib.sha256((folder / "model.joblib").read_bytes()).hexdigest(),
        "mean_error": trained.error,
        "at": time.time(),
    }
    (folder / "record.json").write_text(json.dumps(record))
    return version
