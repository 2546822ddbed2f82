"""An analysis as JSON, with the documented keys and nothing that is not a number or null."""

from __future__ import annotations

import json
from typing import Any

from .analysis import Analysis, CandidateResult, InterviewerResult

DIGITS = 6


def as_json(found: Analysis) -> dict[str, Any]:
    """The analysis as plain values; effects in rating points, severity above 0 is stricter.

    A number below its minimum stays, so that it can be checked; `refused` says that it is not to be relied on.
    """
    ratings = found.ratings
    return {
        "method": found.method,
        "n": {
            "candidates": len(ratings.candidates),
            "interviewers": len(ratings.interviewers),
            "scorecards": found.scorecards,
            "ratings": int(ratings.rating.size),
        },
        "components": found.components,
        "sd": {key: rounded(value) for key, value in found.sd._asdict().items()}
        if found.sd
        else dict.fromkeys(("candidate", "interviewer", "scorecard", "residual")),
        "candidates": [_candidate(one) for one in found.candidates],
        "interviewers": [_interviewer(one) for one in found.interviewers],
        "agreement": _agreement(found),
        "pairs": found.pairs,
        "adjusted_leads": found.adjusted_leads,
        "assignment_warning": found.assignment_warning,
        "refused": [one._asdict() for one in found.refused],
    }


def json_text(found: Analysis) -> str:
    """The same as text; small rounds are indented."""
    indent = 1 if len(found.candidates) <= 100 else None
    return json.dumps(as_json(found), ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def rounded(value: float | None) -> float | None:
    """To six decimals; -0.0 is 0.0."""
    return None if value is None else round(float(value), DIGITS) + 0.0


def _pair(interval: tuple[float, float] | None) -> list[float | None] | None:
    return None if interval is None else [rounded(one) for one in interval]


def _candidate(one: CandidateResult) -> dict[str, Any]:
    return {
        "candidate": one.candidate,
        "raw": rounded(one.raw),
        "effect": rounded(one.effect),
        "adjusted": rounded(one.adjusted),
        "interval": _pair(one.interval),
        "rank_interval": None if one.rank_interval is None else list(one.rank_interval),
        "group": one.group,
    }


def _interviewer(one: InterviewerResult) -> dict[str, Any]:
    return {
        "interviewer": one.interviewer,
        "severity": rounded(one.severity),
        "interval": _pair(one.interval),
        "scorecards": one.scorecards,
    }


def _agreement(found: Analysis) -> dict[str, Any]:
    agreed = found.agreement
    forms = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
    return {
        **{f"alpha_{metric}": rounded(value) for metric, value in agreed.alpha.items()},
        "exact": rounded(agreed.exact),
        "adjacent": rounded(agreed.adjacent),
        "icc": {name: rounded(one.value) for name, one in zip(forms, found.icc, strict=True)}
        if found.icc
        else None,
    }
