"""The forms a name takes in text: its parts, run together, inflected, with titles. Lists, not guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .name_fold import WORD, fold, unspaced

# What the search for a name does not find; stated wherever someone could rely on it.
NOT_LOOKED_FOR = (
    "nicknames and short forms (Bob for Robert)",
    "initials",
    "user names and addresses that run a name together with other letters (amueller@firm.example)",
    "a name in another alphabet (Ivanov for Иванов, 王偉 for 王伟)",
    "misspellings",
    "descriptions without a name",
)
# Between the parts of a name; alone they say nothing of anybody.
PARTICLES = frozenset(
    (
        "af", "al", "ap", "av", "bar", "ben", "bin", "bint", "d", "da", "dal", "das", "de", "degli", "dei", "del",
        "della", "den", "der", "di", "do", "dos", "du", "e", "el", "i", "ibn", "la", "las", "le", "les", "lo", "los",
        "mac", "of", "op", "och", "st", "ten", "ter", "ul", "und", "van", "vom", "von", "y", "zu", "zum", "zur",
        "jr", "sr", "dr", "mr", "mrs", "ms", "prof", "phd", "msc", "bsc", "ال",
    )
)  # fmt: skip
# Names that are words of everyday language, too.
COMMON = frozenset(
    (
        "a", "ace", "amber", "an", "angel", "apple", "april", "archer", "art", "as", "ash", "august", "baker",
        "ball", "banks", "bank", "barber", "bay", "bell", "berry", "best", "bill", "bird", "bishop", "black",
        "blue", "bond", "booker", "book", "brook", "brooks", "brown", "buck", "bush", "butler", "cannon",
        "carpenter", "carter", "case", "cash", "chance", "chase", "christian", "church", "clay", "cliff", "cole",
        "colt", "cook", "cooper", "court", "crane", "crisp", "cross", "dale", "daisy", "dawn", "day", "dean",
        "destiny", "do", "drake", "drew", "duke", "dusty", "eagle", "early", "east", "ernest", "eve", "faith",
        "fields", "field", "fisher", "fish", "flower", "ford", "forest", "foster", "fox", "frank", "free",
        "freeman", "gay", "gene", "glen", "gold", "good", "grace", "grant", "gray", "green", "grey", "guy", "hall",
        "hand", "harmony", "hart", "heath", "heaven", "hill", "hills", "holly", "honor", "hood", "hope", "house",
        "hunt", "hunter", "in", "iris", "is", "it", "ivy", "jack", "jade", "jasmine", "jewel", "jo", "john",
        "jordan", "joy", "judge", "june", "justice", "key", "kind", "king", "kitty", "knight", "lake", "lamb",
        "lance", "lane", "law", "lily", "little", "lo", "long", "lord", "love", "loyal", "ma", "main", "major",
        "man", "mark", "marshall", "mason", "mat", "may", "me", "melody", "mercy", "miles", "mile", "miller",
        "minor", "model", "moody", "moon", "more", "my", "no", "noble", "north", "of", "olive", "on", "or", "page",
        "paige", "pan", "park", "parks", "parker", "patience", "pat", "pearl", "penny", "pepper", "piper", "plan",
        "pope", "porter", "power", "powers", "price", "prince", "queen", "rain", "ray", "read", "reed", "reign",
        "rex", "rich", "river", "rivers", "rob", "robin", "rock", "rocky", "rose", "rowan", "ruby", "rusty", "sage",
        "sailor", "sandy", "savage", "sawyer", "self", "sharp", "shepherd", "short", "silver", "singer", "skip",
        "sky", "small", "smart", "so", "son", "south", "spring", "star", "steel", "stone", "storm", "strong", "sue",
        "summer", "sun", "sunny", "swift", "tanner", "taylor", "test", "thorn", "tiger", "to", "trinity", "true",
        "trip", "turner", "us", "van", "victor", "violet", "wade", "walker", "wall", "walls", "ward", "wang", "way",
        "we", "weaver", "web", "webb", "west", "white", "wild", "will", "winter", "wise", "wolf", "wood", "woods",
        "worth", "wright", "you", "young", "gross", "gut", "herr", "klein", "kurz", "lang", "neu", "reich",
        "schwarz", "stark", "vogt", "weiss", "alba", "cruz", "flores", "luz", "leon", "mar", "paz", "rey", "santos",
        "sol", "grand", "petit", "roux", "blanc", "noir", "anne", "es", "en", "el", "la", "le", "du", "da", "de",
        "di", "ha", "he", "she", "her", "his", "him", "they", "them", "at", "be", "by", "go", "if", "up", "am",
        "are", "was", "has", "had", "not", "and", "the", "for", "can", "all", "any", "one", "two", "new", "old",
        "who", "why", "how", "out", "off", "yes", "bad", "big", "own", "see", "set", "ten", "too", "try", "use",
    )
)  # fmt: skip
_SHORT_ENDINGS = frozenset(("s", "es", "n", "en", "ns", "ens"))
_ENDINGS = _SHORT_ENDINGS | frozenset(
    (
        "a", "e", "i", "u", "y", "o", "em", "om", "im", "ie", "ou", "ego", "emu", "iem", "owi", "ovi", "ova", "ove",
        "ovu", "ovou", "owa", "owej", "owie", "ov", "ow", "ami", "ach", "uv", "ku",
    )
)  # fmt: skip
_AFTER_STEM = frozenset(
    (
        "y", "e", "i", "u", "o", "ie", "ou", "ei", "om", "am", "ami", "ach", "ii", "iej", "ia", "em",
    )
)  # fmt: skip
_CYRILLIC_ENDINGS = frozenset(
    (
        "а", "я", "у", "ю", "е", "и", "ы", "о", "і", "ї", "є", "ь", "ою", "ею", "ой", "ей", "еи", "ои", "ом", "ем",
        "єм", "ым", "им", "їм", "ых", "их", "їх", "ам", "ям", "ами", "ями", "ах", "ях", "ов", "ев", "ів", "ого",
        "его", "ому", "ему", "ую", "юю", "ая", "яя", "ые", "ие", "іи", "ии", "ова", "ову", "овым", "ыми", "ими",
        "ові", "еві",
    )
)  # fmt: skip
_CYRILLIC_TAIL = re.compile(r"(?:ии|ыи|ои|іи|ая|яя|[аяеиоуыьіїє])$")
_GREEK_TAIL = re.compile(r"(?:οσ|ησ|ασ|εσ|[αηο])$")
_GREEK_ENDINGS = frozenset(
    (
        "α", "η", "ο", "ου", "ε", "ι", "οι", "ων", "ους", "ες", "ας", "ης", "οσ", "ασ", "ησ", "ουσ",
    )
)  # fmt: skip
_ARABIC_BEFORE = (
    "وبال", "وكال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال", "وب", "ول", "وك", "فب", "فل", "و", "ف", "ب",
    "ك", "ل",
)  # fmt: skip
_HEBREW_BEFORE = re.compile("^[ושהכלבמ]{1,3}")
_AFTER_FAMILY = (
    "先生", "小姐", "女士", "太太", "同学", "同學", "同志", "老师", "老師", "教授", "博士", "总", "總", "某",
    "さん", "さま", "様", "氏", "君",
    "くん", "ちゃん", "씨", "님", "군", "양", "선생", "후보", "지원자", "박사", "교수", "대리", "과장", "부장", "팀장",
)  # fmt: skip
_BEFORE_FAMILY = ("小", "老", "阿")


class Part(NamedTuple):
    """A folded word that stands for a name. `common`: also a word of everyday language; `capital`: only with one."""

    word: str
    common: bool = False
    capital: bool = False


class Literal(NamedTuple):
    """Characters that mean a name wherever they are; the name is `length` of them from `offset` on."""

    signs: str
    offset: int
    length: int
    # Not within a longer run of the same kind.
    alone: bool = False


class Forms(NamedTuple):
    """A name taken apart."""

    parts: tuple[Part, ...]
    # Words that are the name's only beside another part of it: particles and initials.
    minor: frozenset[str]
    literals: tuple[Literal, ...]


def forms_of(name: str) -> Forms:
    """What to look for when looking for this name."""
    folded = fold(name)
    found = [
        (match[0].replace("'", ""), name[folded.starts[match.start()]], match[0])
        for match in WORD.finditer(folded.text)
    ]
    literals = tuple(_of_runs(_runs(folded.text)))
    words = [word for word, _, _ in found]
    minor = {word for word, first, _ in found if _is_minor(word, first, len(found))}
    parts = [
        Part(word, word in COMMON or word in PARTICLES, word in PARTICLES or len(word) == 1)
        for word in words
        if word not in minor
    ]
    parts += [Part(piece) for _, _, whole in found for piece in whole.split("'")[1:] if len(piece) >= 4]
    parts += [Part(word[2:]) for word in words if word.startswith("ال") and len(word) > 4]
    parts += _written_together(words)
    if not parts and not literals and folded.text.strip():
        literals = (_alone(" ".join(folded.text.split())),)
    return Forms(tuple(dict.fromkeys(parts)), frozenset(minor), literals)


def _written_together(words: Sequence[str]) -> Iterator[Part]:
    """Neighbours as one word, and the whole name as one, also with its first or last word moved."""
    if len(words) > 2:
        yield from (Part(one + two) for one, two in pairwise(words))
    if len(words) > 1:
        yield Part("".join(words))
        yield Part("".join((*words[1:], words[0])))
        yield Part("".join((words[-1], *words[:-1])))


def code_form(code: str) -> Literal:
    """A code as it is written, never within a longer one."""
    return _alone(" ".join(fold(code).text.split()))


def stems_of(word: str) -> Iterator[str]:
    """What is left of a name's word when it takes another ending."""
    if len(word) < 3:
        return
    if "\u0400" <= word[0] <= "\u052f":
        stem = _CYRILLIC_TAIL.sub("", word)
        yield stem if len(stem) >= 3 else word
    elif "\u0370" <= word[0] <= "\u03ff":
        stem = _GREEK_TAIL.sub("", word)
        yield stem if len(stem) >= 3 else word
    elif len(word) >= 4 and word[-1] in "aoeyi":
        yield word[:-1]
    elif len(word) >= 5 and word[-2] == "e":
        yield word[:-2] + word[-1]


class Ending(NamedTuple):
    """A word without what may have been added to it; `stem`: of the changed kind; `capital`: only with one."""

    word: str
    stem: bool
    capital: bool


def endings(word: str) -> Iterator[Ending]:
    """Every way to read a folded word as a name with something added, the least first."""
    if "\u0400" <= word[0] <= "\u052f":
        yield from (
            Ending(kept, True, False) for kept, end in _cuts(word, 4) if not end or end in _CYRILLIC_ENDINGS
        )
    elif "\u0370" <= word[0] <= "\u03ff":
        yield from (
            Ending(kept, True, False) for kept, end in _cuts(word, 3) if not end or end in _GREEK_ENDINGS
        )
    elif "\u0600" <= word[0] <= "\u06ff":
        yield from (Ending(word[len(one) :], False, False) for one in _ARABIC_BEFORE if word.startswith(one))
    elif "\u05d0" <= word[0] <= "\u05ea":
        longest = _HEBREW_BEFORE.match(word)
        yield from (Ending(word[n:], False, False) for n in range(1, longest.end() + 1 if longest else 1))
    else:
        yield from _latin_endings(word)


def _latin_endings(word: str) -> Iterator[Ending]:
    for kept, end in _cuts(word, 5):
        if end in _SHORT_ENDINGS and (len(kept) >= 4 or (len(kept) == 3 and end == "s")):
            yield Ending(kept, False, False)
        elif end in _ENDINGS and len(kept) >= 4:
            yield Ending(kept, False, True)
        if end in _AFTER_STEM or (end in _ENDINGS and len(kept) >= 4):
            yield Ending(kept, True, True)


def _cuts(word: str, most: int) -> Iterator[tuple[str, str]]:
    for size in range(0, most):
        if len(word) - size >= 3:
            yield word[: len(word) - size], word[len(word) - size :]


def _is_minor(word: str, first: str, count: int) -> bool:
    return count > 1 and (len(word) == 1 or (word in PARTICLES and not first.isupper()))


def _alone(signs: str) -> Literal:
    return Literal(signs, 0, len(signs), True)


def _runs(text: str) -> list[str]:
    """The runs of a script without spaces, in their order."""
    marked = "".join(sign if unspaced(sign) else " " for sign in text)
    return marked.split()


def _of_runs(runs: list[str]) -> Iterator[Literal]:
    if not runs:
        return
    wholes = {"".join(runs), "".join((*runs[1:], runs[0]))}
    pieces = set(runs) | (set(_halves(runs[0])) if len(runs) == 1 else set())
    for whole in sorted(wholes):
        yield Literal(whole, 0, len(whole), len(whole) == 1)
    for piece in sorted(pieces - wholes):
        if len(piece) >= 2:
            yield Literal(piece, 0, len(piece), len(piece) == 2 and _kana(piece))
    family = {run for run in runs if len(run) == 1} or ({runs[0][0]} if len(runs[0]) <= 3 else set())
    for one in sorted(sign for sign in family if not _kana(sign)):
        yield from (Literal(one + after, 0, 1) for after in _AFTER_FAMILY)
        yield from (Literal(before + one, 1, 1) for before in _BEFORE_FAMILY)


def _halves(run: str) -> Iterator[str]:
    """Family and given name of a name in Han or Hangul that is written in one."""
    if _kana(run) or not re.fullmatch("[\u3005\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]{3,6}", run):
        return
    cuts = (1,) if len(run) == 3 and run[0] >= "\uac00" else (1, 2) if len(run) == 3 else (2, 3)
    for cut in cuts:
        yield from (run[:cut], run[cut:])


def _kana(text: str) -> bool:
    return bool(re.fullmatch("[\u3040-\u30ff\u31f0-\u31ff]+", text))
