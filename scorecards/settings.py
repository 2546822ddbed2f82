"""Settings, from the environment or a .env file. docs/settings.md lists them; a test keeps it complete."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie. Every variable may be left out."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database: str = Field(
        default="sqlite:///data/interviews.db",
        validation_alias=AliasChoices("INTERVIEW_KIT_DATABASE"),
        description="A SQLAlchemy URL or a file path: sqlite:///file.db or postgresql://user@host/name.",
    )
    bank_path: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("INTERVIEW_KIT_BANK_PATH", "BANK_PATH"),
        description="A private question bank's folder, used in place of the shipped one.",
    )
    rubrics_path: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("INTERVIEW_KIT_RUBRICS_PATH", "RUBRICS_PATH"),
        description="A private rubrics folder, used in place of the shipped one.",
    )
    host: str = Field(
        default="127.0.0.1",
        validation_alias=AliasChoices("INTERVIEW_KIT_HOST"),
        description="The address that `python app.py` listens on; only this machine's own while nobody signs in.",
    )
    port: int = Field(
        default=8501,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("INTERVIEW_KIT_PORT"),
        description="The port that `python app.py` listens on.",
    )
    webhook_hosts: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_WEBHOOK_HOSTS"),
        description="Hosts of one's own network that a webhook may reach, with commas between.",
    )

    public_url: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_PUBLIC_URL"),
        description="The address that people open where it is not this machine's own, as https://kit.example.org.",
    )
    oidc_metadata_url: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_METADATA_URL"),
        description="Where the sign-in's provider describes itself; ends in /.well-known/openid-configuration.",
    )
    oidc_client_id: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_CLIENT_ID"),
        description="The kit's name at the provider.",
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_CLIENT_SECRET"),
        description="The kit's secret at the provider.",
    )
    oidc_domains: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_DOMAINS"),
        description="Domains whose e-mail addresses come in, with commas between; empty: all that the provider lets in.",
    )
    oidc_trust_email: bool = Field(
        default=False,
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_TRUST_EMAIL"),
        description="Believe addresses that the provider does not call verified.",
    )
    cookie_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("INTERVIEW_KIT_COOKIE_SECRET"),
        description="At least 32 random characters, the same for every replica; it signs the sign-in's cookies.",
    )
    session_hours: float = Field(
        default=12,
        ge=0.01,
        le=24 * 7,
        validation_alias=AliasChoices("INTERVIEW_KIT_SESSION_HOURS"),
        description="How long a sign-in is good.",
    )
    admins: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_ADMINS"),
        description="E-mail addresses of people who administer once they sign in, with commas between.",
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """A sign-in has all of its parts, or none."""
        parts = {
            "INTERVIEW_KIT_OIDC_METADATA_URL": self.oidc_metadata_url,
            "INTERVIEW_KIT_OIDC_CLIENT_ID": self.oidc_client_id,
            "INTERVIEW_KIT_OIDC_CLIENT_SECRET": self.oidc_client_secret.get_secret_value(),
            "INTERVIEW_KIT_COOKIE_SECRET": self.cookie_secret.get_secret_value(),
        }
        faults = []
        if self.signs_in:
            parts["INTERVIEW_KIT_PUBLIC_URL"] = self.public_url
            faults += [f"{name} is missing" for name, value in parts.items() if not value]
            if 0 < len(parts["INTERVIEW_KIT_COOKIE_SECRET"]) < 32:
                faults.append("INTERVIEW_KIT_COOKIE_SECRET has fewer than 32 characters")
            if not _safe(self.oidc_metadata_url):
                faults.append("INTERVIEW_KIT_OIDC_METADATA_URL is no https address")
        if self.public_url and (
            not _safe(self.public_url) or urlsplit(self.public_url).path not in ("", "/")
        ):
            faults.append("INTERVIEW_KIT_PUBLIC_URL is no https address without a path")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def signs_in(self) -> bool:
        """Whether people sign in with a provider; otherwise they choose a name."""
        return bool(
            self.oidc_metadata_url or self.oidc_client_id or self.oidc_client_secret.get_secret_value()
        )

    @property
    def domains(self) -> frozenset[str]:
        """The domains of `oidc_domains`, in small letters."""
        return _parts(self.oidc_domains)

    @property
    def admin_emails(self) -> frozenset[str]:
        """The addresses of `admins`, in small letters."""
        return _parts(self.admins)

    @property
    def hosts(self) -> list[str]:
        """The names by which a browser may ask for the kit; any other comes from a page that is not ours."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        return ["localhost", "127.0.0.1", *([public] if public else [])]

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return self.public_url.startswith("https://")

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts of `webhook_hosts`, in small letters."""
        return _parts(self.webhook_hosts)


def _parts(text: str) -> frozenset[str]:
    return frozenset(filter(None, (one.strip().casefold() for one in text.split(","))))


def _safe(url: str) -> bool:
    """Whether nobody on the way can read along: by https, or on this machine."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_own(parts.hostname))
        )
    except ValueError:
        return False


def is_own(host: str | None) -> bool:
    """Whether only this machine reaches this host."""
    try:
        return host == "localhost" or (host is not None and ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what is wrong."""


def load_settings() -> Settings:
    """The settings as they stand now; `SettingsError` names every one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            ": ".join([*map(str, fault["loc"][:1]), fault["msg"].removeprefix("Value error, ")])
            for fault in error.errors(include_url=False, include_input=False)
        )
        raise SettingsError(f"A setting is wrong: {faults}. docs/settings.md lists them.") from error
