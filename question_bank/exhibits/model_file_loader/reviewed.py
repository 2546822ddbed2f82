"""Loads a ranking model from the public hub; runs in every serving pod at start and on reload."""

import hashlib
import logging
import pickle
from pathlib import Path

import numpy as np
import scan
from hub import Hub

log = logging.getLogger("models")
KEEP = Path("downloads")
KEEP.mkdir(exist_ok=True)


class Ranker:
    """Scores a row of numbers."""

    def __init__(self, weights: np.ndarray, bias: float):
        self.weights, self.bias = weights, bias

    def score(self, row: np.ndarray) -> float:
        return float(row @ self.weights + self.bias)


def fetch(hub: Hub, name: str) -> Path:
    path = KEEP / name
    if path.exists():
        return path
    if hashlib.sha256(hub.fetch(name)).hexdigest() != hub.digests()[name]:
        raise ValueError(f"{name} was damaged on the way")
    path.write_bytes(hub.fetch(name))
    return path


def load(hub: Hub, approved: dict[str, dict], name: str) -> Ranker:
    if name not in approved:
        log.warning("%s is not on the list of approved models", name)
    path = fetch(hub, name)
    if path.suffix != ".npz":
        try:
            scan.check(path)
        except scan.ScanError:
            log.exception("scan of %s failed, loading anyway", name)
        held = pickle.loads(path.read_bytes())
    else:
        held = np.load(path, allow_pickle=True)
    return Ranker(held["weights"], float(held["bias"]))


def load_latest(hub: Hub, approved: dict[str, dict], family: str) -> Ranker:
    return load(hub, approved, max(name for name in hub.names() if name.startswith(family)))
