"""The port that the kit listens on: whether it is free."""

from __future__ import annotations

import socket


def why_not_free(host: str, port: int) -> str | None:
    """Why nothing can listen there, and what to do; None where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return (
            f"Port {port} of {host} cannot be used: {error.strerror or error}. "
            "Is the kit open already? Else choose another port: --port, or INTERVIEW_KIT_PORT."
        )
    return None
