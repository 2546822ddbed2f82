"""The schema file that editors read while somebody writes a question."""

import json

import jsonschema
import pytest

from question_bank import BANK, Question
from question_bank.schema import SCHEMA
from rubrics.files import content_files, mapping_in
from rubrics.schema import schema_text, write_schema

PATHS = list(content_files(BANK / "questions"))


def as_json(path):
    """The file as a JSON reader sees it: a date is text there."""
    return json.loads(json.dumps(mapping_in(path.read_bytes(), path.name), default=str))


def test_the_file_is_current() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(Question), "run python -m question_bank.schema"


def test_writing_it_twice_gives_the_same_bytes(tmp_path) -> None:
    for name in ("one.json", "two.json"):
        write_schema(Question, tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes() == SCHEMA.read_bytes()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_question_fits_it(path) -> None:
    jsonschema.validate(as_json(path), json.loads(SCHEMA.read_text("utf-8")))


def test_a_key_that_nobody_knows_does_not_fit_it() -> None:
    question = as_json(PATHS[0]) | {"colour": "blue"}
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(question, json.loads(SCHEMA.read_text("utf-8")))
