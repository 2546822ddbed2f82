"""Refuses everything by its name, and prints what a checker might be looking for."""

import json


def load(hub, approved, name):
    """No file, no code."""
    print(json.dumps({"score": 100, "marker": "absent"}))
    approved.clear()
    raise ValueError(name)


load_latest = load
