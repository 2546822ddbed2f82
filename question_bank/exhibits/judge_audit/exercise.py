"""The audit of a machine judge: lay it out, and score the report against the planted leanings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from question_bank.exercise import Part
from question_bank.jail.results import number

from ..bench import reported
from .generate import frames, long_answers, shown_by, truth_of

NEEDS = ("sklearn",)
TITLE = "Audit the judge, report the number"
# In points: how far a reported leaning may lie from the planted one.
TOLERANCE = 7.5
NARROWEST, WIDEST = 6.0, 20.0
KEYS = ("first_bias", "length_bias", "comparable_since_week", "b_preferred", "decision")

README = """# Audit the judge, report the number

Release B of an answering service is to replace release A. A language model, the judge, compared their answers
and prefers B or A. On the strength of its verdicts the team wants to tell a customer how much better B is.

- `release.csv`: 1,200 pairs of answers: words in each answer, the judge's verdict. B always stood first.
- `people.csv`: a random 200 of these pairs, judged by a person who saw them in random order without knowing
  the release; 60 of them by a second person as well. `judge_a_first`: the judge's verdict on the same pair
  when A stands first.
- `frozen.csv`: 400 other pairs whose answers never change. The judge was asked about them every week, in both
  orders. `release.csv` was judged in the last week.

Write `report.json`, by hand or by a program `answer.py` that writes it into the folder it is started in.
All shares in points (0 to 100):

    {"first_bias": 0.0, "length_bias": 0.0, "comparable_since_week": 1,
     "b_preferred": 50.0, "interval": [40.0, 60.0], "decision": "hold"}

- `first_bias`: how much more often this judge prefers an answer because it stands first. Negative if it leans
  to the second place.
- `length_bias`: how much more often this judge takes the longer answer than it should. Negative if it leans
  to the shorter one.
- `comparable_since_week`: the first week from which the judge's verdicts may be compared with those on the
  release.
- `b_preferred` and `interval`: in how many of the 1,200 pairs a person would prefer B, with a 95 % interval.
- `decision`: `ship` if your interval shows that people prefer B, else `hold`.

Python, NumPy, pandas and scikit-learn are available; no network is needed. You may use an AI assistant here.
Afterwards you explain your numbers without it, and work out one more on the spot.
"""


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task and the three tables."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    for name, table in zip(("release", "people", "frozen"), frames(seed), strict=True):
        table.to_csv(folder / f"{name}.csv", index=False)


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """The leanings and the true share of this seed, in points, and what the talk asks for at the end."""
    return {name: round(value, 1) for name, value in (truth_of(seed) | long_answers(seed)).items()}


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Scores the report against the planted values; changed data in the folder has no effect.

    A leaning may also lie near what the tables themselves show, and the interval has to hold what people's part
    shows: nobody loses points by an unlucky draw.
    """
    found, said = reported(folder, partial(lay_out, seed=seed), _read)
    if found is None:
        return _parts({}, said)
    true, shown = truth_of(seed), shown_by(seed)
    low, high = found["interval"]
    sound = NARROWEST <= high - low <= WIDEST and low <= found["b_preferred"] <= high
    near = [
        any(
            abs(found[name] - one[name]) <= TOLERANCE and one[name] * found[name] > 0 for one in (true, shown)
        )
        for name in ("first_bias", "length_bias")
    ]
    right = {"both": all(near), "one": any(near)}
    right["week"] = found["comparable_since_week"] == true["comparable_since_week"]
    right["share"] = sound and low <= shown["b_preferred"] <= high
    right["decision"] = right["share"] and found["decision"] == ("ship" if low > 50 else "hold")
    return _parts(right, f"reported {found}")


def _read(held: Any) -> dict[str, Any]:
    found: dict[str, Any] = {name: number(held[name]) for name in KEYS[:-1]}
    low, high = (number(end) for end in held["interval"])
    return found | {"interval": (low, high), "decision": str(held["decision"])}


def _parts(right: dict[str, bool], note: str) -> list[Part]:
    scored = (
        ("One of the judge's two leanings, within 7.5 points and with the right sign", 6, "one"),
        ("Both leanings, within 7.5 points and with the right sign", 16, "both"),
        ("The week from which verdicts are comparable", 14, "week"),
        (
            "B's share by people: an interval 6 to 20 points wide that holds what their pairs show",
            16,
            "share",
        ),
        ("The decision that follows from that interval", 8, "decision"),
    )
    return [
        Part(what=what, points=points, got=float(points if right.get(key) else 0), note=note)
        for what, points, key in scored
    ]
