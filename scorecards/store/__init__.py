"""Where scorecards are kept."""

from .access import OPERATOR, Operator, Viewer
from .changes import new_id
from .debriefs import DebriefDesk
from .engine import Database, DatabaseError, SaveError, database_url, open_database
from .errors import NotAllowedError, NotFoundError, UnreadableError
from .facade import Store
from .live import LiveDesk

__all__ = [
    "OPERATOR",
    "Database",
    "DatabaseError",
    "DebriefDesk",
    "LiveDesk",
    "NotAllowedError",
    "NotFoundError",
    "Operator",
    "SaveError",
    "Store",
    "UnreadableError",
    "Viewer",
    "database_url",
    "new_id",
    "open_database",
]
