"""Who signs in: what a provider of OpenID Connect tells of a person, and whether they may come in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ..record.names import UnusableNameError, clean_name
from .addresses import clean_email, normal_email

# How far the provider's clock may be from this one.
CLOCK_LEEWAY = timedelta(minutes=5)
# Claims that tell one sign-in of a person from the next.
_OF_ONE_SIGN_IN = ("iss", "sub", "aud", "iat", "exp", "nonce", "auth_time", "sid", "jti")
_NAMED_EMAIL = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>")


class Claims(NamedTuple):
    """What is believed of somebody who signed in.

    `identity` is issuer and subject, `session` the digest of what only this sign-in has, `email` in its normal form
    and only where it is known to be theirs.
    """

    identity: str
    session: str
    email: str | None
    name: str
    issued_at: datetime


def read_claims(told: Mapping[str, Any], *, client_id: str, trust_email: bool) -> Claims | None:
    """The claims of an ID token whose signature was checked; None where it lacks issuer, subject or time, or is not
    for this client.

    An address that its provider has not verified counts as none, unless `trust_email`: some providers verify
    every address and do not say so.
    """
    issuer, subject, issued = told.get("iss"), told.get("sub"), told.get("iat")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        return None
    audience = told.get("aud")
    if client_id not in (audience if isinstance(audience, list) else [audience]):
        return None
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    once = json.dumps([told.get(name) for name in _OF_ONE_SIGN_IN], sort_keys=True)
    email = _email_in(told, trust_email=trust_email)
    return Claims(
        identity=json.dumps([issuer, subject]),
        session=hashlib.sha256(once.encode()).hexdigest()[:48],
        email=email,
        name=(_name_in(told) or (email or "").partition("@")[0] or "Somebody")[:200],
        issued_at=datetime.fromtimestamp(issued, UTC),
    )


def _email_in(told: Mapping[str, Any], *, trust_email: bool) -> str | None:
    verified = told.get("email_verified")
    if not (verified is True or verified == "true" or trust_email):
        return None
    return clean_email(str(told.get("email") or ""))


def _name_in(told: Mapping[str, Any]) -> str:
    """What they are called; empty where that is no name that the kit takes."""
    called = str(told.get("name") or told.get("preferred_username") or "")
    try:
        return clean_name("".join(sign if sign.isprintable() else " " for sign in called))
    except UnusableNameError:
        return ""


def why_not(claims: Claims, domains: Collection[str], hours: float, at: datetime) -> list[str]:
    """Reasons for which this sign-in is not taken. `domains`: in their normal form; empty lets all in."""
    if not at - timedelta(hours=hours) - CLOCK_LEEWAY <= claims.issued_at <= at + CLOCK_LEEWAY:
        return [session_ended(hours)]
    if domains and claims.email is None:
        return [
            "The provider did not say that your e-mail address is verified, or gave one with signs before the @ that "
            "are not plain ASCII: only some addresses come in."
        ]
    if domains and (claims.email or "").rpartition("@")[2] not in domains:
        return [f"{claims.email} is not of {' or '.join(sorted(domains))}. Sign in with another address."]
    return []


def session_ended(hours: float) -> str:
    """Why somebody has to sign in again."""
    return (
        f"You signed in more than {hours:g} hours ago. Sign in again; words that you typed stay in their tab."
    )


def named_email(text: str) -> tuple[str, str]:
    """From 'ana@firm.example' or 'Ana Example <ana@firm.example>'; `AddressFaultError` where there is no address."""
    found = _NAMED_EMAIL.fullmatch(text.strip())
    email = normal_email(found["email"] if found else text.strip())
    return (found["name"].strip() if found else "") or email, email
