"""What a round tells another system on submit: where to, what, how it is signed, and when it is tried again."""

from __future__ import annotations

import hmac
import ipaddress
import json
import socket
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from ..record.model import Scorecard

EVENT = "scorecard.submitted"
URL_LENGTH = 2000
# Seconds before each further try; after the last one it is given up.
WAITS = (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
# How old a timestamp a receiver should still accept.
FRESH_SECONDS = 300
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

# IANA's registries of special-purpose addresses, whole, with multicast and what was withdrawn. A list of one's own:
# what Python calls global differs from version to version. Also where a registry says "globally reachable": no
# receiver of a webhook is there, and what hides another address (NAT64, 6to4, Teredo, mapped) is refused unread.
NOT_PUBLIC: tuple[IPNetwork, ...] = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        ),
    )
)  # fmt: skip
# Of IPv6 only this is given to networks that anyone reaches: the rest is local, withdrawn, or not in use.
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


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
        if parts.scheme == "http" and not _is_own_machine(address):
            raise AddressError("The address must begin with https://.")
    return parts, found[0]


def receiver_of(url: str) -> tuple[str, int | None]:
    """Host and port that an address leads to: what is slow there holds nothing else up."""
    parts = urlsplit(url)
    try:
        return parts.hostname or "", parts.port
    except ValueError:
        return parts.netloc, None


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


_HOW_OWN = "the people who run the kit can allow it with INTERVIEW_KIT_WEBHOOK_HOSTS."


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
    return host == "localhost" or (literal is not None and _is_own_machine(literal))


def _is_own_machine(address: IPAddress) -> bool:
    return any(address in network for network in _LOOPBACK)


def is_public(address: IPAddress) -> bool:
    """Whether an address may belong to a receiver outside of one's own network."""
    if address.version == 6 and address not in GLOBAL_UNICAST:
        return False
    return not any(address in network for network in NOT_PUBLIC)


def _refuse_private(address: IPAddress, host: str, own_hosts: Collection[str]) -> None:
    if host in own_hosts:
        return
    if not is_public(address):
        raise AddressError(f"{host} is not public: {_HOW_OWN}")
