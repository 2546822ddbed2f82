"""Fixtures of the rules on keys: clauses, routes, the second half, samples, and what an assistant alone gets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from question_bank.lint.core import Known
from question_bank.model import AssistantRun, Baseline
from tests.rubrics.test_load import drop, put

from .cases import (
    REVIEW,
    REWRITE,
    STORY,
    TODAY,
    Case,
    Change,
    Edit,
    edited,
    files,
    more,
    nothing,
    on_question,
    refused,
    swap,
)

ROUTE = {
    "id": "by-hand",
    "route": "Answers from a table that is made every night.",
    "earns": ["a", "b"],
    "level": 3,
}
TWENTY = "Now think of a page on which small firms read on which day of the month they get paid."
# One run that says the must a, one that says nothing of it.
SAID, UNSAID = AssistantRun(ticks=("a",), level=2), AssistantRun(ticks=("c",), level=2)
PASSED = AssistantRun(ticks=("a", "b"), level=3)


def spoken(sentence: str) -> Edit:
    """A turn that is said in this sentence."""
    return put(sentence, "turns", 0, "say")


def got(*card: AssistantRun, probed: tuple[AssistantRun, ...] = (), **changes: Any) -> Change:
    """What an assistant got on the question."""

    def change(given: Known) -> Known:
        (question,) = given.bank.questions
        values = {"assistant": "An assistant", "tried_on": TODAY, "version": question.version} | changes
        baseline = Baseline(card=card, probed=probed, **values)
        told = question.model_copy(update={"assistant": baseline})
        return given._replace(bank=given.bank.model_copy(update={"questions": (told,)}))

    return change


def untried(given: Known) -> Known:
    """A question that nobody tried on an assistant."""
    (question,) = given.bank.questions
    told = question.model_copy(update={"assistant": None})
    return given._replace(bank=given.bank.model_copy(update={"questions": (told,)}))


def beside(name: str, question_id: str, ticks: list[str], level: int) -> Case:
    """A bank of one question with a baseline in a file of its own."""

    def broken(folder: Any) -> set[str]:
        run = {"ticks": ticks, "level": level}
        baseline = {"assistant": "An assistant", "tried_on": "2026-11-30", "version": 2, "card": [run]}
        for path, content in (
            (files()[REWRITE][0], edited(REWRITE)),
            (f"assistant/{question_id}.yaml", baseline),
        ):
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return refused(folder)

    return Case("K50", name, broken)


def without_neutral(letter: str) -> Edit:
    """The question without its neutral probes for this signal."""
    return swap(lambda held: [one for one in held if letter not in one["if_missed"] or one["help"]], "probes")


BAD = (
    on_question("K43a", "a clause that stands for two musts", REWRITE,
                put([{"says": "Shows from the profile that 13.6 ms (or 14.5) is left, so it misses twelve, and reaches a "
                              "total under twelve with features no older than product allows.",
                      "signals": ["a", "b"]}], "anchors", "level_3")),
    on_question("K43a", "a signal that anchor 4 forgets", REWRITE, put(["h"], "anchors", "level_4", 2, "signals")),
    on_question("K43a", "signals at level 1", REWRITE, put(["c"], "anchors", "level_1", 0, "signals")),
    on_question("K43a", "a signal of level 4 at level 2", REWRITE, put(["h"], "anchors", "level_2", 1, "signals")),
    on_question("K43b", "a route that lacks a must", REWRITE, put([ROUTE | {"earns": ["a", "d"]}], "routes")),
    on_question("K44a", "no turn", REWRITE, put([], "turns")),
    on_question("K44a", "a turn without what only sounds good", REWRITE, drop("turns", 0, "fluent")),
    on_question("K44a", "a turn when time is up", REWRITE, put(7, "turns", 0, "minute")),
    on_question("K44a", "no limit", REWRITE, drop("limit")),
    on_question("K44a", "a story without a trace", STORY, drop("trace")),
    on_question("K44b", "a must that is only led to", REWRITE, without_neutral("a")),
    on_question("K44b", "a probe with a number to be asked for", REWRITE, put("What of the 58 ms?", "probes", 8, "ask")),
    on_question("K45a", "four samples", REWRITE, swap(lambda held: held[:3] + held[4:], "practice")),
    on_question("K45a", "one way to level 3", REWRITE, put(["loop-cache-parser"], "practice", 3, "ways")),
    on_question("K45a", "a way that is none", REWRITE, put(["by-magic"], "practice", 3, "ways")),
    on_question("K45b", "nothing that an assistant said", REWRITE, put("written", "practice", 1, "source")),
    on_question("K46", "two words", REWRITE, put("Faster language", "topic")),
    on_question("K46", "the title again", STORY, put("A launch that failed", "title"), put("A launch that failed", "topic")),
    on_question("K47", "a sentence of 21 words", REWRITE, spoken(f"{TWENTY[:-1]} twice over.")),
    on_question("K48", "by lot", REWRITE, more("They are drawn by lot.", "trap")),
    on_question("K49a", "a must that two of three runs said", REWRITE, nothing, after=got(SAID, SAID, UNSAID)),
    on_question("K49b", "an assistant that passes when probed", REWRITE, nothing,
                after=got(UNSAID, UNSAID, UNSAID, probed=(PASSED, PASSED, UNSAID))),
    on_question("K49c", "a question that nobody tried", REWRITE, nothing, after=untried),
    on_question("K49c", "a version that nobody tried", REWRITE, nothing, after=got(UNSAID, version=1)),
    on_question("K49c", "a trial of 181 days ago", REWRITE, nothing,
                after=got(UNSAID, tried_on=TODAY - dt.timedelta(days=181))),
    beside("ticks that earn less", REWRITE, ["a"], 3),
    beside("a question that is not there", "HYB-99", ["a"], 2),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_question("K43a", "a clause for each", REWRITE, nothing),
    on_question("K43b", "a route with every must", REWRITE, put([ROUTE], "routes")),
    on_question("K44a", "a story with a trace", STORY, nothing),
    on_question("K44b", "a number that stands on the card", REWRITE, put("What of the 58 ms?", "probes", 8, "ask"),
                more("It takes 58 ms.", "card")),
    on_question("K44b", "a number in a probe that nearly gives it", REWRITE, put("What of the 58 ms?", "probes", 1, "ask")),
    on_question("K45a", "two ways to level 3", REWRITE, nothing),
    on_question("K45b", "a draft without an assistant's answer", REWRITE, put("written", "practice", 1, "source"),
                put("draft", "status")),
    on_question("K45b", "a story that an assistant made up", STORY, put("assistant", "practice", 0, "source")),
    on_question("K46", "four words", REWRITE, put("A rewrite for speed", "topic")),
    on_question("K47", "a sentence of 19 words", REWRITE, spoken(TWENTY)),
    on_question("K48", "at random", REVIEW, more("They are drawn at random.", "trap")),
    on_question("K49a", "a must that one of three runs said", REWRITE, nothing, after=got(SAID, UNSAID, UNSAID)),
    on_question("K49a", "a story that was made up from the card", STORY, nothing, after=got(SAID, SAID, SAID)),
    on_question("K49b", "an assistant that passes one probed run of three", REWRITE, nothing,
                after=got(UNSAID, UNSAID, UNSAID, probed=(PASSED, UNSAID, UNSAID))),
    on_question("K49c", "a trial of 180 days ago", REWRITE, nothing,
                after=got(UNSAID, tried_on=TODAY - dt.timedelta(days=180))),
    on_question("K49c", "a draft that nobody tried", REWRITE, put("draft", "status"), after=untried),
    beside("ticks that earn it", REWRITE, ["a"], 2),
)  # fmt: skip
