"""Content that may be edited while the app runs: the newest good version, and what is wrong with the files now."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from rubrics import LIBRARY, ContentError, Problem, load_rubrics
from rubrics.files import is_content

from .load import BANK, load_bank
from .model import Bank

CHECK_SECONDS = 2.0


class Content(NamedTuple):
    """The last good bank, and the faults of the files as they lie on the disk now."""

    bank: Bank
    problems: tuple[Problem, ...]


class LiveBank:
    """Reads the folders again when a file in them changed. Safe to ask from many threads."""

    def __init__(self, bank_folder: Path | None = None, rubrics_folder: Path | None = None):
        self._bank_folder = bank_folder or BANK
        self._rubrics_folder = rubrics_folder or LIBRARY
        self._lock = threading.Lock()
        self._seen: object = None
        self._content: Content | None = None
        self._checked = 0.0

    def current(self) -> Content:
        """The content as of now. Where a private folder was never good, the shipped bank stands in."""
        with self._lock:
            if self._content is None or time.monotonic() - self._checked > CHECK_SECONDS:
                self._refresh()
            assert self._content is not None
            return self._content

    def _refresh(self) -> None:
        seen = [found for folder in (self._bank_folder, self._rubrics_folder) for found in _stamps(folder)]
        if seen != self._seen:
            self._content = self._read()
            self._seen = seen
        self._checked = time.monotonic()

    def _read(self) -> Content:
        try:
            return Content(load_bank(self._bank_folder, load_rubrics(self._rubrics_folder)), ())
        except ContentError as error:
            last_good = self._content.bank if self._content else load_bank()
            return Content(last_good, tuple(error.problems))


def _stamps(folder: str | Path) -> list[tuple[str, int, int]]:
    """Path, time of change and size of every content file below the folder, in order; what cannot be read is left out."""
    found: list[tuple[str, int, int]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found += _stamps(entry.path)
            elif is_content(entry.name):
                with suppress(OSError):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_mtime_ns, stat.st_size))
    return sorted(found)
