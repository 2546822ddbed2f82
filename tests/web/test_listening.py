"""Where the kit listens: on this machine, and elsewhere only with a sign-in."""

from __future__ import annotations

import pytest

from interview_kit.serving import open_to_others
from scorecards.outside.settings import Settings

SIGN_IN = {
    "OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "kit",
    "OIDC_CLIENT_SECRET": "a secret",
    "COOKIE_SECRET": "c" * 32,
    "PUBLIC_URL": "https://kit.example",
}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_the_kit_listens_on_this_machine(host: str) -> None:
    assert open_to_others(Settings(INTERVIEW_KIT_HOST=host)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "kit.example.org", ""])
def test_without_sign_in_the_kit_listens_nowhere_else_and_says_why(host: str) -> None:
    assert "nobody signs in" in (open_to_others(Settings(INTERVIEW_KIT_HOST=host)) or "")


def test_with_a_sign_in_it_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SIGN_IN.items():
        monkeypatch.setenv(f"INTERVIEW_KIT_{name}", value)
    assert open_to_others(Settings(INTERVIEW_KIT_HOST="0.0.0.0")) is None
