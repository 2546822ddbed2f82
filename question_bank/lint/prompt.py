"""Prompt: one open question, short, plain and without its answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..model import Question
from .core import Fault, Known, Rule, question_rule
from .text import reading_grade, sentences, share, stems, word_count, words
from .words import word_list

SPOKEN_BRIEFLY = ("behavioural", "situational")
WORDS_A_MINUTE = 140
LONGEST_SENTENCE = 28
PROMPT_GRADE, PLAIN_GRADE = 10.0, 9.0
# Of the words that one signal alone listens for, three at least: the story's words stand in several signals.
# Calibrated: good questions tell 0.43 at most.
TOLD, OWN_WORDS = 0.5, 3

_WH = r"(?:what|how|which|who|whom|whose|when|where|why)"
_AUX = r"(?:do|does|did|is|are|was|were|can|could|will|would|should|shall|has|have|had|might|may)"
_YES_NO = re.compile(rf"^{_AUX}\b", re.IGNORECASE)
_OPENED = re.compile(
    r"\b(how|what|why|which|where|who|tell|walk|talk|describe|explain|say|show|decide|name|give)\b",
    re.IGNORECASE,
)
_TWO_ASKED = re.compile(rf"\b{_WH}\b[^.?!;]*?,?\s+(?:and|or)\s+(?P<second>{_WH}\b(?:\s+\w+)?)", re.IGNORECASE)
_INVERTED = re.compile(
    rf"\b{_WH}\b(?:\s+[\w'-]+){{0,3}}?\s+{_AUX}\s+(?:you|we|it|they|your|the|a|this)\b", re.I
)
_TASKS = {
    "design": "build", "build": "build", "draw": "build", "plan": "build", "write": "build",
    "review": "judge", "diagnose": "judge", "debug": "judge", "judge": "judge",
    "estimate": "compute", "calculate": "compute", "compute": "compute", "size": "compute",
}  # fmt: skip
_TWO_TASKS = re.compile(
    rf"(?:^|[,;:]\s*|\bplease\s+)(?P<one>{'|'.join(_TASKS)})\b[^.?!;]*?\b(?:and|or)\s+(?:then\s+)?(?P<two>{'|'.join(_TASKS)})\b",
    re.IGNORECASE,
)
_DETERMINED = (
    "wrong|missing|going|happening|next|left|yours|on|your|the|this|that|it|to|their|its|our|true|at|in|behind|"
    "different|worst|best|still|really|there|most|more|my|and|you|we"
)
_TRIVIA = (
    (rf"\bwhat (?:is|are) (?:an?\s[\w-]+|(?!(?:{_DETERMINED})\b)[\w-]+)(?:\s[\w-]+)?\?", "a definition"),
    (r"\bwhat (?:is|are) the (?:definition|meaning|syntax|acronym|formula|name|names) (?:of|for)\b", "a definition"),
    (r"\bwhat (?:does|do) [\w\s-]{1,40} (?:stand for|mean)\?", "a definition"),
    (r"(?:^|[.!?;]\s+)(?:please )?define\b|\bdefine the (?:term|word)\b|\bspell out\b", "a definition"),
    (r"\bwhich (?:parameter|argument|keyword|method|function|class|module|command)"
     r" (?:of|in|does|do|sets|controls|is used)\b", "a name"),
    (r"\bwho (?:wrote|invented|created|published)\b|\bin which (?:year|version|paper)\b", "an author or a date"),
    (r"\bdefault value\b|\bwhat is the default\b", "a default value"),
    (r"\blist (?:the |all |five |four |three |some )?(?:\w+ )?(?:types|kinds|methods|metrics|steps|advantages|benefits"
     r"|principles|components|features|commands|layers) of\b", "a list"),
)  # fmt: skip
_OWN_CHOICE = re.compile(
    r"\bor (?:what|whatever|whichever|another|any other|anything|something|the one|one that)\b", re.I
)
# Years are no numbers to keep in mind.
_BIG_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b(?!(?:19|20)\d\d\b)\d{4,}\b")
_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-Z]{2,6}[0-9]*s?\b(?![\w/]|-\d)")


def unquoted(text: str) -> str:
    """The text without what others are quoted with."""
    return re.sub(r'["“][^"”]*["”]', "so", text)


def asked(question: Question) -> list[str]:
    """The sentences of the prompt, quotes left out."""
    return sentences(unquoted(question.prompt))


@question_rule("P06a prompt-length", "error")
def prompt_length(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt has at most 75 words where somebody tells or decides, 110 where they look at something."""
    limit = 75 if question.kind in SPOKEN_BRIEFLY else 110
    if (count := word_count(question.prompt)) > limit:
        yield Fault("prompt", f"it has {count} words", f"cut it to {limit}; put detail on the card")


@question_rule("P06b read-time", "error")
def read_time(question: Question, known: Known) -> Iterator[Fault]:
    """Read at 140 words a minute, the prompt fits the minutes planned for reading."""
    if word_count(question.prompt) > WORDS_A_MINUTE * question.minutes.read:
        count = word_count(question.prompt)
        message = (
            f"{count} words take {count / WORDS_A_MINUTE:.1f} minutes, {question.minutes.read} are planned"
        )
        yield Fault("minutes.read", message, "plan a minute more, or cut the prompt")


@question_rule("P07a one-question", "error")
def one_question(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt has one question mark at most."""
    if (marks := unquoted(question.prompt).count("?")) > 1:
        yield Fault("prompt", f"it asks {marks} questions", "keep one; the others become probes")


@question_rule("P07b two-tasks", "error")
def two_tasks(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt does not join two questions or two tasks of different skill; an exercise may have parts."""
    for sentence in asked(question):
        match = _TWO_ASKED.search(_without_pairs(sentence))
        if match and len(_INVERTED.findall(sentence)) > 1:
            yield _joined(sentence)
        task = _TWO_TASKS.search(sentence)
        if task and question.kind != "exercise" and _differ(task):
            yield _joined(sentence)


def _differ(task: re.Match[str]) -> bool:
    return _TASKS[task["one"].casefold()] != _TASKS[task["two"].casefold()]


def _without_pairs(sentence: str) -> str:
    """The sentence without pairs that ask for one thing told to its end."""
    for hit in word_list("narrative").hits(sentence):
        sentence = sentence.replace(hit.found, " ")
    return sentence


def _joined(sentence: str) -> Fault:
    return Fault("prompt", f"'{_brief(sentence)}' asks for two things", "keep one; the other becomes a probe")


def _brief(sentence: str) -> str:
    return sentence if len(sentence) < 70 else sentence[:67] + "…"


@question_rule("P07c and-after-question", "warning")
def and_after_question(question: Question, known: Known) -> Iterator[Fault]:
    """After an asking word no second one follows with "and", but for a story told to its end."""
    for sentence in asked(question):
        match = _TWO_ASKED.search(_without_pairs(sentence))
        if match and len(_INVERTED.findall(sentence)) <= 1:
            message = f"'{_brief(sentence)}' goes on with 'and {match['second']}'"
            yield Fault(
                "prompt", message, "check that one skill answers both, or make the second half a probe"
            )


@question_rule("P08 yes-no", "error")
def yes_no(question: Question, known: Known) -> Iterator[Fault]:
    """The question cannot be answered by yes or no alone."""
    told = asked(question)
    for n, sentence in enumerate(told):
        if sentence.endswith("?") and _YES_NO.match(sentence) and not _OPENED.search(" ".join(told[n:])):
            yield Fault(
                "prompt", f"'{_brief(sentence)}' can be answered by yes", "begin with how, what or tell me"
            )


@question_rule("P09a leading", "warning")
def leading(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt neither pushes nor flatters."""
    for hit in word_list("leading").hits(question.prompt):
        yield Fault("prompt", f"'{hit.found}' leads: {hit.explanation}", "take it out")


@question_rule("P09b tells-answer", "warning")
def tells_answer(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt does not hold the words that one signal of level 3 or 4 alone listens for."""
    told = stems(question.prompt)
    listened = {signal.id: set(stems(f"{signal.label} {signal.listen_for}")) for signal in question.signals}
    counts = Counter(word for held in listened.values() for word in held)
    for signal in question.signals:
        own = {word for word in listened[signal.id] if counts[word] == 1}
        if signal.level >= 3 and len(own) >= OWN_WORDS and (held := share(own, told)) > TOLD:
            message = f"it holds {held:.0%} of the words that signal {signal.id} alone listens for"
            yield Fault("prompt", message, "leave those words to the candidate")


@question_rule("P10 trivia", "error")
def trivia(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt asks for judgement, not for a definition, a name, a default, an author or a list."""
    for pattern, what in _TRIVIA:
        if match := re.search(pattern, unquoted(question.prompt), re.IGNORECASE):
            yield Fault("prompt", f"'{match.group()}' asks for {what}", "put them into a situation to decide")
            return
    between = re.search(r"\bdifferences? between\b", question.prompt, re.IGNORECASE)
    if between and len(asked(question)) < 2:
        yield Fault(
            "prompt", "it asks for a difference without a situation", "tell the case where it matters"
        )


@question_rule("P11a prompt-grade", "warning")
def prompt_grade(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt reads at school grade 10 or below (Flesch-Kincaid; terms of the glossary are free)."""
    grade = round(reading_grade(question.prompt, known.exempt(question)), 1)
    if grade > PROMPT_GRADE:
        yield Fault(
            "prompt", f"it reads at grade {grade:.1f}", "shorter sentences and words, or a glossary term"
        )


@question_rule("P11b plain-grade", "warning")
def plain_grade(question: Question, known: Known) -> Iterator[Fault]:
    """What somebody outside the trade reads, for_you and plain_meaning, is at grade 9 or below."""
    plain = "\n\n".join(signal.plain_meaning for signal in question.signals if signal.plain_meaning)
    for key, text in (("for_you", question.for_you), ("signals.plain_meaning", plain)):
        if (grade := round(reading_grade(text, known.exempt(question)), 1)) > PLAIN_GRADE:
            yield Fault(
                key, f"it reads at grade {grade:.1f}", "shorter sentences and words, or a glossary term"
            )


@question_rule("P11c abbreviation", "warning")
def abbreviation(question: Question, known: Known) -> Iterator[Fault]:
    """An abbreviation in what is read aloud or read by a lay person stands in the question's glossary."""
    terms = [known.bank.terms[key] for key in question.glossary if key in known.bank.terms]
    explained = {word for term in terms for word in words(f"{term.term} {term.plain} {term.id.upper()}")}
    plain = [signal.plain_meaning or "" for signal in question.signals]
    for key, text in (
        ("prompt", question.prompt),
        ("for_you", question.for_you),
        ("plain_meaning", " ".join(plain)),
    ):
        text = " ".join(part for part in text.split() if not word_list("abbreviations").hits(part))
        for found in sorted(set(_ABBREVIATION.findall(text)) - explained):
            if found.rstrip("s") not in explained:
                yield Fault(key, f"'{found}' is not explained", "spell it out, or add its term to glossary")


@question_rule("P11d for-you-length", "error")
def for_you_length(question: Question, known: Known) -> Iterator[Fault]:
    """What the interviewer reads beforehand has at most 120 words."""
    if (count := word_count(question.for_you)) > 120:
        yield Fault("for_you", f"it has {count} words", "cut it to 120")


@question_rule("P12b brackets", "warning")
def brackets(question: Question, known: Known) -> Iterator[Fault]:
    """What is read aloud has no brackets within brackets."""
    if re.search(r"\([^)]*\(", question.prompt):
        yield Fault("prompt", "it has brackets within brackets", "nobody hears them; make a sentence of it")


@question_rule("P12c big-number", "warning")
def big_number(question: Question, known: Known) -> Iterator[Fault]:
    """A number of more than three digits that is read aloud also stands on the card or in an exhibit."""
    shown = " ".join((question.card or "", *(e.model_dump_json() for e in question.exhibits)))
    for number in _BIG_NUMBER.findall(question.prompt):
        if number not in shown:
            yield Fault("prompt", f"nobody keeps {number} in mind", "put it on the card as well")


@question_rule("P13 two-good-answers", "error")
def two_good_answers(question: Question, known: Known) -> Iterator[Fault]:
    """A situation or a design has two ways or routes at least, so that it is no riddle."""
    count = sum(len(signal.ways) for signal in question.signals) + len(question.routes)
    if question.kind in ("situational", "design") and count < 2:
        yield Fault("routes", f"there are {count} ways and routes", "describe a second good answer")


@question_rule("P14 vendor-lock", "warning")
def vendor_lock(question: Question, known: Known) -> Iterator[Fault]:
    """A prompt names no product, unless it offers a choice or says "or what you know"."""
    hits = word_list("products").hits(question.prompt)
    kinds = [hit.entry for hit in hits]
    if _OWN_CHOICE.search(question.prompt) or any(kinds.count(kind) > 1 for kind in kinds):
        return
    for hit in hits[:1]:
        yield Fault("prompt", f"it leans on '{hit.found}'", "say what it does, or add 'or what you know'")


RULES: tuple[Rule, ...] = (
    prompt_length, read_time, one_question, two_tasks, and_after_question, yes_no, leading, tells_answer,
    trivia, prompt_grade, plain_grade, abbreviation, for_you_length, brackets, big_number,
    two_good_answers, vendor_lock,
)  # fmt: skip
