"""What an AI assistant alone gets on a question: its card to try, and the baseline from what people ticked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from .shared import fail

if TYPE_CHECKING:
    from question_bank import Question
    from question_bank.baseline import Part
    from question_bank.load import Loaded
    from question_bank.model import AssistantRun, Baseline, Transcript, Transcripts

OwnBank = Annotated[
    Path | None, typer.Option("--bank", help="A question bank's folder; without it the one in use.")
]


def questions(
    bank: OwnBank = None,
    format: Annotated[
        Literal["text", "json"], typer.Option(help="A line for each, or a JSON array.")
    ] = "text",
) -> None:
    """List the questions of the bank: topic, minutes, and what an assistant alone got."""
    folder, loaded = _read(bank)
    found = loaded.bank.questions
    if format == "json":
        told = [_told(question, _shown(folder / loaded.files[question.id])) for question in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for question in found:
        typer.echo(f"{question.id}  {question.minutes.total:3d} min  {question.topic}  ({_alone(question)})")


def assistant_card(
    question_id: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, such as DRF-01.")],
    bank: OwnBank = None,
) -> None:
    """Print exactly what the candidate sees at the start, to try your own assistant on it."""
    from question_bank.opening import opening_text

    typer.echo(opening_text(_question(bank, question_id)), nl=False)


def assistant_score(
    question_id: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, such as DRF-01.")],
    transcripts: Annotated[
        Path, typer.Argument(help="A YAML file with the answers and what was ticked in them.")
    ],
    bank: OwnBank = None,
) -> None:
    """Write what an assistant alone got on a question into your own bank: assistant/QUESTION.yaml.

    The kit calls no model, and rates no answer: it takes the ticks that a person made by the question's page.
    """
    from question_bank.model import Transcripts
    from rubrics import ContentError
    from rubrics.files import read_model
    from scorecards.outside.settings import load_settings

    folder = bank or load_settings().bank_path
    if folder is None:
        fail("Say which bank is yours: --bank FOLDER. The bank that comes with the kit is not written to.")
    question = _question(folder, question_id)
    try:
        tried = read_model(transcripts, transcripts.parent, Transcripts)
    except ContentError as error:
        fail("\n".join(map(str, error.problems)))
    baseline = baseline_of(question, tried)
    path = folder / "assistant" / f"{question.id}.yaml"
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(_yaml(baseline), "utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    typer.echo(f"{path}: {_levels(baseline)}", err=True)


def baseline_of(question: Question, tried: Transcripts) -> Baseline:
    """What the ticks earn, run by run; ends the command where a tick is none of the question's."""
    from question_bank import propose_level
    from question_bank.baseline import PARTS
    from question_bank.model import AssistantRun, Baseline

    def run(part: str, n: int, one: Transcript) -> AssistantRun:
        known = {signal.id for signal in question.signals}, {flag.id for flag in question.red_flags}
        for unknown in [*(set(one.ticks) - known[0]), *(set(one.red_flags) - known[1])]:
            fail(f"{part}.{n}: '{unknown}' is neither a signal nor a red flag of {question.id}.")
        level = propose_level(question, one.ticks, (), one.red_flags).level
        return AssistantRun(ticks=one.ticks, red_flags=one.red_flags, level=level)

    if tried.version != question.version:
        fail(f"Version {tried.version} was tried, the bank has version {question.version}: try that one.")
    parts = {part: tuple(run(part, n, one) for n, one in enumerate(getattr(tried, part))) for part in PARTS}
    return Baseline(assistant=tried.assistant, tried_on=tried.tried_on, version=tried.version, **parts)


def _yaml(baseline: Baseline) -> str:
    import yaml

    return yaml.safe_dump(
        json.loads(baseline.model_dump_json(exclude_defaults=True)), sort_keys=False, allow_unicode=True
    )


def _read(bank: Path | None) -> tuple[Path, Loaded]:
    from question_bank import BANK
    from question_bank.load import read_bank
    from rubrics import LIBRARY, ContentError, load_rubrics
    from scorecards.outside.settings import load_settings

    settings = load_settings()
    folder = bank or settings.bank_path or BANK
    try:
        return folder, read_bank(folder, load_rubrics(settings.rubrics_path or LIBRARY))
    except ContentError as error:
        fail("\n".join(map(str, error.problems)))


def _shown(path: Path) -> str:
    """From the folder that one works in, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _question(bank: Path | None, question_id: str) -> Question:
    found = _read(bank)[1].bank.by_id.get(question_id.upper())
    if found is None:
        fail(f"There is no question '{question_id}'; `interview-kit questions` lists them.")
    return found


def _alone(question: Question) -> str:
    return _levels(question.assistant) if question.assistant else "not tried on an assistant"


def _levels(baseline: Baseline) -> str:
    from question_bank.baseline import PARTS

    told = [f"{part} {', '.join(map(str, _of(baseline, part)))}" for part in PARTS if baseline.runs(part)]
    return "an assistant alone: " + "; ".join(told)


def _of(baseline: Baseline, part: Part) -> list[int]:
    return [run.level for run in baseline.runs(part)]


def _told(question: Question, path: str) -> dict[str, Any]:

    baseline = question.assistant
    return {
        "id": question.id,
        "path": path,
        "title": question.title,
        "topic": question.topic,
        "competency": question.competency,
        "subskill": question.subskill,
        "kind": question.kind,
        "track": question.track,
        "family": question.family,
        "status": question.status,
        "minutes": question.minutes.total,
        "musts": sorted(question.musts),
        "signals": [{"id": one.id, "level": one.level, "must": one.must} for one in question.signals],
        "samples": [{"level": sample.level} for sample in question.practice],
        "routes": [{"earns": list(route.earns), "level": route.level} for route in question.routes],
        "assistant": baseline
        and {
            "tried_on": baseline.tried_on.isoformat(),
            **{
                part: [run.level for run in getattr(baseline, part)] for part in ("card", "probed", "relayed")
            },
        },
    }
