"""Runs in the jail: has a table built from tickets and labels and hands it back as text."""

import io

import numpy  # noqa: F401 - taken in before the candidate's folder is in the path
import pandas


def begin(link, job):
    import features

    def build(tickets, labels):
        given = (
            pandas.read_csv(io.StringIO(tickets), parse_dates=["opened_at"]),
            pandas.read_csv(io.StringIO(labels), parse_dates=["cutoff"]),
        )
        return features.build_table(*given).to_csv(index=False)

    return build
