"""The formats of files as an option, read from their table only when a command needs them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand


def names(table: str) -> tuple[str, ...]:
    """The suffixes that this table of `scorecards.documents.formats` has: 'ROUND'."""
    from scorecards.documents import formats

    return formats.names_of(getattr(formats, table))


class OfRound(TyperCommand):
    """A command whose --format is one that a round has."""

    table = "ROUND"

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)
        for one in params:
            if one.name == "format":
                one.metavar = f"[{'|'.join(names(self.table))}]"
        return params

    def invoke(self, ctx: Any) -> Any:
        known, given = names(self.table), ctx.params["format"]
        if given not in known:
            listed = ", ".join(f"'{one}'" for one in known)
            raise typer.BadParameter(f"'{given}' is not one of {listed}.", ctx, param_hint="'--format'")
        return super().invoke(ctx)


class OfAccessPack(OfRound):
    """The same for an access pack."""

    table = "ACCESS_PACK"
