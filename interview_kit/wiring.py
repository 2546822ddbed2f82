"""What every door shares: the settings, the store and the content of this process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from question_bank import Bank, Content, LiveBank
from rubrics import Rubrics
from scorecards.outside.settings import Settings, load_settings
from scorecards.record.model import RoundRecord
from scorecards.store import Store, open_database


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; raises `SettingsError` where one is wrong."""
    return load_settings()


def sign_in_secrets(settings: Settings) -> dict[str, Any] | None:
    """What Streamlit's sign-in is set up with; None where people choose a name."""
    if not settings.signs_in:
        return None
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url.rstrip('/')}/oauth2callback",
            "cookie_secret": settings.cookie_secret.get_secret_value(),
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_client_secret.get_secret_value(),
            "server_metadata_url": settings.oidc_metadata_url,
        }
    }


# Not st.cache_resource: the health check asks outside of any session.
@lru_cache(maxsize=1)
def store() -> Store:
    """The one store of this process; raises `DatabaseError` where it cannot be opened."""
    return Store(open_database(settings().database_address))


@lru_cache(maxsize=1)
def _live_bank() -> LiveBank:
    return LiveBank(settings().bank_path, settings().rubrics_path)


def content() -> Content:
    """The last good content and what is wrong with the files now."""
    return _live_bank().current()


def bank() -> Bank:
    return content().bank


def rubrics() -> Rubrics:
    return bank().rubrics


def handed_on(viewer_id: str, record: RoundRecord) -> RoundRecord:
    """The record as files hold it: in a round of codes no name in the viewer's own words either."""
    return store().privacy.handed_on(viewer_id, record)
