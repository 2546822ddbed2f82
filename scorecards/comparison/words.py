"""An analysis as a page of plain words for the terminal. One decimal at most; groups, never places alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..record.score import shown
from .analysis import SURE_OF_STRICTNESS, Analysis, CandidateResult
from .comparison import RoundComparison, Standing
from .icc import Shares
from .order import LEAST_INTERVIEWERS
from .refusal import count, listed
from .weights import Sensitivity

TOP = "cannot be told apart from the leader on this evidence"
ASSIGNMENT_WARNING = (
    "Tougher interviewers tended to see stronger candidates; the adjustment is probably too small."
)
VERY_LIKELY = 0.95
# A weight beyond which nobody would set one: not worth a sentence.
FARTHEST = 0.9
# Sentences about the leader and the nearest, on a screen.
NEAREST = 2
MOST_NAMED = 5
# Sentences about pairs, at most.
MOST_PAIRS = 6
MOST_LINES = 60


def report(found: Analysis) -> str:
    """The whole page."""
    parts = [
        _counts(found),
        _order(found),
        _strictness(found),
        _spread(found),
        _agreement(found),
        _refused(found),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def round_sentences(found: RoundComparison) -> list[str]:
    """What can be said of a round, most important first; one sentence or two each, with names as they were typed."""
    if found.analysis is None:
        return ["This round shows evidence only: read what was recorded. Nothing is computed from it."]
    lines = []
    for part in found.parts:
        where = f"Part {part + 1}: " if len(found.parts) > 1 else ""
        groups = found.groups_of(part)
        lines.append(where + group_words(groups))
        lines += _leader_words(found.analysis, groups)
        lines += _plain_words(found.analysis, groups)
        if part in found.analysis.again:
            lines.append(again_words(found.analysis.again[part]))
    if not lines:
        lines.append("Nobody is put in an order yet: the evidence is too thin. What there is stands below.")
    lines.append(lead_words(found.analysis))
    if found.analysis.assignment_warning:
        lines.append(ASSIGNMENT_WARNING)
    return lines


def group_words(groups: Sequence[Sequence[Standing]]) -> str:
    """Who cannot be told apart from the leader; groups, never places."""
    first = [one.label for one in groups[0]]
    behind = [one.label for group in groups[1:] for one in group]
    if len(first) == 1:
        return f"{first[0]} stands apart: very probably ahead of {listed(behind, 5)}."
    words = f"{listed(first, 8)} {TOP}."
    return words if behind else f"{words} Nobody stands behind them."


def _leader_words(found: Analysis, groups: Sequence[Sequence[Standing]]) -> list[str]:
    """The leader beside the nearest few."""
    placed = sorted(
        (one for group in groups for one in group),
        key=lambda one: -(one.result.effect or 0.0) if one.result else 0.0,
    )
    leader, chance = placed[0], found.pairs.get(placed[0].candidate.id, {})
    near = [one for one in placed[1:] if chance[one.candidate.id] <= VERY_LIKELY][:NEAREST]
    clear = [one.label for one in placed[1:] if chance[one.candidate.id] > VERY_LIKELY]
    lines = [ahead_words(leader.label, one.label, chance[one.candidate.id]) for one in near]
    if not clear:
        return lines
    others = listed(sorted(clear)) if len(clear) <= MOST_NAMED else f"{len(clear)} others"
    return [*lines, f"{leader.label} is very likely ahead of {others}."]


def _plain_words(found: Analysis, groups: Sequence[Sequence[Standing]]) -> list[str]:
    """Where the plain means lead and put somebody else first than the model does, that is said beside it."""
    placed = [one for group in groups for one in group if one.result and one.score.overall is not None]
    if found.adjusted_leads or not placed:
        return []
    leader = max(placed, key=lambda one: one.result.effect or 0.0 if one.result else 0.0)
    highest = max(placed, key=lambda one: one.score.overall or 0)
    if shown(highest.score.overall) == shown(leader.score.overall):
        return []
    return [
        f"The plain mean of {highest.label} is higher than that of {leader.label}: the order is not settled."
    ]


def group_name(group: int | None) -> str:
    """'Leading group', 'Second group', 'Group 7', or 'No place'."""
    if group is None:
        return "No place"
    known = ("Leading group", "Second group", "Third group", "Fourth group", "Fifth group")
    return known[group - 1] if group <= len(known) else f"Group {group}"


def moved_words(one: CandidateResult) -> str:
    """How far the adjustment moved somebody: 'moved up by 0.2'. Nothing where it is less than a tenth."""
    if one.raw is None or one.adjusted is None:
        return ""
    moved = one.adjusted - one.raw
    return "" if abs(moved) < 0.05 else f"moved {'up' if moved > 0 else 'down'} by {abs(moved):.1f}"


def firmness_words(found: Sensitivity, names: Mapping[str, str]) -> list[str]:
    """How firmly the first of the leading group stands under other weights; at most three sentences."""
    leader, rival = names[found.leader], names[found.rival]
    lines = []
    if found.least is None:
        lines.append(f"{leader} is first within the leading group under any weights.")
    else:
        steps = found.least.steps
        givers = listed([names.get(one, one) for one, _, _ in steps], 3)
        lines.append(
            f"Within the leading group {leader} comes first with the weights set. Moving "
            f"{_share(found.least.moved)} of the weight from {givers} to "
            f"{names.get(steps[0][1], steps[0][1])} would put {rival} level."
        )
    near = [one for one in found.thresholds if FARTHEST >= one.at >= 1 - FARTHEST]
    for one in sorted(near, key=lambda one: abs(one.at - one.now))[:2]:
        side = "more" if one.at > one.now else "less"
        set_, at = _share(one.now), _share(one.at)
        told = f"{side} than {at} (set: {set_})" if at != set_ else f"a little {side} than the {set_} set"
        name = names.get(one.competency, one.competency)
        lines.append(f"{leader} stays before {rival} unless {name} counts for {told}.")
    tenths = round(found.stays * 10)
    often = {0: "hardly any", 10: "nearly all"}.get(tenths, f"about {tenths} in 10")
    often = "all" if found.stays == 1 else often
    settled = "" if found.stays >= 0.9 else " The order within the group is not settled."
    lines.append(f"Of weights close to those set, {often} keep {leader} first.{settled}")
    return lines


def _share(value: float) -> str:
    """'25%'; what rounds to nothing is 'less than 1%'."""
    return "less than 1%" if 0 < value < 0.005 else f"{value:.0%}"


def ahead_words(a: str, b: str, probability: float) -> str:
    """`Ana is probably ahead of Bo: about 7 chances in 10.` Tenths, and never more than very likely."""
    if probability < 0.5:
        a, b, probability = b, a, 1 - probability
    if probability > VERY_LIKELY:
        return f"{a} is very likely ahead of {b}."
    tenths = min(9, round(probability * 10))
    if tenths <= 5:
        return f"Either of {a} and {b} may be ahead."
    return f"{a} is probably ahead of {b}: about {tenths} chances in 10."


def severity_words(name: str, severity: float) -> str:
    """How strict somebody is, on the same people."""
    if abs(severity) < 0.05:
        return f"{name} rates like the others on the same people."
    side = "lower" if severity > 0 else "higher"
    return f"{name} rates about {abs(severity):.1f} {side} than the others on the same people."


def lead_words(found: Analysis) -> str:
    """Which score leads, and why."""
    likely = found.severity_probability
    if found.adjusted_leads:
        return "Your interviewers differ in strictness: the adjusted scores lead, the plain means stand beside them."
    if likely is None:
        return "The plain means are all there is."
    if likely >= SURE_OF_STRICTNESS:
        return "Your interviewers differ in strictness, but too little is shared to let the adjusted scores lead."
    return "Your interviewers look about equally strict: the plain means lead."


def again_words(chance: float) -> str:
    """Whether the order would come out so again."""
    tenths = round(chance * 10)
    told = {0: "hardly ever", 1: "about once in 10 times", 10: "nearly always"}
    often = told.get(tenths, f"about {tenths} times in 10")
    return (
        "If other interviewers from the same pool repeated this round, the same person would come first "
        f"{often}."
    )


def spread_words(found: Shares) -> str:
    """`Of the spread in ratings: 35% candidates, …`"""
    named = zip(
        ("candidates", "strictness", "one interviewer's own view of one candidate", "chance"),
        found,
        strict=True,
    )
    return (
        "Of the spread in ratings: "
        + ", ".join(f"{one:.0%} {name}" for name, one in named if one is not None)
        + "."
    )


def _counts(found: Analysis) -> list[str]:
    n = found.ratings
    lines = [
        f"{count(len(n.candidates), 'candidate')}, {count(len(n.interviewers), 'interviewer')}, "
        f"{count(found.scorecards, 'scorecard')}, {count(n.rating.size, 'rating')}"
        + (f" on {count(len(n.competencies), 'competency')}." if n.named else ".")
    ]
    if found.scale is None and n.rating.size:
        lines.append(
            f"No scale was given; the ratings lie between {n.rating.min():g} and {n.rating.max():g}."
        )
    if not n.named and n.rating.size > found.scorecards:
        lines.append(
            "No competency is named: several ratings of one pair are taken as answers to different questions."
        )
    return lines


def _order(found: Analysis) -> list[str]:
    lines = ["THE CANDIDATES", lead_words(found)]
    if found.assignment_warning:
        lines.append(f"{ASSIGNMENT_WARNING} Compare these orders:")
        lines += [f"  {line}" for line in order_lines(found)]
    if found.components > 1:
        lines.append(
            f"The round falls into {found.components} parts that share nobody; each stands for itself."
        )
    for part in sorted({one.part for one in found.candidates}):
        lines += _part(found, part)
    return lines


def _part(found: Analysis, part: int) -> list[str]:
    members = [one for one in found.candidates if one.part == part]
    width = max(len(one.candidate) for one in members)
    lines = [f"Part {part + 1}"] if found.components > 1 else []
    for group in sorted({one.group for one in members if one.group is not None}):
        inside = [one for one in members if one.group == group]
        lines += ["", f"Group {group}" + (f": {TOP}" if group == 1 else "")]
        lines += _lines(inside, width)
    rest = [one for one in members if one.group is None]
    if rest:
        lines += ["", "Without a place", *_lines(rest, width)]
    if lines and part in found.again:
        lines += ["", again_words(found.again[part])]
    return [*lines, *_pairs(found, members)]


def _lines(several: list[CandidateResult], width: int) -> list[str]:
    lines = [f"  {_line(one, width)}" for one in several[:MOST_LINES]]
    return (
        lines
        if len(several) <= MOST_LINES
        else [*lines, f"  … and {len(several) - MOST_LINES} more (--json has all)"]
    )


def _line(one: CandidateResult, width: int) -> str:
    words = [one.candidate.ljust(width), f"raw {one.raw:.1f}" if one.raw is not None else "no raw score"]
    if one.adjusted is not None and one.interval is not None and one.interviewers >= LEAST_INTERVIEWERS:
        words.append(f"adjusted {one.adjusted:.1f} ({one.interval[0]:.1f} to {one.interval[1]:.1f})")
    if one.rank_interval is not None:
        words.append("place {} to {}".format(*one.rank_interval))
    return "  ".join([*words, count(one.interviewers, "interviewer")])


def _pairs(found: Analysis, members: list[CandidateResult]) -> list[str]:
    """The leader against those behind: the nearest one by one, those clearly behind together."""
    placed = sorted((one for one in members if one.group is not None), key=lambda one: -(one.effect or 0.0))
    if len(placed) < 2:
        return []
    leader, chance = placed[0].candidate, found.pairs[placed[0].candidate]
    near = [one.candidate for one in placed[1:] if chance[one.candidate] <= VERY_LIKELY]
    clear = sorted(one.candidate for one in placed[1:] if chance[one.candidate] > VERY_LIKELY)
    lines = [ahead_words(leader, other, chance[other]) for other in near[:MOST_PAIRS]]
    return ["", *lines, *([f"{leader} is very likely ahead of {listed(clear, 13)}."] if clear else [])]


def order_lines(found: Analysis, names: Mapping[str, str] | None = None) -> list[str]:
    """Raw, adjusted and fixed-effects order side by side, each part for itself; nobody without a place in it."""
    if found.assignment is None:
        return []
    raw = np.array([one.raw if one.raw is not None else -np.inf for one in found.candidates])
    adjusted = np.array([one.effect or 0.0 for one in found.candidates])
    each = (("raw", raw), ("adjusted", adjusted), ("fixed effects", found.assignment.fixed))
    lines = []
    for part in sorted({one.part for one in found.candidates if one.group is not None}):
        members = [n for n, one in enumerate(found.candidates) if one.part == part and one.group is not None]
        where = f"part {part + 1}, " if found.components > 1 else ""
        for label, values in each:
            order = sorted(members, key=lambda n: -values[n])
            called = [found.candidates[n].candidate for n in order]
            lines.append(f"{where}{label}: {listed([(names or {}).get(who, who) for who in called], 13)}")
    return lines


def _strictness(found: Analysis) -> list[str]:
    said = [one for one in found.interviewers if one.refused is None and one.severity is not None]
    if not said:
        return []
    lines = [
        f"  {severity_words(one.interviewer, one.severity or 0.0)} "
        f"({-one.interval[1]:+.1f} to {-one.interval[0]:+.1f}; {count(one.scorecards, 'scorecard')})"
        for one in said[:MOST_LINES]
        if one.interval
    ]
    return ["STRICTNESS (about people: for that interviewer and the round's lead)", *lines]


def _spread(found: Analysis) -> list[str]:
    if found.shares is None:
        return []
    lines = ["WHERE THE SPREAD COMES FROM", spread_words(found.shares)]
    if found.reliability:
        rel = found.reliability
        lines.append(
            f"Reliability of one interviewer {rel.one:.1f}, of the mean of about {rel.interviewers:.0f} {rel.raw:.1f}, "
            f"adjusted for strictness {rel.adjusted:.1f} (0 is chance, 1 is perfect)."
        )
    return lines


def _agreement(found: Analysis) -> list[str]:
    agreed = found.agreement
    if agreed.exact is None or agreed.adjacent is None:
        return []
    lines = [
        "AGREEMENT",
        f"Two interviewers gave the same rating {agreed.exact:.0%} of the time (by chance {agreed.exact_by_chance:.0%}) "
        f"and were within one point {agreed.adjacent:.0%} of the time (by chance {agreed.adjacent_by_chance:.0%}); "
        f"{count(agreed.units, 'unit')} with two ratings or more.",
    ]
    ordinal = agreed.alpha["ordinal"]
    if agreed.enough and ordinal is not None:
        around = agreed.ordinal_interval
        beside = f" ({around[0]:.2f} to {around[1]:.2f})" if around else ""
        lines.append(
            f"Krippendorff's ordinal alpha {ordinal:.2f}{beside}. It counts strictness as disagreement and is no pass mark."
        )
    return lines


def _refused(found: Analysis) -> list[str]:
    if not found.refused:
        return []
    return ["NOT SAID, AND WHY", *(f"  {one.what}: {one.why}." for one in found.refused)]
