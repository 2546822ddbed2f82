"""Setting up a round: from a profile and a loop to slots with plans, from pasted names to candidates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from question_bank import Bank, Target, plan_slots

from .model import Blindness, Round, RoundSlot, now

MAX_CANDIDATES = 500
MAX_CSV_BYTES = 1024 * 1024
NAME_LENGTH = 200
_NAME_HEADS = ("name", "candidate", "candidate name", "full name")
# Letters of any script with the signs that names have: no address, no number, no path.
_NAME_PART = re.compile(r"[^\W\d_][^\d@:/_;]*$")
_FIRST, _LAST = ("first name", "firstname", "given name"), ("last name", "lastname", "surname", "family name")


class CandidateRow(NamedTuple):
    """A line of a candidates' list: the name, or why it cannot be taken."""

    line: int
    name: str
    fault: str | None


class SetupFault(NamedTuple):
    """A must-have that nobody qualified will score, and why."""

    competency: str
    reason: str


def new_round(
    round_id: str,
    name: str,
    lead_id: str,
    bank: Bank,
    profile_id: str,
    loop_ids: Sequence[str],
    panel_ids: Sequence[str],
    *,
    targets: tuple[Target, ...] | None = None,
    weights_reason: str | None = None,
    blindness: Blindness = "own",
) -> Round:
    """A round of this profile: one slot for each interview of the loops, planned so that no family comes twice.

    The panel is spread over the slots in turn; an interview that the bank has no question for is left out.
    `ValueError` where weights differ without a reason, or where no interview is left.
    """
    profile = bank.profile(profile_id)
    sittings = [slot for loop_id in loop_ids for slot in bank.loop(loop_id).slots]
    planned = [
        (slot, plan)
        for slot, plan in zip(sittings, plan_slots(bank, profile, sittings), strict=True)
        if plan.items
    ]
    if not planned:
        raise ValueError("The bank has no question for these interviews: choose others.")
    slots = tuple(
        RoundSlot(
            id=f"{n}-{slot.id}",
            plan=plan,
            interviewer_ids=(panel_ids[(n - 1) % len(panel_ids)],) if panel_ids else (),
        )
        for n, (slot, plan) in enumerate(planned, start=1)
    )
    return Round(
        id=round_id,
        name=name,
        profile_id=profile_id,
        blindness=blindness,
        lead_id=lead_id,
        panel_ids=tuple(panel_ids),
        targets=targets or profile.targets,
        weights_reason=weights_reason if targets else profile.weights_reason,
        slots=slots,
        created_at=now(),
    )


def read_candidates(data: bytes | str, known: Collection[str] = ()) -> list[CandidateRow]:
    """Candidates from pasted text or a CSV file, one a line, every faulty line with its reason.

    With a head line the column 'name' counts (or 'first name' and 'last name'); without one, the first column,
    or both where there are two and the second is letters alone: 'Doe, Jane' is one name.
    Never raises: what cannot be read at all is one row with a fault.
    """
    if isinstance(data, bytes):
        if len(data) > MAX_CSV_BYTES:
            return [CandidateRow(1, "", f"The file has {len(data):,} bytes; take at most {MAX_CSV_BYTES:,}.")]
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return [CandidateRow(1, "", f"Byte {error.start} is not UTF-8: save the file as CSV UTF-8.")]
    data = data.removeprefix("\ufeff")
    try:
        lines = list(csv.reader(io.StringIO(data), dialect=_dialect(data), strict=True))
    except csv.Error as error:
        return [CandidateRow(1, "", f"The text is no CSV ({error}): check its quotes.")]
    rows = _rows([[cell.strip() for cell in line] for line in lines], set(known))
    if len(rows) > MAX_CANDIDATES:
        return [CandidateRow(1, "", f"{len(rows)} candidates: a round takes at most {MAX_CANDIDATES}.")]
    return rows


def independent_looks(round_: Round) -> dict[str, dict[str, int]]:
    """Minutes by competency and slot: what each interview of the round plans for each competency."""
    minutes: dict[str, dict[str, int]] = {target.competency: {} for target in round_.targets}
    for slot in round_.slots:
        for item in slot.plan.items:
            looks = minutes.setdefault(item.question.competency, {})
            looks[slot.id] = looks.get(slot.id, 0) + item.minutes
    return minutes


def too_few_looks(round_: Round) -> tuple[str, ...]:
    """Must-haves that fewer than two different interviewers look at; only those who are qualified are counted."""
    looking = lookers(round_)
    return tuple(
        target.competency
        for target in round_.targets
        if target.must_have
        and sum(round_.qualified(who, target.competency) for who in looking[target.competency]) < 2
    )


def lookers(round_: Round) -> dict[str, set[str]]:
    """By competency, whoever is to ask about it in the round's interviews, qualified or not."""
    looking: dict[str, set[str]] = {target.competency: set() for target in round_.targets}
    for slot in round_.slots:
        for item in slot.plan.items:
            looking.setdefault(item.question.competency, set()).update(slot.interviewer_ids)
    return looking


def setup_faults(round_: Round, names: Mapping[str, str]) -> list[SetupFault]:
    """Must-haves that nobody qualified will score, each with the reason; `names` are the people's, by id."""
    looking = lookers(round_)
    asked = {item.question.competency for slot in round_.slots for item in slot.plan.items}
    return [
        SetupFault(target.competency, _why_unscored(round_, target.competency, looking, asked, names))
        for target in round_.targets
        if target.must_have
        and not any(round_.qualified(who, target.competency) for who in looking[target.competency])
    ]


def _why_unscored(
    round_: Round,
    competency: str,
    looking: Mapping[str, Collection[str]],
    asked: Collection[str],
    names: Mapping[str, str],
) -> str:
    if competency not in asked:
        return "no interview of the round asks about it"
    if not looking[competency]:
        return "the interviews that ask about it have no interviewer yet"
    who = ", ".join(sorted(names.get(one, one) for one in looking[competency]))
    return f"it is asked only by people marked not qualified on it: {who}"


def _dialect(text: str) -> type[csv.Dialect]:
    class Dialect(csv.excel):
        head = text.partition("\n")[0]
        delimiter = max(",;\t", key=head.count)

    return Dialect


def _rows(lines: list[list[str]], known: set[str]) -> list[CandidateRow]:
    filled = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if not filled:
        return []
    head = [cell.casefold().replace("_", " ") for cell in filled[0][1]]
    columns = _columns(head)
    if columns is not None:
        filled = filled[1:]
    rows = []
    seen = {name.casefold() for name in known}
    for number, line in filled:
        name = _name(line, columns)
        rows.append(CandidateRow(number, name, _fault(name, seen)))
        seen.add(name.casefold())
    return rows


def _name(line: list[str], columns: list[int] | None) -> str:
    """The name in a line: of its columns, or, in a list without a head, 'Doe, Jane' as it was pasted."""
    if columns is None and len(line) == 2 and _NAME_PART.match(line[1]):
        return ", ".join(line) if line[0] else line[1]
    cells = [line[place] if place < len(line) else "" for place in columns or [0]]
    return " ".join(cell for cell in cells if cell)


def _columns(head: list[str]) -> list[int] | None:
    for wanted in _NAME_HEADS:
        if wanted in head:
            return [head.index(wanted)]
    first = next((head.index(word) for word in _FIRST if word in head), None)
    last = next((head.index(word) for word in _LAST if word in head), None)
    found = [place for place in (first, last) if place is not None]
    return found or None


def _fault(name: str, seen: set[str]) -> str | None:
    if not name:
        return "There is no name in this line."
    if len(name) > NAME_LENGTH:
        return f"The name has {len(name)} characters; take at most {NAME_LENGTH}."
    if any(ord(sign) < 32 for sign in name):
        return "The name holds a control character or a line break."
    if name.casefold() in seen:
        return "This name is already in the round or in the list; tell the two apart."
    return None
