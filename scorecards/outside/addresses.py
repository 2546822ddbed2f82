"""One normal form of an e-mail address and of a domain: two addresses are the same only where every mail server
would say so."""

from __future__ import annotations

import re

import idna

EMAIL_LENGTH, LOCAL_LENGTH, DOMAIN_LENGTH = 254, 64, 253
# Words of letters, digits and the marks that need no quotes, with single dots between (RFC 5322, dot-atom).
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class AddressFaultError(ValueError):
    """The kit does not accept this address; the message tells its author why."""


def normal_email(text: str) -> str:
    """The one spelling under which an address is kept and compared; `AddressFaultError` says why there is none.

    Before the @ only ASCII capitals become small. Other letters are refused, never folded: folding would make one
    address of two (`groß` and `gross`, the Kelvin sign and `k`). The domain is in its ASCII form (`xn--…`).
    """
    local, at, domain = text.strip(" \t").rpartition("@")
    if not at or not local:
        raise AddressFaultError("This is not an e-mail address. It should look like name@example.org.")
    if not local.isascii():
        odd = next(sign for sign in local if not sign.isascii())
        raise AddressFaultError(
            f"The character U+{ord(odd):04X} before the @ is not plain ASCII. The kit refuses such addresses: to some mail "
            "servers they differ from what they look like."
        )
    if len(local) > LOCAL_LENGTH or not _LOCAL.fullmatch(local):
        raise AddressFaultError(
            "Before the @ only letters, digits and characters such as . _ + - may be used, with no spaces, quotes or two "
            f"dots together, and at most {LOCAL_LENGTH} of them."
        )
    whole = f"{local.lower()}@{normal_domain(domain)}"
    if len(whole) > EMAIL_LENGTH:
        raise AddressFaultError(f"An address has at most {EMAIL_LENGTH} characters.")
    return whole


def normal_domain(text: str) -> str:
    """A domain in its ASCII form and small letters, strictly as IDNA 2008 has it: nothing is mapped or left out."""
    # Only ASCII capitals: every other letter has to be written as the domain is registered.
    domain = "".join(sign.lower() if sign.isascii() else sign for sign in text)
    if "." not in domain.rstrip(".") or domain.endswith(".") or domain.rpartition(".")[2].isdigit():
        raise AddressFaultError(f"{text!a} is not a domain. It should look like example.org.")
    try:
        found = idna.encode(domain, strict=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, IndexError) as error:
        raise AddressFaultError(
            f"{text!a} is not a domain: write it in lower case, as registered, or in its xn-- form."
        ) from error
    if len(found) > DOMAIN_LENGTH:
        raise AddressFaultError(f"A domain has at most {DOMAIN_LENGTH} characters.")
    return found


def clean_email(text: str) -> str | None:
    """The address in its normal form; None where it is none."""
    try:
        return normal_email(text)
    except AddressFaultError:
        return None


def spellings(email: str) -> tuple[str, ...]:
    """How a database may hold this normal address: as it is, and with the domain's own letters, as earlier versions
    kept it."""
    local, _, domain = email.rpartition("@")
    try:
        return tuple(dict.fromkeys((email, f"{local}@{idna.decode(domain)}")))
    except (idna.IDNAError, UnicodeError):
        return (email,)
