"""Runs inside the jail: lays out the work folder, starts the candidate's code, hands back files and answers.

`python -I -S inside.py CHANNEL [OUTPUT ERRORS]`. It decides nothing. The candidate's code shares a process with the
driver and can lie about whatever it answers, so no expected answer, seed or score ever comes in here. Only the
standard library.
"""

import contextlib
import ctypes
import importlib.util
import json
import os
import resource
import signal
import socket
import stat
import struct
import sys
import time
import traceback
import types

MOST_IN_A_LINE, MOST_IN_FILES, MOST_FILES = 64 << 20, 16 << 20, 200
RAISED = {error.__name__: error for error in (KeyError, ValueError, TypeError, OverflowError, LookupError)}


class Clock:
    """Seconds since it was made, without those in which programs of this machine waited for a processor.

    A candidate's program is not to blame for a busy machine. At most four in five seconds are left out, so that every
    limit holds in the end. Source of the waiting time: Linux, "PSI - Pressure Stall Information", `some total` in µs.
    """

    def __init__(self) -> None:
        self.began, self.waited = time.monotonic(), self._waiting()

    @property
    def seconds(self) -> float:
        passed = time.monotonic() - self.began
        return max(passed - (self._waiting() - self.waited), passed / 5)

    @staticmethod
    def _waiting() -> float:
        try:
            with open("/proc/pressure/cpu") as told:
                return int(told.readline().rpartition("total=")[2]) / 1e6
        except (OSError, ValueError):
            return 0.0


class Link:
    """Lines of JSON to and from the judge, who asks (`do`) and may be asked (`ask`) in turn."""

    def __init__(self, channel):
        self.lines, self.out, self.handle = channel.makefile("rb"), channel, None

    def read(self):
        line = self.lines.readline(MOST_IN_A_LINE)
        return json.loads(line) if line else None

    def write(self, message):
        self.out.sendall(json.dumps(message).encode() + b"\n")

    def ask(self, name, *args):
        """What the judge answers; what it refuses is raised here."""
        self.write({"ask": [name, *args]})
        while (message := self.read()) is not None:
            if "do" not in message:
                break
            self.serve_one(message)
        if message is None:
            os._exit(3)
        if "error" in message:
            kind, text = message["error"]
            raise RAISED.get(kind, ValueError)(text)
        return message["value"]

    def serve_one(self, message):
        try:
            reply = {"value": self.handle(*message["do"])}
            json.dumps(reply)
        except BaseException as error:
            reply = {"error": f"{type(error).__name__}: {error}"[:300]}
        self.write(reply)

    def serve(self):
        while (message := self.read()) is not None and "do" in message:
            self.serve_one(message)


def lay_out(given, work, names):
    """Copy the given files in this order; the order is that in which a listing tells them."""
    for name in names:
        target = os.path.join(work, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(os.path.join(given, name), "rb") as source, open(target, "wb") as file:
            while block := source.read(1 << 20):
                file.write(block)


def shut(limits):
    """Limits of every process of the candidate, no shared keyring, no reading of this process's memory."""
    libc = ctypes.CDLL(None, use_errno=True)
    join = {"x86_64": 250, "aarch64": 219}.get(os.uname().machine)
    if join:
        libc.syscall(ctypes.c_long(join), ctypes.c_long(1), None)
    libc.prctl(4, 0, 0, 0, 0)
    megabytes, seconds = limits["megabytes"] << 20, limits["seconds"]
    for what, most in (
        # The clock ends what takes long; this is for what outlives the clock.
        (resource.RLIMIT_CPU, 5 * seconds),
        (resource.RLIMIT_DATA, megabytes),
        (resource.RLIMIT_AS, megabytes * 8),
        (resource.RLIMIT_FSIZE, limits["folder"] << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        _lower(what, most)
    if limits["alone"]:
        _lower(resource.RLIMIT_NPROC, limits["processes"])


def refuse_calls(program):
    """The filter of system calls; this process and all that it starts keep it. Without it nothing may run."""
    libc = ctypes.CDLL(None, use_errno=True)
    held = ctypes.create_string_buffer(program, len(program))
    lines = struct.pack("HP", len(program) // 8, ctypes.addressof(held))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, lines, 0, 0):
        raise OSError(ctypes.get_errno(), "the filter of system calls is refused")


def _lower(what, most):
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def candidate(job, link):
    """The candidate's side. Whatever the driver needs is imported before their folder is in the path."""
    os.chdir(job["work"])
    drive = _drive(job["drive"]) if job["drive"] else None
    sys.path.append(job["work"])
    if drive is None:
        link.out.close()
        link.lines.close()
        run_script(job)
        return
    link.handle = drive.begin(link, job)
    link.write({"ready": True})
    link.serve()


def _drive(path):
    spec = importlib.util.spec_from_file_location("_drive", path)
    drive = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drive)
    return drive


def run_script(job):
    sys.argv = [job["script"], *job["args"]]
    if job["before"]:
        _drive(job["before"]).prepare(job)
    main = types.ModuleType("__main__")
    main.__file__ = job["script"]
    sys.modules["__main__"] = main
    with open(job["script"], "rb") as file:
        code = compile(file.read(), job["script"], "exec")
    exec(code, main.__dict__)


def collected(work, want):
    """The files that the judge wants, `*` for all at the top, or why not.

    No link is followed, no pipe waited for, nothing read beyond a bound.
    """
    found, blocks, left = {}, [], MOST_IN_FILES
    if want == ["*"]:
        want = sorted(os.listdir(work))[:MOST_FILES]
    for name in want:
        try:
            # Never a link, in no part of the name; a pipe does not make this wait.
            holder = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
            for part in name.split("/"):
                holder = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=holder)
            about = os.fstat(holder)
            if not stat.S_ISREG(about.st_mode):
                found[name] = {"trouble": "is no file"}
            elif about.st_size > left:
                found[name] = {"trouble": f"is too large ({about.st_size >> 20} MB)"}
            else:
                with open(holder, "rb") as file:
                    blocks.append(file.read(left))
                left -= len(blocks[-1])
                found[name] = {"bytes": len(blocks[-1])}
        except FileNotFoundError:
            found[name] = {"trouble": "is missing"}
        except OSError as error:
            found[name] = {"trouble": f"cannot be read: {error.strerror}"}
    return found, blocks


def start(job, link):
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        shut(job["limits"])
        if job["calls"]:
            refuse_calls(bytes.fromhex(job["calls"]))
        code = 0
        candidate(job, link)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
        if isinstance(left.code, str):
            print(left.code, file=sys.stderr)
    except BaseException:
        code = 1
        traceback.print_exc()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code & 255)


def watched(pid, job):
    """How the candidate's process ended; None where its time was up."""
    clock = Clock()
    while clock.seconds < job["limits"]["seconds"]:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def main():
    fds = [int(fd) for fd in sys.argv[1:]]
    channel = socket.socket(fileno=fds[0])
    for at, fd in enumerate(fds[1:], 1):
        os.dup2(fd, at)
        os.close(fd)
    link = Link(channel)
    job = link.read()
    sys.path[:] = [*sys.path, *job["packages"]]
    lay_out(job["given"], job["work"], job["names"])
    # Nobody reads this process's memory, though it is the same user's.
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    pid = os.fork()
    if not pid:
        start(job, link)
    code = watched(pid, job)
    # Alone means in a process namespace of its own, where this can end nobody else's.
    if job["limits"]["alone"] and os.getpid() <= 2:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    if job["want"] or not job["drive"]:
        found, blocks = collected(job["work"], job["want"])
        link.write({"end": code, "files": found})
        for block in blocks:
            channel.sendall(block)


if __name__ == "__main__":
    main()
