"""The way to a PostgreSQL elsewhere: encrypted, and to no other server than the one that is meant."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scorecards.store import DatabaseError, Store, open_database

from .conftest import empty_database


class Gate:
    """Stands before a real PostgreSQL, as a managed one does: asks for TLS, or refuses it."""

    def __init__(self, behind: str, context: ssl.SSLContext | None):
        self.behind, self.context, self.encrypted = behind, context, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                came, _ = self.listening.accept()
                threading.Thread(target=self._greet, args=(came,), daemon=True).start()

    def _greet(self, came: socket.socket) -> None:
        with suppress(OSError):
            # The eight bytes with which PostgreSQL's protocol asks for TLS.
            if came.recv(8) != bytes.fromhex("0000000804d2162f") or self.context is None:
                came.sendall(b"N")
                came.close()
                return
            came.sendall(b"S")
            inside = self.context.wrap_socket(came, server_side=True)
            self.encrypted += 1
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.behind)
            threading.Thread(target=self._carry, args=(server, inside), daemon=True).start()
            self._carry(inside, server)

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while told := one.recv(65536):
                other.sendall(told)
            other.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def gate(
    postgres: Callable[[str], str], run_on_postgres: Callable[[str], None], certificate: Path
) -> Iterator[Callable[..., tuple[Gate, str]]]:
    """Opens a gate; with it, the address through it up to the question mark."""
    opened = []

    def make(*, tls: bool = True) -> tuple[Gate, str]:
        there = urlsplit(empty_database(postgres, run_on_postgres))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate / "fullchain.pem", certificate / "privkey.pem")
        opened.append(Gate(parse_qs(there.query)["unix_sock"][0], context if tls else None))
        return opened[-1], f"postgresql://postgres:-@localhost:{opened[-1].port}{there.path}"

    yield make
    for one in opened:
        one.listening.close()


def works(address: str) -> bool:
    database = open_database(address)
    try:
        return Store(database).office.health()["database"] == "postgresql"
    finally:
        database.close()


@pytest.mark.parametrize("wish", ["", "?sslmode=prefer", "?sslmode=require"])
def test_a_server_that_can_encrypt_is_spoken_to_encrypted(gate, wish: str) -> None:
    there, address = gate()
    assert works(address + wish)
    assert there.encrypted


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_the_server_that_is_meant_is_trusted_by_its_certificate(gate, certificate: Path, mode: str) -> None:
    _, address = gate()
    assert works(f"{address}?sslmode={mode}&sslrootcert={certificate}/fullchain.pem&application_name=kit")


@pytest.mark.parametrize("mode", ["verify-ca", "verify-full"])
def test_a_certificate_that_nobody_vouches_for_is_refused(gate, mode: str) -> None:
    _, address = gate()
    with pytest.raises(DatabaseError, match=r"certificate verify failed: self-signed.*Check the address"):
        works(f"{address}?sslmode={mode}")


def test_a_certificate_of_another_name_is_refused(gate, certificate: Path) -> None:
    _, address = gate()
    asked = f"{address}&sslrootcert={certificate}/fullchain.pem".replace("localhost", "127.0.0.1")
    with pytest.raises(DatabaseError, match=r"not valid for '127\.0\.0\.1'"):
        works(asked.replace("&", "?sslmode=verify-full&"))
    assert works(asked.replace("&", "?sslmode=verify-ca&"))


def test_where_encryption_is_required_nothing_is_said_in_the_clear(gate) -> None:
    _, address = gate(tls=False)
    with pytest.raises(DatabaseError, match="Server refuses SSL"):
        works(f"{address}?sslmode=require")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("?sslmode=always", "sslmode=always: use one of disable, allow, prefer, require"),
        ("?channel_binding=require", "channel_binding: not known. An address may have sslmode, sslrootcert"),
        ("?sslmode=verify-full&sslrootcert=/nowhere.pem", "sslrootcert=/nowhere.pem: .*No such file"),
    ],
)
def test_an_address_that_asks_for_something_else_is_refused_with_what_is_known(wish: str, told: str) -> None:
    with pytest.raises(DatabaseError, match=told) as refused:
        open_database(f"postgresql://kit:verysecret@localhost/interviews{wish}")
    assert "verysecret" not in str(refused.value)
