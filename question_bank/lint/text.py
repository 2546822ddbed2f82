"""Words, sentences, reading grade and likeness of short English texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_END = re.compile(r"(?<=[.?!])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])|\n{2,}")
_SHORT = re.compile(r"\b(e\.g|i\.e|vs|approx|no|ca|Dr|Mr|Ms)\.$", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")

# Words that say nothing about the subject.
_STOP = """
    a about above after again against all also although always am an and another any anybody anything are
    as ask asks at away back be because been before being below between both but by can cannot candidate come
    could did do does doing done down each either else enough even ever every everybody everything few first
    for from further gave get gets getting give given gives go goes going gone had has have having he her here
    him his how however i if in instead into is it its itself just keep keeps kept know knows last least less
    let lets level like made make makes making many may me might more most much must my name named names need
    needs neither never new next no nobody none nor not nothing now of off on once one only or other others
    our out over own part per perhaps put puts rather same saw say saying says see seen sees several shall she
    should show shown shows since so some somebody something still such take taken takes tell tells than that
    the their them then there these they thing things this those though three through to today together too
    two under until up upon us use used uses using very want wants was way we well went were what when where
    whether which while who whole whom whose why will with within without would yes yet you your
"""
STOP = frozenset(_STOP.split())

_IRREGULAR = """
    found find, built build, sent send, lost lose, held hold, bought buy, ran run, broke break, broken break,
    chose choose, chosen choose, wrote write, written write, drew draw, drawn draw, fell fall, fallen fall,
    grew grow, grown grow, left leave, paid pay, sold sell, spent spend, thought think, caught catch,
    brought bring, began begin, begun begin, drove drive, driven drive, hid hide, hidden hide, rose rise,
    risen rise, stood stand, understood understand, meant mean, met meet, stole steal, stolen steal,
    knew know, known know, forgot forget, forgotten forget, rebuilt rebuild, laid lay, led lead
"""
IRREGULAR = dict(pair.split() for pair in _IRREGULAR.split(","))


def words(text: str) -> list[str]:
    """The words of a text as spoken: numbers count, and a hyphen or an apostrophe does not part a word."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words stand between spaces."""
    return len(text.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its mark; abbreviations such as e.g. end none."""
    found: list[str] = []
    for part in _END.split(text.strip()):
        if found and _SHORT.search(found[-1]):
            found[-1] += " " + part
        elif part.strip():
            found.append(part.strip())
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A crude stem: case, possessive and the commonest endings are dropped; found becomes find."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    word = IRREGULAR.get(word, word)
    for ending, put in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + put
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The stems of the words that carry a subject, in their order."""
    return [stem(word) for word in words(text.casefold()) if word not in STOP and len(word) > 1]


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Syllables of an English word, by groups of vowels; a final silent e and most -ed and -es count nothing."""
    word = word.casefold()
    if not word.isalpha():
        return max(1, sum(syllables(part) for part in re.findall(r"[a-z]+", word)))
    count = len(_VOWELS.findall(word))
    if re.search(r"(?:[^aeiouylrtd]ed|[^aeiouyscxzgh]es|[^aeiouyl]e)$", word):
        count -= 1
    if re.search(r"(?<!fr)ie[nt]|[aeiouy].*ea$", word):
        count += 1
    if re.search(r"(?:ia|io|eo|ua|iu)[^u]?", word) and not re.search(
        r"(?:[tsc]ion|[tscg]ial?|qua|gua)", word
    ):
        count += 1
    return max(1, count)


def reading_grade(text: str, exempt: Collection[str] = ()) -> float:
    """School grade by Flesch and Kincaid: 0.39 words per sentence + 11.8 syllables per word - 15.59.

    `exempt` are stems of words explained elsewhere; each counts as one syllable. An empty text has grade 0.
    """
    spoken = [word for word in words(text) if not word.isnumeric()]
    if not spoken:
        return 0.0
    sounds = sum(1 if stem(word) in exempt else syllables(word) for word in spoken)
    return 0.39 * len(spoken) / len(sentences(text)) + 11.8 * sounds / len(spoken) - 15.59


def share(part: Iterable[str], whole: Iterable[str]) -> float:
    """The share of `part` that also stands in `whole`, 0 where `part` is empty."""
    wanted, there = set(part), set(whole)
    return len(wanted & there) / len(wanted) if wanted else 0.0


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of `length` words, without case."""
    spoken = [word.casefold() for word in words(text)]
    return set(zip(*(spoken[start:] for start in range(length)), strict=False))


def jaccard(left: Collection[object], right: Collection[object]) -> float:
    """Shared by both over held by either; 0 where both are empty."""
    either = len(set(left) | set(right))
    return len(set(left) & set(right)) / either if either else 0.0


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two weighted bags of words, 0 to 1."""
    product = sum(weight * right[word] for word, weight in left.items() if word in right)
    length = sqrt(sum(w * w for w in left.values())) * sqrt(sum(w * w for w in right.values()))
    return product / length if length else 0.0


def likeness(left: str, right: str) -> float:
    """The cosine of the counts of two texts' stems."""
    return cosine(Counter(stems(left)), Counter(stems(right)))


class Weighted(NamedTuple):
    """A text as TF-IDF weights: count in the text times log(texts / texts with the stem) + 1."""

    name: str
    weights: dict[str, float]


def weighted(texts: Sequence[tuple[str, str]]) -> list[Weighted]:
    """Named texts as TF-IDF weights over these texts."""
    bags = [(name, Counter(stems(text))) for name, text in texts]
    seen = Counter(word for _, bag in bags for word in bag)
    return [
        Weighted(name, {word: n * (1 + log(len(bags) / seen[word])) for word, n in bag.items()})
        for name, bag in bags
    ]
