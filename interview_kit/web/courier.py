"""Carries what rounds tell other systems: a thread that sends what is due, and tries again later what failed."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import threading
import time
from collections.abc import Collection
from contextlib import suppress

from scorecards.outside.webhook import EVENT, AddressError, reachable, receiver_of, signature
from scorecards.store import DatabaseError, Store
from scorecards.store.hooks import Delivery

LOOK_EVERY = 2.0
TIMEOUT = 10.0
TRIES_AT_ONCE = 16
# For one try in all, however slowly the receiver answers; well below the lease of a claim.
TRY_SECONDS = 30.0
_log = logging.getLogger(__name__)


class Courier:
    """A thread of a process that finds what is due, and one for each try; any number of processes may carry.

    At most `TRIES_AT_ONCE` go on at a time and one to a receiver, so that a receiver that answers slowly, or never, holds
    up only its own messages.
    """

    def __init__(self, store: Store, own_hosts: Collection[str] = ()):
        self._store, self._own_hosts = store, frozenset(own_hosts)
        self._stop, self._wake = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._busy: dict[tuple[str, int | None], threading.Thread] = {}
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the tries that are under way."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._lock:
            under_way = list(self._busy.values())
        for one in under_way:
            one.join()

    def carry(self) -> bool:
        """Send what is due first; whether anything was."""
        delivery = self._store.hooks.claim()
        if delivery is None:
            return False
        self._store.hooks.settle(delivery, send(delivery, self._own_hosts))
        return True

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            pause = LOOK_EVERY
            try:
                while not self._stop.is_set() and self._begin():
                    pass
            except DatabaseError:
                # It is away for a while: what was claimed and not settled comes up again.
                pause = 5 * LOOK_EVERY
            except Exception:
                _log.exception("The courier stumbled; it goes on.")
                pause = 30 * LOOK_EVERY
            self._wake.wait(pause)

    def _begin(self) -> bool:
        """Begin one try where there is room for it and something is due; whether there was."""
        with self._lock:
            busy = frozenset(self._busy)
        if len(busy) >= TRIES_AT_ONCE:
            return False
        delivery = self._store.hooks.claim(busy=busy)
        if delivery is None:
            return False
        receiver = receiver_of(delivery.url)
        trying = threading.Thread(
            target=self._try, args=(delivery, receiver), name="courier-try", daemon=True
        )
        with self._lock:
            self._busy[receiver] = trying
        trying.start()
        return True

    def _try(self, delivery: Delivery, receiver: tuple[str, int | None]) -> None:
        try:
            self._store.hooks.settle(delivery, send(delivery, self._own_hosts))
        except DatabaseError:
            _log.warning("A try could not be noted; the message is sent again later.")
        except Exception:
            _log.exception("A try broke off; the message is sent again later.")
        finally:
            with self._lock:
                self._busy.pop(receiver, None)
            self._wake.set()


def send(delivery: Delivery, own_hosts: Collection[str] = ()) -> str | None:
    """One try; returns what went wrong, or None where the receiver answered with 2xx. Follows no redirect."""
    try:
        parts, address = reachable(delivery.url, own_hosts)
    except AddressError as error:
        return str(error)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = delivery.body.encode()
    moment = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "interview-kit",
        "Idempotency-Key": delivery.id,
        "Interview-Kit-Event": EVENT,
        "Interview-Kit-Delivery": delivery.id,
        "Interview-Kit-Timestamp": str(moment),
        "Interview-Kit-Signature": signature(delivery.secret, moment, body),
    }
    limit = threading.Timer(TRY_SECONDS, _cut, [connection])
    limit.daemon = True
    limit.start()
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except TimeoutError:
        return f"The receiver did not answer within {TIMEOUT:.0f} seconds."
    except ssl.SSLError as error:
        return f"The receiver's certificate is not good: {error.reason}."
    except (OSError, http.client.HTTPException) as error:
        return f"The receiver cannot be reached: {type(error).__name__}."
    finally:
        limit.cancel()
        connection.close()
    if 200 <= status < 300:
        return None
    return f"The receiver answered {status}." + (
        " Redirects are not followed." if 300 <= status < 400 else ""
    )


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, port: int | None, address: str) -> http.client.HTTPConnection:
    """A connection to this one address, which was judged; the name counts for the certificate alone."""
    if scheme == "https":
        return _PinnedTls(host, port, address)
    return _Pinned(host, port, address)


class _Pinned(http.client.HTTPConnection):
    def __init__(self, host: str, port: int | None, address: str):
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)


class _PinnedTls(_Pinned):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
