"""The terminal entry: interview-kit serve | check | demo | rounds | export | import | analyse | upgrade | exercise ...

What a command needs is loaded when it runs: `--help` has to be there at once.
"""

from __future__ import annotations

from collections.abc import Callable

import typer
from typer.core import TyperCommand

from . import (
    analyse,
    assistants,
    audit,
    candidates,
    content,
    data,
    exercises,
    offline,
    privacy,
    rounds,
    serve,
    team,
)
from .formats import OfAccessPack, OfRound
from .shared import WholeHelp

app = typer.Typer(
    name="interview-kit",
    cls=WholeHelp,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain text: drawing boxes takes longer to load than all commands together.
    rich_markup_mode=None,
)

# In the order in which `--help` lists them.
COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serve.serve,
    "check": content.check,
    "questions": assistants.questions,
    "assistant-card": assistants.assistant_card,
    "assistant-score": assistants.assistant_score,
    "demo": rounds.demo,
    "rounds": rounds.rounds,
    "export": rounds.export,
    "import": rounds.import_,
    "analyse": analyse.analyse,
    "upgrade": data.upgrade,
    "backup": data.backup,
    "restore": data.restore,
    "move": data.move,
    "assign": offline.assign,
    "take": offline.take,
    "hand-in": offline.hand_in,
    "merge": offline.merge,
    "exercises": exercises.exercises,
    "exercise": exercises.exercise,
    "check-exercise": exercises.check_exercise,
    "admin": team.admin,
    "link": team.link,
    "purge": privacy.purge,
    "hold": privacy.hold,
    "erase": privacy.erase,
    "access-pack": privacy.access_pack,
    "sign-out": team.sign_out,
    "rename": team.rename,
    "rename-candidate": candidates.rename_candidate,
    "add-candidates": candidates.add_candidates,
}
# Commands whose --format is read from a table.
WITH_FORMATS: dict[str, type[TyperCommand]] = {"export": OfRound, "access-pack": OfAccessPack}
for name, command in COMMANDS.items():
    app.command(name=name, cls=WITH_FORMATS.get(name))(command)
app.add_typer(audit.app, name="audit")
app.callback(invoke_without_command=True)(serve.alone)


def main() -> None:
    """Run the command given; a wrong setting ends it in one sentence."""
    try:
        app()
    except SystemExit:
        raise
    except _wrong_setting() as error:
        raise SystemExit(str(error)) from error


def _wrong_setting() -> type[Exception]:
    # Asked for only once something was raised.
    from scorecards.outside.settings import SettingsError

    return SettingsError


if __name__ == "__main__":
    main()
