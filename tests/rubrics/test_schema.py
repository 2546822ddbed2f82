"""The schema file that editors read while somebody writes a rubric."""

import json

import jsonschema
import pytest

from rubrics import LIBRARY, Competency
from rubrics.files import content_files, mapping_in
from rubrics.schema import SCHEMA, schema_text, write_schema

PATHS = [path for path in content_files(LIBRARY) if path.name != "scale.yaml"]


def test_the_file_is_current() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(Competency), "run python -m rubrics.schema"


def test_writing_it_twice_gives_the_same_bytes(tmp_path) -> None:
    for name in ("one.json", "two.json"):
        write_schema(Competency, tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes() == SCHEMA.read_bytes()


def test_it_refuses_keys_that_nobody_knows() -> None:
    assert json.loads(SCHEMA.read_text("utf-8"))["additionalProperties"] is False


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_rubric_fits_it(path) -> None:
    jsonschema.validate(mapping_in(path.read_bytes(), path.name), json.loads(SCHEMA.read_text("utf-8")))
