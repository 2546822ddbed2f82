"""Questions as plans froze them in the file format before this one: still readable, with their scores and digests."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Annotated, Any, Literal

from pydantic import Discriminator, SerializerFunctionWrapHandler, Tag, model_serializer, model_validator

from .question import Question
from .signal import Signal

# In the order in which they were written then.
_FIELDS = (
    "id", "version", "status", "family", "competency", "subskill", "kind", "track", "aim", "title", "minutes",
    "prompt", "card", "for_you", "separates", "trap", "signals", "probes", "red_flags", "anchors", "accept_also",
    "numbers", "twists", "reveals", "exhibits", "ground_truth", "rivals", "defects", "false_trails", "stages",
    "tasks", "exercise", "ledger", "no_experience_route", "facts", "glossary", "does_not_measure", "assist_policy",
    "access_notes", "practice",
)  # fmt: skip
_PARTS = {
    "signals": (
        "id", "level", "must", "weight", "label", "listen_for", "plain_meaning", "decoy", "check_question",
    ),
    "red_flags": ("id", "flag", "effect", "reason"),
    "practice": ("answer", "ticks", "helped", "red_flags", "level", "why"),
}  # fmt: skip


class EarlierSignal(Signal):
    """With the weight that ordered it among the others."""

    weight: Literal[1, 2, 3]


class EarlierQuestion(Question):
    """A question of which half the signals of levels 2 and 3 made level 2.

    It is written down exactly as it was, so that what holds it keeps its digest.
    """

    format: Literal[1] = 1  # type: ignore[assignment]
    signals: tuple[EarlierSignal, ...]

    @model_validator(mode="before")
    @classmethod
    def _of_then(cls, data: Any) -> Any:
        """Acceptable answers were texts without signals, news had no choice before it, anchors were one text."""
        if not isinstance(data, Mapping) or "accept_also" not in data:
            return data
        rest = {name: data[name] for name in data if name not in ("accept_also", "twists")}
        routes = [
            {"id": f"route-{n}", "route": text, "earns": [], "level": 3}
            for n, text in enumerate(data["accept_also"], 1)
        ]
        anchors = {level: [{"says": text}] for level, text in data["anchors"].items()}
        return rest | {
            "topic": data["title"],
            "routes": routes,
            "turns": data.get("twists", ()),
            "anchors": anchors,
        }

    @model_serializer(mode="wrap")
    def _as_then(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told = write(self)
        for name, parts in _PARTS.items():
            told[name] = [{part: one[part] for part in parts} for one in told[name]]
        told["accept_also"] = [route["route"] for route in told["routes"]]
        told["twists"] = [{part: turn[part] for part in ("minute", "say", "good")} for turn in told["turns"]]
        told["anchors"] = {level: clauses[0]["says"] for level, clauses in told["anchors"].items()}
        return {name: told[name] for name in _FIELDS}

    @property
    def heard_for_two(self) -> int:
        return ceil(sum(signal.level < 4 for signal in self.signals) / 2)


def _format_of(value: Any) -> str:
    if isinstance(value, Question):
        return "earlier" if isinstance(value, EarlierQuestion) else "today"
    return "today" if isinstance(value, Mapping) and "format" in value else "earlier"


# What a plan holds: a question of today, or one that was frozen before.
FrozenQuestion = Annotated[
    Annotated[EarlierQuestion, Tag("earlier")] | Annotated[Question, Tag("today")],
    Discriminator(_format_of),
]
