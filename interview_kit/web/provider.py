"""What the kit trusts from the sign-in provider, whatever the provider claims."""

from __future__ import annotations

from typing import Any

from authlib.integrations.starlette_client import StarletteOAuth2App

# Signatures that only the provider can make: never none at all, and none by a secret that the kit has too.
SIGNATURES = frozenset(
    {
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "EdDSA",
        "Ed25519",
        "Ed448",
    }
)
_OFFERED = "id_token_signing_alg_values_supported"


def trusted(offered: object) -> list[str]:
    """Of the algorithms that a provider says it signs with, those that count; RS256, which all have, if none does."""
    named = offered if isinstance(offered, list) else []
    return [one for one in named if isinstance(one, str) and one in SIGNATURES] or ["RS256"]


def trust_only_signed_tokens() -> None:
    """From now on this process accepts no token that is signed any other way."""
    if getattr(StarletteOAuth2App.load_server_metadata, "kits", False):
        return
    load = StarletteOAuth2App.load_server_metadata

    async def loaded(self: Any) -> dict[str, Any]:
        metadata: dict[str, Any] = await load(self)
        metadata[_OFFERED] = trusted(metadata.get(_OFFERED))
        return metadata

    loaded.kits = True  # type: ignore[attr-defined]
    StarletteOAuth2App.load_server_metadata = loaded
