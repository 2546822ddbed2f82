"""What becomes of a scorecard that comes back from a laptop: nothing is overwritten, and what clashes is listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from ..record.model import Amendment, CardContent, Interview, Moment, Rating, Scorecard, Verdict


class Merge(NamedTuple):
    """What becomes of one scorecard: `card` is to be stored where it is `new`; `where` says what clashes."""

    kind: Literal["new", "same", "older", "conflict"]
    card: Scorecard | None = None
    where: tuple[str, ...] = ()


def merged(
    here: Scorecard, there: Scorecard, interview: Interview, from_bundles: frozenset[str] = frozenset()
) -> Merge:
    """What becomes of a scorecard when `there` comes back. What clashes is listed, and nothing is overwritten.

    `from_bundles` are the questions whose ratings here came by an earlier bundle and were not touched since: the
    later version of these counts.
    """
    if here.state == "draft":
        return _onto_draft(here, there, interview, from_bundles)
    if there.state == "draft":
        stale = all(
            one.same_content(here.rating(one.question_id))
            or (one.question_id in from_bundles and one.version <= here.rating(one.question_id).version)
            for one in _said(there)
        )
        return Merge("older") if stale else Merge("conflict", where=("it is submitted here already",))
    return _onto_submitted(here, there)


def _onto_draft(
    here: Scorecard, there: Scorecard, interview: Interview, from_bundles: frozenset[str]
) -> Merge:
    mine = {one.question_id: one for one in _said(here)}
    theirs = {one.question_id: one for one in _said(there)}
    submits = there.state == "submitted"
    taken, clashing = _ratings_together(mine, theirs, from_bundles, submits=submits)
    topics = {item.question.id: item.question.topic for item in interview.plan.items}
    clashes = [topics.get(key, key) for key in clashing]
    behind = [key for key, rating in theirs.items() if not taken[key].same_content(rating)]
    if submits:
        if here.content.verdict not in (Verdict(), there.content.verdict):
            clashes.append("the recommendation")
        clashes += [topics.get(key, key) for key in behind]
    if clashes:
        return Merge("conflict", where=tuple(dict.fromkeys(clashes)))
    moments = _moments_together(here, there)
    if submits:
        return Merge("new", there.model_copy(update={"moments": moments}))
    content = here.content.model_copy(update={"ratings": tuple(taken[key] for key in sorted(taken))})
    card = here.model_copy(update={"content": content, "moments": moments})
    if _said(card) != _said(here) or len(card.moments) > len(here.moments):
        return Merge("new", card)
    return Merge("older" if behind else "same")


def _ratings_together(
    mine: Mapping[str, Rating], theirs: Mapping[str, Rating], from_bundles: frozenset[str], *, submits: bool
) -> tuple[dict[str, Rating], list[str]]:
    """The ratings of both sides by question, and the questions on which the sides clash.

    Of two that differ the newer is taken where the one here came from a bundle. What a submitted scorecard lacks
    clashes with what is here.
    """
    taken, clashes = dict(mine), []
    for key in sorted(mine.keys() | theirs.keys()):
        old, new = mine.get(key), theirs.get(key)
        if new is None:
            clashes += [key] if submits else []
        elif old is None:
            taken[key] = new
        elif not old.same_content(new):
            if key not in from_bundles:
                clashes.append(key)
            elif new.version > old.version:
                taken[key] = new
    return taken, clashes


def _moments_together(here: Scorecard, there: Scorecard) -> tuple[Moment, ...]:
    """The moments of both sides in the order in which they happened."""
    known = {moment.id for moment in here.moments}
    fresh = (moment for moment in there.moments if moment.id not in known)
    return tuple(sorted((*here.moments, *fresh), key=lambda moment: (moment.at, moment.id)))


def _onto_submitted(here: Scorecard, there: Scorecard) -> Merge:
    mine, theirs = _history(here), _history(there)
    if mine == theirs:
        return Merge("same")
    if mine == theirs[: len(mine)] and here.state == "submitted":
        return Merge("new", there)
    if theirs == mine[: len(theirs)]:
        return Merge("older")
    return Merge("conflict", where=("it is submitted here already with other content",))


def _history(card: Scorecard) -> list[Any]:
    """What a scorecard said from its submission to now, without when and by what version it was stored."""
    told = [_plain(one.before) for one in card.amendments] + [_plain(card.content)]
    return [told[0], *zip(told[1:], (_why(one) for one in card.amendments), strict=True)]


def _plain(content: CardContent) -> Any:
    ratings = sorted(content.ratings, key=lambda one: one.question_id)
    return [
        [one.model_dump_json(exclude={"version", "saved_at"}) for one in ratings],
        content.verdict.model_dump_json(),
    ]


def _why(amendment: Amendment) -> tuple[str, str]:
    return amendment.author_id, amendment.reason


def _said(card: Scorecard) -> list[Rating]:
    """Ratings that say anything at all."""
    return [one for one in card.content.ratings if not one.same_content(Rating(question_id=one.question_id))]
