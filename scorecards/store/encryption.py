"""Whether the way to PostgreSQL is encrypted: an address says so in PostgreSQL's own words, the driver in others."""

from __future__ import annotations

import ssl
from typing import Any

from sqlalchemy.engine import URL

MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_KNOWN = ("sslmode", "sslrootcert", "application_name", "unix_sock")


def encryption(url: URL) -> dict[str, Any]:
    """The driver's arguments for `sslmode` and `sslrootcert`, which mean what they mean to `psql`.

    Raises `ValueError` where the address asks for what the kit does not know.
    """
    if unknown := sorted(set(url.query) - set(_KNOWN)):
        raise ValueError(f"{', '.join(unknown)}: not known. An address may have {', '.join(_KNOWN)}")
    mode, root = url.query.get("sslmode", "prefer"), url.query.get("sslrootcert")
    if mode not in MODES:
        raise ValueError(f"sslmode={mode}: use one of {', '.join(MODES)}")
    if mode == "disable":
        return {"ssl_context": False}
    if mode in ("allow", "prefer"):
        # The driver's own way: encrypted where the server can, and nobody's certificate is looked at.
        return {}
    if mode == "require" and root is None:
        return {"ssl_context": True}
    try:
        context = ssl.create_default_context(cafile=None if root in (None, "system") else str(root))
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"sslrootcert={root}: {error}") from error
    context.check_hostname = mode == "verify-full"
    return {"ssl_context": context}


def without_encryption(url: URL) -> URL:
    """The address with nothing in it that the driver does not take."""
    return url.difference_update_query(["sslmode", "sslrootcert"])
