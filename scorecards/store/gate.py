"""Who is using a connection, so that all of them can be closed at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Seconds that a renewal waits for those inside; they are quick, or take as long as a backup.
PATIENCE = 5.0


class Gate:
    """Everyone passes at once, but for the moment of a renewal, when nobody is inside.

    SQLite's connections of one process share how a file was opened: as long as one is open that could only read, every
    new one can only read, too.
    """

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._inside = 0
        self._renewing = False

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Stay inside for as long as a connection is used."""
        with self._moved:
            self._moved.wait_for(lambda: not self._renewing, PATIENCE)
            self._inside += 1
        try:
            yield
        finally:
            with self._moved:
                self._inside -= 1
                self._moved.notify_all()

    def renew(self, close_all: Callable[[], None]) -> None:
        """Close all once nobody is inside; by one caller, where several come at once."""
        with self._moved:
            if self._renewing:
                return
            self._renewing = True
            try:
                self._moved.wait_for(lambda: self._inside == 0, PATIENCE)
                close_all()
            finally:
                self._renewing = False
                self._moved.notify_all()
