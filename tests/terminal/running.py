"""A command of the terminal run on a database with one round, and how it is refused."""

from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner, Result

from interview_kit.terminal.main import app
from scorecards.record.model import Rating, Verdict
from scorecards.store import Store
from tests.scorecards.small_round import rate

# What Ada wrote; Bo, who still owes his scorecard, must not read it anywhere.
SECRET = "Halted the whole ranking within the hour and told support first."


class Kept(NamedTuple):
    """A database with one round: Ada has submitted her scorecard for Zed, Bo owes his."""

    database: str
    round_id: str
    ada: str
    bo: str


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(result: Result, *says: str) -> None:
    """Exit code 1, the reason on stderr, nothing on stdout, and no traceback."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    for words in says:
        assert words in result.stderr


def submitted(store: Store, author: str, round_id: str) -> None:
    card = next(s for s in store.rounds.statuses(author, round_id) if s.interviewer_id == author)
    interview = store.interviews.get(author, card.interview_id)
    for planned in interview.plan.items:
        rating = Rating(
            question_id=planned.question.id,
            level=3,
            evidence=SECRET,
            ticks=tuple(sorted(planned.question.musts)),
        )
        rate(store, author, card.card_id, rating)
    store.cards.save_verdict(author, card.card_id, Verdict(recommendation="yes"))
    store.cards.submit(author, card.card_id)


def exported(kept: Kept, out: Path, *words: object) -> bytes:
    result = run("export", kept.round_id, "--out", out, "--database", kept.database, *words)
    assert result.exit_code == 0, result.output
    return out.read_bytes()
