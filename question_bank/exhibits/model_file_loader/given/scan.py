"""A scanner for pickle files. Part of the surroundings: leave it as it is; use it or not."""

import pickletools
from pathlib import Path

KNOWN_BAD = {"os", "posix", "nt", "subprocess", "sys", "builtins", "socket"}


class ScanError(Exception):
    """The file cannot be read as a pickle."""


class SuspiciousError(Exception):
    """The file names a module that is known to be abused."""


def check(path: Path) -> None:
    """Raise if the pickle names a module of KNOWN_BAD; the file is not loaded."""
    texts: list[str] = []
    try:
        for opcode, argument, _ in pickletools.genops(path.read_bytes()):
            if opcode.name == "GLOBAL":
                texts += str(argument).split()
            elif isinstance(argument, str):
                texts.append(argument)
    except ValueError as error:
        raise ScanError(str(error)) from error
    if found := sorted(KNOWN_BAD & {text.partition(".")[0] for text in texts}):
        raise SuspiciousError(f"{path.name} names {', '.join(found)}")
