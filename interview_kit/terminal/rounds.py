"""Rounds as files: the demo round, which there are, out and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import (
    DatabaseOption,
    candidate_id,
    fail,
    no_such_round,
    opened,
    read,
    source,
    viewer_id,
    write,
)

if TYPE_CHECKING:
    from scorecards.record.model import RoundRecord
    from scorecards.store import Store
    from scorecards.store.access import Viewer


def demo(database: DatabaseOption = None) -> None:
    """Add the demo round; prints its id alone on the last line."""
    from question_bank import load_bank
    from scorecards.record.demo import demo_record

    store = opened(database)
    record = demo_record(load_bank())
    store.imports.add(record)
    typer.echo(f"Added the demo round '{record.round.name}'. Remove it on the Rounds page. Its id:", err=True)
    typer.echo(record.round.id)


def rounds(database: DatabaseOption = None) -> None:
    """List the rounds: id, name, state, with tabs between, one a line."""
    from scorecards.store import OPERATOR

    store = opened(database)
    for round_ in store.rounds.all(OPERATOR):
        imported = ("imported",) if round_.imported else ()
        typer.echo("\t".join((round_.id, " ".join(round_.name.split()), round_.state, *imported)))
    for one in store.lists.unreadable(OPERATOR):
        typer.echo("\t".join((one.id, f"This round cannot be read: {one.reason}", "damaged")))


RoundArgument = Annotated[str, typer.Argument(metavar="ROUND", help="The round's id, as `rounds` lists it.")]
OutOption = Annotated[Path, typer.Option(help="The file to write.")]
FormatOption = Annotated[str, typer.Option(help="json is lossless; the others hold what is submitted.")]
AsOption = Annotated[
    str | None, typer.Option("--as", help="Only what this interviewer may see: a name or an id.")
]
CandidateOption = Annotated[
    str | None, typer.Option(help="One candidate's packet, by code or id; not in every format.")
]
ScorecardOption = Annotated[str | None, typer.Option(help="One scorecard, by its id; not in every format.")]
NamesOption = Annotated[
    bool, typer.Option("--names", help="The operator's: names also of a round that shows codes.")
]


def export(
    round_id: RoundArgument,
    out: OutOption,
    format: FormatOption = "json",
    as_: AsOption = None,
    candidate: CandidateOption = None,
    scorecard: ScorecardOption = None,
    names: NamesOption = False,
    database: DatabaseOption = None,
) -> None:
    """Write a round, a candidate or a scorecard to a file.

    Without --as it is the operator's export: everything the database holds.
    """
    from scorecards.store import OPERATOR, UnreadableError

    store = opened(database)
    viewer = viewer_id(store, as_) if as_ else OPERATOR
    try:
        record = record_for(store, viewer, round_id, names=names)
    except UnreadableError as error:
        if format != "json" or viewer is not OPERATOR:
            fail(f"{error} `interview-kit export` saves it with --format json and without --as.")
        write(out, store.lists.salvage(OPERATOR, round_id))
        fail(f"{error}\n{out}: what is readable of it; this file cannot be imported.")
    if candidate and scorecard:
        fail("Either --candidate or --scorecard, not both.")
    for line in record.damaged:
        typer.echo(f"Damaged and left out: {line}", err=True)
    data = file_of(format, record, viewer, candidate, scorecard)
    store.audit.exported(viewer, round_id, f"{'packet.' if candidate else ''}{format}", scorecard)
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes", err=True)


def file_of(
    format: str, record: RoundRecord, viewer: Viewer, candidate: str | None, scorecard: str | None
) -> bytes:
    """The round, or the one candidate or scorecard of it that is named."""
    from scorecards.documents.formats import FORMATS

    # JSON and CSV hold what was recorded, as it was recorded: there is nothing computed to leave out.
    if isinstance(viewer, str) and not scorecard and FORMATS[format].computed:
        record = without_computed(record, viewer)
    if scorecard:
        return card_file(format, record, scorecard)
    if candidate:
        return candidate_file(format, record, candidate)
    return round_file(format, record)


def record_for(store: Store, viewer: Viewer, round_id: str, *, names: bool) -> RoundRecord:
    """The round as it is handed on to this viewer; `UnreadableError` where it is damaged."""
    from scorecards.store import OPERATOR, NotFoundError, UnreadableError

    try:
        record = store.rounds.record(viewer, round_id, names=names)
        return record if viewer is OPERATOR else store.privacy.handed_on(viewer, record)
    except UnreadableError:
        raise
    except NotFoundError as error:
        no_such_round(round_id, error)


def without_computed(record: RoundRecord, viewer: str) -> RoundRecord:
    """The record without what this viewer may not compare yet; says so."""
    from scorecards.record import rules

    for reason in rules.why_not_compare(record.round, viewer, record.statuses):
        record = record.as_evidence_only()
        typer.echo(f"{reason} Until then nothing computed is in documents.", err=True)
    return record


BundleArgument = Annotated[Path, typer.Argument(help="A round's JSON export.")]
PersonOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE=HERE", help="Who a person in the file is here: two ids, or 'new' after the sign."
    ),
]


def import_(file: BundleArgument, person: PersonOption = None, database: DatabaseOption = None) -> None:
    """Bring in a round from its JSON export, marked as imported; prints its id. All of it or nothing.

    People whose id and name are known here are taken as the same. Where only one of both is, say who they are.
    """
    from scorecards.documents import BundleError, read_round_bundle
    from scorecards.store import OPERATOR, NotAllowedError

    who = who_is_who(person or ())
    try:
        record = read_round_bundle(read(file))
        opened(database).imports.take(OPERATOR, record, who)
    except (BundleError, NotAllowedError) as error:
        fail(f"{file}: {error}")
    if record.round.demo:
        typer.echo("The demo round in the file was imported as a regular round.", err=True)
    typer.echo(record.round.id)


def who_is_who(told: Sequence[str]) -> dict[str, str]:
    """'FILE=HERE' for each person, by their id in the file."""
    parts = [one.partition("=") for one in told]
    if wrong := [f"{a}{sign}{b}" for a, sign, b in parts if not (a and b)]:
        fail(f"--person {wrong[0]}: write an id from the file, =, and the id of a person here or 'new'.")
    return {there: here for there, _, here in parts}


def round_file(format: str, record: RoundRecord) -> bytes:
    """A whole round in this format."""
    from scorecards.documents.formats import ROUND

    return ROUND[format].make(source(record))


def candidate_file(format: str, record: RoundRecord, code: str) -> bytes:
    """The packet of the one candidate of this code or id."""
    from scorecards.documents.formats import CANDIDATE

    key = candidate_id(record, code)
    if format not in CANDIDATE:
        fail(f"A candidate's packet is written with {_either(CANDIDATE)}.")
    return CANDIDATE[format].make(source(record), key)


def card_file(format: str, record: RoundRecord, card_id: str) -> bytes:
    """One scorecard of the round that may be read."""
    from scorecards.documents.formats import CARD

    card = next((one for one in record.cards if one.id == card_id), None)
    if card is None:
        fail(f"{card_id}: the round has no such scorecard that may be read; the ids stand in the CSV.")
    if format not in CARD:
        fail(f"A scorecard is written with {_either(CARD)}.")
    return CARD[format].make(source(record), card)


def _either(files: Mapping[str, object]) -> str:
    from scorecards.documents.formats import names_of

    *first, last = (f"--format {name}" for name in names_of(files))
    return f"{', '.join(first)} or {last}" if first else last
