"""Eight minutes of four pods, an upload that blocks whichever takes it, and a probe that kills that one.

Seconds are whole and nothing is random: the night of the question can be replayed and changed.
"""

from __future__ import annotations

from typing import NamedTuple

PODS = 4
FILES, SECONDS_A_FILE = 12, 1.6
PROBE_EVERY, PROBE_FAILURES, PROBE_TIMEOUT = 5, 3, 1
START_UP = 20
# The platform restarts at once the first time, then waits longer and longer.
BACK_OFF = (0, 10, 20, 40, 80, 160)
SENT_AGAIN_AFTER = 14
FIRST_UPLOAD = 1 * 3600 + 51 * 60 + 50
END = 2 * 3600


class Night(NamedTuple):
    """What happened: (second of the day, pod, event), and the share of requests that got no answer."""

    events: list[tuple[int, int, str]]
    lost: float

    @property
    def restarts(self) -> int:
        return sum(event == "killed" for _, _, event in self.events)


def killed_at(blocked_from: int, pod: int) -> int:
    """When the third probe in a row has gone unanswered; each pod is probed at its own second of five."""
    first_probe = blocked_from + (pod - blocked_from) % PROBE_EVERY
    return first_probe + (PROBE_FAILURES - 1) * PROBE_EVERY + PROBE_TIMEOUT


def replay(pods: int = PODS) -> Night:
    """The night with one customer's upload, sent again whenever it was cut off."""
    up_from = [0] * pods
    kills = [0] * pods
    blocked: tuple[int, int] | None = None
    upload_due, next_pod = FIRST_UPLOAD, 0
    events: list[tuple[int, int, str]] = []
    lost = seconds = 0.0
    for now in range(FIRST_UPLOAD, END):
        if blocked and now == blocked[1]:
            pod = blocked[0]
            events.append((now, pod, "killed"))
            up_from[pod] = now + BACK_OFF[min(kills[pod], len(BACK_OFF) - 1)] + START_UP
            kills[pod] += 1
            blocked, upload_due = None, now + SENT_AGAIN_AFTER
        events += [(now, pod, "back") for pod in range(pods) if up_from[pod] == now]
        up = [pod for pod in range(pods) if up_from[pod] <= now]
        if blocked is None and now >= upload_due and up:
            pod = min(up, key=lambda pod: (pod - next_pod) % pods)
            next_pod = pod + 1
            events.append((now, pod, "takes the upload"))
            blocked = (pod, killed_at(now, pod))
        seconds += 1
        lost += 1.0 if not up else (1 / len(up) if blocked else 0.0)
    return Night(events, lost / seconds)


def clock(second: int) -> str:
    """10,805 as 03:00:05."""
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def main() -> None:
    night = replay()
    for second, pod, event in night.events:
        print(clock(second), f"pod {pod + 1}", event)
    print(f"{night.restarts} restarts, {night.lost:.0%} of requests lost")


if __name__ == "__main__":
    main()
