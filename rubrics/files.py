"""Reading content files strictly: one YAML mapping a file, every fault named with its place and its cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

MAX_BYTES = 512 * 1024
MAX_DEPTH = 20

Model = TypeVar("Model", bound=BaseModel)


class Problem(NamedTuple):
    """One fault in the content: where it is, what is wrong, what to do."""

    file: str
    key: str
    message: str
    cure: str
    # The id of the rule, where it is another than the form of a file.
    rule: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.message} → {self.cure}"


class ContentError(Exception):
    """Everything that is wrong with a folder of content, all at once."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _marked(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML that refuses keys that stand twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int):
                raise _marked("a key that is no word", key_node.start_mark)
            if key in seen:
                raise _marked(f"the key '{key}' stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _load(text: str) -> Any:
    """The value in one YAML text. Aliases can grow without end and deep nesting can end the process: neither is taken."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _marked("an alias (*name)", event.start_mark)
        if (tag := getattr(event, "tag", None)) is not None:
            raise _marked(f"a tag ({tag})", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _marked("nested too deep", event.start_mark)
    return yaml.load(text, Loader=_StrictLoader)


def content_files(folder: Path, pattern: str = "*.yaml") -> Iterator[Path]:
    """The folder's content files in a fixed order, whatever order the disk has."""
    yield from sorted(folder.rglob(pattern))


def read_mapping(path: Path, folder: Path) -> dict[str, Any]:
    """The mapping in one YAML file below `folder`; `ContentError` where it is anything else."""
    name = shown_path(path, folder)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise _refused(
                name, "the file lies outside the content folder", "copy it in; links out are not followed"
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refused(
                name,
                f"the file has {size:,} bytes",
                f"keep one file under {MAX_BYTES:,}; split it or link to it",
            )
        value = _load(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise _refused(
            name, f"it cannot be read ({error.strerror})", "check that it exists and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        raise _refused(name, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except RuntimeError as error:  # a link to itself, before Python 3.13
        raise _refused(name, "it is a link to itself", "put the file in its place") from error
    except (yaml.YAMLError, ValueError) as error:
        raise _refused(
            name, _yaml_fault(error), "mend the YAML there; aliases, tags and doubled keys are not taken"
        ) from error
    if not isinstance(value, dict):
        raise _refused(name, "it holds no mapping of keys", "start with 'id: …'")
    return value


def read_model(path: Path, folder: Path, model: type[Model]) -> Model:
    """One file as a frozen `model`; `ContentError` lists every key that is wrong."""
    data = read_mapping(path, folder)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentError(_problems(shown_path(path, folder), error)) from error


def shown_path(path: Path, folder: Path) -> str:
    """The path as an author knows it: from the content folder on."""
    return path.relative_to(folder).as_posix()


def _refused(name: str, message: str, cure: str) -> ContentError:
    return ContentError([Problem(name, "", message, cure)])


def _yaml_fault(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark else ""
    return f"{place}{getattr(error, 'problem', None) or (error if type(error) is ValueError else 'not valid YAML')}"


_CURES = {
    "missing": "add the key",
    "extra_forbidden": "remove it, or correct its spelling",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "string_type": "write text; put it in quotes if it looks like a number",
    "bool_parsing": "write true or false",
    "list_type": "write a list, one '- item' a line",
    "tuple_type": "write a list, one '- item' a line",
    "dict_type": "write a mapping of keys",
    "literal_error": "use one of the values named",
    "enum": "use one of the values named",
    "string_too_short": "write the text",
    "string_too_long": "shorten it",
    "string_pattern_mismatch": "use the form named",
    "too_short": "add what is missing",
    "date_from_datetime_parsing": "write a date as YYYY-MM-DD",
}


def _problems(name: str, error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"])
        yield Problem(
            name,
            key,
            fault["msg"].removeprefix("Value error, "),
            _CURES.get(fault["type"], "correct the value"),
        )
