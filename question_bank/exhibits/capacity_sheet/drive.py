"""Runs in the jail: calls capacity.plan for a folder and hands back what it returns."""

import json

import numpy  # noqa: F401 - taken in before the candidate's folder is in the path
import pandas  # noqa: F401


def begin(link, job):
    import capacity

    def plan(folder):
        return json.loads(json.dumps(capacity.plan(folder), default=float))

    return plan
