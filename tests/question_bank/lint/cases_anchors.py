"""Fixtures of the rules on signals, anchors and red flags."""

from __future__ import annotations

from tests.rubrics.test_load import put

from .cases import NIGHT, REWRITE, STORY, WEEKS, Case, edited, more, nothing, on_question, signal, swap

ANCHORS = edited(REWRITE)["anchors"]
TWO, THREE, FOUR = (ANCHORS[f"level_{level}"] for level in (2, 3, 4))
OWN = THREE.partition("and ")[2]


def anchor(level: int, text: str):
    return put(text, "anchors", f"level_{level}")


def says(text: str, by: str):
    """The text in place of `by` in anchor 4."""
    assert by in FOUR
    return anchor(4, FOUR.replace(by, text))


SAME = (
    "shows that 13.6 ms remains after the rewrite, so it misses twelve; chooses loop and fetch with about 10 to "
    "11 ms as the expected total; keeps native code for one part, on evidence"
)
NOT = (
    "never shows that 13.6 ms remains after the rewrite, so it misses twelve; chooses loop and fetch with about "
    "10 to 11 ms as the expected total; keeps native code for one part, on evidence"
)
JUNIOR = "A junior with an AI assistant also says this."

BAD = (
    on_question("A15a", "nothing said and nothing done", REWRITE,
                anchor(1, "No number of the table at all, no sum and no order; only a belief about one language or the "
                          "other, and hardware.")),
    on_question("A15b", "praise in an anchor", REWRITE, says("with a solid date", "with a date")),
    on_question("A15b", "a slogan in a signal", REWRITE,
                signal("d", "listen_for", "Follows best practices for percentiles, load and the tail.")),
    on_question("A15b", "a word on the person", REWRITE, says("led by the passionate engineer", "led by the engineer")),
    on_question("A16a", "an anchor that stands alone", REWRITE,
                anchor(4, FOUR.replace("As level 3, and c", "C"))),
    on_question("A16b", "the same in other numbers", REWRITE,
                anchor(2, f"{SAME[0].upper()}{SAME[1:]}, when led there. {JUNIOR}"),
                anchor(3, f"As level 2, and {SAME}, unaided and with a date of its own.")),
    on_question("A16c", "the level above with a not", REWRITE,
                anchor(2, f"{NOT[0].upper()}{NOT[1:]}. {JUNIOR}"), anchor(3, f"As level 2, and {SAME}.")),
    on_question("A17a", "a must that anchor 3 forgets", REWRITE,
                anchor(3, "As level 2, and draws the way of one call from the client to the answer and back, names "
                          "who waits for whom, and shows on the page how much of it is left for others.")),
    on_question("A17a", "a signal that anchor 4 forgets", REWRITE,
                says("keeps a friendly tone on all days", "states with numbers what would make the rewrite right")),
    on_question("A17b", "a clause that no signal listens for", REWRITE,
                anchor(4, f"{FOUR.rstrip('. ')}; draws the wiring between kitchen, garage and cellar.")),
    on_question("A18", "often", REWRITE, says("with a date, often with a stop rule", "with a date and a stop rule")),
    on_question("A18", "etc.", REWRITE, says("review, be on call etc.", "review and be on call")),
    on_question("A19", "nothing of a junior", REWRITE,
                anchor(2, TWO.replace("A junior with an AI assistant", "Somebody in a hurry"))),
    on_question("A20", "nerves", REWRITE, put("Seems nervous when the page is pointed at", "red_flags", 0, "flag")),
    on_question("A20", "a gap between jobs", REWRITE, put("There is a career gap in it.", "red_flags", 1, "reason")),
    on_question("A21a", "eleven words", REWRITE, anchor(1, "Says yes or no by belief; uses no number of it."),
                anchor(2, f"Says that one profiles first, and works out no total. {JUNIOR} It stays a list."),
                anchor(3, "As level 2, and shows that 13.6 remains; chooses loop and fetch and expects 10.6."),
                anchor(4, "As level 3, and counts the cost of a second language; makes it a dated experiment; "
                          "states what would make it right.")),
    on_question("A21b", "16 words, and more than twice as many", REWRITE,
                anchor(1, "Says yes or no by belief about the language. Uses no number of the table at all.")),
    on_question("A22", "a decoy that is the thing itself", REWRITE,
                signal("e", "decoy", '"Threads, processes and the interpreter\'s lock decide how many requests run."')),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_question("A15a", "somebody who counts", REWRITE,
                anchor(1, "Counts nothing in the table and has a belief about one language, yes or no, that does "
                          "not change.")),
    on_question("A15b", "praise in a candidate's mouth", REWRITE,
                signal("d", "listen_for", 'Says "a good average is not a good tail", asks for percentiles and load, '
                                          "and sees that a cache leaves its misses slow.")),
    on_question("A15b", "a good score of a model", NIGHT,
                more("They tell a good score from luck.", "signals", 0, "listen_for")),
    on_question("A15b", "a deep queue", NIGHT, more("A deep queue shows it.", "signals", 0, "listen_for")),
    on_question("A16a", "anchors that build on each other", REWRITE, nothing),
    on_question("A16b", "neighbours about the same table", WEEKS, nothing),
    on_question("A16c", "a not in one of two different anchors", REWRITE,
                anchor(1, "Does not use the table. Says yes or no by belief about the language, and proposes "
                          "hardware when asked.")),
    on_question("A17a", "a must in other words", REWRITE,
                anchor(3, THREE.replace("shows that 13.6 ms (or 14.5) remains after the rewrite", "adds fetch and model"))),
    on_question("A17b", "a clause that a signal listens for", REWRITE,
                anchor(4, f"{FOUR.rstrip('. ')}; hiring for the second language included.")),
    on_question("A18", "how often", REWRITE, says("with a date, how often it is judged and a stop rule",
                                                  "with a date and a stop rule")),
    on_question("A19", "a junior with an AI assistant", STORY, nothing),
    on_question("A20", "a statement", REWRITE, put("Says that a profile is not needed", "red_flags", 0, "flag")),
    on_question("A20", "a defensive check in the code", REWRITE,
                put("Removes every defensive check from the code", "red_flags", 0, "flag")),
    on_question("A21a", "fifteen words", REWRITE,
                anchor(1, "Says yes or no by belief about the language; uses no number that is there.")
                , anchor(3, f"As level 2, and {OWN.partition(';')[0]}; chooses loop and fetch."),
                anchor(2, f"Says that one profiles first, and works out no total alone. {JUNIOR} It stays a list."),
                anchor(4, FOUR.replace("build, review and be on call for", "own"))),
    on_question("A21b", "as long as its neighbours", REWRITE, nothing),
    on_question("A22", "a decoy about the same thing", REWRITE,
                signal("e", "decoy", '"The lock makes one request slow, so more threads cure it."')),
    on_question("A22", "no decoy at level 2", REWRITE, signal("e", "decoy", None)),
    on_question("A22", "another red flag", REWRITE, swap(lambda held: held[:1], "red_flags")),
)  # fmt: skip
