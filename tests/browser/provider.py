"""A provider of OpenID Connect on this machine: Canaille, a real one, with three people. Run as a process."""

from __future__ import annotations

import json
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey

CLIENT, SECRET, PASSWORD = "interview-kit", "a-secret-of-the-kit", "correct horse battery"
PEOPLE = {"ana": "ana@firm.example", "bo": "bo@firm.example", "eve": "eve@elsewhere.example"}


def main(port: int, kit: str) -> None:
    """Serve until stopped; `kit` is the address that the people open."""
    app = create_app(
        {
            "SECRET_KEY": "for the tests alone, and nowhere else",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "HTMX": False,
                "CAPTCHA_ENABLED": False,
                "SMTP": None,
            },
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [RSAKey.generate_key(2048).as_dict(private=True)]},
        }
    )
    back = f"{kit}/oauth2callback"
    with app.app_context():
        for name, email in PEOPLE.items():
            person = models.User(
                user_name=name,
                formatted_name=f"{name.title()} Provided",
                family_name="Provided",
                emails=[email],
                password=PASSWORD,
            )
            Backend.instance.save(person)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Interview kit",
            client_uri=kit,
            redirect_uris=[back],
            post_logout_redirect_uris=[back],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "email", "profile"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    print(json.dumps({"issuer": f"http://127.0.0.1:{port}"}), flush=True)
    app.run(port=port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
