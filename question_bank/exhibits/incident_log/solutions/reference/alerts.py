"""Pages by burn of the error budget over two windows, without the customer that fails on its own."""

from collections import deque

BUDGET = 0.005
FAST, SLOW = 14.4, 1.5
# Windows in steps of five minutes: an hour and ten minutes for pages, a day and two hours for tickets.
HOUR, NOW, DAY, LATELY = 12, 2, 288, 24
ENOUGH = 12


class Window:
    """Sums of the last steps for each customer."""

    def __init__(self, steps: int):
        self.steps = steps
        self.held: deque[dict[str, tuple[int, int]]] = deque()
        self.sums: dict[str, list[int]] = {}

    def add(self, counts: dict[str, tuple[int, int]]) -> None:
        self.held.append(counts)
        self._count(counts, 1)
        if len(self.held) > self.steps:
            self._count(self.held.popleft(), -1)

    def _count(self, counts: dict[str, tuple[int, int]], sign: int) -> None:
        for who, pair in counts.items():
            sums = self.sums.setdefault(who, [0, 0])
            sums[0] += sign * pair[0]
            sums[1] += sign * pair[1]

    def burn(self, without: str = "") -> float:
        """How many times faster than allowed the budget is used; 0 with next to no errors."""
        requests = sum(sums[0] for who, sums in self.sums.items() if who != without)
        errors = sum(sums[1] for who, sums in self.sums.items() if who != without)
        return errors / requests / BUDGET if errors >= ENOUGH // 3 else 0.0

    def loudest(self) -> str:
        """The customer with most errors."""
        return max(self.sums, key=lambda who: self.sums[who][1])


class Rule:
    def __init__(self) -> None:
        self.hour, self.now, self.day, self.lately = map(Window, (HOUR, NOW, DAY, LATELY))
        self.leak_told = -(10**9)

    def see(self, minute: int, counts: dict[str, tuple[int, int]]) -> list[str]:
        for window in (self.hour, self.now, self.day, self.lately):
            window.add(counts)
        return [*self.fast(), *self.leak(minute)]

    def fast(self) -> list[str]:
        """A page where everybody burns, a ticket with the name where one customer does."""
        who = self.hour.loudest()
        errors, all_errors = self.hour.sums[who][1], sum(sums[1] for sums in self.hour.sums.values())
        if errors >= ENOUGH and errors > 0.8 * all_errors and self.hour.burn() >= FAST / 4:
            return [f"ticket {who}"]
        # An hour is judged by an hour of requests, also while it has not ended: no alarm for five minutes.
        both = self.hour.burn(without=who) >= FAST and self.now.burn(without=who) >= FAST
        return ["page"] if both else []

    def leak(self, minute: int) -> list[str]:
        """A ticket a day while the budget of a day is used half as fast again as allowed."""
        who = self.day.loudest()
        burning = self.day.burn(without=who) >= SLOW and self.lately.burn(without=who) >= SLOW
        if len(self.day.held) < DAY // 2 or not burning or minute - self.leak_told < 24 * 60:
            return []
        self.leak_told = minute
        return ["ticket"]
