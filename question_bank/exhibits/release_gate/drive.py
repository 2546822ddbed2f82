"""Runs in the jail: shows a gate one table and hands back its decision."""

import io
import json

import numpy  # noqa: F401 - taken in before the candidate's folder is in the path
import pandas


def begin(link, job):
    import gate

    def decide(table):
        return json.loads(json.dumps(gate.decide(pandas.read_csv(io.StringIO(table))), default=str))

    return decide
