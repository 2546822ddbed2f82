"""Settings, from the environment or a .env file. docs/settings.md lists them; a test keeps it complete."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .addresses import AddressFaultError, normal_domain, normal_email
from .places import default_database

# Secrets that may be in files, as containers and systemd provide them, so that none is in the environment.
SECRETS = ("database", "database_password", "oidc_client_secret", "cookie_secret")
SECRET_BYTES = 10_000


class Settings(BaseSettings):
    """Where things lie. Every variable may be left out."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database: str = Field(
        # Filled in below: it depends on how the kit was installed.
        default="",
        # It may hold a password.
        repr=False,
        validation_alias=AliasChoices("INTERVIEW_KIT_DATABASE"),
        description="A SQLAlchemy URL or a file path: sqlite:///file.db or postgresql://user@host/name. Without it: "
        "data/interviews.db in the project's folder, or in the user's own data folder where the kit is installed.",
    )
    database_file: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_DATABASE_FILE"),
        description="A file that holds the database's address, used in place of INTERVIEW_KIT_DATABASE.",
    )
    database_password: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("INTERVIEW_KIT_DATABASE_PASSWORD"),
        description="The password of the database's account, where its address holds none.",
    )
    database_password_file: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_DATABASE_PASSWORD_FILE"),
        description="A file that holds that password, used in place of INTERVIEW_KIT_DATABASE_PASSWORD.",
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
        description="The address that the kit listens on; only this machine's own while nobody signs in.",
    )
    port: int = Field(
        default=8501,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("INTERVIEW_KIT_PORT"),
        description="The port that the kit listens on.",
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
    oidc_client_secret_file: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_OIDC_CLIENT_SECRET_FILE"),
        description="A file that holds the kit's secret at the provider, used in place of INTERVIEW_KIT_OIDC_CLIENT_SECRET.",
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
    cookie_secret_file: str = Field(
        default="",
        validation_alias=AliasChoices("INTERVIEW_KIT_COOKIE_SECRET_FILE"),
        description="A file that holds the cookies' secret, used in place of INTERVIEW_KIT_COOKIE_SECRET.",
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

    metrics: bool = Field(
        default=False,
        validation_alias=AliasChoices("INTERVIEW_KIT_METRICS"),
        description="Answer /_stcore/metrics, to everyone who reaches the kit.",
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Secrets come from their files; a sign-in has all of its parts, or none; addresses are addresses."""
        faults = [*self._read_secrets(), *self._of_sign_in(), *self._of_addresses()]
        if faults:
            raise ValueError("; ".join(faults))
        self.database = self.database or default_database()
        return self

    def _read_secrets(self) -> Iterator[str]:
        for name in SECRETS:
            setting, path = f"INTERVIEW_KIT_{name.upper()}", getattr(self, f"{name}_file")
            if not path:
                continue
            if name in self.model_fields_set and _open(getattr(self, name)):
                yield f"{setting} and {setting}_FILE are both set: keep one"
                continue
            try:
                told = _secret_in(Path(path))
            except SettingsError as error:
                yield f"{setting}_FILE: {error}"
                continue
            setattr(self, name, told if name == "database" else SecretStr(told))
        if self.database_password.get_secret_value() and "@" not in self.database:
            yield "INTERVIEW_KIT_DATABASE_PASSWORD is set, and INTERVIEW_KIT_DATABASE names no account to go with it"

    def _of_sign_in(self) -> Iterator[str]:
        parts = {
            "INTERVIEW_KIT_OIDC_METADATA_URL": self.oidc_metadata_url,
            "INTERVIEW_KIT_OIDC_CLIENT_ID": self.oidc_client_id,
            "INTERVIEW_KIT_OIDC_CLIENT_SECRET": self.oidc_client_secret.get_secret_value(),
            "INTERVIEW_KIT_COOKIE_SECRET": self.cookie_secret.get_secret_value(),
            "INTERVIEW_KIT_PUBLIC_URL": self.public_url,
        }
        if not self.signs_in:
            return
        yield from (f"{name} is missing" for name, value in parts.items() if not value)
        if 0 < len(parts["INTERVIEW_KIT_COOKIE_SECRET"]) < 32:
            yield "INTERVIEW_KIT_COOKIE_SECRET has fewer than 32 characters"
        if not _safe(self.oidc_metadata_url):
            yield "INTERVIEW_KIT_OIDC_METADATA_URL is not an https address"

    def _of_addresses(self) -> Iterator[str]:
        if self.public_url and (
            not _safe(self.public_url)
            or not self.public_url.isascii()
            or urlsplit(self.public_url).path not in ("", "/")
        ):
            yield "INTERVIEW_KIT_PUBLIC_URL is not an https address (in ASCII, without a path)"
        for name, text, normal in (
            ("OIDC_DOMAINS", self.oidc_domains, normal_domain),
            ("ADMINS", self.admins, normal_email),
        ):
            for one in _parts(text):
                try:
                    normal(one)
                except AddressFaultError as error:
                    yield f"INTERVIEW_KIT_{name}: {one}: {error}"
        if not self.webhook_hosts.isascii():
            yield "INTERVIEW_KIT_WEBHOOK_HOSTS: write each host in ASCII, in its form with xn-- where it has one"

    @property
    def database_address(self) -> str:
        """The database's address with its password, which is part of it or a setting of its own."""
        scheme, mark, rest = self.database.partition("://")
        account, at, place = rest.rpartition("@")
        password = self.database_password.get_secret_value()
        if not (mark and at and password) or ":" in account:
            return self.database
        return f"{scheme}://{account}:{quote(password, safe='')}@{place}"

    @property
    def signs_in(self) -> bool:
        """Whether people sign in with a provider; otherwise they choose a name."""
        return bool(
            self.oidc_metadata_url or self.oidc_client_id or self.oidc_client_secret.get_secret_value()
        )

    @property
    def domains(self) -> frozenset[str]:
        """The domains of `oidc_domains`, in their normal form."""
        return frozenset(map(normal_domain, _parts(self.oidc_domains)))

    @property
    def admin_emails(self) -> frozenset[str]:
        """The addresses of `admins`, in their normal form."""
        return frozenset(map(normal_email, _parts(self.admins)))

    @property
    def names(self) -> frozenset[str]:
        """The name under which people open the kit, beside those of this machine."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        return frozenset([public] if public else [])

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return self.public_url.startswith("https://")

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts of `webhook_hosts`, in small letters."""
        return frozenset(one.lower() for one in _parts(self.webhook_hosts))

    @property
    def origin(self) -> str:
        """What a browser calls the pages at `public_url`; empty where that is not set."""
        return self.public_url.rstrip("/").lower()


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _open(value: str | SecretStr) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _secret_in(path: Path) -> str:
    """What a file of a secret holds, without the line break at its end; what it says is in no message."""
    try:
        with path.open("rb") as file:
            told = file.read(SECRET_BYTES + 1)
        text = told.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is no text") from None
    if not text or len(told) > SECRET_BYTES or not text.isprintable():
        raise SettingsError(f"{path} must hold exactly one line of text")
    return text


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
