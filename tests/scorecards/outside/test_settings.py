"""Settings that go together, and what is said where they do not."""

from __future__ import annotations

import pytest

from scorecards.outside.settings import Settings, SettingsError, load_settings

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
        ("PUBLIC_URL", "http://kit.example", "not an https address"),
        ("PUBLIC_URL", "https://kit.example/below", "without a path"),
        ("PUBLIC_URL", "kit.example", "not an https address"),
        ("OIDC_METADATA_URL", "http://id.example/x", "not an https address"),
        ("OIDC_METADATA_URL", "https://[", "not an https address"),
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


def test_the_kit_is_known_by_the_name_of_its_public_address(monkeypatch) -> None:
    assert settings(monkeypatch, PUBLIC_URL="https://Kit.example:8443").names == {"kit.example"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_DOMAINS", "ﬁrm.example"),
        ("OIDC_DOMAINS", "good.example, firm"),
        ("ADMINS", "mi\u212ae@firm.example"),
        ("ADMINS", "ana"),
        ("WEBHOOK_HOSTS", "\u212a.internal"),
        ("PUBLIC_URL", "https://\u212ait.example"),
    ],
)
def test_an_address_that_has_no_one_normal_form_stops_the_start(monkeypatch, name, value) -> None:
    """Left out in silence it would be another rule than the one that was meant."""
    with pytest.raises(SettingsError, match=f"INTERVIEW_KIT_{name}"):
        settings(monkeypatch, **WHOLE | {name: value})


# Secrets in files

IN_FILES = ["DATABASE_PASSWORD", "OIDC_CLIENT_SECRET", "COOKIE_SECRET"]


@pytest.mark.parametrize("name", IN_FILES)
@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_secret_may_be_in_a_file_of_its_own(monkeypatch, tmp_path, name, ending) -> None:
    (tmp_path / "secret").write_bytes(("s" * 40 + ending).encode())
    given = WHOLE | {"DATABASE": "postgresql://kit@database/interviews"}
    given.pop(name, None)
    kept = settings(monkeypatch, **given, **{f"{name}_FILE": str(tmp_path / "secret")})
    assert getattr(kept, name.lower()).get_secret_value() == "s" * 40


def test_the_databases_address_may_be_in_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "address").write_text("postgresql://kit:word@database/interviews\n")
    kept = settings(monkeypatch, DATABASE_FILE=str(tmp_path / "address"))
    assert kept.database_address == "postgresql://kit:word@database/interviews"


@pytest.mark.parametrize("name", ["DATABASE", *IN_FILES])
def test_a_secret_that_is_given_twice_is_refused(monkeypatch, tmp_path, name) -> None:
    (tmp_path / "secret").write_text("s" * 40)
    twice = {name: "postgresql://kit@x/y" if name == "DATABASE" else "t" * 40}
    with pytest.raises(
        SettingsError, match=f"INTERVIEW_KIT_{name} and INTERVIEW_KIT_{name}_FILE are both set"
    ):
        settings(monkeypatch, **WHOLE | twice | {f"{name}_FILE": str(tmp_path / "secret")})


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe", b"one\ntwo\n", b"x" * 10_001])
def test_a_file_without_a_secret_is_refused_and_its_contents_are_not_shown(
    monkeypatch, tmp_path, content
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    with pytest.raises(SettingsError, match=r"INTERVIEW_KIT_COOKIE_SECRET_FILE: .*secret") as refused:
        settings(monkeypatch, COOKIE_SECRET_FILE=str(tmp_path / "secret"))
    assert "one" not in str(refused.value).replace("one line", "")


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("postgresql://kit@database/interviews", "postgresql://kit:p%40ss%2Fword@database/interviews"),
        ("postgresql://kit:own@database/interviews", "postgresql://kit:own@database/interviews"),
    ],
)
def test_a_password_of_its_own_goes_with_the_account_of_the_address(monkeypatch, address, whole) -> None:
    kept = settings(monkeypatch, DATABASE=address, DATABASE_PASSWORD="p@ss/word")
    assert kept.database_address == whole
    assert "p@ss" not in repr(kept)


def test_a_password_without_an_account_is_refused(monkeypatch) -> None:
    with pytest.raises(SettingsError, match="names no account"):
        settings(monkeypatch, DATABASE="sqlite:///here.db", DATABASE_PASSWORD="word")
