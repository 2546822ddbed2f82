"""People whom a lead names and whom the kit does not know yet."""

from __future__ import annotations

from collections.abc import Mapping

from interview_kit import wiring
from scorecards.outside.addresses import AddressFaultError
from scorecards.outside.sign_in import named_email
from scorecards.record.model import Person
from scorecards.store import NotAllowedError

from .same_person import is_only_similar, newcomer_question


def newcomers_like() -> str:
    """An example of how to name people who are not known here yet."""
    return (
        "bo@firm.example, Cy Example <cy@firm.example>"
        if wiring.settings().signs_in
        else "Bo Example, Cy Example"
    )


def newcomers_asked(text: str, key: str) -> dict[str, Person | str | None]:
    """For every name similar to one here, ask who is meant, and return the answers."""
    if wiring.settings().signs_in:
        return {}
    asked: dict[str, Person | str | None] = {}
    for part in _parts(text):
        like = wiring.store().names.people_like(part)
        if is_only_similar(like):
            asked[part] = newcomer_question(part, like, key)
    return asked


def newcomers(text: str, asked: Mapping[str, Person | str | None] | None = None) -> list[str]:
    """Ids of people not known here yet, named with commas between; where people sign in, by their addresses.

    Raises `NotAllowedError` with every part that is no address, or about which a question is open.
    """
    parts, told = _parts(text), asked or {}
    if open_ := [part for part in parts if part in told and told[part] is None]:
        raise NotAllowedError([f"Say whether {part} is someone already here." for part in open_])
    if not wiring.settings().signs_in:
        known = {part: who for part, who in told.items() if isinstance(who, Person)}
        return [known[part].id if part in known else wiring.store().people.add(part).id for part in parts]
    found, faults = [], []
    for part in parts:
        try:
            found.append(named_email(part))
        except AddressFaultError as error:
            faults.append(f"{part}: enter the e-mail address they sign in with. {error}")
    if faults:
        raise NotAllowedError(faults)
    return [wiring.store().accounts.invite(*who).id for who in found]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
