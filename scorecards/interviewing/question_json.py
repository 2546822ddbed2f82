"""A question as a browser draws it for its interviewer: everything they may look up, and what ticks propose."""

from __future__ import annotations

from typing import Any

from question_bank import HELP_WORDS, KINDS, Bank, Probe, Question, Signal
from question_bank.model import Effect, RedFlag, Route, Turn, Way

from ..record.model import Interview, Rating
from ..record.proposal import proposal
from .exhibit_json import exhibit_data

_EFFECTS: dict[Effect, str] = {"note": "noted", "cap_2": "level 2 at most", "cap_1": "level 1 at most"}
_AT_ONCE = ", counts at once"
_MANNERS = {
    "vague": "anything concrete",
    "we": "their own part",
    "tool-name-only": "what the tool does for them",
}


def question_data(question: Question, bank: Bank) -> dict[str, Any]:
    """Everything of a question that its interviewer may look up."""
    rubrics = bank.rubrics
    return {
        "id": question.id,
        "competency": rubrics.by_id[question.competency].name,
        "subskill": rubrics.subskills[question.subskill].name,
        "kind": KINDS[question.kind],
        **_words_of(question),
        "signals": [_signal(question, signal) for signal in _in_order(question)],
        "probes": [_probe(probe) for probe in question.probes],
        "flags": [_flag(flag) for flag in question.red_flags],
        "anchors": {str(level): question.anchors[level] for level in (1, 2, 3, 4)},
        **_to_give(question),
        "key": answer_key_lines(question),
        "terms": [
            {"term": term.term, "plain": term.plain, "good": term.good_sign}
            for term in map(bank.terms.get, question.glossary)
            if term is not None
        ],
    }


def _words_of(question: Question) -> dict[str, Any]:
    """What is read aloud, and what its interviewer reads beforehand."""
    stages = [f"{stage.minutes} min: {stage.what}" for stage in question.stages]
    tasks = [f"{task.points} points ({task.scored_by}): {task.what}" for task in question.tasks]
    return {
        "prompt": question.prompt,
        "card": question.card or question.prompt,
        "forYou": question.for_you,
        "separates": question.separates,
        "trap": question.trap,
        "noExperience": question.no_experience_route or "",
        "ledger": question.ledger,
        "stages": stages + tasks,
        "routes": [_route(question, route) for route in question.routes],
        "aside": f"AI tools: {question.assist_policy} · Access: {question.access_notes}",
    }


def _route(question: Question, route: Route) -> dict[str, Any]:
    earns = [question.signal(one).label for one in route.earns]
    return {"words": route.route, "level": route.level, "earns": earns}


def _flag(flag: RedFlag) -> dict[str, Any]:
    effect = _EFFECTS[flag.effect] + (_AT_ONCE if flag.at_once else "")
    return {"id": flag.id, "flag": flag.flag, "effect": effect, "reason": flag.reason}


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "minute": turn.minute,
        "after": turn.after or "",
        "say": turn.say,
        "good": turn.good,
        "fluent": turn.fluent or "",
    }


def _probe(probe: Probe) -> dict[str, Any]:
    return {
        "ask": probe.ask,
        "help": probe.help,
        "words": HELP_WORDS[probe.help] + (", caps it at 2" if probe.help == 2 else ""),
        "missed": probe.if_missed,
        "manner": next((_MANNERS[missed] for missed in probe.if_missed if missed in _MANNERS), ""),
    }


def _to_give(question: Question) -> dict[str, Any]:
    """What may be given to the candidate while the question is in hand."""
    return {
        "numbers": [{"about": number.about, "give": number.give} for number in question.numbers],
        "reveals": [
            {
                "asked": reveal.if_asked,
                "show": reveal.show or f"Show: {question.exhibit(reveal.exhibit or '').title}",
                "exhibit": reveal.exhibit,
            }
            for reveal in question.reveals
        ],
        "turns": [_turn(turn) for turn in question.turns],
        "limit": question.limit and question.limit.model_dump(include={"ask", "good", "fluent"}),
        "trace": question.trace and question.trace.model_dump(),
        "exhibits": [exhibit_data(exhibit) | {"when": exhibit.when} for exhibit in question.exhibits],
    }


def answer_key_lines(question: Question) -> list[str]:
    """What is planted in the material, and what only looks so, a paragraph each."""
    key = [question.ground_truth] if question.ground_truth else []
    key += [f"Not {rival.explanation}: {rival.ruled_out_by}" for rival in question.rivals]
    for defect in question.defects:
        lines = f", line {', '.join(str(line) for line in defect.lines)}" if defect.lines else ""
        must = " (must)" if defect.must else ""
        key.append(f"{defect.id}{lines}{must}: {defect.what} Harm: {defect.harm} Fix: {defect.fix}")
    key += [f"Looks wrong, is fine: {trail.what} ({trail.why_fine})" for trail in question.false_trails]
    return key


def _in_order(question: Question) -> list[Signal]:
    return sorted(question.signals, key=lambda signal: (not signal.must, signal.level))


def _signal(question: Question, signal: Signal) -> dict[str, Any]:
    details = (
        ("Listen for:", signal.listen_for),
        *((f"One way, {way.way}:", " ".join(filter(None, _of_way(way)))) for way in signal.ways),
        ("Before they ask:", signal.before_asked),
        ("Sounds right, is not:", signal.decoy),
        ("Check:", signal.check_question),
    )
    says = question.assistant.says if question.assistant else frozenset()
    return {
        "id": signal.id,
        "label": signal.label,
        "level": signal.level,
        "must": int(signal.must),
        "ways": len(signal.ways),
        "assistant": signal.id in says,
        "plain": signal.plain_meaning or "",
        "details": [[head, words] for head, words in details if words],
    }


def _of_way(way: Way) -> tuple[str | None, ...]:
    return way.listen_for, way.plain_meaning, way.check_question


def proposals(interview: Interview, ratings: tuple[Rating, ...]) -> dict[str, dict[str, Any]]:
    """The level that each rating's ticks propose, with what produced it, by question."""
    return {
        rating.question_id: proposal(interview.plan.question(rating.question_id), rating)._asdict()
        for rating in ratings
    }
