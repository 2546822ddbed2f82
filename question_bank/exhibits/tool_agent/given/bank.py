"""Accounts in memory. Part of the surroundings: leave it as it is."""

from typing import NamedTuple


class Moved(NamedTuple):
    """One transfer that was carried out."""

    source: str
    target: str
    cents: int


class Bank:
    """Carries out whatever it is told to; the desk in front of it has to decide."""

    def __init__(self, owners: dict[str, str], cents: dict[str, int]):
        self.owners = dict(owners)
        self.cents = dict(cents)
        self.moved: list[Moved] = []

    def owner(self, account: str) -> str | None:
        """Who owns an account; None for accounts at other banks."""
        return self.owners.get(account)

    def move(self, source: str, target: str, cents: int) -> None:
        """Take `cents` from one account and put them into the other."""
        self.cents[source] = self.cents.get(source, 0) - cents
        self.cents[target] = self.cents.get(target, 0) + cents
        self.moved.append(Moved(source, target, cents))
