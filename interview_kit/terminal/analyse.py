"""Anybody's ratings, compared."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .shared import fail, write


class Estimate(StrEnum):
    """How the spreads of candidates, interviewers and scorecards are estimated."""

    bayes = "bayes"
    reml = "reml"


def analyse(
    file: Annotated[
        Path,
        typer.Argument(metavar="RATINGS.csv", help="Columns candidate, interviewer, competency, rating."),
    ],
    scale: Annotated[
        str | None, typer.Option(metavar="LO-HI", help="The lowest and the highest rating, such as 1-4.")
    ] = None,
    method: Annotated[
        Estimate, typer.Option(help="bayes weighs all plausible spreads; reml takes the likeliest.")
    ] = Estimate.bayes,
    json: Annotated[Path | None, typer.Option(help="Also write all numbers to this file.")] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=OTHER", help="Two spellings of one person; may be given several times."),
    ] = None,
) -> None:
    """Compare anybody's ratings: who is ahead, how surely, how strict each interviewer is, and what is not said."""
    from rubrics.counted import count
    from scorecards import comparison as compare

    try:
        limits = compare.read_scale(scale) if scale else None
        ratings = compare.read_ratings(file.read_bytes(), limits, same_names(same or []))
        found = compare.analyse(ratings, limits, method.value)
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    except compare.RatingsError as error:
        fail(
            "\n".join([*error.faults, f"{file}: {count(len(error.faults), 'fault')}. Nothing was compared."])
        )
    if json and json.absolute() == file.absolute():
        fail(f"{json}: these are the ratings. Choose another name for the numbers.")
    if json:
        write(json, compare.json_text(found).encode())
    typer.echo(compare.report(found), nl=False)


def same_names(told: Sequence[str]) -> list[tuple[str, str]]:
    """'José=Jose' as a pair."""
    pairs = [one.partition("=") for one in told]
    for one, (name, _, other) in zip(told, pairs, strict=True):
        if not name.strip() or not other.strip():
            fail(f"--same {one}: write two names with = between, as 'José García=Jose Garcia'.")
    return [(name.strip(), other.strip()) for name, _, other in pairs]
