"""Runs in the jail ahead of train.py: turns the clock, as far as a program asks Python for it.

`now` is the moment in seconds. The order of files and the hash seed differ from run to run without this.
"""

import datetime
import time

import numpy  # noqa: F401 - taken in before the candidate's folder is in the path
import sklearn.ensemble  # noqa: F401


def prepare(job):
    now = job["now"]

    class Moved(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(now, tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(now, datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(now)

    class MovedDate(datetime.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(now)

    time.time, time.time_ns = (lambda: now), (lambda: int(now * 1e9))
    datetime.datetime, datetime.date = Moved, MovedDate
