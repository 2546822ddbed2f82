"""A bank of four questions for two competencies: the record's tests do not wait for the shipped one."""

from question_bank import Bank, InterviewPlan, LoopTemplate, Profile, Question, Slot, make_plan
from question_bank.model import Glossary
from rubrics import Rubrics, load_rubrics

_SHIPPED = load_rubrics()
RUBRICS = Rubrics(scale=_SHIPPED.scale, competencies=(_SHIPPED.by_id["security"], _SHIPPED.by_id["drift"]))
# The ticks that earn each level by the anchor rule: a and b are musts, d and e of level 4.
TICKS = {1: (), 2: ("a", "c"), 3: ("a", "b"), 4: ("a", "b", "d", "e")}


def signal(letter: str, level: int, *, must: bool = False) -> dict:
    told_apart = {"plain_meaning": "Plain.", "decoy": "Sounds alike.", "check_question": "Which number?"}
    return {
        "id": letter,
        "level": level,
        "must": must,
        "label": f"Signal {letter}",
        "listen_for": f"Says what belongs to {letter}.",
        **(told_apart if level >= 3 else {}),
    }


def question(key: str, family: str, competency: str, subskill: str, title: str) -> Question:
    """Signals a to e, a neutral probe, one that nearly gives b away, a red flag that caps and one that does not."""
    return Question.model_validate(
        {
            "id": key,
            "version": 1,
            "status": "live",
            "family": family,
            "competency": competency,
            "subskill": subskill,
            "kind": "situational",
            "track": "general",
            "aim": "senior",
            "title": title,
            "topic": title,
            "minutes": {"read": 1, "answer": 8, "probes": 3},
            "prompt": f"{title}: what do you do?",
            "for_you": "Why it matters.",
            "separates": "What separates the levels.",
            "trap": "What catches out the interviewer.",
            "signals": [
                signal("a", 2, must=True),
                signal("b", 3, must=True),
                signal("c", 3),
                signal("d", 4),
                signal("e", 4),
            ],
            "probes": [
                {"if_missed": ["a"], "ask": "Which number was it?", "help": 0},
                {"if_missed": ["b"], "ask": "Did you go back a version?", "help": 2},
            ],
            "red_flags": [
                {"id": "a", "flag": "Never ran it", "effect": "cap_2", "reason": "Nothing was run."},
                {"id": "b", "flag": "Blames a person", "effect": "note", "reason": "To be asked next."},
            ],
            "anchors": {
                f"level_{level}": [{"says": f"Shows what level {level} shows: {title}."}]
                for level in (1, 2, 3, 4)
            },
            "does_not_measure": "Anything else.",
            "assist_policy": "No assistant.",
            "access_notes": "None.",
            "practice": [],
        }
    )


BANK = Bank(
    rubrics=RUBRICS,
    questions=(
        question("DRF-01", "drf-late-labels", "drift", "DRF2", "Labels come late"),
        question("DRF-02", "drf-slices", "drift", "DRF3", "One slice is worse"),
        question("SEC-01", "sec-agent", "security", "SEC1", "The agent obeys"),
        question("SEC-02", "sec-tenants", "security", "SEC2", "Two tenants, one index"),
    ),
    profiles=(
        Profile.model_validate(
            {
                "id": "small",
                "name": "Small",
                "about": "Two competencies.",
                "tracks": ["general"],
                "targets": [{"competency": "drift", "must_have": True}, {"competency": "security"}],
                "loops": ["small-loop"],
            }
        ),
    ),
    loops=(
        LoopTemplate.model_validate(
            {
                "id": "small-loop",
                "name": "Small loop",
                "about": "Two interviews.",
                "slots": [
                    {
                        "id": slot,
                        "name": f"The {slot} interview",
                        "minutes": 45,
                        "items": [
                            {"competency": "drift", "minutes": 12},
                            {"competency": "security", "minutes": 12},
                        ],
                    }
                    for slot in ("first", "second")
                ],
            }
        ),
    ),
    glossary=Glossary(terms=()),
)


def plan_of(*question_ids: str, name: str = "The first interview", bank: Bank = BANK) -> InterviewPlan:
    """A plan of exactly these questions; without any, of all four."""
    slot = Slot(id="slot", name=name, minutes=90, items=())
    questions = [bank.by_id[key] for key in question_ids] or list(bank.questions)
    return make_plan(bank, slot, questions, (), bank.profile("small"))
