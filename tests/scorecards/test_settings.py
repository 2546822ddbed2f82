"""Settings that go together, and what is said where they do not."""

from __future__ import annotations

import pytest

from scorecards.settings import Settings, SettingsError, load_settings

WHOLE = {
    "OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "kit",
    "OIDC_CLIENT_SECRET": "a secret",
    "COOKIE_SECRET": "c" * 32,
    "PUBLIC_URL": "https://kit.example",
}


def settings(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    """As they stand in the environment alone."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name, value in changes.items():
        monkeypatch.setenv(f"INTERVIEW_KIT_{name}", value)
    return load_settings()


def test_without_a_provider_nobody_signs_in(monkeypatch) -> None:
    assert not settings(monkeypatch).signs_in


def test_a_whole_sign_in_is_taken(monkeypatch) -> None:
    assert settings(monkeypatch, **WHOLE).signs_in


@pytest.mark.parametrize("missing", WHOLE)
def test_a_part_that_is_missing_is_named(monkeypatch, missing) -> None:
    with pytest.raises(SettingsError, match=f"INTERVIEW_KIT_{missing} is"):
        settings(monkeypatch, **{name: value for name, value in WHOLE.items() if name != missing})


def test_every_missing_part_is_named_at_once(monkeypatch) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(monkeypatch, OIDC_CLIENT_ID="kit")
    assert str(refused.value).count("is missing") == 4


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("COOKIE_SECRET", "short", "fewer than 32"),
        ("PUBLIC_URL", "http://kit.example", "no https address"),
        ("PUBLIC_URL", "https://kit.example/below", "without a path"),
        ("PUBLIC_URL", "kit.example", "no https address"),
        ("OIDC_METADATA_URL", "http://id.example/x", "no https address"),
        ("OIDC_METADATA_URL", "https://[", "no https address"),
    ],
)
def test_a_part_that_cannot_be_used_is_refused_with_the_reason(monkeypatch, name, value, said) -> None:
    with pytest.raises(SettingsError, match=said):
        settings(monkeypatch, **WHOLE | {name: value})


def test_on_this_machine_http_will_do(monkeypatch) -> None:
    kept = settings(monkeypatch, **WHOLE | {"PUBLIC_URL": "http://127.0.0.1:8501"})
    assert not kept.secure


def test_no_secret_is_in_what_is_said_of_a_wrong_setting(monkeypatch) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(monkeypatch, OIDC_CLIENT_SECRET="s3cr3t", COOKIE_SECRET="als0-s3cr3t", PORT="none")
    assert "s3cr3t" not in str(refused.value)


def test_no_secret_is_in_what_the_settings_print(monkeypatch) -> None:
    kept = settings(monkeypatch, **WHOLE)
    assert not any(secret in repr(kept) for secret in ("a secret", "c" * 32))


def test_lists_are_read_in_small_letters(monkeypatch) -> None:
    kept = settings(monkeypatch, OIDC_DOMAINS=" Firm.example, ,b.example", ADMINS="Ana@Firm.example")
    assert (kept.domains, kept.admin_emails) == ({"firm.example", "b.example"}, {"ana@firm.example"})


def test_the_kit_answers_to_its_own_names_alone(monkeypatch) -> None:
    assert settings(monkeypatch, PUBLIC_URL="https://kit.example:8443").hosts == [
        "localhost",
        "127.0.0.1",
        "kit.example",
    ]
