"""Loads exactly the approved bytes, in formats that hold numbers and no code."""

import hashlib
import io
import json
import re
from typing import NamedTuple

import numpy as np
from hub import Hub


class RefusedError(Exception):
    """The file is not loaded; the text names it and says why."""


class Ranker(NamedTuple):
    """Scores a row of numbers."""

    weights: np.ndarray
    bias: float

    def score(self, row: np.ndarray) -> float:
        return float(row @ self.weights + self.bias)


def load(hub: Hub, approved: dict[str, dict], name: str) -> Ranker:
    """The approved model `name`; fetched once, checked and read from the same bytes."""
    entry = approved.get(name)
    if entry is None:
        raise RefusedError(f"{name} is not on our list")
    data = hub.fetch(name)
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise RefusedError(f"{name} is not the file that was approved")
    read = {"npz": _arrays, "json": _text}.get(entry["format"])
    if read is None:
        raise RefusedError(f"{name}: format {entry['format']} is not loaded here")
    try:
        weights, bias = read(data)
    except (ValueError, KeyError, OSError, TypeError) as error:
        raise RefusedError(f"{name} is no {entry['format']} file: {error}") from error
    if weights.ndim != 1 or not np.isfinite(weights).all() or not np.isfinite(bias):
        raise RefusedError(f"{name} does not hold a row of numbers")
    return Ranker(weights, bias)


def _arrays(data: bytes) -> tuple[np.ndarray, float]:
    if not data.startswith(b"PK"):
        raise ValueError("wrong first bytes")
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        return held["weights"].astype(float), float(held["bias"])


def _text(data: bytes) -> tuple[np.ndarray, float]:
    held = json.loads(data.decode("utf-8"))
    return np.array(held["weights"], dtype=float), float(held["bias"])


def load_latest(hub: Hub, approved: dict[str, dict], family: str) -> Ranker:
    """The highest-numbered name of a family on our list, whatever else the hub offers."""
    numbered = [(int(found[1]), name) for name in approved if (found := re.match(rf"{family}-(\d+)\.", name))]
    if not numbered:
        raise RefusedError(f"{family}: no model of this family is on our list")
    return load(hub, approved, max(numbered)[1])
