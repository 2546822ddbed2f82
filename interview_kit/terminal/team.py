"""Who is who: administrators, sign-ins, names."""

from __future__ import annotations

from typing import Annotated

import typer

from .shared import DatabaseOption, fail, opened, viewer_id


def admin(
    name: Annotated[str, typer.Argument(help="A person's name or id.")],
    remove: Annotated[bool, typer.Option("--remove", help="No administrator any more.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Make somebody an administrator: they read the audit log, see that rounds are there, and end them."""
    from scorecards.store import OPERATOR

    store = opened(database)
    store.office.set_admin(OPERATOR, viewer_id(store, name), not remove)
    typer.echo(f"{name} is {'no administrator any more' if remove else 'an administrator'}.")


def link(
    name: Annotated[str, typer.Argument(help="A person's name or id; a new name makes a new person.")],
    email: Annotated[str, typer.Argument(help="The address with which they sign in from now on.")],
    database: DatabaseOption = None,
) -> None:
    """Say with which e-mail address somebody signs in. The account that signed in as them before does so no longer."""
    from scorecards.record.names import name_key
    from scorecards.store import OPERATOR, NotAllowedError

    store = opened(database)
    address = address_of(email)
    known = [one.id for one in store.people.all() if name == one.id or name_key(name) == name_key(one.name)]
    try:
        who = viewer_id(store, name) if known else store.accounts.invite(name, address).id
        store.accounts.link(OPERATOR, who, address)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{name} signs in with {address}.")


def address_of(email: str) -> str:
    """The address as it is stored, or say what is wrong with it."""
    from scorecards.outside.addresses import AddressFaultError, normal_email

    try:
        return normal_email(email)
    except AddressFaultError as error:
        fail(f"{email}: {error}")


def sign_out(
    name: Annotated[str, typer.Argument(help="A person's name or id.")], database: DatabaseOption = None
) -> None:
    """End every session of somebody at once: a lost laptop, or they left the company."""
    from scorecards.store import OPERATOR

    store = opened(database)
    ended = store.accounts.end_sessions(OPERATOR, viewer_id(store, name))
    typer.echo(f"{ended} sessions of {name} ended.")


def rename(
    name: Annotated[str, typer.Argument(help="A person's name or id.")],
    to: Annotated[str, typer.Argument(help="The name as it should be.")],
    database: DatabaseOption = None,
) -> None:
    """Correct a person's name, everywhere it is shown."""
    from scorecards.store import OPERATOR, NotAllowedError

    store = opened(database)
    try:
        renamed = store.names.rename_person(OPERATOR, viewer_id(store, name), to)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{name} is now called {renamed.name}.")
