"""Fixtures of the rules on fairness and law."""

from __future__ import annotations

from tests.rubrics.test_load import drop, put

from .cases import DESIGN, EXERCISE, NIGHT, REVIEW, REWRITE, STORY, WEEKS, Case, more, nothing, on_question

CONFIDENTIAL = "Leave out anything confidential; change names and numbers if you like."


def asks(text: str):
    """A probe with these words."""
    return put(text, "probes", 0, "ask")


def without_confidence(data) -> None:
    data["prompt"] = data["prompt"].replace(CONFIDENTIAL, "").strip()


def long_line(columns: int):
    """A comment of this width behind the last line of the code."""

    def edit(data) -> None:
        data["exhibits"][0]["code"] += "# " + "x" * (columns - 2) + "\n"

    return edit


# A question with a table and a ground truth.
TABLE = WEEKS


def fault_in_the_text(data) -> None:
    """What is wrong, behind the list of parts."""
    data["exhibits"][0]["text_alternative"] += " " + " ".join(data["defects"][0]["harm"].split()[:14])


def answer_in_the_table(data) -> None:
    """The first words of the answer, behind the table."""
    data["exhibits"][0]["text_alternative"] += " " + " ".join(data["ground_truth"].split()[:14])


TOPICS = {
    "age": "How old are you?",
    "a graduation year": "When did you graduate?",
    "family": "Who looks after your children when you are on call?",
    "pregnancy": "Is a pregnancy planned?",
    "marital state": "Are you married?",
    "health": "How many sick days did you have?",
    "disability": "Do you have a disability?",
    "religion": "Which religion do you have?",
    "origin": "Where are you from?",
    "citizenship": "What is your nationality?",
    "accent": "Where does your accent come from?",
    "gender": "How do you see this as a woman?",
    "orientation": "What is your sexual orientation?",
    "military discharge": "How did your military service end?",
    "arrest": "Were you ever arrested?",
    "credit": "How is your credit score?",
    "home ownership": "Do you own your home?",
    "union": "Are you in a trade union?",
    "politics": "What is your political opinion?",
    "a photo": "May we see a photo of you?",
    "social media": "What is on your social media?",
    "salary history": "What was your last salary?",
}
MACHINES = {
    "age of data": "What is the age of the data, and the age of the oldest message?",
    "age of a package": "Which age and which author does this package have?",
    "labels too young": "Are these loans too young to be judged?",
    "a race condition": "Where is your race condition?",
    "a child process": "Which child process holds the parent's file?",
    "a native extension": "What does the native extension own?",
    "a health check": "What does your health check ask?",
    "a birthday bound": "What does the birthday bound say about two equal digests?",
    "a diagnosis": "What is your diagnosis?",
    "orientation of a picture": "What does the orientation of a crate change?",
    "a union of sets": "What does UNION ALL keep?",
    "a credit model": "Who reads your credit model?",
    "a passport reader": "What if the passport reader fails?",
}

BAD = (
    *(on_question("F23", f"asks about {topic}", REWRITE, asks(text)) for topic, text in TOPICS.items()),
    on_question("F23", "decides by a first language", REWRITE,
                put("Says that native speakers should lead it", "red_flags", 0, "flag")),
    on_question("F24", "a story of one sport", REWRITE, asks("Think of a baseball league with these numbers.")),
    on_question("F24", "a custom of one country", NIGHT, more("It is Black Friday.", "card")),
    on_question("F25", "a story that may tell secrets", STORY, without_confidence),
    on_question("F26a", "a table that is not told", REWRITE, put("See the table.", "exhibits", 0, "text_alternative")),
    on_question("F26b", "a line of 101 columns", REVIEW, long_line(101)),
    on_question("F26c", "a red line", REWRITE, put("The red line shows the target.", "card")),
    on_question("F26d", "code whose fault is revealed to a listener", REVIEW,
                fault_in_the_text),
    on_question("F26d", "code described with one word of what is wrong", REVIEW,
                more("It has no interval and no calibration.", "exhibits", 0, "text_alternative")),
    on_question("F26d", "a table with a phrase of the answer", TABLE, answer_in_the_table),
    on_question("F27", "an exercise of 75 minutes", EXERCISE, put(65, "minutes", "answer")),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    *(on_question("F23", f"speaks of {topic}", REWRITE, asks(text)) for topic, text in MACHINES.items()),
    on_question("F24", "a story of work", NIGHT, more("It is the last Friday of the month.", "card")),
    on_question("F25", "a story that may leave out secrets", STORY, nothing),
    on_question("F25", "a situation", REWRITE, nothing),
    on_question("F26a", "a table that is told", REWRITE, nothing),
    on_question("F26b", "a line of 100 columns", REVIEW, long_line(100)),
    on_question("F26c", "a line with a name", REWRITE, put("The line called target stands at twelve.", "card")),
    on_question("F26c", "a blue-green release", DESIGN, more("A blue-green release is possible.", "card")),
    on_question("F26c", "no exhibit at all", REWRITE, drop("exhibits"), drop("reveals")),
    on_question("F26d", "code whose parts are laid out", REVIEW, nothing),
    on_question("F26d", "code of which a name is said", REVIEW,
                more("The function ask comes last.", "exhibits", 0, "text_alternative")),
    on_question("F26d", "a table that is read out", TABLE, nothing),
    on_question("F27", "an exercise of an hour", EXERCISE, put(48, "minutes", "answer")),
)  # fmt: skip
