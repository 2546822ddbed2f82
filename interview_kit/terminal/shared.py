"""What the terminal commands share: the database, the content, people and candidates by name, writing, failing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from question_bank import Bank
    from scorecards.documents.formats import Source
    from scorecards.record.model import RoundRecord
    from scorecards.store import Database, Store


DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", help="A URL or a file; without it INTERVIEW_KIT_DATABASE, else the kit's own file."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it you are only told what would be done.")]


class WholeHelp(TyperGroup):
    """A group that lists its commands with the whole first paragraph of each, cut nowhere."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, (one.help or "").partition("\n\n")[0]) for name, one in found if one])


def opened(database: str | None) -> Store:
    """The store at the address given, or at the one of the settings; made where it does not exist yet."""
    from scorecards.store import Store

    return Store(database_of(database))


def database_of(address: str | None) -> Database:
    from scorecards.outside.settings import load_settings
    from scorecards.store import DatabaseError, open_database

    try:
        return open_database(address or load_settings().database_address)
    except DatabaseError as error:
        fail(str(error))


def content() -> Bank:
    from question_bank import BANK, load_bank
    from rubrics import LIBRARY, ContentError, load_rubrics
    from scorecards.outside.settings import load_settings

    settings = load_settings()
    try:
        return load_bank(settings.bank_path or BANK, load_rubrics(settings.rubrics_path or LIBRARY))
    except ContentError as error:
        fail(f"{error}\nMend the content first: `interview-kit check` lists its faults.")


def viewer_id(store: Store, name: str) -> str:
    """The id of the one person of this name or id."""
    from scorecards.record.names import HOW_WORDS, name_key

    people = store.people.all()
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


def record_of(store: Store, round_id: str) -> RoundRecord:
    """Everything the store holds of the round."""
    from scorecards.store import OPERATOR, NotFoundError

    try:
        return store.rounds.record(OPERATOR, round_id)
    except NotFoundError as error:
        no_such_round(round_id, error)


def source(record: RoundRecord) -> Source:
    """What the record's files are made from; the content is read only where a file needs it."""
    from scorecards.documents.formats import Source

    return Source(record, lambda: content().rubrics)


def read(file: Path) -> bytes:
    """The whole file, or say why not."""
    try:
        return file.read_bytes()
    except OSError as error:
        fail(f"{file}: {error.strerror}.")


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


def no_such_round(round_id: str, error: Exception) -> NoReturn:
    """End with what is wrong about the round's id, and where the ids are."""
    fail(f"{round_id}: {error} `interview-kit rounds` lists them.")


def fail(message: str) -> NoReturn:
    """End with the message and exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
