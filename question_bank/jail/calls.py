"""A filter of system calls for the jail: what a program that computes never needs is refused by the kernel.

Written by hand as classic BPF, so that nothing has to be installed; for machines whose numbers are not here, none.
"""

from __future__ import annotations

import os
import struct

# Tracing others, keys of the session, programs in the kernel, mounts and roots, other namespaces, modules, handles.
_X86_64 = (
    *(101, 310, 311, 312, 438, 248, 249, 250, 321, 298, 323, 425, 426, 427),
    *(165, 166, 155, 161, 272, 308, 428, 429, 430, 431, 432, 433, 442),
    *(246, 320, 175, 176, 313, 303, 304, 163, 167, 168, 169, 179, 103),
)
_AARCH64 = (
    *(117, 270, 271, 272, 438, 217, 218, 219, 280, 241, 282, 425, 426, 427),
    *(40, 39, 41, 51, 97, 268, 428, 429, 430, 431, 432, 433, 442),
    *(104, 294, 105, 106, 273, 264, 265, 89, 224, 225, 142, 60, 116),
)
KNOWN = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
# Numbers from here on are another way to call, by which a filter could be passed.
_OTHER_WAY = 0x40000000


def program(machine: str | None = None) -> bytes:
    """The filter as the kernel reads it; empty where this machine's numbers are not known."""
    architecture, refused = KNOWN.get(machine or os.uname().machine, (0, ()))
    if not refused:
        return b""
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    # A jump counts the lines that it leaves out; the last line refuses, the one before it allows.
    lines.append((_AT_LEAST, len(refused) + 1, 0, _OTHER_WAY))
    lines += [(_EQUAL, len(refused) - place, 0, number) for place, number in enumerate(refused)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)
