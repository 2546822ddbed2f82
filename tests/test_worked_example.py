"""The round and the example that the docs work through say what the kit computes."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from question_bank import BANK, Target, load_bank, make_plan
from question_bank import Slot as InterviewSlot
from rubrics import load_rubrics
from scorecards.comparison import compare_round, round_sentences
from scorecards.documents.tables import status_words
from scorecards.record.demo import demo_record
from scorecards.record.model import (
    Candidate,
    CardContent,
    Interview,
    Person,
    Rating,
    Round,
    RoundRecord,
    RoundSlot,
    Scorecard,
    now,
)
from scorecards.record.score import CandidateScore, candidate_score, percent, shown

from .doc_pages import table_after, text

ROOT = Path(__file__).parent.parent
STATES = {"Not asked": "not_asked", "No evidence": "no_evidence", "Skipped": "skipped"}


# The worked round and the worked example


def test_the_worked_round_says_what_the_demo_round_says() -> None:
    bank = load_bank()
    names = {one.id: one.name for one in bank.rubrics.competencies}
    record = demo_record(bank)
    told = text("read-a-comparison.md").partition("<!-- sentences -->")[2].strip().splitlines()
    quoted = [line.removeprefix("> ") for line in told if line.startswith("> ")]
    assert quoted == round_sentences(compare_round(record, record.round.lead_id, names))


class Given(NamedTuple):
    """A line of the example: what the round wants of a competency, and what two interviewers gave."""

    competency: str
    target: Target
    cells: tuple[str, str]


@cache
def competency_ids() -> dict[str, str]:
    return {competency.name: competency.id for competency in load_rubrics().competencies}


def given_lines() -> list[Given]:
    lines = []
    for name, weight, floor, ana, bo in table_after("read-a-comparison.md", "given"):
        values = {"must_have": True, "floor": float(floor)} if floor else {}
        key = competency_ids()[name]
        lines.append(Given(key, Target(competency=key, weight=float(weight), **values), (ana, bo)))
    return lines


def ratings(lines: list[Given], who: int) -> dict[str, list[Rating]]:
    """By competency, the ratings of the first or the second interviewer."""
    found = {}
    for place, line in enumerate(lines):
        given = [part.strip() for part in line.cells[who].split(",")]
        found[line.competency] = [
            Rating(question_id=f"EX-{10 * place + n:02d}", state=STATES[one])
            if one in STATES
            else Rating(question_id=f"EX-{10 * place + n:02d}", level=int(one))
            for n, one in enumerate(given)
        ]
    return found


def interview(person: str, own: dict[str, list[Rating]]) -> Interview:
    """The interview in which this person asked what they rated."""
    bank = load_bank(BANK)
    asked = [
        bank.questions[0].model_copy(update={"id": one.question_id, "competency": competency})
        for competency, several in own.items()
        for one in several
    ]
    slot = InterviewSlot(id=f"{person}-slot", name=person, minutes=60, items=())
    plan = make_plan(bank, slot, asked, (), bank.profiles[0])
    return Interview(
        id=f"{person}-1", round_id="r", candidate_id="c", slot_id=slot.id, plan=plan, created_at=now()
    )


def submitted(person: str, sitting: Interview, own: dict[str, list[Rating]]) -> Scorecard:
    return Scorecard(
        id=f"card-{person}",
        round_id="r",
        interview_id=sitting.id,
        candidate_id="c",
        interviewer_id=person,
        state="submitted",
        content=CardContent(ratings=tuple(one for several in own.values() for one in several)),
        submitted_at=now(),
    )


def example(lines: list[Given]) -> CandidateScore:
    """The example's candidate as the kit scores them, from two submitted scorecards."""
    sittings, slots, cards = [], [], []
    for who, person in enumerate(("ana", "bo")):
        own = ratings(lines, who)
        sitting = interview(person, own)
        sittings.append(sitting)
        slots.append(RoundSlot(id=sitting.slot_id, plan=sitting.plan, interviewer_ids=(person,)))
        cards.append(submitted(person, sitting, own))
    record = RoundRecord(
        round=Round(
            id="r",
            name="Example",
            profile_id=load_bank(BANK).profiles[0].id,
            lead_id="ana",
            panel_ids=("ana", "bo"),
            targets=tuple(line.target for line in lines),
            weights_reason="Systems thinking counts twice.",
            slots=tuple(slots),
            created_at=now(),
        ),
        people=(Person(id="ana", name="Ana"), Person(id="bo", name="Bo")),
        candidates=(Candidate(id="c", round_id="r", code="C-01", name="Example"),),
        interviews=tuple(sittings),
        cards=tuple(cards),
    ).with_statuses()
    return candidate_score(record, "c")


def test_the_worked_example_has_the_scores_that_the_kit_computes() -> None:
    found = example(given_lines()).competencies
    for name, *told, cell in table_after("read-a-comparison.md", "scores"):
        score = found.get(competency_ids()[name])
        if score is None:
            assert told == ["–"] * 5, name
            assert cell == "`no score`", name
            continue
        each = [shown(score.by_interviewer.get(who)) for who in ("ana", "bo")]
        assert told == [*each, shown(score.mean), shown(score.median), shown(score.spread)], name
        mark = "⚡ " if score.disputed else ""
        assert cell == f"`{shown(score.mean)} {mark}×{score.interviewers}`", name


def overall(score: CandidateScore) -> list[str]:
    return [
        shown(score.overall),
        percent(score.coverage),
        f"{score.submitted} of {score.expected}",
        status_words(score, load_rubrics()),
    ]


def test_the_worked_example_has_the_overall_score_that_the_kit_computes() -> None:
    as_given, without_drift = table_after("read-a-comparison.md", "overall")
    lines = given_lines()
    score = example(lines)
    assert overall(score) == as_given[1:]
    # (2 × 2.75 + 1 × 2 + 1 × 3) / (2 + 1 + 1)
    assert score.overall == Fraction(21, 8)
    assert not score.incomplete
    unasked = [
        line._replace(cells=("Not asked", "Not asked")) if line.competency == "drift" else line
        for line in lines
    ]
    assert overall(example(unasked)) == without_drift[1:]
