"""Where scorecards are kept."""

from .engine import Database, DatabaseError, database_url, open_database
from .facade import (
    OPERATOR,
    NotAllowedError,
    NotFoundError,
    Operator,
    SaveError,
    StaleWriteError,
    Store,
    Viewer,
    new_id,
)

__all__ = [
    "OPERATOR",
    "Database",
    "DatabaseError",
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
