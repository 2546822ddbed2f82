"""Reading content files strictly: one YAML mapping a file, every fault named with its place and its cure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

MAX_BYTES = 512 * 1024
MAX_DEPTH = 20
# A longer word is text: numbers in sixties of any length take seconds each, and no size of theirs means anything.
LONGEST_NUMBER = 64

# How the name of a content file ends.
ENDINGS = (".yaml", ".yml")
# What editors and merges leave next to a file; it is not meant to be read.
LEFT_BEHIND = ("~", ".swp", ".bak", ".orig", ".rej", ".tmp")

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


class _Open:
    """A list or mapping whose end has not been read yet."""

    __slots__ = ("key", "value", "waits")

    def __init__(self, value: list[Any] | dict[Any, Any]):
        self.value = value
        self.key: Any = None
        # Whether a key was read and its value has not been.
        self.waits = False

    def put(self, value: Any, mark: Any) -> None:
        """Take the next item, key or value."""
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.waits:
            self.value[self.key] = value
            self.waits = False
        else:
            self.key, self.waits = self._new_key(value, mark), True

    def _new_key(self, key: Any, mark: Any) -> str | int:
        if not isinstance(key, str | int):
            raise _marked("a key that is no word", mark)
        if key in self.value:
            raise _marked(f"the key '{key}' stands twice", mark)
        return key


def _load(text: str) -> Any:
    """The value in one YAML text, in one pass over its events.

    Aliases can grow without end and deep nesting can end the process: neither is taken, nor are tags, keys that
    stand twice and a second document.
    """
    loader = yaml.CSafeLoader(text)
    try:
        return _built(iter(loader.get_event, None))
    finally:
        loader.dispose()


def _built(events: Iterator[Any]) -> Any:
    root = _Open([])
    opened = [root]
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _refuse_tag(event)
            value = _plain(event.value) if event.implicit[0] else event.value
            opened[-1].put(value, event.start_mark)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_tag(event)
            if len(opened) > MAX_DEPTH:
                raise _marked("nested too deep", event.start_mark)
            inner = _Open({} if kind is yaml.MappingStartEvent else [])
            opened[-1].put(inner.value, event.start_mark)
            opened.append(inner)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            opened.pop()
        elif kind is yaml.AliasEvent:
            raise _marked("an alias (*name)", event.start_mark)
        elif kind is yaml.DocumentStartEvent and root.value:
            raise _marked("a second document", event.start_mark)
        elif kind is yaml.StreamEndEvent:
            break
    return root.value[0] if root.value else None


def _refuse_tag(event: Any) -> None:
    if event.tag is not None:
        raise _marked(f"a tag ({event.tag})", event.start_mark)


def _plain(text: str) -> Any:
    """What a word without quotes stands for: text, a number, a date, true, false or nothing."""
    tag = _TEXT if len(text) > LONGEST_NUMBER else _tag(text)
    if tag == _TEXT:
        return text
    return yaml.constructor.SafeConstructor().construct_object(yaml.ScalarNode(tag, text))


@lru_cache(maxsize=20_000)
def _tag(text: str) -> Any:
    return _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]


_RESOLVER, _TEXT = yaml.resolver.Resolver(), "tag:yaml.org,2002:str"


def is_content(name: str) -> bool:
    """Whether a file of this name is read: YAML by its ending, in capitals or not."""
    return name.casefold().endswith(ENDINGS)


def content_files(folder: Path) -> Iterator[Path]:
    """The folder's content files in a fixed order, whatever order the disk has."""
    yield from sorted(path for path in folder.rglob("*") if is_content(path.name))


def own_file(folder: Path, stem: str) -> Path:
    """The one file of this name, however its ending is written; `<stem>.yaml` where there is none."""
    usual = folder / f"{stem}.yaml"
    if usual.exists() or not folder.is_dir():
        return usual
    found = sorted(path for path in folder.iterdir() if is_content(path.name) and _stem(path) == stem)
    return found[0] if found else usual


def overlooked(folder: Path, root: Path) -> Iterator[Problem]:
    """Files that were surely meant as content and are not read: a second ending, or another language than YAML."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.name.casefold()
        looks = name.endswith(".json") or any(f"{ending}." in name for ending in ENDINGS)
        if looks and not is_content(name) and not name.startswith(".") and not name.endswith(LEFT_BEHIND):
            yield Problem(
                shown_path(path, root), "", "the file is not read", "end its name in .yaml, or move it away"
            )


def _stem(path: Path) -> str:
    return path.stem.casefold()


def read_bytes(path: Path, folder: Path) -> bytes:
    """What a file below `folder` holds; `ContentError` where it is too large, a link out, or unreadable."""
    name = shown_path(path, folder)
    if not _inside(path, folder, name):
        raise _refused(
            name, "the file lies outside the content folder", "copy it in; links out are not followed"
        )
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise _refused(
            name, f"it cannot be read ({error.strerror})", "check that it exists and its permissions"
        ) from error
    raise _refused(
        name, f"the file has {size:,} bytes", f"keep one file under {MAX_BYTES:,}; split it or link to it"
    )


def _inside(path: Path, folder: Path, name: str) -> bool:
    """Whether a file found below the folder lies there; asked of the disk only where a link is on the way."""
    root = str(folder)
    step = root
    for part in name.split("/"):
        step = f"{step}/{part}"
        if os.path.islink(step):
            break
    else:
        return True
    root = os.path.realpath(folder)
    return os.path.realpath(path).startswith(root.rstrip(os.sep) + os.sep)


def mapping_in(data: bytes, name: str) -> dict[str, Any]:
    """The mapping in the bytes of the file `name`; `ContentError` where they are anything else."""
    try:
        value = _load(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _refused(name, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except (yaml.YAMLError, ValueError) as error:
        raise _refused(
            name, _yaml_fault(error), "mend the YAML there; aliases, tags and doubled keys are not taken"
        ) from error
    if not isinstance(value, dict):
        raise _refused(name, "it holds no mapping of keys", "start with 'id: …'")
    return value


def model_in(data: bytes, name: str, model: type[Model]) -> Model:
    """The bytes of the file `name` as a frozen `model`; `ContentError` lists every key that is wrong."""
    mapping = mapping_in(data, name)
    try:
        return model.model_validate(mapping)
    except ValidationError as error:
        raise ContentError(_problems(name, error)) from error


def read_model(path: Path, folder: Path, model: type[Model]) -> Model:
    """One file as a frozen `model`; `ContentError` lists every key that is wrong."""
    return model_in(read_bytes(path, folder), shown_path(path, folder), model)


def shown_path(path: Path, folder: Path) -> str:
    """The path as an author knows it: from the content folder on."""
    return path.as_posix().removeprefix(f"{folder.as_posix().rstrip('/')}/")


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
