"""The bank that holds all questions, profiles, loops and terms."""

from __future__ import annotations

from functools import cached_property

from rubrics import Competency, Rubrics, digest_of
from rubrics.model import Label, Slug, Text, Value

from .profile import LoopTemplate, Profile
from .question import Question


class Term(Value):
    """A word of the trade, explained to somebody outside it."""

    id: Slug
    term: Label
    plain: Text
    why_it_matters: Text
    good_sign: Text


class Glossary(Value):
    """The terms that questions point to."""

    terms: tuple[Term, ...]


class Bank(Value):
    """All questions, profiles, loops and terms, checked against the rubrics; never changes once loaded."""

    rubrics: Rubrics
    questions: tuple[Question, ...]
    profiles: tuple[Profile, ...]
    loops: tuple[LoopTemplate, ...]
    glossary: Glossary

    @cached_property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def terms(self) -> dict[str, Term]:
        return {term.id: term for term in self.glossary.terms}

    @cached_property
    def digest(self) -> str:
        return digest_of(self)

    def profile(self, profile_id: str) -> Profile:
        """The profile with this id; `KeyError` if there is none."""
        return {profile.id: profile for profile in self.profiles}[profile_id]

    def loop(self, loop_id: str) -> LoopTemplate:
        """The loop template with this id; `KeyError` if there is none."""
        return {loop.id: loop for loop in self.loops}[loop_id]

    def competency(self, competency_id: str) -> Competency:
        """The competency with this id; `KeyError` if there is none."""
        return self.rubrics.by_id[competency_id]

    def find(
        self,
        *,
        text: str = "",
        competencies: tuple[str, ...] = (),
        subskills: tuple[str, ...] = (),
        kinds: tuple[str, ...] = (),
        tracks: tuple[str, ...] = (),
        aims: tuple[str, ...] = (),
        max_minutes: int | None = None,
    ) -> tuple[Question, ...]:
        """Questions that match every filter given, in the bank's order; an empty filter matches all.

        Each word of `text` has to stand in the question, in whatever case or as a part of a longer word.
        """
        words = [word.encode() for word in text.casefold().split()]

        def matches(question: Question) -> bool:
            return (
                (not competencies or question.competency in competencies)
                and (not subskills or question.subskill in subskills)
                and (not kinds or question.kind in kinds)
                and (not tracks or question.track in tracks)
                and (not aims or question.aim in aims)
                and (max_minutes is None or question.minutes.total <= max_minutes)
                and all(word in question.spoken for word in words)
            )

        return tuple(question for question in self.questions if matches(question))
