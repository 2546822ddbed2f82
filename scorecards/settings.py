"""Settings, from the environment or a .env file. docs/settings.md lists them; a test keeps it complete."""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field, ValidationError
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
        description="The address that `python app.py` listens on; any other than this machine's own is refused.",
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

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts of `webhook_hosts`, in small letters."""
        return frozenset(filter(None, (one.strip().casefold() for one in self.webhook_hosts.split(","))))


class SettingsError(Exception):
    """A setting cannot be used; the message names it and says what is wrong."""


def load_settings() -> Settings:
    """The settings as they stand now; `SettingsError` names every one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors(include_url=False))
        raise SettingsError(f"A setting is wrong: {faults}. docs/settings.md lists them.") from error
