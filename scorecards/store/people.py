"""People: who is known here by which name."""

from __future__ import annotations

from sqlalchemy import select

from ..record.model import (
    Person,
)
from . import rows
from . import tables as t
from .changes import new_id
from .engine import Database
from .errors import NotAllowedError
from .limits import MOST_IN_NAME, refuse_long
from .naming import cleaned, insert_keyed, person_named


class PeopleDesk:
    """Who is known here."""

    def __init__(self, database: Database):
        self._database = database

    def all(self) -> tuple[Person, ...]:
        """Everybody known here, by name."""
        with self._database.reading() as connection:
            found = connection.execute(select(t.people).order_by(t.people.c.name, t.people.c.id)).all()
        return tuple(rows.to_person(row) for row in found)

    def add(self, name: str) -> Person:
        """The person of this name, however it is spelled; new if nobody has it. Two at once make one person."""
        refuse_long("The name", name, MOST_IN_NAME)
        person = Person(id=new_id(), name=cleaned(Person(id="any", name=name).name))
        for _ in range(3):
            with self._database.writing() as connection:
                found = person_named(connection, person.name)
                if found is not None or insert_keyed(connection, person):
                    return found or person
        raise NotAllowedError(["Someone with this name is being added right now. Try again."])
