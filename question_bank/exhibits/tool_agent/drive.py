"""Runs in the jail: one desk, in front of a bank that stays with the judge."""

import sys
import types
from typing import NamedTuple


class Moved(NamedTuple):
    """One transfer that was carried out."""

    source: str
    target: str
    cents: int


class Bank:
    """Looks like the bank of the task; every question and every move goes to the judge's."""

    def __init__(self, ask):
        self._ask = ask

    @property
    def owners(self):
        return self._ask("owners")

    @property
    def cents(self):
        return self._ask("cents")

    @property
    def moved(self):
        return [Moved(*move) for move in self._ask("moved")]

    def owner(self, account):
        return self._ask("owner", account)

    def move(self, source, target, cents):
        self._ask("move", source, target, cents)


def begin(link, job):
    module = types.ModuleType("bank")
    module.Moved, module.Bank = Moved, Bank
    sys.modules["bank"] = module
    import service

    mails = {user: {} for user in job["users"]}
    desk = service.Desk(Bank(link.ask), mails)

    def step(what, user, *args):
        if what == "mail":
            mails[user][args[0]] = args[1]
            return None
        if what == "confirm":
            return bool(desk.confirm(user, *args))
        reply = desk.handle(user, *args)
        return {"text": str(reply.text), "pending": [list(payment) for payment in reply.pending]}

    return step
