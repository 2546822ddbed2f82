"""What to listen for, as large targets that answer at once: probes for what is missing, signals, red flags."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from question_bank import HELP_WORDS, Question
from scorecards.model import Rating

from .browser import component

_EFFECTS = {"note": "noted", "cap_2": "level 2 at most", "cap_1": "level 1 at most"}
_MANNERS = {
    "vague": "anything concrete",
    "we": "their own part",
    "tool-name-only": "what the tool does for them",
}


class Marks(NamedTuple):
    """What was marked on one question, over which stored version."""

    ticks: tuple[str, ...]
    probes: tuple[int, ...]
    red_flags: tuple[str, ...]
    base: int


class Marked(NamedTuple):
    """What a tab has marked and not seen confirmed, by question."""

    tab: str
    entries: dict[str, Marks]


def marked_value(state: Any, reset: int) -> Marked:
    """The component's state as a value; it comes from a browser, so anything may be in it.

    What was sent before the latest `reset` is not taken any more.
    """
    value = state.get("marked") if hasattr(state, "get") else None
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("entries"), dict)
        or value.get("reset", 0) != reset
    ):
        return Marked("", {})
    entries = {
        str(slot): _marks(entry) for slot, entry in value["entries"].items() if isinstance(entry, dict)
    }
    return Marked(str(value.get("tab", ""))[:64], entries)


def listen_list(
    question: Question,
    stored: dict[str, Rating],
    *,
    field: str,
    version: int,
    locked: bool,
    reset: int,
    on_change: Callable[[], None],
) -> None:
    """Draw the list for `question`. `stored` holds its rating and that of every question the tab has sent."""
    component("listen_list")(
        key=field,
        data={
            "field": field,
            "slot": question.id,
            "version": version,
            "locked": locked,
            "reset": reset,
            "stored": {
                key: {"ticks": rating.ticks, "probes": rating.probes, "flags": rating.red_flags}
                for key, rating in stored.items()
            },
            "content": _content(question),
        },
        on_marked_change=on_change,
    )


@lru_cache(maxsize=512)
def _content(question: Question) -> str:
    """What is drawn, as JSON made once a question: the component reads it only when the question changes."""
    content = {
        "signals": [
            {
                "id": signal.id,
                "label": signal.label,
                "level": signal.level,
                "must": int(signal.must),
                "weight": signal.weight,
                "plain": signal.plain_meaning or "",
                "details": [
                    [head, words]
                    for head, words in (
                        ("Listen for:", signal.listen_for),
                        ("Sounds right, is not:", signal.decoy),
                        ("Check:", signal.check_question),
                    )
                    if words
                ],
            }
            for signal in sorted(question.signals, key=lambda s: (not s.must, s.level, -s.weight))
        ],
        "probes": [
            {
                "place": place,
                "ask": probe.ask,
                "help": probe.help,
                "helpWords": HELP_WORDS[probe.help] + (", caps it at 2" if probe.help == 2 else ""),
                "missed": list(probe.if_missed),
                "manner": next((_MANNERS[missed] for missed in probe.if_missed if missed in _MANNERS), ""),
            }
            for place, probe in enumerate(question.probes)
        ],
        "flags": [
            {"id": flag.id, "flag": flag.flag, "effect": _EFFECTS[flag.effect], "reason": flag.reason}
            for flag in question.red_flags
        ],
    }
    return json.dumps(content)


def _marks(entry: dict[str, Any]) -> Marks:
    def letters(name: str) -> tuple[str, ...]:
        found = entry.get(name)
        return (
            tuple(sorted({str(x) for x in found if isinstance(x, str) and len(x) == 1}))
            if isinstance(found, list)
            else ()
        )

    probes = entry.get("probes")
    base = entry.get("base")
    return Marks(
        ticks=letters("ticks"),
        probes=tuple(sorted({x for x in probes if isinstance(x, int) and 0 <= x < 100}))
        if isinstance(probes, list)
        else (),
        red_flags=letters("flags"),
        base=base if isinstance(base, int) else 0,
    )
