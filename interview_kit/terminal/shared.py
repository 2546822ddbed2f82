"""What the terminal commands share: the database, the content, people and candidates by name, writing, failing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from question_bank import BANK, Bank, load_bank
from rubrics import LIBRARY, ContentError, Rubrics, load_rubrics
from scorecards.outside.settings import load_settings
from scorecards.record.model import RoundRecord
from scorecards.record.names import HOW_WORDS, name_key
from scorecards.store import Database, DatabaseError, Store, open_database

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", help="A URL or a file; without it INTERVIEW_KIT_DATABASE, else the kit's own file."
    ),
]


def opened(database: str | None) -> Store:
    """The store at the address given, or at the one of the settings; made where it does not exist yet."""
    return Store(database_of(database))


def database_of(address: str | None) -> Database:
    try:
        return open_database(address or load_settings().database_address)
    except DatabaseError as error:
        fail(str(error))


def content() -> Bank:
    settings = load_settings()
    try:
        return load_bank(settings.bank_path or BANK, load_rubrics(settings.rubrics_path or LIBRARY))
    except ContentError as error:
        fail(f"{error}\nMend the content first: `interview-kit check` lists its faults.")


def viewer_id(store: Store, name: str) -> str:
    """The id of the one person of this name or id."""
    people = store.people()
    found = [one.id for one in people if name in (one.id, one.name)] or [
        one.id for one in people if name_key(one.name) == name_key(name)
    ]
    if not found and (like := store.names.people_like(name)):
        fail(
            f"{name}: no one has this name. Did you mean {like[0][0].name} ({HOW_WORDS[like[0][1]]})? If so, use that name."
        )
    if len(found) != 1:
        fail(f"{name}: {len(found)} people are called so; give the id.")
    return found[0]


def candidate_id(record: RoundRecord, code: str) -> str:
    """The id of the one candidate of this code or id."""
    found = [one.id for one in record.candidates if code in (one.id, one.code)]
    if len(found) != 1:
        fail(f"{code}: {len(found)} candidates of the round are called so; give the code or the id.")
    return found[0]


def comparison(record: RoundRecord, rubrics: Rubrics) -> RoundComparison:
    """The round's comparison for documents: nobody's strictness is in it."""
    from scorecards.comparison import compare_round
    from scorecards.record.frozen import names_as_recorded

    return compare_round(record, None, names_as_recorded(record, rubrics))


def write(out: Path, data: bytes) -> None:
    """Write the whole file, or say why not and leave what was there."""
    if out.is_dir():
        fail(f"{out}: this is a folder. Name a file in it.")
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(data)
        part.replace(out)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        fail(f"{out}: {error.strerror}. Choose a folder that exists and that you may write to.")


def fail(message: str) -> NoReturn:
    """End with the message and exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
