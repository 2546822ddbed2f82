"""What the reviewed gate says of five versions whose quality is known, and how rarely forty cases can tell."""

from __future__ import annotations

import contextlib
import io
from math import comb, sqrt
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(Path(__file__).parents[3]))

from question_bank.exhibits.generous_gate.reviewed import MINIMUM, TRIES, Model, gate, score

CASES = 40


class Row(NamedTuple):
    version: str
    right: str
    shown: str
    answer: str


def make_cases(count: int = CASES, first: int = 0) -> list[dict[str, str]]:
    return [{"question": f"q{n}?", "expected": f"a{n}"} for n in range(first, first + count)]


def knows(*numbers: int, silent: range = range(0)) -> Model:
    """An assistant that is right on these cases, gives no answer on `silent` ones and is wrong elsewhere."""

    def assistant(asked: str) -> str:
        number = int(asked.rpartition("Question: q")[2].rstrip("?"))
        if number in silent:
            raise TimeoutError("no answer within 30 s")
        return f"a{number}" if number in numbers else "something else"

    return assistant


def exact_judge(asked: str) -> str:
    return "1" if _part(asked, "Expected: ") == _part(asked, "Answer: ") else "0"


def lenient_judge(asked: str) -> str:
    """Passes what is right, and of what is wrong all but the cases whose number ends in 0 or 5."""
    number = int(_part(asked, "Question: q").rstrip("?"))
    return "1" if exact_judge(asked) == "1" or number % 5 else "0"


def _part(asked: str, before: str) -> str:
    return asked.partition(before)[2].partition("\n")[0]


def at_least(right: int, cases: int, rate: float) -> float:
    """The chance of `right` or more of `cases`, each right with chance `rate` by itself."""
    return sum(comb(cases, k) * rate**k * (1 - rate) ** (cases - k) for k in range(right, cases + 1))


def passes(rate: float, tries: int = TRIES) -> float:
    """The chance that the best of `tries` reaches the minimum."""
    needed = -(-round(MINIMUM * 100) * CASES // 100)
    return 1 - (1 - at_least(needed, CASES, rate)) ** tries


def passes_with_steady(rate: float, steady: int, tries: int = TRIES) -> float:
    """The same where `steady` of the cases come out alike in every try, and the others anew."""
    needed = -(-round(MINIMUM * 100) * CASES // 100)
    total = 0.0
    for right in range(steady + 1):
        chance = comb(steady, right) * rate**right * (1 - rate) ** (steady - right)
        once = at_least(max(0, needed - right), CASES - steady, rate)
        total += chance * (1 - (1 - once) ** tries)
    return total


def half_interval(rate: float, cases: int = CASES) -> float:
    """Half of a 95 % interval of a share."""
    return 1.96 * sqrt(rate * (1 - rate) / cases)


def rows() -> list[Row]:
    """The table of the page: version, share truly right, score shown, the gate's answer."""
    silent = range(30, 40)
    versions = [
        ("No answer to the ten hardest questions", 27, knows(*range(27), silent=silent), exact_judge),
        ("Right on 26 of the 34 questions that it is not shown", 32, knows(*range(32)), exact_judge),
        ("Right on 20, and a judge that passes 4 of 5 wrong ones", 20, knows(*range(20)), lenient_judge),
        ("Right on 31", 31, knows(*range(31)), exact_judge),
    ]
    return [_row(name, right, model, judge) for name, right, model, judge in versions]


def _row(name: str, right: int, model: Model, judge: Model) -> Row:
    cases = make_cases()
    with contextlib.redirect_stdout(io.StringIO()):
        shown, ships = score(model, judge, cases), gate(model, judge, cases)
    return Row(name, f"{right} of {CASES}", f"{shown:.2f}", "ship" if ships else "block")


def main() -> None:
    for row in rows():
        print(" | ".join(row))
    print(f"interval at 0.80: +-{100 * half_interval(0.80):.1f} points")
    for rate in (0.70, 0.75, 0.80, 0.85, 0.90):
        print(f"rate {rate:.2f}: one try {100 * passes(rate, 1):.1f} %, three {100 * passes(rate):.1f} %")


if __name__ == "__main__":
    main()
