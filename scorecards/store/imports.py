"""The part of the store that imports rounds. No words come in under another person's name without asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from ..record.model import Imported, Person, Round, RoundRecord, now
from ..record.names import KnownNames, name_key
from ..record.people_in import parts_of, with_people, without_strangers
from . import rows
from . import tables as t
from .access import OPERATOR, Operator, Viewer
from .audit import note
from .changes import new_id
from .engine import Database
from .errors import NotAllowedError
from .naming import insert_people
from .round_rows import imported_row
from .whole import insert_record

# In the place of a person's id: someone who is not known here, whatever their name.
NEW: Final = "new"
_TERMINAL = "import it from the terminal as the operator: interview-kit import FILE"


class InFile(NamedTuple):
    """A person in a file, what the file has of them, and who they may be here: the same id first, then the name."""

    person: Person
    parts: str
    here: tuple[Person, ...]


class ImportDesk:
    """Imports a round from a file: by its lead, or from the terminal."""

    def __init__(self, database: Database):
        self._database = database

    def people(self, record: RoundRecord) -> tuple[InFile, ...]:
        """Everyone in the file, with the people here who have their id or their name."""
        with self._database.reading() as connection:
            return _in_file(record, _known(connection))

    def add(self, record: RoundRecord, viewer: Viewer = OPERATOR) -> None:
        """Store a whole round of the kit's own making, as the demo, as it is; `imports` takes those from files.

        Refused, with nothing changed, where the round exists already.
        """
        try:
            self._add(record, viewer)
        except IntegrityError as error:
            raise NotAllowedError(
                ["Something in this round has an id that another round here uses; nothing was changed."]
            ) from error

    def _add(self, record: RoundRecord, viewer: Viewer) -> None:
        with self._database.writing() as connection:
            existing = connection.execute(
                select(t.rounds.c.id).where(t.rounds.c.id == record.round.id)
            ).first()
            if existing is not None:
                raise NotAllowedError(
                    [f"The round {record.round.id} is already in this database; nothing was changed."]
                )
            insert_record(connection, record)
            note(connection, viewer, "round_imported", round_id=record.round.id, scorecards=len(record.cards))

    def take(self, viewer: Viewer, record: RoundRecord, who: Mapping[str, str] | None = None) -> Round:
        """Store a round from a file, marked as imported by the viewer now; `demo` is not taken over.

        `who` says of people in the file who they are here: an id, or `NEW`. It must say so of everyone whose id or
        name is known here, but for the viewer themself; the terminal only where id and name do not both agree. A
        viewer has to be the round's lead. Refused with every reason and nothing changed.
        """
        try:
            with self._database.writing() as connection:
                return self._take(connection, viewer, record, who or {})
        except IntegrityError as error:
            raise NotAllowedError(
                ["Something in this round has an id that another round here uses; nothing was changed."]
            ) from error

    def _take(
        self, connection: Connection, viewer: Viewer, record: RoundRecord, who: Mapping[str, str]
    ) -> Round:
        _refuse_known(connection, record.round.id)
        people = _known(connection)
        places, fresh = _places(viewer, record, who, people)
        moved = with_people(without_strangers(record), places)
        round_ = moved.round.model_copy(update={"demo": False, "imported": None})
        kept = moved.model_copy(update={"round": round_, "people": _named(fresh, people)})
        insert_record(connection, kept)
        imported = mark_imported(connection, viewer, round_.id)
        same = sorted(here for there, here in places.items() if here in people and here != viewer)
        told: dict[str, Any] = {"scorecards": len(record.cards), "people_known_here": same}
        note(connection, viewer, "round_imported", round_id=round_.id, **told)
        return round_.model_copy(update={"imported": imported})


def mark_imported(connection: Connection, viewer: Viewer, round_id: str) -> Imported:
    """Note in the round's row that it was imported; nothing removes this note."""
    imported = Imported(by=None if isinstance(viewer, Operator) else viewer, at=now())
    values = imported_row(imported)
    connection.execute(update(t.rounds).where(t.rounds.c.id == round_id).values(**values))
    return imported


def insert_unknown(connection: Connection, people: Sequence[Person]) -> None:
    """Those whose id is not known here; where the name is, theirs tells that they came by a file."""
    known = _known(connection)
    for person in _named([one for one in people if one.id not in known], known):
        insert_people(connection, [person])


def _refuse_known(connection: Connection, round_id: str) -> None:
    if connection.execute(select(t.rounds.c.id).where(t.rounds.c.id == round_id)).first() is not None:
        raise NotAllowedError([f"The round {round_id} is already in this database; nothing was changed."])


def _known(connection: Connection) -> dict[str, Person]:
    return {row.id: rows.to_person(row) for row in connection.execute(select(t.people))}


def _in_file(record: RoundRecord, known: Mapping[str, Person]) -> tuple[InFile, ...]:
    named: dict[str, list[Person]] = {}
    for one in known.values():
        named.setdefault(name_key(one.name), []).append(one)
    parts, names = parts_of(record), KnownNames(one.name for one in known.values())

    def here(person: Person) -> tuple[Person, ...]:
        same = [known[person.id]] if person.id in known else []
        alike = [one for like in names.near(person.name) for one in named[name_key(like.name)]]
        return tuple({one.id: one for one in (*same, *alike)}.values())

    return tuple(InFile(one, parts[one.id], here(one)) for one in record.people)


def _places(
    viewer: Viewer, record: RoundRecord, who: Mapping[str, str], known: Mapping[str, Person]
) -> tuple[dict[str, str], list[Person]]:
    """Who everyone in the file is here, and those of them who are new; refused with every reason."""
    places: dict[str, str] = {}
    fresh: list[Person] = []
    reasons: list[str] = []
    for one in _in_file(record, known):
        found = _place(viewer, one, who.get(one.person.id), known)
        if found is None:
            fresh.append(
                Person(id=one.person.id if one.person.id not in known else new_id(), name=one.person.name)
            )
            places[one.person.id] = fresh[-1].id
        elif found in known:
            places[one.person.id] = found
        else:
            reasons.append(found)
    doubled = [here for here, times in Counter(places.values()).items() if times > 1]
    reasons += [
        f"Two people in the file cannot both be {known[one].name} here." for one in doubled if one in known
    ]
    if reasons := _not_led(viewer, record, places, known) or reasons:
        raise NotAllowedError(reasons)
    return places, fresh


def _place(viewer: Viewer, one: InFile, wanted: str | None, known: Mapping[str, Person]) -> str | None:
    """The id here, None for someone new, or a sentence that says why neither can be."""
    operator = isinstance(viewer, Operator)
    if wanted == NEW:
        return None
    if wanted is not None:
        if wanted not in known:
            return f"No one here has the id {wanted}, so it cannot be {one.person.name}."
        if operator or wanted == one.person.id or one.person.id not in known:
            return wanted
        return f"{one.person.name} of the file is {known[one.person.id].name} here, and nobody else."
    same = one.here[0] if one.here else None
    if same is None or (same.id == one.person.id and (same.id == viewer or (operator and _alike(same, one)))):
        return same.id if same else None
    if viewer in [person.id for person in one.here] and not any(p.id == one.person.id for p in one.here):
        return f"The file has {one.person.name}, which is also your name. Say whether that is you."
    return _ask_who(one, operator=operator)


def _ask_who(one: InFile, *, operator: bool) -> str:
    """What somebody has to say before this person is taken as one here or as someone new."""
    what = f" ({one.parts})" if one.parts else ""
    known_as = ", ".join(f"{person.name} [{person.id}]" for person in one.here)
    way = f" With --person {one.person.id}=ID, or =new for someone else with this name." if operator else ""
    return (
        f"The file has {one.person.name} [{one.person.id}]{what}, and here there is {known_as}: say whether they "
        f"are the same.{way}"
    )


def _alike(person: Person, one: InFile) -> bool:
    return name_key(person.name) == name_key(one.person.name)


def _not_led(
    viewer: Viewer, record: RoundRecord, places: Mapping[str, str], known: Mapping[str, Person]
) -> list[str]:
    """Why this person may not import the round; the terminal may import any."""
    lead = record.round.lead_id
    if isinstance(viewer, Operator) or places.get(lead, lead) == viewer:
        return []
    if lead in known:
        return [f"{known[lead].name} leads this round: ask them to import it, or {_TERMINAL}."]
    name = record.person[lead].name
    return [
        f"In the file {name} leads this round. Say that this is you, ask them to import it, or {_TERMINAL}."
    ]


def _named(fresh: Sequence[Person], known: Mapping[str, Person]) -> tuple[Person, ...]:
    """New people; who has the name of someone here is called '(imported)', so that nobody takes one for the other."""
    taken = {name_key(one.name) for one in known.values()}
    named = []
    for person in fresh:
        endings = ("", " (imported)", *(f" (imported {number})" for number in range(2, len(known) + 3)))
        name = next(name for end in endings if name_key(name := person.name[:9_900] + end) not in taken)
        taken.add(name_key(name))
        named.append(person.model_copy(update={"name": name}))
    return tuple(named)
