"""One run of a candidate's code in a jail, led from outside: files in, questions, answers, files out."""

from __future__ import annotations

import json
import os
import re
import select
import selectors
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from . import calls, cgroup, places
from .inside import Clock
from .kinds import Fds, Jail, Start
from .limits import CandidateError, EndedError, Limits
from .results import UnreadableError, plain, read_json
from .watch import Watch

# Of what comes out: a line of JSON, lines in all, bytes of the wanted files.
MOST_IN_A_LINE, MOST_MESSAGES, MOST_IN_FILES = 1 << 20, 400_000, 16 << 20
# How often what a jail uses is looked at, in seconds; and how long it may take to start and to end beside its time.
LOOK, BESIDE = 0.1, 20.0
Answer = Callable[..., Any]
Files = Mapping[str, bytes | Path]


class Ran(NamedTuple):
    """How a candidate's program ended. `code` is None where it was ended, and `err` then says why.

    `left` names all wanted files that were there, also those that are no plain file or too large to read.
    """

    code: int | None
    out: str
    err: str
    files: Mapping[str, bytes]
    left: frozenset[str] = frozenset()


class Stream:
    """The beginning and the end of what a program wrote; the middle is dropped as it comes."""

    def __init__(self, most: int) -> None:
        self.half, self.head, self.tail, self.size = most // 2, b"", b"", 0

    def add(self, block: bytes) -> None:
        self.size += len(block)
        taken = self.half - len(self.head)
        self.head += block[:taken]
        self.tail = (self.tail + block[taken:])[-self.half :]

    @property
    def text(self) -> str:
        cut = self.size - len(self.head) - len(self.tail)
        middle = f"\n… {cut:,} bytes cut …\n".encode() if cut else b""
        return (self.head + middle + self.tail).decode("utf-8", "replace")


class Session:
    """A jail that runs. Use as a context; nothing of it is left afterwards."""

    def __init__(
        self,
        jail: Jail,
        files: Files,
        limits: Limits,
        *,
        drive: Path | None = None,
        before: Path | None = None,
        script: str = "",
        args: Sequence[str] = (),
        want: Sequence[str] = (),
        answers: Mapping[str, Answer] | None = None,
        **more: Any,
    ) -> None:
        self.jail, self.limits, self.answers = jail, limits, dict(answers or {})
        self.messages, self.received = 0, bytearray()
        self.out, self.err = Stream(limits.output_bytes), Stream(limits.output_bytes)
        self.home = Path(tempfile.mkdtemp(prefix="exercise-"))
        self.job = {
            **more,
            "script": script,
            "args": list(args),
            "want": list(want),
            "names": list(files),
            "drive": drive and f"/{drive.name}",
            "before": before and f"/{before.name}",
        }
        self._lay(files, [path for path in (places.INSIDE, drive, before) if path])

    def _lay(self, files: Files, drivers: Sequence[Path]) -> None:
        for name in ("given", "driver", "work"):
            (self.home / name).mkdir()
        for path in drivers:
            shutil.copyfile(path, self.home / "driver" / path.name)
        for name, held in files.items():
            target = self.home / "given" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(held, bytes):
                target.write_bytes(held)
            else:
                shutil.copyfile(held, target)

    def __enter__(self) -> Self:
        ours, theirs = socket.socketpair()
        self.channel, self.group = ours, cgroup.made(self.limits) if self.jail.grouped else None
        self.selector = selectors.DefaultSelector()
        self.first: int | None = None
        info, told = os.pipe()
        try:
            start = self.jail.prepared(self.home, self.limits, Fds(theirs.fileno(), told))
            self.process = self._started(start)
        except BaseException:
            os.close(info)
            self._tidy()
            raise
        finally:
            theirs.close()
            os.close(told)
        try:
            self._meet(info)
            self._begin(start.told)
        except BaseException:
            self._close()
            raise
        return self

    def _started(self, start: Start) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            start.words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.jail.environment(),
            pass_fds=start.along,
            start_new_session=True,
            preexec_fn=self.group.enter if self.group else None,
        )

    def _meet(self, info: int) -> None:
        """The jail's first process: with it, all of the jail can be looked at and ended."""
        self.watch: Watch | None = None
        with os.fdopen(info, "rb") as named, suppress(ValueError, KeyError, OSError):
            pid = self.jail.first(self.home, named, self.process)
            self.first = os.pidfd_open(pid)
            self.watch = Watch(pid, self.limits)

    def _begin(self, where: Mapping[str, Any]) -> None:
        self.clock, self.looked = Clock(), 0.0
        assert self.process.stdout
        assert self.process.stderr
        for source, what in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            os.set_blocking(source.fileno(), False)
            self.selector.register(source, selectors.EVENT_READ, what)
        self.channel.setblocking(False)
        self.selector.register(self.channel, selectors.EVENT_READ)
        driver = where["driver"]
        job = {**self.job, **where}
        for name in ("drive", "before"):
            job[name] = job[name] and f"{driver}{job[name]}"
        job["limits"] = {
            "seconds": self.limits.seconds,
            "megabytes": self.limits.megabytes,
            "processes": self.limits.processes,
            "folder": self.limits.folder_megabytes,
            "alone": self.jail.alone,
        }
        job["calls"] = calls.program().hex() if self.jail.alone else ""
        self._send(job)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        # The first process of the namespace takes all others with it, wherever they have put themselves.
        with suppress(ProcessLookupError):
            if self.first is not None:
                signal.pidfd_send_signal(self.first, signal.SIGKILL)
        tidied = self._ended_by_itself()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.first is not None:
            # Readable when it has ended, and with it all of its namespace.
            select.select([self.first], [], [], 5)
        self.jail.ended(self.home, tidied)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        self._tidy()

    @property
    def limited(self) -> bool:
        """What all processes use together is bounded: by a control group of ours, or by the watch."""
        return self.group is not None or (self.watch is not None and self.watch.space != 0)

    def _ended_by_itself(self) -> bool:
        """Podman deletes the container when its first process has ended."""
        try:
            self.process.wait(self.jail.patience if self.first is not None else 0)
        except subprocess.TimeoutExpired:
            return False
        return self.process.returncode >= 0

    def _tidy(self) -> None:
        self.channel.close()
        self.selector.close()
        if self.first is not None:
            os.close(self.first)
        if self.group:
            self.group.remove()
        shutil.rmtree(self.home, ignore_errors=True)

    # What is said

    def begin(self) -> None:
        """Wait until the driver has taken in the candidate's module."""
        message = self._receive()
        if "ready" not in message:
            raise EndedError(self._why(message))

    def do(self, *what: Any) -> Any:
        """Have the driver do something; answers its questions meanwhile."""
        self._send({"do": what})
        return self._until_value(0)

    def _until_value(self, deep: int) -> Any:
        while True:
            message = self._receive()
            if "ask" in message and deep < 20:
                self._answer(message["ask"])
            elif "error" in message:
                raise CandidateError(plain(str(message["error"])))
            elif "value" in message:
                return message["value"]
            else:
                raise EndedError(self._why(message))

    def _answer(self, asked: Any) -> None:
        try:
            name, *args = asked
            reply: dict[str, Any] = {"value": self.answers[name](*args)}
        except EndedError:
            raise
        except Exception as error:
            # Whatever the candidate's code asks for wrongly is its own error, not ours.
            reply = {"error": [type(error).__name__, plain(str(error), 200)]}
        self._send(reply)

    def end(self) -> Ran:
        """Wait until the program has ended; what it left of the wanted files comes back."""
        with suppress(OSError):
            self.channel.shutdown(socket.SHUT_WR)
        try:
            message = self._receive()
            while "end" not in message:
                message = self._receive()
            files = self._files(message)
            return Ran(_code(message), self.out.text, self._err(message), files, self._left(message))
        except EndedError as error:
            return Ran(None, self.out.text, str(error), {})

    def _files(self, message: Mapping[str, Any]) -> dict[str, bytes]:
        """The wanted files that the driver announced, whose bytes follow one after the other."""
        listed = message.get("files")
        found, left = {}, MOST_IN_FILES
        for name, held in listed.items() if isinstance(listed, dict) else ():
            size = held.get("bytes") if isinstance(held, dict) else None
            if self._wanted(name) and isinstance(size, int) and 0 <= size <= left:
                left -= size
                found[name] = self._exactly(size)
        return found

    def _left(self, message: Mapping[str, Any]) -> frozenset[str]:
        listed = message.get("files")
        missing = {"trouble": "is missing"}
        names = [name for name in listed if listed[name] != missing] if isinstance(listed, dict) else []
        return frozenset(name for name in names if self._wanted(name))

    def _wanted(self, name: str) -> bool:
        """A name that was asked for; for `*`, one that stays in its folder."""
        want = self.job["want"]
        return name in want or (
            want == ["*"]
            and name.isprintable()
            and re.fullmatch(r"[^/]{1,100}", name) is not None
            and name.strip(".") != ""
        )

    def _exactly(self, size: int) -> bytes:
        while len(self.received) < size:
            self._turn()
        taken, self.received = bytes(self.received[:size]), self.received[size:]
        return taken

    def _err(self, message: Mapping[str, Any]) -> str:
        self._drain()
        return self.err.text if message["end"] is not None else self._too_long()

    def _too_long(self) -> str:
        return f"ran longer than {self.limits.seconds} seconds"

    def _drain(self) -> None:
        """What the ended program has written and nobody has read yet."""
        for key in list(self.selector.get_map().values()):
            while isinstance(key.data, Stream) and self._pour(key):
                pass

    def _why(self, message: Mapping[str, Any]) -> str:
        self._drain()
        last = [line for line in self.err.text.splitlines() if line.strip()]
        if message.get("end", 0) is None:
            return self._too_long()
        return plain(last[-1]) if last else "the program ended without a result"

    # What goes over the line

    def _send(self, message: Any) -> None:
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            try:
                data = data[self.channel.send(data) :]
            except BlockingIOError:
                self._turn(writing=True)
            except OSError:
                self._turn()
                raise EndedError(self._why({})) from None

    def _receive(self) -> dict[str, Any]:
        self.messages += 1
        if self.messages > MOST_MESSAGES:
            raise EndedError("the program never stops asking")
        while b"\n" not in self.received:
            if len(self.received) > MOST_IN_A_LINE:
                raise EndedError("the program never stops answering")
            self._turn()
        line, _, self.received = self.received.partition(b"\n")
        try:
            message = read_json(bytes(line))
        except UnreadableError as error:
            raise EndedError(f"the program's answer cannot be read: {error}") from error
        return message if isinstance(message, dict) else {}

    def _turn(self, writing: bool = False) -> None:
        """Take in what has come; end what takes too long or too much."""
        now = time.monotonic()
        if now - self.looked > LOOK:
            self.looked = now
            if self.clock.seconds > self.limits.seconds + BESIDE:
                raise EndedError(self._too_long())
            if self.watch and (seen := self.watch.seen()):
                raise EndedError(f"used {seen}, and was ended")
        if writing:
            time.sleep(0.001)
        for key, _ in self.selector.select(0 if writing else LOOK):
            self._take(key)

    def _take(self, key: selectors.SelectorKey) -> None:
        if isinstance(key.data, Stream):
            self._pour(key)
        else:
            try:
                block = self.channel.recv(1 << 16)
            except OSError:
                block = b""
            if not block:
                raise EndedError(self._why({}))
            self.received += block

    def _pour(self, key: selectors.SelectorKey) -> bool:
        try:
            block = os.read(key.fd, 1 << 16)
        except BlockingIOError:
            return False
        if not block:
            self.selector.unregister(key.fileobj)
            return False
        key.data.add(block)
        return True


def _code(message: Mapping[str, Any]) -> int | None:
    return message["end"] if isinstance(message["end"], int) else None
