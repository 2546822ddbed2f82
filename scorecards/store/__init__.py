"""Where scorecards are kept."""

from .engine import Database, DatabaseError, SaveError, database_url, open_database
from .errors import NotAllowedError, NotFoundError, StaleWriteError
from .facade import (
    OPERATOR,
    Operator,
    Store,
    Viewer,
    new_id,
)
from .live import LiveDesk

__all__ = [
    "OPERATOR",
    "Database",
    "DatabaseError",
    "LiveDesk",
    "NotAllowedError",
    "NotFoundError",
    "Operator",
    "SaveError",
    "StaleWriteError",
    "Store",
    "Viewer",
    "database_url",
    "new_id",
    "open_database",
]
