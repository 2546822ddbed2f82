"""Runs train.py several times in one process, each under other conditions: `_perturb.py OUT LABEL...`.

A label is `ORDER-CLOCK-DATA`: a number that decides the order of files and fresh random numbers, the number of
a clock, and the folder of the data. What train.py printed and wrote is kept in OUT, with the columns that the
model was given.
"""

import contextlib
import datetime
import glob
import hashlib
import io
import os
import pathlib
import random
import runpy
import shutil
import sys
import time
import traceback

import numpy
from sklearn.ensemble import RandomForestClassifier

out, labels = pathlib.Path(sys.argv[1]), sys.argv[2:]
now = {"order": 0, "clock": 0.0}
given = []


def shuffled(listed):
    return random.Random(now["order"]).sample(sorted(listed, key=str), len(listed))


def reordering(function):
    return lambda *args, **kwargs: shuffled(list(function(*args, **kwargs)))


def recording(predict):
    def recorded(self, x):
        rows = numpy.unique(numpy.asarray(x, dtype=float).round(9), axis=0)
        given.extend(row.tobytes() for row in rows)
        return predict(self, x)

    return recorded


class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(now["clock"], tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(now["clock"], datetime.UTC).replace(tzinfo=None)


class MovedDate(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(now["clock"])


glob.glob = reordering(glob.glob)
os.listdir = reordering(os.listdir)
pathlib.Path.glob = reordering(pathlib.Path.glob)
pathlib.Path.iterdir = reordering(pathlib.Path.iterdir)
time.time = lambda: now["clock"]
datetime.datetime, datetime.date = Moved, MovedDate
RandomForestClassifier.predict_proba = recording(RandomForestClassifier.predict_proba)


def run(label):
    order, clock, data = label.split("-")
    now.update(order=int(order), clock=1.795e9 + (97 * 86_400 + 1_234.5) * int(clock))
    shutil.rmtree("data", ignore_errors=True)
    shutil.copytree(data, "data")
    pathlib.Path("predictions.csv").unlink(missing_ok=True)
    random.seed(int(order))
    numpy.random.seed(int(order))
    given.clear()
    sys.argv = ["train.py"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path("train.py", run_name="__main__")
    (out / f"{label}.json").write_text(printed.getvalue(), encoding="utf-8")
    digest = hashlib.sha256(b"".join(sorted(set(given)))).hexdigest() if given else ""
    (out / f"{label}.columns").write_text(digest, encoding="utf-8")
    shutil.copy("predictions.csv", out / f"{label}.csv")


for label in labels:
    try:
        run(label)
    except BaseException:
        traceback.print_exc()
