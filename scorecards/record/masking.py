"""Hiding names: a record as one candidate may receive it, and a round that shows codes for names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .free_words import rewritten
from .model import Candidate, Debrief, Person, RoundRecord
from .name_finder import Found, NameFinder
from .seals import broken_seals, evidence_changed

ANOTHER = "[another candidate]"
# Shown where several interviewers share a part of a name.
AN_INTERVIEWER = "an interviewer"


def masked_for(record: RoundRecord, candidate_id: str) -> RoundRecord:
    """The record with every other candidate and every interviewer masked, in their fields and in all words.

    What is the candidate's own name, too, stays. A name that is an everyday word is masked wherever it stands:
    rather a word too many than someone else's name.
    """
    numbered = {person.id: f"Interviewer {n}" for n, person in enumerate(record.people, start=1)}
    mask = _for_one(record, record.candidate[candidate_id], numbered)
    told = RoundRecord(
        round=rewritten(record.round, mask),
        people=tuple(Person(id=one.id, name=numbered[one.id]) for one in record.people),
        candidates=tuple(
            one if one.id == candidate_id else one.model_copy(update={"name": ANOTHER, "code": f"other-{n}"})
            for n, one in enumerate(record.candidates, start=1)
        ),
        interviews=tuple(rewritten(one, mask) for one in record.interviews),
        cards=tuple(rewritten(card, mask) for card in record.cards),
        debriefs=tuple(rewritten(one, mask) for one in record.debriefs),
        statuses=tuple(rewritten(one, mask) for one in record.statuses),
    )
    return told.model_copy(update={"debriefs": _checked(record, told.debriefs)})


def coded(record: RoundRecord, names: Mapping[str, str], viewer: str | None) -> RoundRecord:
    """A record of a round of codes with codes for names in all words too, but for what the viewer wrote.

    `names` are the candidates' by id. One's own words stay as one typed them: they are changed on the screen. For
    what leaves the kit there is no viewer.
    """
    mask = code_mask(record.candidates, names)
    own = record.round if viewer == record.round.lead_id else None
    told = record.model_copy(
        update={
            # A lead typed what the settings show, and saves it again: what was done to the round is for everybody.
            "round": own.model_copy(update={"events": tuple(rewritten(one, mask) for one in own.events)})
            if own
            else rewritten(record.round, mask),
            "interviews": tuple(rewritten(one, mask) for one in record.interviews),
            "cards": tuple(
                one if one.interviewer_id == viewer else rewritten(one, mask) for one in record.cards
            ),
            "debriefs": tuple(rewritten(one, mask) for one in record.debriefs),
            "statuses": tuple(rewritten(one, mask) for one in record.statuses),
        }
    )
    return told.model_copy(update={"debriefs": _checked(record, told.debriefs)})


def code_mask(candidates: Iterable[Candidate], names: Mapping[str, str]) -> Callable[[str], str]:
    """Codes for names. Everyday words stay, since most of them mean nobody; of parts that several have each code."""
    codes: dict[str, list[str]] = {}
    for one in candidates:
        codes.setdefault(names.get(one.id, one.code), []).append(one.code)
    finder = NameFinder(name for name, own in codes.items() if name not in own)

    def told(found: Found) -> str | None:
        return " or ".join(code for name in found.names for code in codes[name]) if found.sure else None

    return lambda words: finder.replace(words, told)


def _for_one(record: RoundRecord, own: Candidate, numbered: Mapping[str, str]) -> Callable[[str], str]:
    others = {one.name for one in record.candidates if one.id != own.id}
    people: dict[str, list[str]] = {}
    for person in record.people:
        people.setdefault(person.name, []).append(numbered[person.id])
    finder = NameFinder((own.name, *others, *people), [(one.name, one.code) for one in record.candidates])

    def told(found: Found) -> str | None:
        if own.name in found.names:
            return None
        if others & {*found.names}:
            return ANOTHER
        numbers = [number for name in found.names for number in people[name]]
        return numbers[0] if len(numbers) == 1 else AN_INTERVIEWER

    return lambda words: finder.replace(words, told)


def _checked(record: RoundRecord, masked: tuple[Debrief, ...]) -> tuple[Debrief, ...]:
    """Seals and evidence are judged by the words as they were recorded, not as they are shown."""
    return tuple(
        after.model_copy(
            update={
                "found_broken": broken_seals(before),
                "found_changed": evidence_changed(record, before.candidate_id),
            }
        )
        for before, after in zip(record.debriefs, masked, strict=True)
    )
