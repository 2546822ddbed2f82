"""What a database's fault means, and what to do: the words for codes of PostgreSQL and messages of SQLite."""

from __future__ import annotations

from sqlalchemy.exc import TimeoutError as PoolTimeout

_TRY_AGAIN = "Try again in a moment."
FULL = "The database's disk is full. Free some space, then try again."
READ_ONLY = "The database is read-only, so nothing can be saved. Ask the person who runs it."
_AWAY = f"The database server stops, starts or is away. {_TRY_AGAIN}"
_TOGETHER = f"Somebody else changed the same at the same moment. {_TRY_AGAIN}"
_DAMAGED = "The database file is damaged. Stop the kit and start it again: it names the last good backup."

# By SQLSTATE, or its first two signs: PostgreSQL's documentation, Appendix A, "PostgreSQL Error Codes".
_BY_CODE = {
    "40001": _TOGETHER,
    "40P01": _TOGETHER,
    "55P03": f"Somebody else's change of the same takes long. {_TRY_AGAIN}",
    "57014": f"It took too long and was given up. {_TRY_AGAIN}",
    "57P01": _AWAY,
    "57P02": _AWAY,
    "57P03": _AWAY,
    "25P03": f"It waited too long within one change and was given up. {_TRY_AGAIN}",
    "08": _AWAY,
    "53100": FULL,
    "53300": f"The database server has no connection left. {_TRY_AGAIN} If it lasts: fewer replicas, or more connections.",
    "25006": READ_ONLY,
    "28": "The database server refuses the name or the password of the address.",
    "3D000": "The server has no database of the name in the address.",
    "42501": "The account of the address may not do this. It has to own the database.",
}
# By a part of the message: SQLite has codes, but its driver's messages are as stable.
_BY_MESSAGE = {
    "database is locked": f"Another program holds the database. {_TRY_AGAIN}",
    "database or disk is full": FULL,
    "readonly database": READ_ONLY,
    "unable to open database file": "The database file cannot be opened. Does its folder exist, and may it be written?",
    "disk i/o error": "The disk that the database lies on does not answer. See whether it is full or damaged.",
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    # The driver's own words go on with the text that it could not decode.
    "could not decode to utf-8": _DAMAGED,
    "network error": _AWAY,
    "communication error": _AWAY,
    "broken pipe": _AWAY,
    "connection reset": _AWAY,
    "no such file or directory": _AWAY,
    "connection refused": _AWAY,
    "can't create a connection": _AWAY,
    "timed out": _AWAY,
    "connection is closed": _AWAY,
}


def in_words(error: Exception) -> str:
    """A sentence on what happened and what to do; the driver's own words where nothing better is known."""
    if isinstance(error, PoolTimeout):
        return f"More people want the database at once than it has connections for. {_TRY_AGAIN}"
    cause = getattr(error, "orig", None) or error
    told = cause.args[0] if cause.args else ""
    code, message = (
        (str(told.get("C", "")), str(told.get("M", told))) if isinstance(told, dict) else ("", str(cause))
    )
    for key in (code, code[:2]):
        if key in _BY_CODE:
            return _BY_CODE[key]
    return next((words for part, words in _BY_MESSAGE.items() if part in message.casefold()), f"{message}.")
