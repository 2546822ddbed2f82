"""The live screen's one piece of browser: what it is given to draw, and the numbers it starts with."""

from __future__ import annotations

import json
from typing import Any

from question_bank import CONDITIONS, Bank, PlanItem, Question
from scorecards.interviewing.question_json import question_data
from scorecards.record.frozen import as_planned
from scorecards.record.model import SKIP_REASONS, Interview, Round, Scorecard, now
from scorecards.record.states import STATES

from .browser import component


def live_screen(data: dict[str, Any]) -> bool:
    """Draw the screen; true once its interviewer wants to close the interview."""
    result = component("live")(key=f"live-{data['card']}", data=data, on_close_change=lambda: None)
    return bool(result.close)


def rehearsal(question: Question, bank: Bank, signed: str) -> None:
    """The live screen with one question, to look at and to try; `signed` is a pass, nothing is kept."""
    data = {
        "card": f"rehearsal-{question.id}",
        "content": rehearsal_content(question, bank),
        "rehearsal": True,
        "pass": signed,
        "now": now().timestamp() * 1000,
        "question": question.id,
        "ratings": {},
        "proposals": {},
        "moments": [],
        "savedAt": None,
        "leader": "",
        "others": {},
        "window": None,
        "term": 0,
        "shown": None,
    }
    live_screen(data)


def live_content(
    card: Scorecard, interview: Interview, round_: Round, bank: Bank, names: dict[str, str]
) -> str:
    """What does not change while the interview is conducted, as JSON. `names`: candidate, and people by id."""
    plan = interview.plan
    bank = as_planned(plan, bank)
    return json.dumps(
        _words(bank)
        | {
            "card": card.id,
            "me": card.interviewer_id,
            "candidate": names["candidate"],
            "interview": plan.name,
            "held": CONDITIONS[plan.condition].say if plan.condition else "",
            "names": names,
            "people": sorted(who for who in names if who not in ("candidate", card.interviewer_id)),
            "minutes": plan.minutes,
            "around": plan.around,
            "items": [_item(item, round_, card.interviewer_id, bank) for item in plan.items],
        }
    )


def _item(item: PlanItem, round_: Round, interviewer_id: str, bank: Bank) -> dict[str, Any]:
    """One question of the plan, for this interviewer."""
    question = item.question
    musts = {target.competency for target in round_.targets if target.must_have}
    return {
        "id": question.id,
        "title": question.topic,
        "minutes": item.minutes,
        "must": question.competency in musts and not item.optional,
        "optional": item.optional or question.competency not in musts,
        "qualified": round_.qualified(interviewer_id, question.competency),
        "question": question_data(question, bank),
    }


def rehearsal_content(question: Question, bank: Bank) -> str:
    """As `live_content`, for one question that nobody is asked: what is ticked and typed goes nowhere."""
    item = {"id": question.id, "title": question.topic, "minutes": question.minutes.total}
    item |= {"must": True, "optional": False, "qualified": True, "question": question_data(question, bank)}
    who = {
        "card": f"rehearsal-{question.id}",
        "me": "",
        "candidate": "Rehearsal",
        "names": {},
        "people": [],
        "held": "",
    }
    plan = {"interview": "nothing is kept", "minutes": question.minutes.total, "around": 0, "items": [item]}
    return json.dumps(_words(bank) | who | plan)


def _words(bank: Bank) -> dict[str, Any]:
    """What levels, states and reasons are called, and how a state is given."""
    scale = bank.rubrics.scale
    states = {state: scale.state_name(state) for state in STATES}
    return {
        "levels": {str(step.level): step.name for step in scale.levels},
        "states": states,
        "stateChoices": {
            state: {"key": one.key, "press": one.press or states[state], "needsReason": one.needs_reason}
            for state, one in STATES.items()
        },
        "skips": SKIP_REASONS,
    }
