"""A round with everything in it, as one viewer may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Self, TypeVar

from rubrics.model import Value

from .debriefs import Debrief
from .people import Candidate, Person
from .rounds import Interview, Round
from .scorecards import CardStatus, Scorecard

OfInterview = TypeVar("OfInterview", Scorecard, CardStatus)


class RoundRecord(Value):
    """A round with everything in it that one viewer may see."""

    round: Round
    people: tuple[Person, ...]
    candidates: tuple[Candidate, ...]
    interviews: tuple[Interview, ...]
    # Only the scorecards that the viewer may read.
    cards: tuple[Scorecard, ...]

    # Votes and decisions as far as the viewer may know them.
    debriefs: tuple[Debrief, ...] = ()

    # Every scorecard of the round, the unreadable ones too: who has submitted, nothing more.
    statuses: tuple[CardStatus, ...] = ()

    # What is damaged in the database and left out here, a line each. Of no export.
    damaged: tuple[str, ...] = ()

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def candidate(self) -> dict[str, Candidate]:
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def interview(self) -> dict[str, Interview]:
        return {interview.id: interview for interview in self.interviews}

    @property
    def imported_words(self) -> str:
        """That the round came in from a file, when and by whom; empty where it was made here."""
        imported = self.round.imported
        if imported is None:
            return ""
        person = self.person.get(imported.by or "")
        by = "from the terminal" if imported.by is None else f"by {person.name if person else imported.by}"
        return (
            f"Imported from a file on {imported.at:%Y-%m-%d} {by}. What it says about earlier events, and who said "
            "it, comes from the file."
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy that forgets what was looked up before, since an update may change it."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def debrief(self, candidate_id: str) -> Debrief:
        """The candidate's debrief; an empty one where nothing happened yet."""
        found = (one for one in self.debriefs if one.candidate_id == candidate_id)
        return next(found, Debrief(candidate_id=candidate_id))

    @cached_property
    def by_code(self) -> tuple[Candidate, ...]:
        """The candidates in the order of their codes."""
        return tuple(sorted(self.candidates, key=lambda c: (len(c.code), c.code, c.id)))

    def cards_of(self, candidate_id: str) -> tuple[Scorecard, ...]:
        """The candidate's scorecards that the viewer may read, drafts and withdrawn ones included."""
        return self._cards_of.get(candidate_id, ())

    def statuses_of(self, candidate_id: str) -> tuple[CardStatus, ...]:
        """The state of all the candidate's scorecards, in the order of the round's interviews."""
        return self._statuses_of.get(candidate_id, ())

    def with_statuses(self) -> RoundRecord:
        """The same record with a status for each of its scorecards, for a record that holds them all."""
        return self.model_copy(
            update={
                "statuses": tuple(
                    CardStatus(
                        card_id=card.id,
                        interview_id=card.interview_id,
                        candidate_id=card.candidate_id,
                        interviewer_id=card.interviewer_id,
                        state=card.state,
                        submitted_at=card.submitted_at,
                        dismissed_reason=self.interview[card.interview_id].dismissed_reason,
                        not_owed=card.not_owed,
                    )
                    for card in self.cards
                )
            }
        )

    @cached_property
    def _cards_of(self) -> dict[str, tuple[Scorecard, ...]]:
        return self._by_candidate(self.cards)

    @cached_property
    def _statuses_of(self) -> dict[str, tuple[CardStatus, ...]]:
        return self._by_candidate(self.statuses)

    def as_evidence_only(self) -> RoundRecord:
        """The same as if the round were set to evidence only: for a person who may read it and not compare yet."""
        return self.model_copy(update={"round": self.round.model_copy(update={"evidence_only": True})})

    def _by_candidate(self, every: Iterable[OfInterview]) -> dict[str, tuple[OfInterview, ...]]:
        """Each candidate's, in the order of the round's interviews."""
        slots = {slot.id: place for place, slot in enumerate(self.round.slots)}

        def place(one: OfInterview) -> tuple[int, str, str]:
            slot_id = self.interview[one.interview_id].slot_id
            return (slots.get(slot_id, len(slots)), one.interview_id, one.interviewer_id)

        found: dict[str, list[OfInterview]] = defaultdict(list)
        for one in sorted(every, key=place):
            found[one.candidate_id].append(one)
        return {candidate: tuple(own) for candidate, own in found.items()}
