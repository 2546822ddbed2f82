"""The terminal entry: interview-kit check | demo | rounds | export | import | analyse | upgrade | exercise ..."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interview_kit.terminal import serve, team
from interview_kit.terminal.shared import (
    DatabaseOption,
    candidate_id,
    comparison,
    content,
    database_of,
    fail,
    opened,
    viewer_id,
    write,
)
from question_bank import BANK, KINDS, Bank, load_bank
from rubrics import LIBRARY, ContentError, load_rubrics
from rubrics.counted import count
from rubrics.files import own_file
from scorecards.outside.settings import SettingsError, load_settings
from scorecards.record import rules
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, DatabaseError, NotAllowedError, NotFoundError, UnreadableError

if TYPE_CHECKING:
    from question_bank.lint.core import Finding
    from question_bank.lint.judge import Verdict
    from scorecards.store.copies import Copied

app = typer.Typer(
    name="interview-kit",
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """What a round can be exported as."""

    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    md = "md"
    pdf = "pdf"


class Estimate(StrEnum):
    """How the spreads of candidates, interviewers and scorecards are estimated."""

    bayes = "bayes"
    reml = "reml"


@app.command()
def check(
    bank: Annotated[
        Path | None, typer.Option(help="A question bank's folder; without it the one in use.")
    ] = None,
    rubrics: Annotated[Path | None, typer.Option(help="A rubrics folder; without it the one in use.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    compare_with: Annotated[
        Path | None, typer.Option(help="A folder of .txt files from which nothing may be copied.")
    ] = None,
    release: Annotated[
        bool, typer.Option("--release", help="Without an error: note versions and digests of live questions.")
    ] = False,
) -> None:
    """Check the content: what each rule finds, with file, key and cure, and counts by competency and kind.

    Exit code 1 where there is an error, and with --strict also where there is a warning.
    """
    from question_bank.lint.judge import judge_folder, load_finding

    settings = load_settings()
    bank_folder = bank or settings.bank_path or BANK
    rubrics_folder = rubrics or settings.rubrics_path or LIBRARY
    today = dt.datetime.now(dt.UTC).date()
    try:
        for folder in (bank_folder, rubrics_folder, *([compare_with] if compare_with else [])):
            if not folder.is_dir():
                fail(f"{folder}: there is no such folder.")
        judged = load_rubrics(rubrics_folder)
        loaded, verdict = judge_folder(bank_folder, judged, today=today, sources=texts_in(compare_with))
    except ContentError as error:
        print_findings([load_finding(problem) for problem in error.problems], err=True)
        fail(f"{count(len(error.problems), 'fault')} in the content.")
    if release and not verdict.errors:
        note_release(loaded, bank_folder)
    print_findings(verdict.findings)
    print_counts(loaded, verdict)
    if verdict.errors or (strict and verdict.warnings):
        raise typer.Exit(1)


@app.command()
def demo(database: DatabaseOption = None) -> None:
    """Add the demo round; prints its id alone on the last line."""
    from scorecards.record.demo import demo_record

    store = opened(database)
    record = demo_record(load_bank())
    store.import_record(record)
    typer.echo(f"Added the demo round '{record.round.name}'. Remove it on the Rounds page. Its id:", err=True)
    typer.echo(record.round.id)


@app.command()
def rounds(database: DatabaseOption = None) -> None:
    """List the rounds: id, name, state, with tabs between, one a line."""
    store = opened(database)
    for round_ in store.rounds(OPERATOR):
        imported = ("imported",) if round_.imported else ()
        typer.echo("\t".join((round_.id, " ".join(round_.name.split()), round_.state, *imported)))
    for one in store.lists.unreadable(OPERATOR):
        typer.echo("\t".join((one.id, f"This round cannot be read: {one.reason}", "damaged")))


@app.command()
def export(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id, as `rounds` lists it.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[
        Format, typer.Option(help="json is lossless; the others hold what is submitted.")
    ] = Format.json,
    as_: Annotated[
        str | None, typer.Option("--as", help="Only what this interviewer may see: a name or an id.")
    ] = None,
    candidate: Annotated[
        str | None, typer.Option(help="One candidate's packet, by code or id; as md or pdf.")
    ] = None,
    scorecard: Annotated[
        str | None, typer.Option(help="One scorecard, by its id; as md, pdf or json.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="The operator's: names also of a round that shows codes.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Write a round, a candidate or a scorecard to a file.

    Without --as it is the operator's export: everything the database holds.
    """
    store = opened(database)
    viewer = viewer_id(store, as_) if as_ else OPERATOR
    try:
        record = store.record(viewer, round_id, names=names)
        if viewer is not OPERATOR:
            record = store.privacy.handed_on(viewer, record)
    except UnreadableError as error:
        if format is not Format.json or viewer is not OPERATOR:
            fail(f"{error} `interview-kit export` saves it with --format json and without --as.")
        write(out, store.lists.salvage(OPERATOR, round_id))
        fail(f"{error}\n{out}: what is readable of it; this file cannot be imported.")
    except NotFoundError as error:
        fail(f"{round_id}: {error} `interview-kit rounds` lists them.")
    if candidate and scorecard:
        fail("Either --candidate or --scorecard, not both.")
    for line in record.damaged:
        typer.echo(f"Damaged and left out: {line}", err=True)
    # JSON and CSV hold what was recorded, as it was recorded: there is nothing computed to leave out.
    if isinstance(viewer, str) and not scorecard and format not in (Format.json, Format.csv):
        for reason in rules.may_compare(record.round, viewer, record.statuses):
            record = record.as_evidence_only()
            typer.echo(f"{reason} Until then nothing computed is in documents.", err=True)
    if scorecard:
        data = card_file(format, record, scorecard)
    elif candidate:
        data = candidate_file(format, record, candidate)
    else:
        data = round_file(format, record)
    store.audit.exported(viewer, round_id, f"{'packet.' if candidate else ''}{format.value}", scorecard)
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes", err=True)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A round's JSON export.")],
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE=HERE", help="Who a person in the file is here: two ids, or 'new' after the sign."
        ),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Bring in a round from its JSON export, marked as imported; prints its id. All of it or nothing.

    People whose id and name are known here are taken as the same. Where only one of both is, say who they are.
    """
    from scorecards.documents import BundleError, read_round_bundle

    parts = [one.partition("=") for one in person or ()]
    if wrong := [f"{a}{sign}{b}" for a, sign, b in parts if not (a and b)]:
        fail(f"--person {wrong[0]}: write an id from the file, =, and the id of a person here or 'new'.")
    try:
        record = read_round_bundle(file.read_bytes())
        opened(database).imports.take(OPERATOR, record, {there: here for there, _, here in parts})
        if record.round.demo:
            typer.echo("The demo round in the file was imported as a regular round.", err=True)
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    except (BundleError, NotAllowedError) as error:
        fail(f"{file}: {error}")
    typer.echo(record.round.id)


@app.command()
def analyse(
    file: Annotated[
        Path,
        typer.Argument(metavar="RATINGS.csv", help="Columns candidate, interviewer, competency, rating."),
    ],
    scale: Annotated[
        str | None, typer.Option(metavar="LO-HI", help="The lowest and the highest rating, such as 1-4.")
    ] = None,
    method: Annotated[
        Estimate, typer.Option(help="bayes weighs all plausible spreads; reml takes the likeliest.")
    ] = Estimate.bayes,
    json: Annotated[Path | None, typer.Option(help="Also write all numbers to this file.")] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=OTHER", help="Two spellings of one person; may be given several times."),
    ] = None,
) -> None:
    """Compare anybody's ratings: who is ahead, how surely, how strict each interviewer is, and what is not said."""
    from scorecards import comparison as compare

    try:
        limits = compare.read_scale(scale) if scale else None
        ratings = compare.read_ratings(file.read_bytes(), limits, same_names(same or []))
        found = compare.analyse(ratings, limits, method.value)
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    except compare.RatingsError as error:
        fail(
            "\n".join([*error.faults, f"{file}: {count(len(error.faults), 'fault')}. Nothing was compared."])
        )
    if json and json.absolute() == file.absolute():
        fail(f"{json}: these are the ratings. Choose another name for the numbers.")
    if json:
        write(json, compare.json_text(found).encode())
    typer.echo(compare.report(found), nl=False)


def same_names(told: Sequence[str]) -> list[tuple[str, str]]:
    """'José=Jose' as a pair."""
    pairs = [one.partition("=") for one in told]
    for one, (name, _, other) in zip(told, pairs, strict=True):
        if not name.strip() or not other.strip():
            fail(f"--same {one}: write two names with = between, as 'José García=Jose Garcia'.")
    return [(name.strip(), other.strip()) for name, _, other in pairs]


@app.command()
def upgrade(database: DatabaseOption = None) -> None:
    """Bring the database up to date, or make it; prints its kind and revision."""
    state = opened(database).health()
    typer.echo(f"{state['database']} at revision {state['revision']}")


@app.command()
def backup(
    out: Annotated[
        Path | None,
        typer.Argument(
            help="The file to write; it must not exist yet. Without it: backups/ beside the data."
        ),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Write everything into one SQLite file, also while the kit is used; prints its digest."""
    from scorecards.store.copies import back_up, opened_to_read
    from scorecards.store.damage import new_backup
    from scorecards.store.engine import database_url, sqlite_file

    address = database or load_settings().database
    try:
        out = out or new_backup(sqlite_file(database_url(address)))
        with opened_to_read(address) as source:
            out.parent.mkdir(parents=True, exist_ok=True)
            copied = back_up(source, out)
    except (DatabaseError, OSError) as error:
        fail(str(error))
    typer.echo(f"Wrote {out}.", err=True)
    print_copied(copied)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")], database: DatabaseOption = None
) -> None:
    """Bring a backup into an empty database of either kind; prints its digest."""
    from scorecards.store.damage import is_plain_copy

    if file.is_file() and is_plain_copy(file):
        typer.echo(
            f"{file} is not a backup but a plain copy of a database. If it was in use then, what was saved last may be "
            "missing: it is in the file next to it that ends in -wal.",
            err=True,
        )
    carry(str(file), database or load_settings().database)


@app.command()
def move(
    from_: Annotated[str, typer.Option("--from", help="The address or file of the database that is.")],
    to: Annotated[str, typer.Option("--to", help="The address or file of an empty one.")],
) -> None:
    """Carry everything from one database over to another, verified by digest; the first stays as it is."""
    carry(from_, to)


@app.command()
def assign(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The id, as `rounds` lists it.")],
    to: Annotated[str, typer.Option(help="The interviewer: a name or an id.")],
    out: Annotated[Path, typer.Option(help="The file to write; give it to this interviewer alone.")],
    database: DatabaseOption = None,
) -> None:
    """Write an assignment: an interviewer's interviews, to be held without this server."""
    from scorecards.interviewing.offline import OfflineError

    store = opened(database)
    try:
        data = store.offline.assign(OPERATOR, round_id, viewer_id(store, to))
    except (NotFoundError, NotAllowedError, OfflineError) as error:
        fail(f"{round_id}: {error}")
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes. Whoever has it can hand in as {to}.", err=True)


@app.command()
def take(
    file: Annotated[Path, typer.Argument(help="A file that `assign` wrote.")], database: DatabaseOption = None
) -> None:
    """Take an assignment in on the interviewer's own machine; prints the round's id."""
    from scorecards.interviewing.offline import OfflineError
    from scorecards.record.frozen import missing_words, not_here

    try:
        store = opened(database)
        round_id = store.offline.take(file.read_bytes())
        typer.echo(round_id)
        plans = [one.plan for one in store.record(OPERATOR, round_id).interviews]
        if words := missing_words(not_here(plans, content().rubrics)):
            typer.echo(words, err=True)
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    except OfflineError as error:
        fail(f"{file}: {error}")


@app.command(name="hand-in")
def hand_in(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The id that `take` printed.")],
    out: Annotated[Path, typer.Option(help="The file to write, for the round's lead.")],
    database: DatabaseOption = None,
) -> None:
    """Write the scorecards of an assignment, sealed, for the round's lead to merge; they stay here, too."""
    try:
        data = opened(database).offline.hand_in(OPERATOR, round_id)
    except NotFoundError as error:
        fail(f"{round_id}: {error}")
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes", err=True)


@app.command()
def merge(
    file: Annotated[Path, typer.Argument(help="A file that `hand-in` wrote.")],
    database: DatabaseOption = None,
) -> None:
    """Merge what an interviewer hands in. Conflicts are listed and nothing is overwritten; then exit code 3."""
    from scorecards.interviewing.offline import OfflineError

    try:
        merged = opened(database).offline.merge(OPERATOR, file.read_bytes())
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    except (OfflineError, NotAllowedError, NotFoundError) as error:
        fail(f"{file}: {error}")
    for what, labels in (("taken", merged.taken), ("same", merged.same), ("older", merged.older)):
        for label in labels:
            typer.echo(f"{what}\t{label}")
    for conflict in merged.conflicts:
        typer.echo(f"conflict\t{conflict.label}\t{'; '.join(conflict.where)}")
    if merged.conflicts:
        raise typer.Exit(3)


@app.command()
def exercises() -> None:
    """List the practical exercises: slug and title, with a tab between, one a line."""
    from question_bank.exercise import exercises, title

    for slug in exercises():
        typer.echo(f"{slug}\t{title(slug)}")


@app.command()
def exercise(
    slug: Annotated[str, typer.Argument(help="Which exercise, as `exercises` lists it.")],
    out: Annotated[Path, typer.Option(help="The candidate's folder: a new or empty one.")],
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="The same seed lays out the same files; without it one is drawn."),
    ] = None,
) -> None:
    """Lay out a candidate's folder. Seed, secret and truth go into a sheet next to it, for your eyes only."""
    from question_bank.exercise import ExerciseError, lay_out_exercise

    try:
        # Too long to guess; the hidden trials do not follow from the files shown.
        shown, hidden = secrets.randbits(96) if seed is None else seed, secrets.randbits(128)
        sheet = lay_out_exercise(slug, out, shown, hidden)
    except ExerciseError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or out}: {error.strerror}. Choose a folder that you may write to.")
    typer.echo(f"{out}: for the candidate; its README.md says what to do", err=True)
    typer.echo(f"{sheet}: for you; keep it, it is needed to score", err=True)


@app.command(name="check-exercise")
def check_exercise(
    slug: Annotated[str, typer.Argument(help="Which exercise, as `exercises` lists it.")],
    folder: Annotated[Path, typer.Argument(help="What the candidate handed in.")],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Without it, the sheet beside the folder says.")
    ] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the report there, too.")] = None,
    passing: Annotated[float, typer.Option("--pass", min=0, max=100, help="Percent that pass.")] = 90,
    unjailed: Annotated[
        bool,
        typer.Option("--without-jail", help="Run their code as yourself. Only on a disposable machine."),
    ] = False,
) -> None:
    """Score what a candidate handed in, part by part; it runs their code in a jail (bubblewrap, or podman).

    Exit code 0 where the score reaches --pass, 3 where it does not, 1 where nothing could be scored.
    """
    from question_bank.exercise import ExerciseError, check_exercise
    from question_bank.jail import without_jail

    if unjailed:
        typer.echo(
            "Running without a jail: the candidate's code can read, change and send whatever you can.",
            err=True,
        )
    try:
        with without_jail() if unjailed else nullcontext():
            report = check_exercise(slug, folder, seed)
        if json_path:
            json_path.write_text(report.model_dump_json(indent=1) + "\n", "utf-8")
    except ExerciseError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or folder}: {error.strerror}.")
    typer.echo(f"Jail: {report.jail}")
    for part in report.parts:
        typer.echo(f"{part.got:5.1f} of {part.points:3d}  {part.what}: {part.note}")
    typer.echo(f"{report.score:.1f} %")
    if report.score < passing:
        raise typer.Exit(3)


def carry(where: str, to: str) -> None:
    """Copy everything from one database, which is only read, into another, and report on the terminal."""
    from scorecards.store.copies import copy_everything, opened_to_read
    from scorecards.store.engine import database_url

    try:
        if database_url(where) == database_url(to):
            fail(f"{to} is the source itself. Give another database.")
        with opened_to_read(where) as source:
            copied = copy_everything(source, database_of(to))
    except DatabaseError as error:
        fail(str(error))
    print_copied(copied)


def print_copied(copied: Copied) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in copied.rows.items() if number)
    typer.echo(counts or "Nothing was in it.", err=True)
    typer.echo(copied.digest)


def round_file(format: Format, record: RoundRecord) -> bytes:
    """A whole round in this format."""
    from scorecards import documents as export

    if format is Format.json:
        return export.round_bundle(record)
    if format is Format.csv:
        return export.ratings_csv(record)
    rubrics = content().rubrics
    compared = comparison(record, rubrics)
    if format is Format.xlsx:
        return export.round_xlsx(record, rubrics, compared)
    if format is Format.md:
        return export.round_markdown(record, compared, rubrics)
    return export.round_pdf(record, compared, rubrics)


def candidate_file(format: Format, record: RoundRecord, code: str) -> bytes:
    """The packet of the one candidate of this code or id."""
    from scorecards import documents as export

    key = candidate_id(record, code)
    if format not in (Format.md, Format.pdf):
        fail("A candidate's packet is written with --format md or --format pdf.")
    rubrics = content().rubrics
    make = export.candidate_pdf if format is Format.pdf else export.candidate_markdown
    return make(record, key, comparison(record, rubrics), rubrics)


def card_file(format: Format, record: RoundRecord, card_id: str) -> bytes:
    """One scorecard of the round that may be read."""
    from scorecards import documents as export

    card = next((one for one in record.cards if one.id == card_id), None)
    if card is None:
        fail(f"{card_id}: the round has no such scorecard that may be read; the ids stand in the CSV.")
    if format is Format.json:
        return export.card_bundle(record, card)
    if format not in (Format.md, Format.pdf):
        fail("A scorecard is written with --format md, pdf or json.")
    make = export.scorecard_pdf if format is Format.pdf else export.card_markdown
    return make(record, card, content().rubrics)


def texts_in(folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Name and text of each .txt file of the folder, in order; nothing without a folder."""
    paths = sorted(folder.glob("*.txt")) if folder else []
    try:
        return tuple((path.name, path.read_text("utf-8")) for path in paths)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{folder}: a text cannot be read ({error}).")


def note_release(bank: Bank, folder: Path) -> None:
    """Write released.yaml: from now on a changed live question needs a higher version."""
    live = [question for question in bank.questions if question.status == "live"]
    lines = [f"  - {{id: {q.id}, version: {q.version}, digest: {q.digest}}}" for q in live]
    path = own_file(folder, "released")
    try:
        path.write_text("\n".join(["questions:", *lines] if lines else ["questions: []"]) + "\n", "utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    typer.echo(f"{path}: {len(live)} live questions noted", err=True)


def print_findings(findings: Sequence[Finding], *, err: bool = False) -> None:
    """What was found, below the name of each file."""
    by_file = sorted(findings, key=lambda finding: finding.file)
    for file, found in groupby(by_file, key=lambda finding: finding.file):
        typer.echo(file, err=err)
        for finding in found:
            typer.echo(f"  {finding}", err=err)


def print_counts(bank: Bank, verdict: Verdict) -> None:
    """A table: competencies down, kinds across."""
    kinds = list(KINDS)
    width = max(len(c.id) for c in bank.rubrics.competencies)
    counts = Counter((question.competency, question.kind) for question in bank.questions)
    typer.echo(" ".join(["competency".ljust(width), *kinds, "sum"]))
    for competency in bank.rubrics.competencies:
        row = [counts[competency.id, kind] for kind in kinds]
        cells = [str(n).rjust(len(kind)) for n, kind in zip(row, kinds, strict=True)]
        typer.echo(" ".join([competency.id.ljust(width), *cells, str(sum(row)).rjust(3)]))
    typer.echo(
        f"{count(len(bank.questions), 'question')}, {count(len(bank.rubrics.competencies), 'competency')}, "
        f"{count(len(bank.profiles), 'profile')}, {count(len(bank.glossary.terms), 'term')}: "
        f"{count(len(verdict.errors), 'error')}, {count(len(verdict.warnings), 'warning')}, "
        f"{len(verdict.accepted)} accepted. Bank {bank.digest[:12]}"
    )


team.register(app)
serve.register(app)


def main() -> None:
    try:
        app()
    except SettingsError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
