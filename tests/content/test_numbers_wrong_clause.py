"""The logs and the counts of the question on a clause that belongs to somebody else."""

from __future__ import annotations

import hashlib

from question_bank.exhibits.wrong_clause import generate

from .material import printed_under, question

QUESTION = question("wrong-clause")
FOUND = generate.counted()


def test_tables_are_what_the_generator_gives() -> None:
    """Log, sources, marks, days, ways of counting and owners equal the regenerated ones, cell by cell."""
    assert QUESTION.exhibit("log").rows == generate.log_rows()
    assert QUESTION.exhibit("source").rows == generate.source_rows()
    assert QUESTION.exhibit("marks").rows == generate.index_rows()
    assert QUESTION.exhibit("days").rows == generate.day_rows()
    assert QUESTION.exhibit("ways").rows == generate.ways()
    assert QUESTION.exhibit("owners").rows == generate.owner_rows()


def test_the_card_holds_neither_key_nor_source_nor_owner() -> None:
    """What clears the cache and whose the passages are comes only when it is asked for."""
    shown = [e for e in QUESTION.exhibits if e.when == "start"]
    assert [e.id for e in shown] == ["log"]
    words = f"{QUESTION.prompt} {QUESTION.card} {shown[0].model_dump_json()}"
    assert not any(word in words for word in ("computed", "ebony:", "shared", "Alder", "import"))


def test_the_document_was_used_before_the_new_instructions() -> None:
    """Three answers of the morning of day 10 had 2243 in front of the model, and none came earlier."""
    held, found = generate.answers()
    used = [(a.day, a.hour) for a in found if 2243 in generate.foreign(held, a)]
    assert (min(used), len(used)) == ((10, 7), 10)
    assert sum(at < (10, 12) for at in used) == 3


def test_what_the_cache_still_holds_and_what_else_is_shared() -> None:
    """Nine answers of day 11, all computed; 90 files carry the mark, 30 of them rightly."""
    held, found = generate.answers()
    kept = [a for a in found if a.day == 11 and generate.foreign(held, a)]
    assert len(kept) == 9
    assert all(a.copied_from is None for a in kept)
    assert sum(d.tag == "shared" for d in held) == 90
    assert sum(d.owner == "all" for d in held) == 30
    shown = " ".join(r.show or "" for r in QUESTION.reveals)
    assert all(words in shown for words in ("Nine, all from this morning", "90 files", "30 are templates"))


def test_the_ground_truth_tells_the_counted_figures() -> None:
    """44 computed + 17 from the cache = 61 of 1,012; 18 customers; Alder in 60, Cedar in 46; 49 files; 22 quotes."""
    assert (FOUND.computed, FOUND.copied, FOUND.since_import, FOUND.customers) == (44, 17, 1012, 18)
    assert (FOUND.of_alder, FOUND.of_cedar, FOUND.documents_shown, FOUND.verbatim) == (60, 46, 49, 22)
    text = str(QUESTION.ground_truth)
    for figure in (
        "61 of 1,012",
        "18 of 24",
        "44 computed, 17",
        "60 of them",
        "46 text of Cedar",
        "49 of the 60",
    ):
        assert figure in text
    assert "22 the model repeated" in text
    assert "5 on day 9, 47 on day 10, 9 on day 11" in text
    assert sum(wrong for _, wrong in FOUND.per_day) == 61


def test_nothing_is_wrong_before_the_import() -> None:
    """Days 1 to 8 hold no passage of another customer, and on day 9 none before 18:00."""
    held, found = generate.answers()
    first = next(answer for answer in found if generate.foreign(held, answer))
    assert (first.day, first.hour) == (9, 18)


def test_the_cache_never_crosses_customers() -> None:
    """Each repeated answer was computed for the same customer on the same day."""
    _, found = generate.answers()
    repeats = [answer for answer in found if answer.copied_from is not None]
    assert repeats
    assert all(
        (found[a.copied_from].customer, found[a.copied_from].day) == (a.customer, a.day) for a in repeats
    )


def test_without_the_import_nothing_would_be_foreign() -> None:
    """Every foreign passage is one of the 60 files, 48 of Alder and 12 of Cedar."""
    held, found = generate.answers()
    wrong = {n for answer in found for n in generate.foreign(held, answer)}
    imported = {document.doc for document in held if document.day == generate.IMPORT_DAY}
    owners = [held[n].owner for n in sorted(imported)]
    assert wrong <= imported
    assert (owners.count("Alder"), owners.count("Cedar"), len(generate.CUSTOMERS)) == (48, 12, 24)


def test_alder_itself_reads_a_text_of_cedar() -> None:
    """One of the 18 readers is Alder."""
    held, found = generate.answers()
    readers = {answer.customer for answer in found if generate.foreign(held, answer)}
    assert {"Alder"} <= readers
    assert "Cedar" not in readers


def test_the_same_numbers_in_every_process() -> None:
    """Three hash seeds print the same tables."""
    outputs = {printed_under("wrong_clause", hash_seed) for hash_seed in "012"}
    assert len({hashlib.sha256(output.encode()).hexdigest() for output in outputs}) == 1
