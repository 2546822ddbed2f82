"""What a round tells another system on submit: where to, what, how it is signed, and when it is tried again."""

from __future__ import annotations

import hmac
import ipaddress
import json
import socket
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from .model import Scorecard

EVENT = "scorecard.submitted"
URL_LENGTH = 2000
# Seconds before each further try; after the last one it is given up.
WAITS = (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
# How old a timestamp a receiver should still accept.
FRESH_SECONDS = 300
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressError(Exception):
    """Nothing is sent there; the message says why."""


def address_faults(url: str, own_hosts: Collection[str] = ()) -> list[str]:
    """Reasons nothing may be sent to this address; `own_hosts` may be reached although they are not public."""
    try:
        parts = _parts(url)
        host = parts.hostname or ""
        if (literal := _literal(host)) is not None:
            _refuse_private(literal, host, own_hosts)
        elif host not in own_hosts and (
            "." not in host or host.endswith((".local", ".internal", ".localhost"))
        ):
            raise AddressError(f"{host} is a name of your own network: {_HOW_OWN}")
        if parts.scheme == "http" and not (host in own_hosts and _is_loopback(host)):
            raise AddressError("The address must begin with https://.")
    except AddressError as error:
        return [str(error)]
    return []


def reachable(url: str, own_hosts: Collection[str] = ()) -> tuple[SplitResult, str]:
    """The address taken apart, and the one IP to connect to; `AddressError` where it may not be reached.

    The name is looked up once and what it leads to is judged, so that a name cannot lead elsewhere afterwards.
    """
    if faults := address_faults(url, own_hosts):
        raise AddressError(faults[0])
    parts = _parts(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise AddressError(f"The name {host} is not known.") from error
    for one in found:
        address = ipaddress.ip_address(one.partition("%")[0])
        _refuse_private(address, host, own_hosts)
        if parts.scheme == "http" and not address.is_loopback:
            raise AddressError("The address must begin with https://.")
    return parts, found[0]


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over timestamp, a dot and the body: v1=<hex>."""
    told = str(timestamp).encode() + b"." + body
    return "v1=" + hmac.new(secret.encode(), told, sha256).hexdigest()


def is_signed(secret: str, timestamp: str, body: bytes, given: str, now: float) -> bool:
    """What a receiver should ask: is it signed with our secret, and not replayed later than five minutes?"""
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > FRESH_SECONDS:
        return False
    return hmac.compare_digest(
        given.encode("utf-8", "replace"), signature(secret, int(timestamp), body).encode()
    )


def told_of(delivery_id: str, card: Scorecard, candidate_code: str, at: str) -> str:
    """The body: ids and the candidate's code. No name, no level, no word of what the scorecard says."""
    return json.dumps(
        {
            "event": EVENT,
            "id": delivery_id,
            "at": at,
            "round_id": card.round_id,
            "candidate_id": card.candidate_id,
            "candidate_code": candidate_code,
            "interview_id": card.interview_id,
            "interviewer_id": card.interviewer_id,
            "scorecard_id": card.id,
            "path": f"/api/rounds/{card.round_id}/scorecards/{card.id}",
        },
        sort_keys=True,
    )


def wait_after(tries: int) -> int | None:
    """Seconds until the next try after so many; None where it is given up."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None


_HOW_OWN = "whoever runs the kit can allow it with INTERVIEW_KIT_WEBHOOK_HOSTS."


def _parts(url: str) -> SplitResult:
    if len(url) > URL_LENGTH or not url.isascii() or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        raise AddressError(
            f"An address has at most {URL_LENGTH} characters, all of them ASCII, without spaces."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError("That is no address: write https://host/path.") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise AddressError("The address must begin with https:// and name a host.")
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise AddressError(
            "The address holds a name or a password: leave them out, the signature says who sends."
        )
    if parts.fragment:
        raise AddressError("Leave out what follows the #.")
    return parts


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    literal = _literal(host)
    return host == "localhost" or (literal is not None and literal.is_loopback)


def _refuse_private(address: IPAddress, host: str, own_hosts: Collection[str]) -> None:
    if host in own_hosts:
        return
    inner: IPAddress = address
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or address
        if address.teredo or address in _NAT64:
            raise AddressError(f"{host} leads through a tunnel: {_HOW_OWN}")
    if not inner.is_global or inner.is_multicast or inner.is_reserved:
        raise AddressError(f"{host} is not public: {_HOW_OWN}")
