"""A round's packet: the decisions, what can be said and what not, everybody side by side, then each candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rubrics import Rubrics

from ..record.frozen import as_recorded
from ..record.model import OUTCOMES, Round, RoundEvent, RoundEventKind, RoundRecord
from ..record.score import CandidateScore, CompetencyScore, percent, shown
from ..record.sight import were_not_blind
from .blocks import Block, Document, Matrix, MatrixCell, MatrixRow
from .candidate_document import evidence_blocks, score_blocks, standing_row
from .decision_blocks import decision_blocks, hidden_cards, name_of, vote_blocks
from .making import day, day_and_time, head, last_change, page, points, short, standings, table, words
from .method import competency_name, for_anybody, method, steps
from .tables import apart_words, levels_given, submitted

if TYPE_CHECKING:
    from ..comparison import RoundComparison, Standing

Progress = Callable[[int, int], None]
EVENTS: dict[RoundEventKind, str] = {
    "closed": "The round was closed",
    "opened": "The round was opened again",
    "dismissal_undone": "An interview said not to have taken place was taken back into the round",
    "evidence_only": "The round was set to show evidence only",
    "order_shown": "Scores and order were shown again",
    "read_early": "A lead read before all scorecards were in",
    "handed_over": "The round got another lead",
    "scheduled": "One more interview was scheduled",
    "assigned": "Someone was made an interviewer",
    "left": "Someone left the round",
    "not_owed": "A scorecard is no longer owed",
    "owed_again": "A scorecard is owed again",
    "given_to": "An interview went to another interviewer",
}


def round_document(
    record: RoundRecord, comparison: RoundComparison, rubrics: Rubrics, progress: Progress | None = None
) -> Document:
    """The whole packet; `progress` hears after each candidate how many of them are done."""
    rubrics = as_recorded(record, rubrics)
    blocks = [*overview_blocks(record, for_anybody(comparison), rubrics)]
    for number, one in enumerate(comparison.standings, start=1):
        blocks += _candidate(record, one, comparison, rubrics)
        if progress:
            progress(number, len(comparison.standings) + 1)
    return Document(
        kind="Round packet",
        title=short(record.round.name),
        below=_below(record),
        confidential="Confidential: candidates' personal data",
        made=last_change(record),
        blocks=(*blocks, page(), *_origin(record, rubrics)),
    )


def overview_blocks(record: RoundRecord, comparison: RoundComparison, rubrics: Rubrics) -> Iterator[Block]:
    """Everything about the round as a whole, decisions first."""
    yield head("Decisions")
    yield _decisions(record, comparison)
    yield head("What can be said")
    yield from _said(comparison)
    yield from _chart(comparison, rubrics)
    yield head("Scorecards" if comparison.evidence_only else "Coverage")
    yield _coverage(comparison, rubrics)
    yield head("Everybody by competency")
    yield _matrix(record, comparison, rubrics)
    apart = list(_apart(record, comparison, rubrics))
    if apart:
        yield points(apart)
    if comparison.refused:
        yield head("Not said, and why")
        yield points(_refused(comparison))


def _below(record: RoundRecord) -> str:
    people, state = len(record.by_code), record.round.state
    demo = "Demo round of invented people. " if record.round.demo else ""
    demo += "Imported from a file. " if record.round.imported else ""
    return f"{demo}{people} candidate{'' if people == 1 else 's'}, round {state}, as of {day(last_change(record))}"


def _decisions(record: RoundRecord, comparison: RoundComparison) -> Block:
    rows = []
    for one in comparison.standings:
        decision = record.debrief(one.candidate.id).decision
        told = (
            ["Not told here" if hidden_cards(record, one.candidate.id) else "None yet", "–", "–"]
            if decision is None
            else [OUTCOMES[decision.outcome], short(decision.decided_by), day(decision.at)]
        )
        rows.append([short(one.candidate.code, 20), short(one.candidate.name), *told])
    columns = ["Code", "Candidate", "Decision", "Decided by", "Date"]
    return table(columns, rows, [1, 3, 2.2, 2.2, 2], [one.candidate.id for one in comparison.standings])


def _said(comparison: RoundComparison) -> Iterator[Block]:
    from ..comparison.words import firmness_words, round_sentences

    first, *rest = round_sentences(comparison)
    yield words(first, "strong")
    if comparison.sensitivity:
        rest += firmness_words(comparison.sensitivity, comparison.names)
    if rest:
        yield points(rest)


def _chart(comparison: RoundComparison, rubrics: Rubrics) -> Iterator[Block]:
    """Everybody with a place: by group, within a group by code. Then who has none."""
    for part in comparison.parts:
        rows = [standing_row(one, comparison) for group in comparison.groups_of(part) for one in group]
        yield standings(rows, steps(rubrics), groups=True)
    for one in comparison.standings if not comparison.evidence_only else ():
        if one.unplaced:
            raw = f"as rated {shown(one.score.overall)}; " if one.score.overall is not None else ""
            yield words(f"No place: {one.label} ({raw}{'; '.join(one.unplaced)}).", "small")


def _coverage(comparison: RoundComparison, rubrics: Rubrics) -> Block:
    """How much of what counts was rated, and by how many; in a round of evidence only without shares."""
    rows = []
    for one in comparison.standings:
        who = short(one.candidate.called(200), 80)
        cards = f"{one.score.submitted} of {one.score.expected}"
        musts = ", ".join(competency_name(rubrics, key) for key in one.score.unscored_musts)
        if comparison.evidence_only:
            rows.append([who, cards, musts or "None"])
        else:
            numbers = [shown(one.score.overall), percent(one.score.coverage)]
            rows.append([who, *numbers, cards, _status(one.score, rubrics)])
    if comparison.evidence_only:
        return table(["Candidate", "Scorecards", "Must-haves without a level"], rows, [3, 1.4, 4])
    columns = ["Candidate", "As rated", "Coverage", "Scorecards", "Status"]
    return table(columns, rows, [2.8, 1, 1.1, 1.2, 4])


def _status(score: CandidateScore, rubrics: Rubrics) -> str:
    """'Complete', or what is lacking."""
    lacking = ", ".join(competency_name(rubrics, key) for key in score.unscored_musts)
    low = ", ".join(competency_name(rubrics, key) for key in score.floors_not_met)
    told = [
        "Incomplete" if score.incomplete else "Complete",
        f"must-have without a score: {lacking}" if lacking else "",
        f"floor not met: {low}" if low else "",
    ]
    return "; ".join(one for one in told if one)


def _matrix(record: RoundRecord, comparison: RoundComparison, rubrics: Rubrics) -> Block:
    keys = [target.competency for target in record.round.targets]
    musts = {target.competency for target in record.round.targets if target.must_have}
    rows = []
    for one in comparison.standings:
        given = levels_given(record, submitted(record, one.candidate.id)) if comparison.evidence_only else {}
        cells = [
            _levels_cell([str(each.level) for each in given.get(key, [])])
            if comparison.evidence_only
            else _cell(one, key)
            for key in keys
        ]
        rows.append(MatrixRow(short(one.candidate.code, 20), short(one.candidate.own_name, 40), tuple(cells)))
    return Matrix(
        columns=tuple(competency_name(rubrics, key) + (" *" if key in musts else "") for key in keys),
        rows=tuple(rows),
        note=_matrix_note(comparison),
    )


def _cell(one: Standing, key: str) -> MatrixCell:
    score: CompetencyScore | None = one.score.competencies.get(key)
    apart = any(each.competency == key for each in one.score.apart)
    if score is None:
        return MatrixCell("–", apart=apart)
    return MatrixCell(
        text=shown(score.mean),
        level=min(4, max(1, int(score.mean + 1 / 2))) if score.mean else None,
        below=f"× {score.interviewers}" + (" ▾" if key in one.score.floors_not_met else ""),
        warning=score.disputed,
        apart=apart,
    )


def _levels_cell(levels: list[str]) -> MatrixCell:
    return MatrixCell(", ".join(levels) or "–")


def _apart(record: RoundRecord, comparison: RoundComparison, rubrics: Rubrics) -> Iterator[str]:
    """What people gave on competencies that they are not qualified on; nothing where it would be a mean."""
    for one in comparison.standings if not comparison.evidence_only else ():
        if one.score.apart:
            told = apart_words(record, one.score.apart, rubrics)
            yield f"† {short(one.candidate.code, 20)}, not qualified, in no score: {told}."


def _matrix_note(comparison: RoundComparison) -> str:
    """What the signs mean that are in the table."""
    if comparison.evidence_only:
        return "Every level that was given, as recorded. * must-have; a dash where there is none."
    scores = [one.score for one in comparison.standings]
    disputed = any(found.disputed for score in scores for found in score.competencies.values())
    signs = [
        "Mean of the interviewers, 1 to 4, darker is higher; × how many interviewers",
        "↕ ringed: two levels apart or more" if disputed else "",
        "▾ below a must-have's floor" if any(score.floors_not_met for score in scores) else "",
        "† somebody not qualified rated too, in no score" if any(score.apart for score in scores) else "",
        "* must-have; a dash where there is no score. Candidates stand in the order of their codes.",
    ]
    return "; ".join(sign for sign in signs if sign)


def _candidate(
    record: RoundRecord, one: Standing, comparison: RoundComparison, rubrics: Rubrics
) -> Iterator[Block]:
    who = one.candidate
    yield page()
    yield head(short(who.called(200), 90), anchor=who.id)
    yield from decision_blocks(record, who.id, rubrics)
    yield from vote_blocks(record, who.id)
    yield from score_blocks(record, who.id, comparison, rubrics, 2)
    yield from evidence_blocks(record, who.id, rubrics, 2)


def _origin(record: RoundRecord, rubrics: Rubrics) -> Iterator[Block]:
    """Where it came from, what was done to it, and how the numbers came about."""
    if record.imported_words:
        yield head("Where the round came from")
        yield words(record.imported_words)
    if record.round.events:
        yield head("What was done to the round")
        yield points(_events(record, record.round))
    yield from method(record, record.interviews, rubrics)


def _events(record: RoundRecord, round_: Round) -> Iterator[str]:
    for event in round_.events:
        about = _about(record, event)
        why = f": {event.reason.strip().rstrip('.')}." if event.reason.strip() else "."
        named = were_not_blind(event) if event.assigned else event.could_have_read
        readers = ", ".join(name_of(record, who) for who in named)
        read = f" By then {readers} could have read others' scorecards." if readers else ""
        put = ", ".join(name_of(record, who) for who in event.assigned)
        interviews = f" Interviews since: {put}." if put else ""
        who = name_of(record, event.person_id)
        yield f"{day_and_time(event.at)}, {who}. {EVENTS[event.what]}{about}{why}{interviews}{read}"


def _about(record: RoundRecord, event: RoundEvent) -> str:
    interview = record.interview.get(event.interview_id or "")
    candidate = record.candidate.get(event.candidate_id or (interview.candidate_id if interview else ""))
    whom = f", {candidate.code}" if candidate else ""
    whose = f", {name_of(record, event.whose)}" if event.whose else ""
    return whom + whose + (f" ({short(interview.plan.name)})" if interview else "")


def _refused(comparison: RoundComparison) -> Iterator[str]:
    """What is not said; where several things stand against the same, they stand together."""
    reasons: dict[str, list[str]] = {}
    for one in comparison.refused:
        reasons.setdefault(one.what, []).append(one.why)
    for what, why in reasons.items():
        yield f"{_capital(what)}: {'; '.join(why)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
