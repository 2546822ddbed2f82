"""The level that ticks propose: asked here by the live screen, the rules and the documents alike."""

from __future__ import annotations

from question_bank import Proposal, Question, propose_level

from .model import Interview, Rating


def helped_signals(question: Question, rating: Rating) -> frozenset[str]:
    """Signals that a probe of help level 2 gave away."""
    probes = question.probes
    return frozenset(
        missed
        for place in rating.probes
        if place < len(probes) and probes[place].help == 2
        for missed in probes[place].if_missed
    )


def proposal(question: Question, rating: Rating) -> Proposal:
    """The level that a rating's ticks earn by the anchor rule, what produced it, and what the next one lacks."""
    return propose_level(question, rating.ticks, helped_signals(question, rating), rating.red_flags)


def proposed_level(interview: Interview, rating: Rating) -> int:
    """The level alone, for a rating of one of the interview's questions."""
    return proposal(interview.plan.question(rating.question_id), rating).level
