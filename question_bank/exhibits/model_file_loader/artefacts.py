"""Model files, honest and hostile, as bytes. The hostile ones create an empty MARKER (or what is
named for it) in the current folder. Nothing here is ever loaded by this module."""

import io
import json
import os
import pickle
import random
import zipfile
from pathlib import Path

import numpy as np


class _MakesFolder:
    """A scanner with a list of known modules finds this one."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (self.marker,)


class _TouchesFile:
    """The same harmless effect through a module that no such list names."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (Path(self.marker),)


def weights(seed, name, size=6):
    """The numbers of one model."""
    draw = random.Random(f"{seed}:{name}")
    return np.array([round(draw.uniform(-2, 2), 4) for _ in range(size)]), round(draw.uniform(-1, 1), 4)


def npz(values, bias):
    """A file of plain arrays."""
    held = io.BytesIO()
    np.savez(held, weights=values, bias=np.array(bias))
    return held.getvalue()


def as_json(values, bias):
    """The same as text."""
    return json.dumps({"weights": list(map(float, values)), "bias": float(bias)}).encode()


def pickled(known_to_scanner, marker="MARKER"):
    """A file that runs code while it is loaded."""
    return pickle.dumps((_MakesFolder if known_to_scanner else _TouchesFile)(marker), protocol=4)


def npz_with_object(marker="MARKER"):
    """A file of arrays, one of which holds an object and is therefore a pickle inside."""
    held = io.BytesIO()
    np.savez(held, weights=np.array([_TouchesFile(marker)], dtype=object), bias=np.array(0.0))
    return held.getvalue()


def names_inside(data):
    """The entries of a file of arrays; empty where it is no such file."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
