"""Structure: what reading enforces, probes that give nothing away, levels that can be reached, versions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..model import Question, Signal
from .core import Fault, Known, Rule, at_load, question_rule
from .text import runs, sentences, share, stems

PRACTICE_WORDS = (50, 160)
# What an assistant said is kept as it was.
ASSISTANT_WORDS = 260
# Of a label's words, and of a decoy's quoted words.
SAID, QUOTED = 0.6, 0.75

FORM = at_load("S01a form", "Every key is known, there, of its kind and length; a file is plain YAML.")
KIND = at_load("S01b kind-fields", "What the kind of question needs is there.")
UNIQUE = at_load("S01c unique-ids", "Ids of questions, terms, signals and red flags stand once.")
REFERENCES = at_load("S01d references", "Every name leads to something that exists.")
HOME = at_load("S01e home", "The competency exists, and the file lies in its folder.")
SUBSKILL = at_load("S02a one-subskill", "It scores one sub-skill of its competency.")
SIGNALS = at_load(
    "S02b signal-counts", "Five to nine signals, two musts of level 3 and two signals of level 4 at least."
)
PROBED = at_load("S03a must-has-probe", "Every must has a probe.")
COMPUTED = at_load("S04a practice-level", "A practice sample gets the level that it claims.")
LOOPS = at_load("B37a loop-fit", "What a loop plans fits nine tenths of its interview.")


@question_rule("S03b probe-gives-away", "error")
def probe_gives_away(question: Question, known: Known) -> Iterator[Fault]:
    """No probe holds the wording of a signal of level 4."""
    for n, probe in enumerate(question.probes):
        for signal in question.signals:
            if signal.level == 4 and _gives_away(probe.ask, signal):
                yield Fault(
                    f"probes.{n}.ask",
                    f"it says what signal {signal.id} listens for ({signal.label})",
                    "ask for the act without its words, or leave level 4 to the candidate",
                )


def _gives_away(ask: str, signal: Signal) -> bool:
    label = set(stems(signal.label))
    told = len(label) >= 3 and share(label, stems(ask)) > SAID
    return told or bool(runs(ask, 5) & runs(signal.listen_for, 5))


@question_rule("S04b anchor-rule", "error")
def anchor_rule(question: Question, known: Known) -> Iterator[Fault]:
    """Over all patterns of ticks: one more never lowers the level, all levels can be reached, caps hold."""
    ids = [signal.id for signal in question.signals]
    patterns = [frozenset(chosen) for n in range(len(ids) + 1) for chosen in combinations(ids, n)]
    levels = {ticks: known.propose(question, ticks, (), ()).level for ticks in patterns}
    fallen = [(t, more) for t in patterns for more in ids if levels[t | {more}] < levels[t]]
    if fallen:
        ticks, more = fallen[0]
        message = f"ticking {more} on top of {''.join(sorted(ticks)) or 'nothing'} lowers the level"
        yield Fault("signals", message, "mend levels and musts so that a tick never costs")
    if missing := sorted({1, 2, 3, 4} - set(levels.values())):
        message = f"no pattern of ticks gives level {missing[0]}"
        yield Fault("signals", message, "mend levels and musts so that each level can be earned")
    everything = frozenset(ids)
    for flag in question.red_flags:
        cap = {"cap_1": 1, "cap_2": 2, "note": 4}[flag.effect]
        if known.propose(question, everything, (), (flag.id,)).level > cap:
            yield Fault(f"red_flags.{flag.id}", f"it does not hold the level at {cap}", "mend its effect")


@question_rule("S05a version", "error")
def version(question: Question, known: Known) -> Iterator[Fault]:
    """A live question that differs from the released one has a higher version."""
    for release in known.released.questions:
        if release.id != question.id or release.digest == question.digest:
            continue
        if question.version <= release.version:
            yield Fault(
                "version",
                f"the text differs from the released version {release.version}",
                f"write version: {release.version + 1}",
            )


@question_rule("S42a practice-length", "error")
def practice_length(question: Question, known: Known) -> Iterator[Fault]:
    """A practice sample has 50 to 160 words, an assistant's up to 260."""
    low, most = PRACTICE_WORDS
    for n, sample in enumerate(question.practice):
        high = ASSISTANT_WORDS if sample.source == "assistant" else most
        if not low <= (count := len(sample.answer.split())) <= high:
            yield Fault(f"practice.{n}.answer", f"it has {count} words", f"write {low} to {high}")


@question_rule("S42b decoy-ticked", "error")
def decoy_ticked(question: Question, known: Known) -> Iterator[Fault]:
    """A sample of level 1 or 2 gets no tick for a sentence that says a decoy and not the signal."""
    for n, sample in enumerate(question.practice):
        if sample.level > 2:
            continue
        for signal_id in sample.ticks:
            signal = next((s for s in question.signals if s.id == signal_id), None)
            if signal and signal.decoy and _only_decoy(sample.answer, signal):
                yield Fault(
                    f"practice.{n}.ticks",
                    f"the answer says the decoy of {signal.id} and not what it listens for",
                    "take the tick out, or have the answer say the real thing",
                )


def _only_decoy(answer: str, signal: Signal) -> bool:
    """Whether a sentence holds the decoy's quoted words, and the others hold too little of the signal."""
    quoted = (signal.decoy or "").split('"')[1::2]
    said = [stems(part) for part in quoted if len(stems(part)) >= 3]
    decoys = [s for s in sentences(answer) if any(share(part, stems(s)) > QUOTED for part in said)]
    rest = [stem for s in sentences(answer) if s not in decoys for stem in stems(s)]
    return bool(decoys) and share(stems(f"{signal.label} {signal.listen_for}"), rest) < 0.15


RULES: tuple[Rule, ...] = (
    FORM, KIND, UNIQUE, REFERENCES, HOME, SUBSKILL, SIGNALS, PROBED, probe_gives_away,
    COMPUTED, anchor_rule, version, practice_length, decoy_ticked,
)  # fmt: skip
