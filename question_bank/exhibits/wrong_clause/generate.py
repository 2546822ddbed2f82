"""Logs of a contract assistant in which one import marked other people's documents as shared with all.

Planted: on the evening of day 9 a folder of 60 documents came in without an owner, 48 of Alder and 12 of
Cedar, and the import turned "no owner" into "shared". The cache is innocent: its key holds the customer.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

SEED = 11
CUSTOMERS = (
    "Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Pine", "Rowan",
    "Spruce", "Tamarack", "Walnut", "Willow", "Yew", "Aspen", "Beech", "Cypress", "Ebony", "Hemlock", "Ivy",
    "Linden",
)  # fmt: skip
DAYS = 11
IMPORT_DAY, IMPORT_HOUR = 9, 18
REPORT_DAY, REPORT_HOUR = 11, 10
TOPICS = 60
PER_CUSTOMER = 90
TEMPLATES = 30
PER_DAY = 700
FOUND = 5
# A model repeats a clause word for word in about three of ten answers that were built on it.
VERBATIM = 0.3


class Document(NamedTuple):
    """`owner` is true; `tag` is what the index believes. Number of the topic; day of arrival."""

    doc: int
    owner: str
    tag: str
    topic: int
    day: int


class Answer(NamedTuple):
    """`passages` are document numbers; `copied_from` is the answer that the cache gave out again."""

    number: int
    day: int
    hour: int
    customer: str
    question: int
    passages: tuple[int, ...]
    copied_from: int | None
    verbatim: int | None


def documents(rng: np.random.Generator) -> list[Document]:
    """Own documents of every customer, templates that are rightly shared, and the import of day 9."""
    found: list[Document] = []
    for customer in CUSTOMERS:
        for topic in rng.integers(0, TOPICS, PER_CUSTOMER):
            found.append(Document(len(found), customer, customer, int(topic), 1))
    for topic in rng.integers(0, TOPICS, TEMPLATES):
        found.append(Document(len(found), "all", "shared", int(topic), 1))
    for owner in ("Alder",) * 48 + ("Cedar",) * 12:
        found.append(Document(len(found), owner, "shared", int(rng.integers(0, 4)), IMPORT_DAY))
    return found


def _asked(rng: np.random.Generator) -> list[tuple[int, int, str, int]]:
    """Day, hour, customer and question of every request, in order; the last is the one that was reported."""
    asked = []
    favourites = {customer: rng.integers(0, TOPICS * 6, 4) for customer in CUSTOMERS}
    for day in range(1, DAYS + 1):
        count = int(rng.poisson(PER_DAY * (0.35 if day in (6, 7) else 1.0)))
        hours = np.sort(rng.integers(7, 20, count))
        for hour in hours:
            if (day, hour) < (REPORT_DAY, REPORT_HOUR):
                customer = str(rng.choice(CUSTOMERS))
                again = rng.random() < 0.4
                question = rng.choice(favourites[customer]) if again else rng.integers(0, TOPICS * 6)
                asked.append((day, int(hour), customer, int(question)))
    return asked


@cache
def answers(seed: int = SEED) -> tuple[list[Document], list[Answer]]:
    """All documents, and all answers from day 1 to ten o'clock on day 11."""
    rng = np.random.default_rng(seed)
    held = documents(rng)
    nearness = rng.random((len(held), TOPICS * 6)) * 0.9
    topics = np.array([document.topic for document in held])
    tags = np.array([document.tag for document in held])
    arrived = np.array([document.day for document in held])
    kept: dict[tuple[str, int, int], int] = {}
    found: list[Answer] = []
    for day, hour, customer, question in _asked(rng):
        verbatim = float(rng.random())
        here = (arrived < day) | ((arrived == day) & (hour >= IMPORT_HOUR)) | (arrived == 1)
        allowed = here & ((tags == customer) | (tags == "shared"))
        # The cache keeps an answer until the end of the day, under customer and question.
        if (copied := kept.get((customer, question, day))) is not None:
            first = found[copied]
            found.append(
                Answer(len(found), day, hour, customer, question, first.passages, copied, first.verbatim)
            )
            continue
        scores = np.where(allowed, (topics == question // 6) + nearness[:, question], -1.0)
        passages = tuple(int(n) for n in np.argsort(-scores, kind="stable")[:FOUND] if scores[n] >= 1)
        quoted = passages[0] if passages and verbatim < VERBATIM else None
        kept[customer, question, day] = len(found)
        found.append(Answer(len(found), day, hour, customer, question, passages, None, quoted))
    return held, found


def foreign(held: list[Document], answer: Answer) -> list[int]:
    """The passages of an answer that belong to another customer."""
    return [n for n in answer.passages if held[n].owner not in (answer.customer, "all")]


class Found(NamedTuple):
    """What an investigation can count."""

    per_day: list[tuple[int, int]]
    since_import: int
    computed: int
    copied: int
    customers: int
    of_alder: int
    of_cedar: int
    verbatim: int
    documents_shown: int


def counted(seed: int = SEED) -> Found:
    """Answers per day with those that hold foreign passages, and the totals behind the notice to customers."""
    held, found = answers(seed)
    wrong = [answer for answer in found if foreign(held, answer)]
    per_day = [
        (sum(a.day == day for a in found), sum(a.day == day for a in wrong)) for day in range(1, DAYS + 1)
    ]
    shown = [{held[n].owner for n in foreign(held, answer)} for answer in wrong]
    return Found(
        per_day=per_day,
        since_import=sum((a.day, a.hour) >= (IMPORT_DAY, IMPORT_HOUR) for a in found),
        computed=sum(a.copied_from is None for a in wrong),
        copied=sum(a.copied_from is not None for a in wrong),
        customers=len({a.customer for a in wrong}),
        of_alder=sum("Alder" in owners for owners in shown),
        of_cedar=sum("Cedar" in owners for owners in shown),
        verbatim=sum(a.verbatim in foreign(held, a) for a in wrong),
        documents_shown=len({n for a in wrong for n in foreign(held, a)}),
    )


REPORTED, SAME_WORDS = 6288, 6213


def _chosen(found: list[Answer]) -> list[Answer]:
    """The reported answer, the same words two hours earlier, its neighbours, and one from the cache."""
    copied = [a.number for a in found if a.day == REPORT_DAY and a.copied_from is not None]
    return [found[n] for n in sorted({SAME_WORDS, REPORTED, REPORTED - 1, REPORTED + 1, copied[0]})]


def log_rows(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """Five answers as the candidate sees them first: when, for whom, which question, which passages."""
    _, found = answers(seed)
    return tuple(
        (
            str(answer.number),
            f"{answer.hour:02}:{answer.number % 60:02}",
            answer.customer,
            f"q{answer.question}",
            ", ".join(map(str, answer.passages)) or "–",
        )
        for answer in _chosen(found)
    )


def source_rows(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """The same five: the cache's key, and whether the answer was computed or given out again."""
    _, found = answers(seed)
    return tuple(
        (
            str(answer.number),
            f"{answer.customer.lower()}:q{answer.question}",
            "computed" if answer.copied_from is None else f"cache, from {answer.copied_from}",
        )
        for answer in _chosen(found)
    )


def index_rows(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """The passages of the reported answer: what the index believes, and whose they are."""
    held, found = answers(seed)
    return tuple((str(n), held[n].tag, held[n].owner, f"day {held[n].day}") for n in found[REPORTED].passages)


EVENTS = {
    8: "cache moved to new servers at 07:00",
    9: "import of 60 files at 18:00",
    10: "new instructions at 12:00, after the first three",
}


def day_rows(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """Answers per day, those with the reported document among the passages, and what was changed."""
    held, found = answers(seed)
    clause = found[REPORTED].verbatim
    used = [a.day for a in found if clause in foreign(held, a)]
    return tuple(
        (str(day), str(sum(a.day == day for a in found)), str(used.count(day)), EVENTS.get(day, "–"))
        for day in range(1, DAYS + 1)
    )


def owner_rows(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """Whose text it was: answers that held it, those that repeat it word for word, customers who got it."""
    held, found = answers(seed)
    rows = []
    for owner in ("Alder", "Cedar"):
        wrong = [a for a in found if owner in {held[n].owner for n in foreign(held, a)}]
        quoted = [a for a in wrong if a.verbatim in foreign(held, a) and held[a.verbatim].owner == owner]
        rows.append((owner, str(len(wrong)), str(len(quoted)), str(len({a.customer for a in wrong}))))
    return tuple(rows)


def ways(seed: int = SEED) -> tuple[tuple[str, ...], ...]:
    """How many answers and how many reading customers each way of searching finds."""
    held, found = answers(seed)
    wrong = [answer for answer in found if foreign(held, answer)]
    clause = found[REPORTED].verbatim
    cedar = {document.doc for document in held if document.day == IMPORT_DAY and document.owner == "Cedar"}
    searched = {
        "The reported clause, word for word": [a for a in wrong if a.verbatim == clause],
        "The reported document among the passages": [a for a in wrong if clause in foreign(held, a)],
        "Cedar's 12 files, computed answers": [
            a for a in wrong if a.copied_from is None and cedar & set(foreign(held, a))
        ],
        "All 60 files, computed answers": [a for a in wrong if a.copied_from is None],
        "All 60 files, answers from the cache as well": wrong,
    }
    return tuple(
        (name, str(len(hits)), str(len({a.customer for a in hits}))) for name, hits in searched.items()
    )


def main() -> None:
    for rows in (log_rows(), source_rows(), index_rows(), day_rows(), ways(), owner_rows()):
        print(*rows, sep="\n")
    print(counted())


if __name__ == "__main__":
    main()
