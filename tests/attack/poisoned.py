"""Content and rounds in which every text that somebody can write is an attacker's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from question_bank import Bank, InterviewPlan, Question, Slot, load_bank, make_plan
from rubrics.model import Value
from scorecards.record.model import (
    Amendment,
    Candidate,
    CardContent,
    Debrief,
    Decision,
    DecisionReason,
    Dissent,
    Interview,
    Moment,
    Opening,
    Person,
    Rating,
    Round,
    RoundEvent,
    RoundRecord,
    RoundSlot,
    Scorecard,
    Verdict,
    Vote,
    now,
)
from scorecards.record.seals import evidence_digest, sealed
from tests.attack.payloads import SCRIPTS

# Questions of every kind: a chart, code, tables, numbers, reveals, turns, stages, a ledger.
CHOSEN = ("DRF-07", "SYS-06", "SYS-10", "SYS-03", "SHP-01")
BEGAN = now() - timedelta(days=9)
_SHORT = {"title", "topic", "name", "label", "way", "y_title", "term", "ledger"}
_LONG = {
    *("prompt", "card", "for_you", "separates", "trap", "listen_for", "plain_meaning", "decoy"),
    *("check_question", "ask", "flag", "reason", "says", "before_asked", "route", "after", "fluent", "check"),
    *("give", "say", "good", "if_asked", "show", "text", "text_alternative", "ground_truth", "explanation"),
    *("ruled_out_by", "what", "harm", "fix", "why_fine", "no_experience_route", "claim", "source"),
    *("does_not_measure", "assist_policy", "access_notes", "answer", "why", "plain", "why_it_matters"),
    *("good_sign", "definition", "meaning", "shared_test_of_senior", "beyond_senior_adds"),
    *("junior_with_assistant", "weights_reason"),
}

# Where a sample comes from is no prose, though a fact's source is.
_WORDS_OF_A_SET = ("written", "assistant")


def words(start: int = 0, *, longest: int = 5_900, many: int = 60) -> str:
    """Payloads one below the other from `start` on, as many as fit whole."""
    told = ""
    for place in range(many):
        more = SCRIPTS[(start + place) % 60]
        if told and len(told) + 1 + len(more) > longest:
            break
        told = f"{told}\n{more}" if told else more[:longest]
    return told


def name(place: int, longest: int = 10_000) -> str:
    """One payload as a name, which holds no NUL and no space around it."""
    return SCRIPTS[place % 60].replace("\x00", "")[:longest].strip()


class Poison:
    """Puts payloads in the place of prose, from one place on, `many` in each text."""

    def __init__(self, start: int = 0, many: int = 60):
        self.places, self.many = count(start), many

    def __call__(self, model: Any) -> Any:
        """The same content with other words; what is no prose stays."""
        return type(model).model_validate(self._in(model.model_dump(mode="json"), ""))

    def _in(self, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            told = {inner: self._in(one, inner) for inner, one in value.items()}
            return self._exhibit(told) if "text_alternative" in value else told
        if isinstance(value, list):
            return [self._in(one, key) for one in value]
        if not isinstance(value, str) or key not in _SHORT | _LONG or value in _WORDS_OF_A_SET:
            # "about" is a label of a number and a text of a profile.
            return name(next(self.places), 80) if key == "about" and isinstance(value, str) else value
        if key in _SHORT:
            return name(next(self.places), 80)
        return words(next(self.places), many=self.many)

    def _exhibit(self, told: dict[str, Any]) -> dict[str, Any]:
        """Its columns, cells, code and chart, which go by each other's names."""
        heads = {column: name(n, 70) + f" {n}" for n, column in enumerate(told["columns"])}
        told["columns"] = list(heads.values())
        told["rows"] = [
            [cell if any(map(str.isdigit, cell)) else name(next(self.places), 80) for cell in row]
            for row in told["rows"]
        ]
        if told["code"] is not None:
            told["code"] = words(next(self.places))
        if told["chart"]:
            told["chart"] |= {"x": heads[told["chart"]["x"]], "y": [heads[one] for one in told["chart"]["y"]]}
        return told


@cache
def shipped() -> Bank:
    return load_bank()


def write_content(folder: Path) -> None:
    """A private bank and private rubrics whose every text is an attacker's."""
    # Forty texts in each place, so that a question of many texts stays below the size of a file.
    bank, poison = shipped(), Poison(many=40)
    _write(folder / "rubrics" / "scale.yaml", poison(bank.rubrics.scale))
    for competency in bank.rubrics.competencies:
        _write(folder / "rubrics" / f"{competency.id}.yaml", poison(competency))
    for key in CHOSEN:
        question = poison(bank.by_id[key].model_copy(update={"assistant": None}))
        _write(folder / "bank" / "questions" / question.competency / f"{question.family}.yaml", question)
    for profile in bank.profiles:
        _write(folder / "bank" / "profiles" / f"{profile.id}.yaml", poison(profile))
    for loop in bank.loops:
        _write(folder / "bank" / "loops" / f"{loop.id}.yaml", poison(loop))
    _write(folder / "bank" / "glossary.yaml", Poison(many=3)(bank.glossary))


def _write(path: Path, model: Value) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = model.model_dump(mode="json", exclude_none=True)
    path.write_text(yaml.safe_dump(told, allow_unicode=False, sort_keys=False), encoding="utf-8")


def plan_of(bank: Bank, questions: list[Question], place: int) -> InterviewPlan:
    """A plan under an attacker's name."""
    slot = Slot(id="slot", name="Interview", minutes=180, items=())
    plan = make_plan(bank, slot, questions, (words(place, many=1),), bank.profiles[0])
    return plan.model_copy(update={"name": name(place)})


def rating(question: Question, place: int, state: str | None = None) -> Rating:
    """A rating in which everything is said that can be said."""
    told = words(place).replace("\x00", "")
    flags = tuple(flag.id for flag in question.red_flags)
    return Rating.model_validate(
        {
            "question_id": question.id,
            "level": None if state else 1 + place % 4,
            "state": state,
            "skip_reason": "other" if state == "skipped" else None,
            "skip_text": told if state == "skipped" else "",
            "evidence": told,
            "ticks": ("a",),
            "red_flags": flags,
            "flag_quotes": dict.fromkeys(flags, told),
            "override_reason": told,
            "version": 1,
            "saved_at": BEGAN,
        }
    )


class Rounds:
    """A lead and their rounds, as they would have come about."""

    def __init__(self, bank: Bank):
        self.bank = bank
        self.people = [Person(id=f"person-{n}", name=name(n)) for n in range(60)]
        self.lead = self.people[0]

    def every(self) -> Iterator[RoundRecord]:
        yield self.wide()
        yield self.own()
        yield self.told()
        yield from (self.empty(n) for n in range(60))

    def wide(self) -> RoundRecord:
        """60 candidates, each interviewed by another of 60 people on a question in other words."""
        asked = shipped().questions[0]
        plans = [plan_of(self.bank, [Poison(n, 1)(asked)], n) for n in range(60)]
        sittings = [(plan, self.people[n], self._card_content(plan, n)) for n, plan in enumerate(plans)]
        return self._record("wide", sittings, panel=self.people)

    def own(self) -> RoundRecord:
        """The lead conducts: drafts of their own on every kind of question."""
        plan = plan_of(self.bank, list(self.bank.questions), 7)
        states = (None, "skipped", "no_evidence", "not_asked")
        ratings = tuple(rating(question, n, states[n % 4]) for n, question in enumerate(self.bank.questions))
        draft = CardContent(ratings=tuple(sorted(ratings, key=lambda one: one.question_id)))
        sittings = [(plan, self.lead, draft), (plan, self.lead, None)]
        return self._record(
            "own", sittings, panel=self.people[:4], closing_words=words(20, longest=1_900).replace("\x00", "")
        )

    def told(self) -> RoundRecord:
        """A candidate of whom everything is told: votes, decisions, amendments, what happened."""
        plan = plan_of(self.bank, [self.bank.questions[0]], 44)
        # Their names are Markdown: links, and an image of another host.
        others = self.people[43:47]
        sittings = [(plan, one, self._card_content(plan, n)) for n, one in enumerate(others, start=9)]
        whole = self._record("told", sittings, panel=[self.lead, *others], one_candidate=True)
        text = words().replace("\x00", "")
        cards = list(whole.cards)
        changed = Amendment(
            author_id=others[0].id, at=BEGAN, reason=text, after_seeing_others=True, before=cards[0].content
        )
        cards[0] = cards[0].model_copy(update={"amendments": (changed,)})
        cards[3] = cards[3].model_copy(update={"state": "withdrawn", "withdrawn_reason": text})
        event = {"at": BEGAN, "person_id": self.lead.id, "reason": text}
        about = {"interview_id": whole.interviews[0].id, "could_have_read": (others[0].id,)}
        events = (
            RoundEvent(what="dismissal_undone", **event, **about),
            RoundEvent(what="read_early", candidate_id=whole.candidates[0].id, **event),
            RoundEvent(what="handed_over", **event),
        )
        idle = whole.interviews[0].model_copy(
            update={"id": "told-idle", "dismissed_reason": text, "slot_id": "slot-0"}
        )
        whole = whole.model_copy(
            update={
                "cards": tuple(cards),
                "interviews": (*whole.interviews, idle),
                "round": whole.round.model_copy(update={"events": events}),
            }
        ).with_statuses()
        return whole.model_copy(update={"debriefs": (self._debrief(whole, text),)})

    def empty(self, place: int) -> RoundRecord:
        """A round that has ended and is on hold; nothing is computed in it, for a reason."""
        held: dict[str, Any] = {
            "purge_on": date(2020, 1, 1),
            "legal_hold": name(place),
            "evidence_only": True,
        }
        why = words(place).replace("\x00", "")
        held["events"] = [
            {"at": BEGAN, "person_id": self.lead.id, "what": "evidence_only", "reason": why},
        ]
        return self._record(f"empty-{place}", [], panel=[self.lead], name=name(place), **held)

    def _debrief(self, whole: RoundRecord, text: str) -> Debrief:
        who, at = whole.candidates[0].id, BEGAN + timedelta(days=2)
        voters = [card.interviewer_id for card in whole.cards[:3]]
        draft = Decision(
            outcome="no_offer",
            decided_by=name(11),
            reasons=(DecisionReason(competency=self.bank.questions[0].competency, words=text),),
            dissent=(Dissent(words=text, name=name(12, 200)),),
            departs_from=(text,),
            departure_reason=text,
            reopened_because=text,
            recorded_by=self.lead.id,
            at=at,
            evidence_digest=evidence_digest(whole, who),
            seal="",
        )
        first = sealed(draft, who, None)
        return Debrief(
            candidate_id=who,
            votes=tuple(
                Vote(person_id=one, turn=turn, choice="no", reason=text, at=at)
                for turn in (1, 2)
                for one in voters
            ),
            openings=tuple(
                Opening(turn=turn, at=at, by=self.lead.id, reason=text, absent=(voters[0],))
                for turn in (1, 2)
            ),
            decisions=(first, sealed(draft, who, first)),
        )

    def _card_content(self, plan: InterviewPlan, place: int) -> CardContent:
        told = words(place).replace("\x00", "")
        ratings = tuple(rating(item.question, place) for item in plan.items)
        verdict = Verdict(recommendation="no_decision", reason=told, contradiction=told)
        return CardContent(ratings=ratings, verdict=verdict)

    def _record(
        self,
        key: str,
        sittings: list[tuple[InterviewPlan, Person, CardContent | None]],
        *,
        panel: list[Person],
        one_candidate: bool = False,
        **changes: Any,
    ) -> RoundRecord:
        """A round with one candidate for each sitting, or one candidate for them all."""
        draft = key == "own"
        candidates = [
            Candidate(id=f"{key}-c{n}", round_id=key, code=f"C-{n + 1:02d}", name=name(n))
            for n in range(1 if one_candidate else len(sittings))
        ]
        round_ = Round.model_validate(
            {
                "id": key,
                "name": name(5),
                "profile_id": "generalist",
                "lead_id": self.lead.id,
                "panel_ids": [one.id for one in panel],
                "targets": [one.model_dump() for one in shipped().profile("generalist").targets],
                "weights_reason": words().replace("\x00", ""),
                "slots": _slots(sittings[: 4 if one_candidate else 2]),
                "created_at": BEGAN,
            }
            | changes
        )
        interviews, cards = [], []
        for n, (plan, who, content) in enumerate(sittings):
            candidate = candidates[0 if one_candidate else n]
            sitting = Interview(
                id=f"{key}-i{n}",
                round_id=key,
                candidate_id=candidate.id,
                slot_id=f"slot-{n if one_candidate else n % 2}",
                plan=plan,
                created_at=BEGAN,
            )
            interviews.append(sitting)
            cards.append(_card(f"{key}-card-{n}", sitting, who, content, draft=draft))
        return RoundRecord(
            round=round_,
            people=tuple({one.id: one for one in (self.lead, *panel)}.values()),
            candidates=tuple(candidates),
            interviews=tuple(interviews),
            cards=tuple(cards),
        ).with_statuses()


def _card(
    card_id: str, sitting: Interview, who: Person, content: CardContent | None, *, draft: bool
) -> Scorecard:
    return Scorecard(
        id=card_id,
        round_id=sitting.round_id,
        interview_id=sitting.id,
        candidate_id=sitting.candidate_id,
        interviewer_id=who.id,
        state="draft" if draft else "submitted",
        content=content or CardContent(),
        submitted_at=None if draft else BEGAN + timedelta(hours=3),
        moments=(Moment(id="m-1", at=BEGAN, kind="begun"),) if content else (),
    )


def _slots(sittings: list[tuple[InterviewPlan, Person, CardContent | None]]) -> list[dict[str, Any]]:
    return [
        RoundSlot(id=f"slot-{n}", plan=plan, interviewer_ids=(who.id,)).model_dump()
        for n, (plan, who, _) in enumerate(sittings)
    ]
