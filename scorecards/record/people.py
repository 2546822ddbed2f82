"""Who is in a round: people who use the kit, and candidates."""

from __future__ import annotations

from rubrics.model import Value

from .fields import Id, Name


class Person(Value):
    """Somebody who uses the kit: an interviewer, a round's lead."""

    id: Id
    name: Name


class Candidate(Value):
    """Somebody who is interviewed in one round."""

    id: Id
    round_id: Id
    # Stands for the name where names are not wanted: C-01.
    code: Name
    name: Name

    @property
    def own_name(self) -> str:
        """The name; empty where the code stands in its place."""
        return "" if self.name == self.code else self.name

    def called(self, longest: int = 60) -> str:
        """Code and name, cut at so many signs; the code alone where it stands in place of the name."""
        return f"{self.code} {self.own_name[:longest]}".rstrip()
