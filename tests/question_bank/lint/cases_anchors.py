"""Fixtures of the rules on signals, anchors and red flags."""

from __future__ import annotations

from tests.rubrics.test_load import put

from .cases import NIGHT, REWRITE, STORY, WEEKS, Case, edited, more, nothing, on_question, signal, swap

ANCHORS = edited(REWRITE)["anchors"]
TEN = "Says how many requests stay slow behind the average"


def own(level: int) -> str:
    """The text of one level."""
    return " ".join(clause["says"] for clause in ANCHORS[f"level_{level}"])


def anchor(level: int, *texts: str):
    """An edit that has the clauses of a level say this, and stand for what they stood for."""

    def edit(data) -> None:
        clauses = data["anchors"][f"level_{level}"]
        for clause, text in zip(clauses, texts, strict=True):
            clause["says"] = text

    return edit


def says(text: str):
    """An edit of the last clause of anchor 4."""
    return put(text, "anchors", "level_4", 2, "says")


SAME = "Shows from the profile that 13.6 ms is left, and reaches a total under twelve with features no older than allowed."
NOT = "Never shows from the profile that 13.6 ms is left, and reaches no total under twelve with features of no age allowed."
ASSISTANT = "An assistant also says this."

TWO_CLAUSES = ("Asks for a profile before deciding.", "Knows what the lock decides.")

BAD = (
    on_question("A15a", "nothing said and nothing done", REWRITE,
                anchor(1, "No number of the table at all, no sum and no order; only a belief about one language or the "
                          "other, and hardware.")),
    on_question("A15b", "praise in an anchor", REWRITE, says("Sees with a solid sum how many requests stay slow.")),
    on_question("A15b", "a slogan in a signal", REWRITE,
                signal("d", "listen_for", "Follows best practices for trials, dates and totals.")),
    on_question("A15b", "a word on the person", REWRITE, says("Sees as a passionate engineer how many stay slow.")),
    on_question("A16b", "the same in other numbers", REWRITE,
                anchor(2, SAME, "Asks for no more.", ASSISTANT), anchor(3, SAME, "Asks for no more, unaided.")),
    on_question("A16c", "the level below with a not", REWRITE,
                anchor(2, NOT, "Asks.", ASSISTANT), anchor(3, SAME, "Asks. An assistant also says this.")),
    on_question("A18", "often", REWRITE, says("Sees how many requests often stay slow behind the average, and how slow.")),
    on_question("A18", "etc.", REWRITE, says("Sees how many requests, jobs etc. stay slow behind the average.")),
    on_question("A19", "nothing of an assistant", REWRITE,
                anchor(2, *TWO_CLAUSES, 'People in a hurry also say "vectorize, cache, native code", without a total.')),
    on_question("A20", "nerves", REWRITE, put("Seems nervous when the page is pointed at", "red_flags", 0, "flag")),
    on_question("A20", "a gap between jobs", REWRITE, put("There is a career gap in it.", "red_flags", 1, "reason")),
    on_question("A21a", "eleven words", REWRITE, anchor(1, "Says yes or no by belief; uses no number of it."),
                anchor(2, "Asks for a profile.", "Knows the lock.", ASSISTANT),
                anchor(3, "Shows that 13.6 is left.", "Reaches a total under twelve with features young enough."),
                anchor(4, "Prices the language.", "Says when it is right.", "Sees how many requests stay slow.")),
    on_question("A21b", "16 words, and more than twice as many", REWRITE,
                anchor(1, "Says yes or no by belief about the language. Uses no number of the table at all.")),
    on_question("A22", "a decoy that is the thing itself", REWRITE,
                signal("f", "decoy", '"Asks who knows it, one of six on call, and what waits during six weeks."')),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_question("A15a", "somebody who counts", REWRITE,
                anchor(1, "Counts nothing in the table and has a belief about one language, yes or no, that does "
                          "not change.")),
    on_question("A15b", "praise in a candidate's mouth", REWRITE,
                signal("d", "listen_for", 'Says "a good average is not a good tail", and names a date and a total.')),
    on_question("A15b", "a good score of a model", NIGHT,
                more("They tell a good score from luck.", "signals", 0, "listen_for")),
    on_question("A15b", "a deep queue", NIGHT, more("A deep queue shows it.", "signals", 0, "listen_for")),
    on_question("A16b", "neighbours about the same table", WEEKS, nothing),
    on_question("A16c", "a not in one of two different anchors", REWRITE,
                anchor(1, "Does not use the table. Says yes or no by belief about the language, and proposes "
                          "hardware when asked.")),
    on_question("A18", "how often", REWRITE, says("Says how often requests stay slow behind the average, and how slow.")),
    on_question("A19", "what an assistant also says", STORY, nothing),
    on_question("A20", "a statement", REWRITE, put("Says that a profile is not needed", "red_flags", 0, "flag")),
    on_question("A20", "a defensive check in the code", REWRITE,
                put("Removes every defensive check from the code", "red_flags", 0, "flag")),
    on_question("A21a", "fifteen words and more", REWRITE, nothing),
    on_question("A21b", "as long as its neighbours", REWRITE, nothing),
    on_question("A22", "a decoy about the same thing", REWRITE,
                signal("e", "decoy", '"The lock makes one request slow, so more threads cure it."')),
    on_question("A22", "no decoy at level 2", REWRITE, signal("e", "decoy", None)),
    on_question("A22", "another red flag", REWRITE, swap(lambda held: held[:1], "red_flags")),
)  # fmt: skip
