"""Anybody's ratings, compared."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import fail, read, write

if TYPE_CHECKING:
    from scorecards.comparison import Analysis


class Estimate(StrEnum):
    """How the spreads of candidates, interviewers and scorecards are estimated."""

    bayes = "bayes"
    reml = "reml"


RatingsArgument = Annotated[
    Path, typer.Argument(metavar="RATINGS.csv", help="Columns candidate, interviewer, competency, rating.")
]
ScaleOption = Annotated[
    str | None, typer.Option(metavar="LO-HI", help="The lowest and the highest rating, such as 1-4.")
]
MethodOption = Annotated[
    Estimate, typer.Option(help="bayes weighs all plausible spreads; reml takes the likeliest.")
]
JsonOption = Annotated[Path | None, typer.Option(help="Also write all numbers to this file.")]
SameOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=OTHER", help="Two spellings of one person; may be given several times."),
]


def analyse(
    file: RatingsArgument,
    scale: ScaleOption = None,
    method: MethodOption = Estimate.bayes,
    json: JsonOption = None,
    same: SameOption = None,
) -> None:
    """Compare anybody's ratings: who is ahead, how surely, how strict each interviewer is, and what is not said."""
    from scorecards import comparison as compare

    found = analysed(file, scale, method, same or [])
    if json and json.absolute() == file.absolute():
        fail(f"{json}: these are the ratings. Choose another name for the numbers.")
    if json:
        write(json, compare.json_text(found).encode())
    typer.echo(compare.report(found), nl=False)


def analysed(file: Path, scale: str | None, method: Estimate, same: Sequence[str]) -> Analysis:
    """What the ratings in the file come to; ends with every fault where there is one."""
    from rubrics.counted import count
    from scorecards import comparison as compare

    try:
        limits = compare.read_scale(scale) if scale else None
        ratings = compare.read_ratings(read(file), limits, same_names(same))
        return compare.analyse(ratings, limits, method.value)
    except compare.RatingsError as error:
        told = f"{file}: {count(len(error.faults), 'fault')}. Nothing was compared."
        fail("\n".join([*error.faults, told]))


def same_names(told: Sequence[str]) -> list[tuple[str, str]]:
    """'José=Jose' as a pair."""
    pairs = [one.partition("=") for one in told]
    for one, (name, _, other) in zip(told, pairs, strict=True):
        if not name.strip() or not other.strip():
            fail(f"--same {one}: write two names with = between, as 'José García=Jose Garcia'.")
    return [(name.strip(), other.strip()) for name, _, other in pairs]
