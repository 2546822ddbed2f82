"""What this process and all that it starts use of the processor: on a busy machine the clock says nothing."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Self

TICK, LOOK = os.sysconf("SC_CLK_TCK"), 0.1


class Effort:
    """Looks at every process below this one, again and again: a jail's are waited for by nobody here.

    What one uses between the last look and its end is missing; that is a tenth of a second at most.
    """

    def __init__(self) -> None:
        self.seen: dict[tuple[int, int], float] = {}
        self.over = threading.Event()
        self.looking = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.own = time.process_time()
        self.looking.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.looking.join()
        self.own = time.process_time() - self.own

    @property
    def seconds(self) -> float:
        return self.own + sum(self.seen.values())

    def _watch(self) -> None:
        while not self.over.wait(LOOK):
            self._look()

    def _look(self) -> None:
        found = {
            pid: values for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if (values := _of(pid))
        }
        for pid, (_, begun, used) in found.items():
            above = found[pid][0]
            while above in found and above != os.getpid():
                above = found[above][0]
            if above == os.getpid():
                self.seen[pid, begun] = used


def _of(pid: int) -> tuple[int, int, float] | None:
    """Its parent, when it began, and the seconds that it has used itself."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(words[1]), int(words[19]), (int(words[11]) + int(words[12])) / TICK
