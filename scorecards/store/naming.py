"""Names of people and candidates: one person per name, and corrections."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError

from rubrics.counted import count

from ..record.model import Candidate, Person
from ..record.names import How, KnownNames, Likeness, UnusableNameError, clean_name, name_key, near
from . import rows
from . import tables as t
from .access import Operator, Viewer, candidate_of, led_round, open_round
from .audit import is_admin, note
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .limits import MOST_IN_NAME, refuse_long

_TAKEN = "Someone here already has this name. Tell the two apart, for example with a middle name."
_TAKEN_IN_ROUND = (
    "A candidate in the round already has this name. Tell the two apart, for example with a middle name."
)


class NameDesk:
    """Where people get their names, and where a misspelled one is put right."""

    def __init__(self, database: Database):
        self._database = database

    def people_like(self, name: str) -> tuple[tuple[Person, How], ...]:
        """People here whose name might be this one; the certain ones too. For a question, never for a guess."""
        with self._database.reading() as connection:
            people = [rows.to_person(row) for row in connection.execute(select(t.people))]
        like = {one.name: one.how for one in near(name, {person.name for person in people})}
        return tuple((person, like[person.name]) for person in people if person.name in like)

    def candidates_like(
        self, viewer: Viewer, round_id: str, names: Sequence[str]
    ) -> tuple[tuple[tuple[str, How], ...], ...]:
        """For each name the codes of the round's candidates whose name might be it. For its lead, and no name told."""
        with self._database.reading() as connection:
            led_round(connection, viewer, round_id)
            found = connection.execute(select(t.candidates).where(t.candidates.c.round_id == round_id))
            candidates = [rows.to_candidate(row) for row in found]
        known = KnownNames(one.name for one in candidates)
        return tuple(_codes(candidates, known.near(name)) for name in names)

    def rename_person(self, viewer: Viewer, person_id: str, name: str) -> Person:
        """Correct a person's name: your own, or anyone's as an administrator or from the terminal."""
        refuse_long("The name", name, MOST_IN_NAME)
        renamed = Person(id=person_id, name=cleaned(name))
        try:
            with self._database.writing() as connection:
                if connection.execute(select(t.people).where(t.people.c.id == person_id)).first() is None:
                    raise NotFoundError("There is no such person.")
                _refuse_anothers(connection, viewer, person_id)
                holder = person_named(connection, renamed.name)
                if holder is not None and holder.id != person_id:
                    raise NotAllowedError([_TAKEN])
                put_name(connection, renamed)
                note(connection, viewer, "person_renamed", subject=person_id)
        except IntegrityError as error:
            raise NotAllowedError([_TAKEN]) from error
        return renamed

    def rename_candidate(self, viewer: Viewer, candidate_id: str, name: str) -> None:
        """Correct a candidate's name; the round's lead only. Neither name is in the log."""
        refuse_long("The name", name, MOST_IN_NAME)
        told = cleaned(name)
        with self._database.writing() as connection:
            candidate = candidate_of(connection, candidate_id)
            open_round(connection, viewer, candidate.round_id)
            others = connection.execute(
                select(t.candidates.c.name).where(
                    t.candidates.c.round_id == candidate.round_id, t.candidates.c.id != candidate_id
                )
            ).scalars()
            if name_key(told) in {name_key(other) for other in others}:
                raise NotAllowedError([_TAKEN_IN_ROUND])
            connection.execute(
                update(t.candidates).where(t.candidates.c.id == candidate_id).values(name=told)
            )
            note(connection, viewer, "candidate_renamed", round_id=candidate.round_id, subject=candidate_id)


def cleaned(name: str) -> str:
    """The name as it is kept; `NotAllowedError` where nothing of it can be seen."""
    try:
        return clean_name(name)
    except UnusableNameError as error:
        raise NotAllowedError([str(error)]) from error


def candidate_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names as they are kept; `NotAllowedError` where one is too long, cannot be seen, or is there twice."""
    for name in names:
        refuse_long("A candidate's name", name, MOST_IN_NAME)
    told = tuple(cleaned(name) for name in names)
    often = Counter(map(name_key, told))
    twice = [name for name in told if often[name_key(name)] > 1]
    refuse_held(twice[1:], twice[:1], "This name is in the list twice")
    return told


def refuse_held(
    names: Sequence[str], here: Iterable[str], why: str = "A candidate has this name already"
) -> None:
    """Raise `NotAllowedError` where one of the names is one of those that are here, however it is spelled."""
    held = {name_key(one) for one in here}
    if doubles := [name for name in names if name_key(name) in held]:
        more = f", and {count(len(doubles) - 1, 'more name')} likewise" if len(doubles) > 1 else ""
        raise NotAllowedError(
            [
                f"{doubles[0]}: {why}{more}. Tell the two apart, for example by a second name. Nobody was added."
            ]
        )


def key_of(name: str) -> str:
    """What is the same for all spellings of a name, of a length that every index takes."""
    return hashlib.sha256(name_key(name).encode()).hexdigest()


def person_named(connection: Connection, name: str) -> Person | None:
    """The person of this name. Of several from before names had a key the first one by id."""
    key = key_of(name)
    held = connection.execute(select(t.people).where(t.people.c.key == key)).first()
    if held is not None:
        return rows.to_person(held)
    doubles = connection.execute(select(t.people).where(t.people.c.key.is_(None)).order_by(t.people.c.id))
    return next((rows.to_person(row) for row in doubles if key_of(row.name) == key), None)


def insert_keyed(connection: Connection, person: Person) -> bool:
    """Add a person; false, with nothing added, where someone else holds the name."""
    make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    values = {"id": person.id, "name": person.name, "key": key_of(person.name)}
    made = connection.execute(make(t.people).values(values).on_conflict_do_nothing(index_elements=["key"]))
    return bool(made.rowcount)


def insert_people(connection: Connection, people: Iterable[Person]) -> None:
    """Add people as they are, from a file. Whose name is held already is added without a key: a double, not merged."""
    for person in people:
        if not insert_keyed(connection, person):
            connection.execute(insert(t.people).values(id=person.id, name=person.name, key=None))


def put_name(connection: Connection, person: Person) -> None:
    """Give a person who is here this name; without a key where someone else holds it."""
    key: str | None = key_of(person.name)
    held = connection.execute(select(t.people.c.id).where(t.people.c.key == key)).scalar()
    connection.execute(
        update(t.people)
        .where(t.people.c.id == person.id)
        .values(name=person.name, key=key if held in (None, person.id) else None)
    )


def taken_or_alike(connection: Connection, name: str) -> bool:
    """Whether someone with this name would be taken for someone else here."""
    people = connection.execute(select(t.people.c.name)).scalars()
    return any(one.how in ("same", "look_alike", "accents") for one in near(name, set(people)))


def _codes(candidates: Sequence[Candidate], like: Sequence[Likeness]) -> tuple[tuple[str, How], ...]:
    how = {one.name: one.how for one in like}
    return tuple((one.code, how[one.name]) for one in candidates if one.name in how)


def _refuse_anothers(connection: Connection, viewer: Viewer, person_id: str) -> None:
    if viewer == person_id or isinstance(viewer, Operator) or is_admin(connection, viewer):
        return
    raise NotAllowedError(["You can correct only your own name. An administrator can correct anyone's."])
