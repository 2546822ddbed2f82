"""What is believed of somebody who signed in, and who may come in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scorecards.outside.addresses import AddressFaultError
from scorecards.outside.sign_in import CLOCK_LEEWAY, Claims, named_email, read_claims, why_not
from scorecards.record.model import now

CLIENT = "kit"
# The same for every call: another second would be another sign-in.
ISSUED = int(now().timestamp())


def told(**changes: Any) -> dict[str, Any]:
    """What a provider tells of Ana, with changes; None leaves a claim out."""
    whole = {
        "iss": "https://id.example",
        "sub": "17",
        "aud": [CLIENT],
        "iat": ISSUED,
        "nonce": "n1",
        "name": "Ana Example",
        "email": "Ana@Firm.example",
        "email_verified": True,
    } | changes
    return {name: value for name, value in whole.items() if value is not None}


def claims(*, trust_email: bool = False, **changes: Any) -> Claims:
    read = read_claims(told(**changes), client_id=CLIENT, trust_email=trust_email)
    assert read is not None
    return read


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 17},
        {"iat": None},
        {"iat": "soon"},
        {"iat": True},
        {"aud": None},
        {"aud": []},
        {"aud": "another"},
        {"aud": ["another", "still another"]},
    ],
)
def test_a_token_without_what_it_must_have_or_for_another_client_is_nobodys(changes: dict[str, Any]) -> None:
    assert read_claims(told(**changes), client_id=CLIENT, trust_email=True) is None


def test_an_audience_may_be_one_word() -> None:
    assert claims(aud=CLIENT).name == "Ana Example"


def test_an_address_is_believed_where_its_provider_has_verified_it() -> None:
    assert claims().email == "ana@firm.example"


@pytest.mark.parametrize("verified", [None, False, "false", 1, 1.0, 2, "1", "yes", "True", [True]])
def test_an_address_that_is_not_said_to_be_verified_counts_as_none(verified: object) -> None:
    assert claims(email_verified=verified).email is None


def test_an_address_is_believed_without_that_where_the_deployment_says_so() -> None:
    assert claims(email_verified=None, trust_email=True).email == "ana@firm.example"


@pytest.mark.parametrize(
    "email",
    ["ana", "ana@firm", "a@b@c.d", "ana@firm.example,bo@firm.example", "a\x00@b.c", "mi\u212ae@firm.example"],
)
def test_what_is_no_address_is_none(email: str) -> None:
    assert claims(email=email).email is None


@pytest.mark.parametrize("changed", ["nonce", "iat", "sub", "iss"])
def test_another_sign_in_is_another_session(changed: str) -> None:
    other = {"nonce": "n2", "iat": 1, "sub": "18", "iss": "https://other.example"}[changed]
    assert claims(**{changed: other}).session != claims().session


def test_the_same_subject_of_another_issuer_is_somebody_else() -> None:
    assert claims(iss="https://other.example").identity != claims().identity


@pytest.mark.parametrize(
    ("name", "email", "called"),
    [
        ("Ana\n  Example\x00", "ana@firm.example", "Ana Example"),
        (None, "ana@firm.example", "ana"),
        ("", None, "Somebody"),
        ("x" * 500, None, "x" * 200),
    ],
)
def test_everybody_is_called_something_that_can_be_shown(name, email, called) -> None:
    assert claims(name=name, email=email).name == called


def test_a_person_from_a_known_domain_comes_in() -> None:
    assert why_not(claims(), {"firm.example"}, 12, now()) == []


@pytest.mark.parametrize("email", ["ana@other.example", "ana@notfirm.example", "ana@sub.firm.example"])
def test_another_domain_is_refused_by_name(email: str) -> None:
    (reason,) = why_not(claims(email=email), {"firm.example"}, 12, now())
    assert email in reason
    assert "firm.example" in reason


def test_where_domains_matter_an_unverified_address_is_refused() -> None:
    (reason,) = why_not(claims(email_verified=False), {"firm.example"}, 12, now())
    assert "verified" in reason


def test_without_domains_everyone_whom_the_provider_lets_in_comes_in() -> None:
    assert why_not(claims(email=None), (), 12, now()) == []


@pytest.mark.parametrize("hours_ago", [12.2, 24 * 29, -1])
def test_a_sign_in_that_is_too_old_or_from_the_future_is_refused(hours_ago: float) -> None:
    at = now() - timedelta(hours=hours_ago)
    (reason,) = why_not(claims(iat=at.timestamp()), (), 12, now())
    assert "Sign in again" in reason


def test_a_providers_clock_may_be_a_little_off() -> None:
    at = now() + CLOCK_LEEWAY - timedelta(seconds=10)
    assert why_not(claims(iat=at.timestamp()), (), 12, now()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bo@firm.example", ("bo@firm.example", "bo@firm.example")),
        (" Bo Example <Bo@Firm.example> ", ("Bo Example", "bo@firm.example")),
        ("<bo@firm.example>", ("bo@firm.example", "bo@firm.example")),
    ],
)
def test_somebody_is_named_by_an_address_with_or_without_a_name(text, found) -> None:
    assert named_email(text) == found


@pytest.mark.parametrize(
    "text",
    ["Bo Example", "Bo <bo>", "Bo <bo@firm.example> <eve@firm.example>", "Bo <bo@\u212airm.example>", ""],
)
def test_without_an_address_the_reason_is_given(text: str) -> None:
    with pytest.raises(AddressFaultError, match=r"look like|ASCII|domain|may be used"):
        named_email(text)
