"""The payment desk: the model proposes, this code decides, and the owner confirms what is shown."""

import secrets
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from bank import Bank
from model import Model

STEPS = 40
AT_ONCE = 500_00
A_DAY = 1_000_00
TOOLS = {
    "read_mail": ("mail",),
    "balance": ("account",),
    "transfer": ("source", "target", "amount"),
    "change_payment": ("token", "target", "amount"),
}


class Payment(NamedTuple):
    """A payment that waits for its owner's confirmation, as the owner's screen shows it."""

    token: str
    source: str
    target: str
    cents: int


class Reply(NamedTuple):
    """What the signed-in user sees after a request."""

    text: str
    pending: tuple[Payment, ...]


class RefusalError(ValueError):
    """The desk does not do this, no matter who asks for it."""


def in_cents(amount: str) -> int:
    """A sum in cents; `RefusalError` if it is not a positive sum of at most AT_ONCE."""
    try:
        cents = Decimal(amount) * 100
    except InvalidOperation:
        raise RefusalError("that is no sum") from None
    if not cents.is_finite() or cents != cents.to_integral_value() or not 0 < cents <= AT_ONCE:
        raise RefusalError("the sum is outside the limits")
    return int(cents)


class Desk:
    """One desk serves all users for one day; `mails` holds the texts of each user's mailbox by number."""

    def __init__(self, bank: Bank, mails: dict[str, dict[int, str]]):
        self.bank = bank
        self.mails = mails
        self.waiting: dict[str, tuple[str, Payment]] = {}
        self.spent: dict[str, int] = {}

    def handle(self, user: str, request: str) -> Reply:
        """Let the model work on a request of the signed-in user; nothing is paid here."""
        model, transcript, before = Model(user), [request], set(self.waiting)
        step = {"say": ""}
        for _ in range(STEPS):
            step = model.next_step(transcript)
            if "say" in step:
                break
            transcript.append(self.call(user, step["tool"], step["arguments"]))
        new = [
            payment
            for token, (owner, payment) in self.waiting.items()
            if token not in before and owner == user
        ]
        return Reply(step.get("say", ""), tuple(new))

    def confirm(self, user: str, token: str) -> bool:
        """The signed-in user presses the button beside a waiting payment; True when it was paid."""
        owner, payment = self.waiting.get(token, (None, None))
        if owner != user or self.bank.owner(payment.source) != user:
            return False
        if self.spent.get(user, 0) + payment.cents > A_DAY:
            return False
        del self.waiting[token]
        self.spent[user] = self.spent.get(user, 0) + payment.cents
        self.bank.move(payment.source, payment.target, payment.cents)
        return True

    def call(self, user: str, tool: str, arguments: dict) -> str:
        """Run a listed tool with the signed-in user's rights, whatever user the model names."""
        if tool not in TOOLS:
            return f"{tool} is not for the model"
        try:
            return getattr(self, tool)(user, **{name: arguments[name] for name in TOOLS[tool]})
        except (KeyError, RefusalError) as error:
            return f"{tool} refused: {error}"

    def read_mail(self, user: str, mail: int) -> str:
        """A mail of the user's own mailbox."""
        return self.mails[user][mail]

    def balance(self, user: str, account: str) -> str:
        """The balance of an own account."""
        self._own(user, account)
        return f"{account} holds {self.bank.cents[account] / 100:.2f}"

    def transfer(self, user: str, source: str, target: str, amount: str) -> str:
        """Prepare a payment from an own account."""
        self._own(user, source)
        return self._wait(user, source, target, in_cents(amount))

    def change_payment(self, user: str, token: str, target: str, amount: str) -> str:
        """Replace an own waiting payment; the old token is void."""
        owner, payment = self.waiting[token]
        if owner != user:
            raise RefusalError("not your payment")
        cents = in_cents(amount)
        del self.waiting[token]
        return self._wait(user, payment.source, target, cents)

    def _own(self, user: str, account: str) -> None:
        if self.bank.owner(account) != user:
            raise RefusalError("not your account")

    def _wait(self, user: str, source: str, target: str, cents: int) -> str:
        payment = Payment(secrets.token_hex(8), source, target, cents)
        self.waiting[payment.token] = (user, payment)
        return f"{cents / 100:.2f} to {target} waits for its owner with token {payment.token}"
