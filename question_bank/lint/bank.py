"""The bank as a whole: enough of each kind, nothing twice, and terms that lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from ..model import Bank, LoopTemplate, Question, Term
from .core import Fault, Known, Rule, bank_rule, question_rule
from .structure import LOOPS
from .text import Weighted, cosine, jaccard, runs, weighted

SAME_RUNS, SAME_PROMPT, SAME_SIGNALS = 0.25, 0.80, 0.70
# Below this, two questions of one family measure different things.
TERM_WORDS = 45
WARM_UP, STRETCH, ENOUGH = 0.05, 0.15, 20
PRACTICAL = ("debugging", "review", "exercise")
IN_USE = ("pilot", "live")


def in_use(bank: Bank) -> list[Question]:
    """The questions that plans may take."""
    return [question for question in bank.questions if question.status in IN_USE]


@bank_rule("B34 coverage-counts", "error")
def coverage_counts(known: Known) -> Iterator[Fault]:
    """The shipped bank holds what its blueprint wants: by competency, sub-skill, practical kinds and track."""
    if known.blueprint is None:
        return
    for track, wanted_own in known.blueprint.tracks.items():
        if (own := sum(question.track == track for question in in_use(known.bank))) < wanted_own:
            yield Fault(f"tracks.{track}", f"{own} questions of its own in use", f"have {wanted_own}")
    for competency_id, wanted in known.blueprint.competencies.items():
        held = [question for question in in_use(known.bank) if question.competency == competency_id]
        practical = sum(question.kind in PRACTICAL for question in held)
        if len(held) < wanted.questions:
            yield Fault(competency_id, f"{len(held)} questions in use", f"have {wanted.questions}")
        if practical < wanted.practical:
            message = f"{practical} debugging cases, reviews and exercises"
            yield Fault(competency_id, message, f"have {wanted.practical}")
        counts = Counter(question.subskill for question in held)
        for subskill in known.bank.competency(competency_id).subskills:
            if counts[subskill.id] < wanted.of_each_subskill:
                message = f"{counts[subskill.id]} questions of {subskill.id}"
                yield Fault(competency_id, message, f"have {wanted.of_each_subskill}")


@bank_rule("B35 article-map", "error")
def article_map(known: Known) -> Iterator[Fault]:
    """Every point of the coverage map leads to a question in use, or says which competency will hold it."""
    if known.coverage is not None:
        yield from known.coverage(known.bank)


@bank_rule("B36a same-prompt", "error")
def same_prompt(known: Known) -> Iterator[Fault]:
    """Prompts of different families are no copies: runs of five words and TF-IDF stay apart."""
    texts = [(q.id, q.prompt) for q in known.bank.questions]
    fives = {name: runs(text, 5) for name, text in texts}
    for left, right in _other_families(known.bank, tuple(texts)):
        shared = jaccard(fives[left.name], fives[right.name])
        alike = cosine(left.weights, right.weights)
        if shared > SAME_RUNS or alike > SAME_PROMPT:
            yield Fault(
                "prompt",
                f"{max(shared, alike):.0%} like {left.name}",
                "tell another story, or share the family",
                right.name,
            )


@bank_rule("B36b same-signals", "error")
def same_signals(known: Known) -> Iterator[Fault]:
    """Questions of different families listen for different things."""
    texts = tuple((q.id, _listened(q)) for q in known.bank.questions)
    for left, right in _other_families(known.bank, texts):
        if (alike := cosine(left.weights, right.weights)) > SAME_SIGNALS:
            yield Fault(
                "signals",
                f"{alike:.0%} like {left.name}",
                "it is the same question in other clothes: share the family",
                right.name,
            )


def _listened(question: Question) -> str:
    return " ".join(f"{signal.label} {signal.listen_for}" for signal in question.signals)


@lru_cache(maxsize=4)
def _weighted(texts: tuple[tuple[str, str], ...]) -> list[Weighted]:
    return weighted(texts)


def _other_families(bank: Bank, texts: tuple[tuple[str, str], ...]) -> Iterator[tuple[Weighted, Weighted]]:
    for left, right in combinations(_weighted(texts), 2):
        if bank.by_id[left.name].family != bank.by_id[right.name].family:
            yield left, right


@bank_rule("B37b two-looks", "warning")
def two_looks(known: Known) -> Iterator[Fault]:
    """The loops of a profile look at each pillar twice, once through something practical."""
    if not known.own_loops:
        return
    loops = {loop.id: loop for loop in known.bank.loops}
    pillars = [c.id for c in known.bank.rubrics.competencies if c.pillar]
    for profile in known.bank.profiles:
        items = [item for loop in profile.loops if loop in loops for item in _items(loops[loop])]
        for pillar in pillars:
            kinds = [set(kinds) for competency, kinds in items if competency == pillar]
            if len(kinds) < 2 or not any(found & set(PRACTICAL) for found in kinds):
                message = f"{pillar} is looked at {len(kinds)} times, or never in practice"
                yield Fault(
                    f"profiles/{profile.id}", message, "add a loop with a case, a review or an exercise"
                )


def _items(loop: LoopTemplate) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.competency, item.kinds) for slot in loop.slots for item in slot.items]


@bank_rule("B38 level-balance", "warning")
def level_balance(known: Known) -> Iterator[Fault]:
    """From 20 questions on, at most 5 % are warm-ups and 15 % stretch."""
    held = in_use(known.bank)
    counts: Counter[str] = Counter(question.aim for question in held)
    for aim, most in (("warm-up", WARM_UP), ("stretch", STRETCH)):
        if len(held) >= ENOUGH and counts[aim] > most * len(held):
            yield Fault("aim", f"{counts[aim]} of {len(held)} are {aim}", f"have {most:.0%} at most")


@bank_rule("B40a term-length", "error")
def term_length(known: Known) -> Iterator[Fault]:
    """A term of the glossary is explained in 45 words at most."""
    for term in known.bank.glossary.terms:
        if (count := len(term.plain.split())) > TERM_WORDS:
            yield Fault(f"glossary.{term.id}.plain", f"it has {count} words", f"cut it to {TERM_WORDS}")


@bank_rule("B40b term-circle", "error")
def term_circle(known: Known) -> Iterator[Fault]:
    """No term is explained by a term that is explained by it."""
    uses = {term.id: _used(term, known.bank.glossary.terms) for term in known.bank.glossary.terms}
    for start in uses:
        if (path := _way_back(start, uses)) and start == min(path):
            yield Fault(
                f"glossary.{start}",
                f"explained in a circle: {' → '.join([*path, start])}",
                "explain one of them in plain words",
            )


def _used(term: Term, terms: tuple[Term, ...]) -> list[str]:
    return [other.id for other in terms if other.id != term.id and _name(other).search(term.plain)]


@lru_cache(maxsize=2_000)
def _name(term: Term) -> re.Pattern[str]:
    """The term's name as it may stand in a text, without what its own name has in brackets."""
    name = re.sub(r"\s*\([^)]*\)", "", term.term).strip()
    return re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", 0 if name.isupper() else re.IGNORECASE)


def _way_back(start: str, uses: dict[str, list[str]]) -> list[str]:
    """The shortest way from a term back to itself; empty where there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for following in uses[way[-1]]:
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


@question_rule("B40c term-missing", "warning")
def term_missing(question: Question, known: Known) -> Iterator[Fault]:
    """A term of the glossary that what a lay person reads uses stands in the question's list."""
    plain = " ".join([question.for_you, *(signal.plain_meaning or "" for signal in question.signals)])
    for term in known.bank.glossary.terms:
        if term.id not in question.glossary and _name(term).search(plain):
            yield Fault("glossary", f"'{term.term}' is used in plain text", f"add {term.id}")


@bank_rule("S05b released-id", "error")
def released_id(known: Known) -> Iterator[Fault]:
    """A question that was released stays in the bank; set its status to retired to take it out of use."""
    for release in known.released.questions:
        if release.id not in known.bank.by_id:
            yield Fault("released.yaml", f"{release.id} has gone", "bring the file back with status: retired")


RULES: tuple[Rule, ...] = (
    coverage_counts, article_map, same_prompt, same_signals, LOOPS, two_looks, level_balance,
    term_length, term_circle, term_missing, released_id,
)  # fmt: skip
