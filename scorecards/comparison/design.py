"""Who met whom: whether the round hangs together, where it would break, and when an adjustment is supported.

The graph has candidates and interviewers as nodes and scorecards as edges. Two people without a path between
them share nobody, not even by way of others, and nothing can tell strictness from merit between them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .ratings import Ints, Ratings, Scorecards
from .refusal import Refusal, count

LEAST_INTERVIEWERS = 4
LEAST_CANDIDATES = 5
LEAST_SCORECARDS = 12
# Share of the candidates who were met by two interviewers or more.
LEAST_SHARED = 0.7


class Components(NamedTuple):
    """The parts that share nobody: the place of each candidate's and each interviewer's part."""

    number: int
    candidate: Ints
    interviewer: Ints


class Link(NamedTuple):
    """Somebody, or one scorecard, without whose ratings a part of the round falls in two."""

    candidate: int | None
    interviewer: int | None
    # The candidates on each side, smallest side first.
    sides: tuple[tuple[int, ...], ...]


def components(ratings: Ratings, cards: Scorecards) -> Components:
    """Parts numbered in the order of their first candidate."""
    n = len(ratings.candidates)
    part = _parts(_neighbours(ratings, cards), set())
    return Components(max(part, default=-1) + 1, np.array(part[:n], dtype=int), np.array(part[n:], dtype=int))


def unsupported(ratings: Ratings, cards: Scorecards, parts: Components) -> list[Refusal]:
    """Why these ratings do not support an adjustment for strictness; empty when they do."""
    what = "scores adjusted for strictness as the main view"
    each = np.bincount(cards.candidate, minlength=len(ratings.candidates))
    shared = float((each > 1).mean()) if each.size else 0.0
    reasons = [
        (parts.number > 1, f"the round falls into {parts.number} parts that share nobody"),
        (len(ratings.interviewers) < LEAST_INTERVIEWERS, _fewer(len(ratings.interviewers), "interviewer", 4)),
        (len(ratings.candidates) < LEAST_CANDIDATES, _fewer(len(ratings.candidates), "candidate", 5)),
        (cards.number < LEAST_SCORECARDS, _fewer(cards.number, "scorecard", 12)),
        (
            shared < LEAST_SHARED,
            f"{shared:.0%} of the candidates met two interviewers, and 70% would be needed",
        ),
    ]
    return [Refusal(what, why) for applies, why in reasons if applies]


def _fewer(number: int, noun: str, needed: int) -> str:
    return f"there {'is' if number == 1 else 'are'} {count(number, noun)}, and {needed} are needed"


def fragile(ratings: Ratings, cards: Scorecards) -> tuple[Link, ...]:
    """The people and scorecards that alone hold parts together, where each part has scorecards of its own."""
    graph = _neighbours(ratings, cards)
    n = len(ratings.candidates)
    cuts, bridges = _cuts(graph)
    found = [
        Link(node if node < n else None, node - n if node >= n else None, sides)
        for node in sorted(cuts)
        if len(sides := _sides(graph, n, {node})) > 1
    ]
    for a, b in sorted(bridges):
        if len(graph[a]) > 1 and len(graph[b]) > 1:
            found.append(Link(min(a, b), max(a, b) - n, _sides_without(graph, n, a, b)))
    return tuple(found)


def _neighbours(ratings: Ratings, cards: Scorecards) -> list[list[int]]:
    """Of every node the nodes next to it: candidates first, then interviewers."""
    n = len(ratings.candidates)
    graph: list[list[int]] = [[] for _ in range(n + len(ratings.interviewers))]
    for candidate, interviewer in zip(cards.candidate.tolist(), cards.interviewer.tolist(), strict=True):
        graph[candidate].append(n + interviewer)
        graph[n + interviewer].append(candidate)
    return graph


def _parts(graph: list[list[int]], without: set[int]) -> list[int]:
    """The part of every node, numbered by first node; -1 for those left out or without any scorecard."""
    part = [-1] * len(graph)
    number = 0
    for start in range(len(graph)):
        if part[start] >= 0 or start in without or not graph[start]:
            continue
        part[start], waiting = number, [start]
        while waiting:
            for other in graph[waiting.pop()]:
                if part[other] < 0 and other not in without:
                    part[other] = number
                    waiting.append(other)
        number += 1
    return part


def _sides(graph: list[list[int]], n: int, without: set[int]) -> tuple[tuple[int, ...], ...]:
    """The candidates of each part next to the nodes left out, as far as the part has a scorecard of its own."""
    part = _parts(graph, without)
    near = {part[other] for node in without for other in graph[node]} - {-1}
    sides = []
    for one in near:
        members = [node for node in range(len(graph)) if part[node] == one]
        if len(members) > 1:
            sides.append(tuple(node for node in members if node < n))
    return tuple(sorted(sides, key=lambda side: (len(side), side)))


def _sides_without(graph: list[list[int]], n: int, a: int, b: int) -> tuple[tuple[int, ...], ...]:
    """The candidates on either side of one scorecard."""
    cut = [list(others) for others in graph]
    cut[a].remove(b)
    cut[b].remove(a)
    part = _parts(cut, set())
    sides = [tuple(node for node in range(n) if part[node] == part[end]) for end in (a, b)]
    return tuple(sorted(sides, key=lambda side: (len(side), side)))


def _cuts(graph: list[list[int]]) -> tuple[set[int], set[tuple[int, int]]]:
    """Articulation points and bridges (Hopcroft and Tarjan 1973), without recursion."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    cuts: set[int] = set()
    bridges: set[tuple[int, int]] = set()
    for root in range(len(graph)):
        if root in order:
            continue
        order[root] = low[root] = len(order)
        path, children = [(root, -1, iter(graph[root]))], 0
        while path:
            node, parent, others = path[-1]
            other = next(others, None)
            if other is None:
                path.pop()
                if path:
                    low[parent] = min(low[parent], low[node])
                    children += parent == root
                    if low[node] >= order[parent] and parent != root:
                        cuts.add(parent)
                    if low[node] > order[parent]:
                        bridges.add((parent, node))
            elif other in order:
                low[node] = min(low[node], order[other]) if other != parent else low[node]
            else:
                order[other] = low[other] = len(order)
                path.append((other, node, iter(graph[other])))
        if children > 1:
            cuts.add(root)
    return cuts, bridges
