"""What a candidate's folder and code may use. Everything beyond is refused or cut, and said."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """For one run in the jail; megabytes hold for each process, `processes` for all of them."""

    # Without those in which programs of this machine waited for a processor.
    seconds: int = 30
    megabytes: int = 512
    processes: int = 64
    # Of the work folder, which lies in memory.
    folder_megabytes: int = 64
    folder_entries: int = 20_000
    output_bytes: int = 64 << 10

    @property
    def wall_seconds(self) -> int:
        """When the time is up on a machine so busy that the program hardly ran."""
        return 5 * self.seconds + 200

    @property
    def all_megabytes(self) -> int:
        """What all processes may hold together."""
        return 3 * self.megabytes


class FolderLimits(NamedTuple):
    """What a folder that somebody handed in may hold."""

    megabytes: int = 64
    entries: int = 2_000
    depth: int = 20


class RefusedError(Exception):
    """A folder or a machine that nothing can be checked with; the message says why and what to do."""


class CandidateError(Exception):
    """The candidate's code raised something; the message says what."""


class EndedError(CandidateError):
    """The candidate's program ended, took too long or too much, or said what nobody can read."""
