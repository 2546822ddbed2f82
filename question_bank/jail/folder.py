"""A copy of a folder that somebody handed in: plain files and folders only, in bounds, or a refusal in words."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from .limits import FolderLimits, RefusedError

BLOCK = 1 << 20


class Copy:
    """Copies entry by entry through open folders, so that a name that is swapped meanwhile leads nowhere else."""

    def __init__(self, folder: Path, limits: FolderLimits) -> None:
        self.folder, self.limits = folder, limits
        self.bytes = self.entries = 0

    def refuse(self, name: str, why: str) -> RefusedError:
        return RefusedError(f"{self.folder} holds {name!r}, {why}")

    def into(self, target: Path) -> None:
        top = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._folder(top, target, "", 1)
        finally:
            os.close(top)

    def _folder(self, opened: int, target: Path, within: str, depth: int) -> None:
        if depth > self.limits.depth:
            raise self.refuse(
                within[:80], f"which lies more than {self.limits.depth} folders deep; delete it"
            )
        for name in self._names(opened):
            path = f"{within}{name}"
            about = os.stat(name, dir_fd=opened, follow_symlinks=False)
            self._refuse_what_is_no_plain_file(path, about)
            if stat.S_ISDIR(about.st_mode):
                (target / name).mkdir()
                inner = self._open(name, path, opened, os.O_DIRECTORY)
                try:
                    self._folder(inner, target / name, f"{path}/", depth + 1)
                finally:
                    os.close(inner)
            else:
                self._file(name, path, opened, target / name)

    def _names(self, opened: int) -> Iterator[str]:
        """One after the other, so that a folder of millions of names is never listed whole."""
        with os.scandir(opened) as listed:
            for entry in listed:
                self.entries += 1
                if self.entries > self.limits.entries:
                    raise RefusedError(
                        f"{self.folder} holds more than {self.limits.entries:,} files and folders; "
                        "delete what the task does not ask for and check again"
                    )
                if not entry.name.isprintable():
                    raise self.refuse(
                        entry.name, "whose name has characters that cannot be printed; rename it"
                    )
                yield entry.name

    def _refuse_what_is_no_plain_file(self, path: str, about: os.stat_result) -> None:
        if stat.S_ISLNK(about.st_mode):
            raise RefusedError(
                f"{self.folder} holds a link, {path!r}; look where it leads, delete it, check again"
            )
        if stat.S_ISDIR(about.st_mode):
            return
        if not stat.S_ISREG(about.st_mode):
            raise self.refuse(path, "which is no file; delete it and check again")
        if about.st_nlink > 1:
            raise self.refuse(path, "which has a second name elsewhere (a hard link); replace it by a copy")

    def _open(self, name: str, path: str, opened: int, flags: int = 0) -> int:
        try:
            return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | flags, dir_fd=opened)
        except OSError as error:
            raise self.refuse(path, f"which cannot be opened: {error.strerror}") from error

    def _file(self, name: str, path: str, opened: int, target: Path) -> None:
        source = self._open(name, path, opened)
        with open(source, "rb") as file:
            about = os.fstat(source)
            # Looked at again: the name may have been given to something else meanwhile.
            self._refuse_what_is_no_plain_file(path, about)
            self._count(path, about.st_size)
            with open(target, "xb") as copy:
                left = about.st_size
                while left > 0 and (block := file.read(min(BLOCK, left))):
                    left -= len(block)
                    copy.write(block)

    def _count(self, path: str, size: int) -> None:
        self.bytes += size
        if self.bytes > self.limits.megabytes << 20:
            raise RefusedError(
                f"{self.folder} holds more than {self.limits.megabytes} MB ({path!r} has {size / 2**20:,.1f}); "
                "delete what the task does not ask for and check again"
            )


def copied(folder: Path, target: Path, limits: FolderLimits | None = None) -> None:
    """Copy a folder into an empty one. Links, pipes, devices, hard links and what is too much are refused."""
    try:
        Copy(folder, limits or FolderLimits()).into(target)
    except RecursionError:  # pragma: no cover - the depth is bounded
        raise RefusedError(f"{folder} is too deep") from None


def as_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
