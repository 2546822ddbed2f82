"""What a provider's token has to be signed with, whatever the provider offers."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from authlib.integrations import starlette_client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry
from streamlit.web.server.starlette import starlette_auth_routes

from interview_kit import serving
from interview_kit.web.provider import SIGNATURES, trusted

KEY = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})
ISSUER = "https://id.example"


def parsed(algorithm: str, key: Any, offered: list[str] | None) -> Any:
    """A token that is signed so, as Streamlit's sign-in reads it from a provider that offers this."""
    assert serving.app
    now = int(time.time())
    told = {"iss": ISSUER, "sub": "17", "aud": "kit", "iat": now, "exp": now + 60, "nonce": "n"}
    token = jwt.encode(
        {"alg": algorithm, "kid": "k"}, told, key, registry=JWSRegistry(algorithms=[algorithm])
    )
    oauth = starlette_auth_routes._create_streamlit_oauth_class(starlette_client)()
    offers = {} if offered is None else {"id_token_signing_alg_values_supported": offered}
    jwks = {"keys": [KEY.as_dict(private=False)]}
    oauth.register("default", client_id="kit", client_secret="s", issuer=ISSUER, jwks=jwks, **offers)
    return asyncio.run(oauth.create_client("default").parse_id_token({"id_token": token}, nonce="n"))


@pytest.mark.parametrize("offered", [None, [], ["RS256"], ["none", "RS256"], ["none"], ["HS256"]])
def test_a_token_with_the_providers_signature_is_taken(offered: list[str] | None) -> None:
    assert parsed("RS256", KEY, offered)["sub"] == "17"


@pytest.mark.parametrize("offered", [None, ["none"], ["none", "RS256"], ["RS256", "none"]])
def test_a_token_without_a_signature_is_refused_although_the_provider_offers_none(
    offered: list[str] | None,
) -> None:
    with pytest.raises((JoseError, ValueError)):
        parsed("none", OctKey.generate_key(), offered)


@pytest.mark.parametrize("offered", [["HS256"], ["HS256", "RS256"]])
def test_a_token_that_is_signed_with_a_shared_secret_is_refused(offered: list[str]) -> None:
    with pytest.raises((JoseError, ValueError)):
        parsed("HS256", OctKey.import_key("the secret that the kit has too, long enough"), offered)


@pytest.mark.parametrize(
    "offered", [None, "none", {"none": 1}, [None, 7, ["none"]], ["NONE", "None", "nOnE", "RS1"]]
)
def test_a_malformed_offer_from_a_provider_counts_for_nothing(offered: object) -> None:
    assert trusted(offered) == ["RS256"]


def test_only_signatures_by_a_key_that_the_provider_alone_has_count() -> None:
    assert not {one for one in SIGNATURES if one.startswith(("HS", "none"))}
