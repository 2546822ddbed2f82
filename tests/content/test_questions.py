"""The questions: each file is a case of its own, for each property it has to have."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from question_bank import BANK, Question, load_bank
from rubrics import LEVELS, load_rubrics
from rubrics.files import content_files, read_model

FOLDER = BANK / "questions"
PATHS = list(content_files(FOLDER))
SPOKEN_BRIEFLY = ("behavioural", "situational")
CONFIDENTIAL = "Leave out anything confidential; change names and numbers if you like."


@pytest.fixture(params=PATHS, ids=lambda path: path.relative_to(FOLDER).as_posix())
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def question(path: Path) -> Question:
    return read_model(path, BANK, Question)


def words(text: str) -> int:
    return len(text.split())


def test_it_lies_in_its_competencys_folder(path: Path, question: Question) -> None:
    assert path.parent == FOLDER / question.competency


def test_its_id_begins_as_its_competency_does(question: Question) -> None:
    code = load_rubrics().by_id[question.competency].code
    assert question.id.partition("-")[0] in (code, question.subskill.rstrip("0123456789"))


def test_its_subskill_belongs_to_its_competency(question: Question) -> None:
    competency = load_rubrics().by_id[question.competency]
    assert question.subskill in {subskill.id for subskill in competency.subskills}


def test_its_family_is_its_own() -> None:
    families = [question.family for question in load_bank().questions]
    assert sorted(set(families)) == sorted(families)


def test_the_prompt_is_short_enough_to_be_read_aloud(question: Question) -> None:
    assert words(question.prompt) <= (75 if question.kind in SPOKEN_BRIEFLY else 110)


def test_a_question_about_the_past_asks_for_nothing_confidential(question: Question) -> None:
    if question.kind == "behavioural":
        assert question.prompt.endswith(CONFIDENTIAL)


def test_what_the_interviewer_reads_beforehand_is_short(question: Question) -> None:
    assert words(question.for_you) <= 120


def test_every_anchor_has_15_to_60_words(question: Question) -> None:
    lengths = {level: words(question.anchors[level]) for level in LEVELS}
    assert all(15 <= length <= 60 for length in lengths.values()), lengths


def test_length_of_an_anchor_does_not_betray_its_level(question: Question) -> None:
    lengths = [words(question.anchors[level]) for level in LEVELS]
    assert max(lengths) / min(lengths) < 2.5, lengths


def test_anchors_build_on_each_other(question: Question) -> None:
    assert question.anchors[3].startswith("As level 2, and ")
    assert question.anchors[4].startswith("As level 3, and ")
    assert "junior with an AI assistant" in question.anchors[2]


def test_signals_fit_their_buttons(question: Question) -> None:
    long = {signal.id: signal.label for signal in question.signals if len(signal.label) > 60}
    assert long == {}


def test_signals_of_level_3_and_4_can_be_told_from_their_decoys(question: Question) -> None:
    """A lay person needs the plain meaning, what only sounds right, and a question to tell them apart."""
    for signal in question.signals:
        if signal.level >= 3:
            assert signal.plain_meaning, signal.id
            assert signal.decoy, signal.id
            assert signal.check_question, signal.id


def test_signal_labels_differ(question: Question) -> None:
    labels = [signal.label for signal in question.signals]
    assert len(set(labels)) == len(labels)


def test_no_probe_gives_away_a_signal_of_level_4(question: Question) -> None:
    for signal in question.signals:
        if signal.level == 4:
            assert not [
                probe.ask for probe in question.probes if signal.label.casefold() in probe.ask.casefold()
            ]


def test_three_practice_samples_of_three_levels(question: Question) -> None:
    levels = [sample.level for sample in question.practice]
    assert len(levels) >= 3
    assert len(set(levels)) >= 3, levels


def test_a_practice_sample_full_of_words_stays_at_level_2_or_below(question: Question) -> None:
    assert min(sample.level for sample in question.practice) <= 2


def test_practice_answers_have_50_to_120_words(question: Question) -> None:
    lengths = [words(sample.answer) for sample in question.practice]
    assert all(50 <= length <= 120 for length in lengths), lengths


def test_code_is_python(question: Question) -> None:
    for exhibit in question.exhibits:
        if exhibit.code is not None:
            ast.parse(exhibit.code, filename=exhibit.id)


def test_what_is_reviewed_is_code_of_25_to_60_lines_or_a_numbered_note(question: Question) -> None:
    if question.kind == "review":
        lengths = [len(e.code.splitlines()) for e in question.exhibits if e.code is not None]
        notes = [e.text for e in question.exhibits if e.text is not None and e.text.startswith("1  ")]
        assert lengths or notes
        assert all(25 <= length <= 60 for length in lengths), lengths


def test_defects_stand_in_lines_that_hold_code(question: Question) -> None:
    code = [e.code for e in question.exhibits if e.code is not None and e.when == "start"]
    if not question.defects or len(code) != 1:
        return
    lines = code[0].splitlines()
    empty = [(d.id, n) for d in question.defects for n in d.lines if not lines[n - 1].strip()]
    assert empty == []


def test_facts_have_a_source_and_a_date_that_is_past(question: Question) -> None:
    for fact in question.facts:
        assert words(fact.source) >= 2, fact.claim
        assert fact.checked_on <= dt.date.today(), fact.claim


def test_a_source_of_an_owasp_entry_names_its_year(question: Question) -> None:
    text = question.model_dump_json()
    assert re.findall(r"\bLLM\d\d\b(?!:20\d\d)", text) == []


def test_every_glossary_key_stands_in_the_question_once(question: Question) -> None:
    assert len(set(question.glossary)) == len(question.glossary)
    assert set(question.glossary) <= set(load_bank().terms)


def test_exhibits_can_be_heard_as_well_as_seen(question: Question) -> None:
    for exhibit in question.exhibits:
        assert words(exhibit.text_alternative) >= 8, exhibit.id
