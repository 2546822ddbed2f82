"""Questions that were read before, so that an unchanged file is not parsed again.

Parsing YAML takes some fifteen times as long as everything else that reading a question needs. Within a process,
a file with the same bytes gives the same question. Of a large bank the questions are also kept as JSON in the
platform's folder for the user's caches, for the next start: an entry holds under the digest of
the file's bytes and of the code that reads it, and is validated like any other. Losing the file costs time only.
"""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path
from pydantic import ValidationError

import rubrics.files
import rubrics.model
from rubrics.files import model_in

from . import model
from .model import Question

# From so many questions on, the next start shall find them.
LARGE = 500
# Writing is worth it where one question in so many had to be parsed.
WORTH = 20
# By the digest of the file's bytes; gone with the last bank that holds the question.
_alive: weakref.WeakValueDictionary[str, Question] = weakref.WeakValueDictionary()


class Entry(NamedTuple):
    """A question of an earlier process: the digest of its file, its words for searching, itself."""

    digest: bytes
    spoken: bytes
    json: bytes


class Kept:
    """Questions by the digest of their file: of this process, and of an earlier one."""

    def __init__(self, path: Path):
        self._path = path
        self._earlier = _entries(path)
        # Read on the way to another one.
        self._passed: dict[bytes, Entry] = {}
        self._used: dict[str, Question] = {}
        self._parsed = 0

    def question(self, data: bytes, name: str) -> Question:
        """The question in the bytes of the file `name`; `ContentError` lists every key that is wrong."""
        digest = hashlib.sha256(data).hexdigest()
        found = _alive.get(digest) or self._from_earlier(digest)
        if found is None:
            found = model_in(data, name, Question)
            self._parsed += 1
        self._used[digest] = _alive[digest] = found
        return found

    def _from_earlier(self, digest: str) -> Question | None:
        entry = self._entry(digest.encode())
        if entry is None:
            return None
        try:
            question = Question.model_validate_json(entry.json)
        except ValidationError:
            return None
        question.__dict__["spoken"] = entry.spoken
        return question

    def _entry(self, digest: bytes) -> Entry | None:
        """The entry of this digest. Entries lie in the order in which their files are asked for, but for edits."""
        if digest in self._passed:
            return self._passed.pop(digest)
        for entry in self._earlier:
            if entry.digest == digest:
                return entry
            self._passed[entry.digest] = entry
        return None

    def save(self) -> None:
        """Keep what was used for the next start, where that is worth it; a folder that refuses it is let be."""
        if len(self._used) >= LARGE and self._parsed * WORTH >= len(self._used):
            with suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._write()

    def _write(self) -> None:
        handle, name = tempfile.mkstemp(dir=self._path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_reader() + b"\n")
                file.writelines(_line(digest, question) for digest, question in self._used.items())
            os.replace(name, self._path)
        except OSError:
            os.unlink(name)
            raise


@contextmanager
def kept(folder: Path) -> Iterator[Kept]:
    """What was kept of the bank in this folder; saved at the end."""
    before = Kept(cache_file(folder))
    yield before
    before.save()


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Search for no garbage meanwhile: thousands of questions are made, and each search would look through all.

    Those of a large bank live as long as the process; the first time, they are left out of later searches, which
    would else stop the app for half a second each.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if len(_alive) >= LARGE and not gc.get_freeze_count():
            gc.freeze()
        if searched:
            gc.enable()


def cache_file(folder: Path) -> Path:
    """Where the questions of the bank in this folder are kept."""
    root = user_cache_path("interview-kit", appauthor=False)
    return root / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.jsonl"


def _line(digest: str, question: Question) -> bytes:
    words = question.spoken.replace(b"\n", b" ")
    return b"\t".join((digest.encode(), words, question.model_dump_json().encode())) + b"\n"


def _entries(path: Path) -> Iterator[Entry]:
    """What is kept in the file; nothing where it is missing, broken or made by other code."""
    with suppress(OSError, ValueError), path.open("rb") as file:
        if next(file, b"").rstrip(b"\n") != _reader():
            return
        for line in file:
            digest, words, text = line.split(b"\t")
            yield Entry(digest, words.replace(b" ", b"\n"), text)


@cache
def _reader() -> bytes:
    """The digest of the code that makes a question of a file."""
    sources = (rubrics.files.__file__, rubrics.model.__file__, model.__file__)
    return hashlib.sha256(b"".join(Path(source).read_bytes() for source in sources)).hexdigest().encode()
