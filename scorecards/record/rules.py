"""Who may do what. `why_not_…` answers with the reasons against it, `what_is_missing_…` with what it still lacks.

Reasons are plain words; none means yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from . import score
from .frozen import competency_called
from .model import CardStatus, Interview, Rating, RoundHead, RoundRecord, Scorecard, Verdict
from .notes import own_words
from .proposal import proposed_level
from .recommendations import favour_of, what_is_missing_beside
from .states import needs_reason

MIN_EVIDENCE = 20


def what_is_missing_in_evidence(rating: Rating) -> str | None:
    """What a level still needs behind it. 1 and 4 need words or two ticks; 2 and 3 need words or one.

    Words are what somebody wrote, and the words noted at a red flag: time stamps and quote marks are none.
    """
    if rating.level is None:
        return None
    marks = len(rating.ticks) + len(rating.red_flags)
    words = sum(len(own_words(text)) for text in (rating.evidence, *rating.flag_quotes.values()))
    if rating.level in (1, 4):
        if words >= MIN_EVIDENCE or marks >= 2:
            return None
        return f"level {rating.level} needs {MIN_EVIDENCE} characters of evidence or two ticks"
    if words or marks:
        return None
    return f"level {rating.level} needs a word of evidence or a tick"


def what_is_missing_in(interview: Interview, rating: Rating) -> list[str]:
    """What one rating lacks before its scorecard can be submitted."""
    if not rating.decided:
        return ["no level and no state yet"]
    if rating.state is not None and needs_reason(rating.state):
        state = rating.state.replace("_", " ")
        if rating.skip_reason is None:
            return [f"{state} without a reason"]
        if rating.skip_reason == "other" and not rating.skip_text.strip():
            return [f"{state} for another reason: say which"]
    reasons = []
    if evidence := what_is_missing_in_evidence(rating):
        reasons.append(evidence)
    if rating.level is not None and not rating.override_reason.strip():
        proposed = proposed_level(interview, rating)
        if (rating.ticks or rating.red_flags) and rating.level != proposed:
            reasons.append(f"level {rating.level} chosen where the ticks propose {proposed}: say why")
    return reasons


def qualified(round_: RoundHead, person_id: str, competency: str) -> bool:
    """Whether this person's levels on this competency count; otherwise they are shown apart."""
    return round_.qualified(person_id, competency)


def contradictions(record: RoundRecord, card: Scorecard, names: Mapping[str, str] | None = None) -> list[str]:
    """Where recommendation and levels that count pull apart; each asks for one sentence, none forbids.

    In a round of evidence only nothing is said: it would rest on a mean. `names` are the competencies' names by id.
    """
    if record.round.evidence_only:
        return []
    favour = favour_of(card.content.verdict.recommendation)
    mean = score.card_mean(record, card)
    if favour is None or mean is None:
        return []
    reasons = []
    if favour < 0 and mean >= Fraction(3):
        reasons.append("The levels given are Senior or above on average, and the recommendation is against.")
    if favour > 0 and mean <= Fraction(2):
        reasons.append(
            "The levels given are Partial or below on average, and the recommendation is in favour."
        )
    if favour > 0:
        scores = score.competency_scores(record, [card])
        reasons += [
            f"The recommendation is in favour, and the must-have "
            f"{competency_called(record, target.competency, names)} is below its floor."
            for target in record.round.targets
            if target.must_have
            and target.competency in scores
            and scores[target.competency].mean < score.exact(target.floor)
        ]
    return reasons


def why_not_recommend(interview: Interview, card: Scorecard) -> list[str]:
    """Reasons the recommendation cannot be chosen yet: every planned question has a level or a state first."""
    return [
        f"{item.question.topic}: no level and no state yet"
        for item in interview.plan.items
        if not card.rating(item.question.id).decided
    ]


def why_not_submit(record: RoundRecord, card: Scorecard) -> list[str]:
    """Reasons this scorecard cannot be submitted yet; empty when it can."""
    if card.state != "draft":
        return [f"This scorecard is already {card.state}."]
    interview = record.interview[card.interview_id]
    if interview.dismissed_reason is not None:
        return ["This interview was dismissed; no scorecard is owed."]
    if card.not_owed is not None:
        return ["This scorecard is no longer owed: the round's lead can ask for it again."]
    return what_is_missing_in_ratings(interview, card) + what_is_missing_in_verdict(record, card)


def what_is_missing_in_ratings(interview: Interview, card: Scorecard) -> list[str]:
    """What the questions of a scorecard still lack, each with the question's title."""
    return [
        f"{item.question.topic}: {reason}"
        for item in interview.plan.items
        for reason in what_is_missing_in(interview, card.rating(item.question.id))
    ]


def what_is_missing_in_verdict(record: RoundRecord, card: Scorecard) -> list[str]:
    """What the recommendation still lacks."""
    verdict: Verdict = card.content.verdict
    if verdict.recommendation is None:
        return ["No recommendation yet."]
    if missing := what_is_missing_beside(verdict.recommendation, verdict.reason):
        return missing
    if contradictions(record, card) and not verdict.contradiction.strip():
        return ["Recommendation and levels contradict each other: explain in one sentence."]
    return []


def why_not_amend(card: Scorecard, author_id: str, reason: str) -> list[str]:
    """Reasons this scorecard cannot be amended by this person."""
    reasons = []
    if card.interviewer_id != author_id:
        reasons.append("Only its author may amend a scorecard.")
    if card.state != "submitted":
        reasons.append(f"A {card.state} scorecard is not amended.")
    if not reason.strip():
        reasons.append("An amendment needs a reason.")
    return reasons


def why_not_enter(round_: RoundHead, viewer_id: str) -> list[str]:
    """Reasons this person may not see the round at all. Demo rounds are of invented people: anybody may."""
    if round_.demo or viewer_id in round_.people:
        return []
    return ["You are neither the lead of this round, nor on its panel, nor an observer of it."]


def observes(round_: RoundHead, viewer_id: str) -> bool:
    """Whether this person only reads along."""
    return viewer_id in round_.observer_ids


def read_early(round_: RoundHead, viewer_id: str, candidate_id: str) -> bool:
    """Whether this person has said why they do not wait for all scorecards of the candidate."""
    return any(
        event.what == "read_early" and (event.person_id, event.candidate_id) == (viewer_id, candidate_id)
        for event in round_.events
    )


def why_not_read_early(
    round_: RoundHead, viewer_id: str, candidate_id: str, statuses: Iterable[CardStatus]
) -> list[str]:
    """Reasons this person does not read the candidate's scorecards before all are in.

    The lead alone may, who owes none: nobody's own judgement is to be made after reading others'.
    """
    listed = list(statuses)
    if reasons := why_not_lead(round_, viewer_id) or why_not_change(round_):
        return reasons
    if any(status.interviewer_id == viewer_id and status.due for status in listed):
        return ["Submit your own scorecard for this candidate first: leads who interview are blind too."]
    if not why_not_debrief(round_, viewer_id, listed):
        return ["Nothing is hidden from you here."]
    return []


def why_not_lead(round_: RoundHead, viewer_id: str) -> list[str]:
    """Reasons this person may not change the round."""
    if viewer_id == round_.lead_id or (round_.demo and not why_not_enter(round_, viewer_id)):
        return []
    return ["Only the round's lead can do this."]


def why_not_change(round_: RoundHead) -> list[str]:
    """Reasons that nothing in this round changes now."""
    if round_.state == "closed":
        return ["The round is closed: nothing in it changes until its lead opens it again."]
    return []


def why_not_dismiss(statuses: Iterable[CardStatus]) -> list[str]:
    """Reasons an interview with these scorecards cannot be said not to have taken place."""
    done = sum(status.state == "submitted" for status in statuses)
    if done:
        return [f"It took place: {done} of its scorecards {'is' if done == 1 else 'are'} submitted."]
    return []


def why_not_excuse(round_: RoundHead, card: CardStatus) -> list[str]:
    """Reasons this scorecard cannot be let go."""
    if card.state != "draft":
        return [f"This scorecard is {card.state}: only one that is still due can be let go."]
    if card.dismissed_reason is not None:
        return ["This interview did not take place: no scorecard is owed."]
    if card.not_owed is not None:
        return ["This scorecard is no longer owed already."]
    return []


def why_not_see(
    round_: RoundHead, viewer_id: str, card: CardStatus, statuses: Iterable[CardStatus]
) -> list[str]:
    """Reasons this person may not see what the scorecard says. Leads who interview are blind like everyone."""
    if reasons := why_not_enter(round_, viewer_id):
        return reasons
    if card.interviewer_id == viewer_id:
        return []
    if card.state == "draft":
        return ["It is not submitted yet."]
    if round_.blindness == "open" and not observes(round_, viewer_id):
        return []
    return _still_hidden(
        round_, viewer_id, [s for s in statuses if s.candidate_id == card.candidate_id and s.due]
    )


def why_not_debrief(round_: RoundHead, viewer_id: str, statuses: Iterable[CardStatus]) -> list[str]:
    """Reasons this person has no part yet in the debrief of the candidate whose statuses these are.

    It opens as scorecards do: after one's own; where the round waits for all, after all.
    """
    if reasons := why_not_enter(round_, viewer_id):
        return reasons
    return _still_hidden(round_, viewer_id, [status for status in statuses if status.due])


def _still_hidden(round_: RoundHead, viewer_id: str, due: Sequence[CardStatus]) -> list[str]:
    """Reasons that what others recorded of a candidate is hidden, while these scorecards are out."""
    if any(status.interviewer_id == viewer_id for status in due):
        return ["Submit your own scorecard for this candidate first."]
    waits = round_.blindness == "all" or observes(round_, viewer_id)
    if due and waits and not read_early(round_, viewer_id, due[0].candidate_id):
        return [f"{len(due)} scorecard{'s are' if len(due) > 1 else ' is'} still out for this candidate."]
    return []


def why_not_compare(round_: RoundHead, viewer_id: str, statuses: Iterable[CardStatus]) -> list[str]:
    """Reasons this person may not see the comparison: they still owe a scorecard in the round.

    Observers compare when nobody owes any.
    """
    if reasons := why_not_enter(round_, viewer_id):
        return reasons
    if observes(round_, viewer_id):
        out = sum(status.due for status in statuses)
        return [f"{out} scorecard{'s are' if out > 1 else ' is'} still out in this round."] if out else []
    if round_.blindness == "open":
        return []
    own = sum(status.interviewer_id == viewer_id and status.due for status in statuses)
    if own:
        return [
            f"You still owe {own} scorecard{'s' if own > 1 else ''} in this round. Submit first, then compare."
        ]
    return []
