"""Fixtures of the rules on structure: what reading refuses, probes, levels, versions and practice."""

from __future__ import annotations

from question_bank import Proposal, propose_level
from question_bank.lint.core import Known, Release, Released
from tests.rubrics.test_load import drop, put

from .cases import (
    NIGHT,
    REVIEW,
    REWRITE,
    STORY,
    WEEKS,
    Case,
    Change,
    known,
    more,
    nothing,
    on_bank,
    on_file,
    on_question,
    signal,
    swap,
    worked,
)


def costly(question, ticks, helped, red_flags) -> Proposal:
    """A level rule in which hearing everything is worse than hearing half."""
    proposal = propose_level(question, ticks, helped, red_flags)
    return proposal._replace(level=2) if len(set(ticks)) == len(question.signals) else proposal


def low(question, ticks, helped, red_flags) -> Proposal:
    """A level rule that never gives 4."""
    proposal = propose_level(question, ticks, helped, red_flags)
    return proposal._replace(level=min(proposal.level, 3))


def blind(question, ticks, helped, red_flags) -> Proposal:
    """A level rule that does not look at red flags."""
    return propose_level(question, ticks, helped, ())


def by(propose) -> Change:
    return lambda given: given._replace(propose=propose)


def released(version: int, same: bool) -> Change:
    """The question was released at this version, with the same text or another."""

    def change(given: Known) -> Known:
        (question,) = given.bank.questions
        digest = question.digest if same else "0" * 64
        release = Release(id=question.id, version=version, digest=digest)
        return given._replace(released=Released(questions=(release,)))

    return change


def gone(given: Known) -> Known:
    """A bank that once released a question which it no longer has."""
    release = Release(id="SHP-99", version=1, digest="0" * 64)
    return given._replace(released=Released(questions=(release,)))


def kept(given: Known) -> Known:
    """A bank that still has the question it released, retired by now."""
    question = worked().by_id[STORY].model_copy(update={"status": "retired"})
    release = Release(id=STORY, version=1, digest=question.digest)
    return known(question, released=Released(questions=(release,)))


def doubled_flag(data) -> None:
    data["red_flags"][1]["id"] = data["red_flags"][0]["id"]


def without_probes(letter: str):
    return swap(lambda probes: [one for one in probes if letter not in one["if_missed"]], "probes")


DECOY = (
    "I looked at the page for a while and thought about what the team knows. Rust is ten to a hundred times "
    "faster than Python, so that settles it. We have done such things before and they went well, people liked "
    "them and nobody looked back, which is what I would tell everybody who asks me about it again today."
)
TOLD = (
    "I looked at the page for a while. Rust is ten to a hundred times faster than Python, they say. But fetch "
    "and model add up to 13.6, which is not Python, so even at no cost for Python the target of twelve is "
    "missed. That is the first thing I would tell the engineer, kindly, and then ask what else there is to do."
)

BAD = (
    on_file("S01a", "a key that nobody knows", STORY, put("blue", "colour")),
    on_file("S01a", "no prompt", STORY, drop("prompt")),
    on_file("S01a", "a signal of level 3 without a decoy", STORY, drop("signals", 1, "decoy")),
    on_file("S01b", "a case without rival explanations", WEEKS, drop("rivals")),
    on_file("S01b", "a story without a route for the inexperienced", STORY, drop("no_experience_route")),
    on_file("S01c", "two red flags with one letter", STORY, doubled_flag),
    on_file("S01d", "a term that is not in the glossary", STORY, put(["flux"], "glossary")),
    on_file("S01d", "a probe for no signal", STORY, put(["z"], "probes", 0, "if_missed")),
    on_file("S01e", "another competency's folder", STORY, nothing, file="questions/drift/after-launch.yaml"),
    on_file("S01e", "no competency", STORY, put("juggling", "competency"), file="questions/juggling/a.yaml"),
    on_file("S02a", "a sub-skill of another competency", STORY, put("DRF1", "subskill")),
    on_file("S02b", "one must of level 3", REWRITE, signal("b", "must", False)),
    on_file("S03a", "a must without a probe", STORY, without_probes("b")),
    on_file("S04a", "a sample at another level than its ticks", STORY, put(4, "practice", 0, "level")),
    on_question("S03b", "a probe in the words of level 4", REWRITE,
                put("What is the price of owning a second language?", "probes", 0, "ask")),
    on_question("S03b", "a probe with five words of level 4 in a row", REWRITE,
                put("And with one of six on call?", "probes", 0, "ask")),
    on_question("S04b", "a tick that lowers the level", REWRITE, nothing, after=by(costly)),
    on_question("S04b", "a level that nobody reaches", REWRITE, nothing, after=by(low)),
    on_question("S04b", "a red flag without effect", REWRITE, nothing, after=by(blind)),
    on_question("S05a", "a changed text at the old version", STORY, nothing, after=released(2, same=False)),
    on_bank("S05b", "a released question that has gone", gone),
    on_question("S42a", "an answer of eight words", STORY,
                put("We had an ML platform for document processing.", "practice", 0, "answer")),
    on_question("S42b", "a tick for a decoy", REWRITE, put(DECOY, "practice", 1, "answer"),
                put(["a"], "practice", 1, "ticks")),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_file("S01a", "a question as it should be", STORY, nothing),
    on_file("S01b", "a case with rivals", WEEKS, nothing),
    on_file("S01c", "letters that stand once", NIGHT, nothing),
    on_file("S01d", "no terms at all", STORY, put([], "glossary")),
    on_file("S01e", "another name in the right folder", STORY, nothing, file="questions/shipped/other.yaml"),
    on_file("S02a", "another sub-skill of its competency", STORY, put("SHP2", "subskill")),
    on_file("S02b", "two musts of level 3", REWRITE, nothing),
    on_file("S03a", "a probe for two musts", STORY, without_probes("e"),
            put(["b", "e"], "probes", 4, "if_missed")),
    on_file("S04a", "a help that costs a level", STORY, put(["b"], "practice", 2, "helped"),
            put(2, "practice", 2, "level")),
    on_question("S03b", "a probe about the subject of level 4", REWRITE,
                put("What comes after the six weeks?", "probes", 0, "ask")),
    on_question("S04b", "the rule of the kit", REWRITE, nothing),
    on_question("S05a", "the released text", STORY, nothing, after=released(2, same=True)),
    on_question("S05a", "a changed text at a higher version", STORY, put(3, "version"),
                after=released(2, same=False)),
    on_bank("S05b", "a released question that is retired", kept),
    on_question("S42a", "samples of 50 words and more", STORY, nothing),
    on_question("S42b", "a decoy, and then the thing itself", REWRITE, put(TOLD, "practice", 1, "answer"),
                put(["a"], "practice", 1, "ticks")),
    on_question("S42b", "a review as it should be", REVIEW, more("It can wait a day.", "trap")),
)  # fmt: skip
