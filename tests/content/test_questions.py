"""The questions: each file is a case of its own, for each property it has to have."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from question_bank import BANK, Question, load_bank, propose_level
from question_bank.opening import opening_text
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


def test_questions_of_one_family_have_second_halves_of_their_own() -> None:
    """They may share an opening's idea; what is asked for, and what happens next, differs."""
    by_family: dict[str, list[Question]] = {}
    for question in load_bank().questions:
        by_family.setdefault(question.family, []).append(question)
    for family, found in by_family.items():
        said = [turn.say for question in found for turn in question.turns]
        given = [number.give for question in found for number in question.numbers]
        assert len(set(said)) == len(said), family
        assert len(set(given)) == len(given), family


def test_the_prompt_is_short_enough_to_be_read_aloud(question: Question) -> None:
    assert words(question.prompt) <= (75 if question.kind in SPOKEN_BRIEFLY else 110)


def test_a_question_about_the_past_asks_for_nothing_confidential(question: Question) -> None:
    if question.kind == "behavioural":
        assert question.prompt.endswith(CONFIDENTIAL)


def test_what_the_interviewer_reads_beforehand_is_short(question: Question) -> None:
    assert words(question.for_you) <= 120


def test_every_anchor_has_15_to_70_words(question: Question) -> None:
    lengths = {level: words(question.anchors.own(level)) for level in LEVELS}
    assert all(15 <= length <= 70 for length in lengths.values()), lengths


def test_length_of_an_anchor_does_not_betray_its_level(question: Question) -> None:
    lengths = [words(question.anchors.own(level)) for level in LEVELS]
    assert max(lengths) / min(lengths) < 2.5, lengths


def test_level_3_is_the_musts_and_level_4_what_lies_beyond(question: Question) -> None:
    musts = {signal.id for signal in question.signals if signal.must and signal.level == 3}
    assert question.anchors.signals(3) == musts
    assert question.anchors.signals(4) == {signal.id for signal in question.signals if signal.level == 4}
    assert question.anchors[4].startswith("Level 3, and ")
    assert "assistant" in question.anchors[2]


def test_every_way_and_route_leads_where_it_says(question: Question) -> None:
    for route in question.routes:
        assert propose_level(question, route.earns).level == route.level, route.id
    for signal in question.signals:
        others = {must for must in question.musts if must != signal.id}
        if signal.must:
            assert propose_level(question, others).level < 3, signal.id
            assert propose_level(question, {*others, signal.id}).level == 3, signal.id


def test_the_second_half_is_not_on_the_card(question: Question) -> None:
    """No turn, limit, trace or number to be asked for stands in what a candidate sees at the start."""
    card = opening_text(question)
    said = [turn.say for turn in question.turns] + [number.give for number in question.numbers]
    said += [one.ask for one in (question.limit, question.trace) if one]
    assert [words for words in said if words in card] == []


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


def test_asking_for_a_fact_earns_no_signal(question: Question) -> None:
    """What counts before says what asking is worth; it does not read as if one question were enough."""
    for signal in question.signals:
        before = " ".join((signal.before_asked or "").split())
        assert not re.match(r"They (ask|say)\b|Counts if\b", before), signal.id


def test_signal_labels_differ(question: Question) -> None:
    labels = [signal.label for signal in question.signals]
    assert len(set(labels)) == len(labels)


def test_no_probe_gives_away_a_signal_of_level_4(question: Question) -> None:
    for signal in question.signals:
        if signal.level == 4:
            assert not [
                probe.ask for probe in question.probes if signal.label.casefold() in probe.ask.casefold()
            ]


def test_practice_samples_show_every_level_and_two_ways_to_3(question: Question) -> None:
    levels = [sample.level for sample in question.practice]
    assert len(levels) >= 5
    assert set(levels) == {1, 2, 3, 4}
    assert len({sample.ways for sample in question.practice if sample.level == 3}) >= 2


def test_practice_answers_have_50_to_160_words(question: Question) -> None:
    lengths = [words(sample.answer) for sample in question.practice if sample.source == "written"]
    assert all(50 <= length <= 160 for length in lengths), lengths


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


def test_any_yaml_reader_reads_the_file(path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    assert Question.model_validate(told).id == told["id"]
