"""Fixtures of the rules on prompts."""

from __future__ import annotations

from tests.rubrics.test_load import put

from .cases import (
    DESIGN,
    EXERCISE,
    NIGHT,
    REWRITE,
    STORY,
    WEEKS,
    Case,
    Edit,
    edited,
    more,
    nothing,
    on_question,
    swap,
)

# Eleven words, and two words.
ELEVEN = "It runs on four machines in one hall with two doors."
TWO = "All day."


def of_length(count: int) -> Edit:
    """The prompt of a question, lengthened to this many words."""

    def edit(data) -> None:
        prompt = data["prompt"].rstrip()
        while len(prompt.split()) + 11 <= count:
            prompt = f"{ELEVEN} {prompt}"
        while len(prompt.split()) < count:
            prompt = f"{TWO if count - len(prompt.split()) > 1 else 'Now.'} {prompt}"
        data["prompt"] = prompt

    return edit


def for_you(count: int) -> Edit:
    """What the interviewer reads, at this many words in short sentences."""
    return put(" ".join(["It may be so."] * (count // 4) + ["Now."] * (count % 4)), "for_you")


def asks(question: str, question_id: str = REWRITE) -> Edit:
    """The prompt with another last sentence."""
    first = edited(question_id)["prompt"].rpartition(". ")[0]
    return put(f"{first}. {question}", "prompt")


ROUTE = {
    "id": "by-hand",
    "route": "Answers from a table that is made every night.",
    "earns": ["a", "b"],
    "level": 3,
}


def routes(count: int) -> tuple[Edit, ...]:
    """So many routes and no way."""

    def named(data) -> None:
        next(one for one in data["signals"] if one["id"] == "b")["ways"] = []
        data["routes"] = [{**ROUTE, "id": f"route-{n}"} for n in range(count)]
        for n, sample in enumerate(data["practice"]):
            sample["ways"] = ["route-0"] if n == 2 else []

    return (named,)


def without_terms(data) -> None:
    data["glossary"] = []


HEAVY = (
    "Organisational considerations notwithstanding, characterise infrastructural interdependencies affecting "
    "operational reliability."
)
TERMS = "Vectorise percentile, vectorise percentile, vectorise percentile, percentile percentile."
PLAIN = (
    "Considerable organisational responsibility accompanies infrastructural reconfiguration, particularly "
    "whenever institutional accountability remains unspecified."
)

BAD = (
    on_question("P06a", "76 words for a situation", REWRITE, of_length(76)),
    on_question("P06a", "111 words for a case", NIGHT, of_length(111)),
    on_question("P06b", "no minute for reading", REWRITE, put(0, "minutes", "read")),
    on_question("P07a", "two question marks", REWRITE, more("What do you tell the engineer?", "prompt")),
    on_question("P07b", "what, and how would", REWRITE,
                asks("What do you decide, and how would you tell the engineer?")),
    on_question("P07b", "review and estimate", NIGHT,
                asks("Review the page and estimate the load that it stands for.", NIGHT)),
    on_question("P07c", "which, and what", WEEKS,
                asks("Tell me which weeks worry you, and what the owner needs.", WEEKS)),
    on_question("P08", "would you", REWRITE, asks("Would you approve the six weeks?")),
    on_question("P08", "is it", REWRITE, asks("Is the rewrite a sound plan?")),
    on_question("P09a", "of course", REWRITE, asks("What do you decide, of course without a benchmark?")),
    on_question("P09a", "as a senior", REWRITE, asks("As a senior, what do you decide?")),
    on_question("P09b", "names the cost of a second language", REWRITE,
                asks("Price of owning a second language, one person on call on Sunday, what waits: what do you decide?")),
    on_question("P10", "a definition", REWRITE, asks("What is vectorisation?")),
    on_question("P10", "a default", NIGHT, asks("What is the default of the timeout?", NIGHT)),
    on_question("P10", "a list", REWRITE, put("Walk me through the list: list the types of drift.", "prompt")),
    on_question("P10", "a difference without a case", REWRITE,
                put("How do you tell the difference between a thread and a process?", "prompt")),
    on_question("P10", "who wrote it", REWRITE, asks("Who invented the lock of Python?")),
    on_question("P11a", "long words", REWRITE, put(HEAVY, "prompt")),
    on_question("P11b", "long words for the interviewer", REWRITE, put(PLAIN, "for_you")),
    on_question("P11b", "long words in plain meanings", REWRITE,
                *(put(PLAIN, "signals", n, "plain_meaning") for n in (0, 1, 2, 3, 4, 5, 6, 7))),
    on_question("P11c", "an abbreviation of the trade", REWRITE, more("The SLO is ten.", "for_you")),
    on_question("P11c", "an abbreviation read aloud", REWRITE, asks("What do you decide on the RPC?")),
    on_question("P11d", "121 words for the interviewer", REWRITE, for_you(121)),
    on_question("P12b", "brackets in brackets", REWRITE, asks("What (in weeks (or days)) do you decide?")),
    on_question("P12c", "a number that nobody keeps in mind", NIGHT,
                asks("There are 12,845 errors. Talk me through what you do, in order.", NIGHT)),
    on_question("P13", "one route and no way", REWRITE, *routes(1)),
    on_question("P14", "one product", DESIGN,
                asks("It runs in Airflow. Start wherever you like.", DESIGN)),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_question("P06a", "75 words for a situation", REWRITE, of_length(75)),
    on_question("P06a", "110 words for a case", NIGHT, of_length(110)),
    on_question("P06b", "one minute for 35 words", REWRITE, put(1, "minutes", "read")),
    on_question("P07a", "a question mark in a quotation", REWRITE,
                asks('Product asks "can it be faster?" and waits. What do you decide?')),
    on_question("P07b", "what, and how you know", NIGHT,
                asks("Tell me what you do first, and how you know that it helped.", NIGHT)),
    on_question("P07b", "two tasks in an exercise", EXERCISE,
                asks("Review the job and compute the score that you would report.", EXERCISE)),
    on_question("P07b", "from the first sign to the last change", STORY, nothing),
    on_question("P07c", "which, and why", WEEKS, nothing),
    on_question("P07c", "what, and what you tell", WEEKS,
                asks("Tell me what you do on Monday, and what you tell the bank.", WEEKS)),
    on_question("P07c", "what, and how that turned out", STORY,
                swap(lambda held: held.replace("what happened, from the first sign to the last change you made",
                                               "what you did, and how that turned out"), "prompt")),
    on_question("P08", "would you, and why", REWRITE, asks("Would you approve it? Tell me what decides.")),
    on_question("P09a", "in the course of a week", REWRITE, asks("What do you decide in the course of a week?")),
    on_question("P09b", "names the table's rows", REWRITE, asks("Fetch and loop take 24 of it. What do you decide?")),
    on_question("P10", "what is wrong", WEEKS, asks("What is wrong here?", WEEKS)),
    on_question("P10", "a difference in a case", REWRITE,
                asks("What decides, given the difference between both runs?")),
    on_question("P11a", "long words that the glossary explains", REWRITE, put(TERMS, "prompt")),
    on_question("P11b", "short words for the interviewer", REWRITE, for_you(60)),
    on_question("P11c", "an abbreviation that the glossary explains", EXERCISE, more("AUC is explained below.", "for_you")),
    on_question("P11d", "120 words for the interviewer", REWRITE, for_you(120)),
    on_question("P12b", "two pairs of brackets", REWRITE, asks("What (in weeks) do you decide (and tell)?")),
    on_question("P12c", "a number that also stands on the card", NIGHT,
                asks("There are 12,845 errors. Talk me through what you do, in order.", NIGHT),
                more("There are 12,845 errors.", "card")),
    on_question("P12c", "a year", NIGHT, asks("It is 2026. Talk me through what you do, in order.", NIGHT)),
    on_question("P13", "two routes and no way", REWRITE, *routes(2)),
    on_question("P14", "a product, or what you know", DESIGN,
                asks("It runs in Airflow or what you know. Start wherever you like.", DESIGN)),
    on_question("P14", "two products of a kind", DESIGN,
                asks("It runs in Airflow or Prefect. Start wherever you like.", DESIGN)),
)  # fmt: skip
