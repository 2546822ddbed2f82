"""Names of people and candidates: one form for display, one key for being the same, and what looks nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

# How a known name is like another one. "same" is certain; of everything else someone is asked.
How = Literal["same", "accents", "look_alike", "order", "letter"]
HOW_WORDS: dict[How, str] = {
    "same": "the same name",
    "accents": "the same but for accents or spelling of umlauts",
    "look_alike": "letters of another script that look the same",
    "order": "the same parts in another order",
    "letter": "one letter differs",
}
_ORDER: tuple[How, ...] = ("same", "look_alike", "accents", "order", "letter")
# Longer names are compared whole, and not letter by letter.
LONGEST_COMPARED = 80
# One letter makes little difference only where enough others are the same.
_LEAST_LETTERS, _LEAST_IN_WORD = 4, 3
# Invisible, though Unicode counts them among letters, marks or symbols.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\u00b4`\uff07\ua78c\u05f3"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u05be"
_ALIKE_SIGNS = {ord(sign): "'" for sign in _APOSTROPHES} | {ord(sign): "-" for sign in _DASHES}
# What a letter without its accent is where Unicode does not take it apart.
_PLAIN = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
     "ŧ": "t", "ŋ": "n", "ə": "e", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ŀ": "l", "ĸ": "k"}
)  # fmt: skip
_UMLAUTS = re.compile(r"(?<=[aou])e|(?<=a)a")
# Small letters of other scripts, and digits, by the Latin letter that they look like.
LOOK_ALIKES: dict[str, str] = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
    "ԁ": "d", "ԛ": "q", "ԝ": "w", "в": "b", "к": "k", "м": "m", "н": "h", "т": "t", "ӏ": "l", "ү": "y",
    "α": "a", "β": "b", "ε": "e", "ζ": "z", "η": "h", "ι": "i", "κ": "k", "μ": "m", "ν": "n", "ο": "o", "ρ": "p",
    "τ": "t", "υ": "y", "χ": "x", "ϲ": "c", "ϳ": "j", "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g", "ɑ": "a",
    "ɡ": "g", "ꭺ": "a", "ꭼ": "e", "ꮋ": "h", "ꭵ": "i", "ꭻ": "j", "ꮶ": "k", "ꮮ": "l", "ꮇ": "m", "ꮲ": "p",
    "ꭱ": "r", "ꮪ": "s", "ꭲ": "t", "ꮃ": "w", "ᴀ": "a", "ᴇ": "e", "ᴏ": "o", "0": "o", "1": "l", "|": "l",
}  # fmt: skip
_ALIKE_LETTERS = str.maketrans(LOOK_ALIKES)


class UnusableNameError(ValueError):
    """Nothing of the text can be seen: it is no name."""


class Likeness(NamedTuple):
    """A known name that is the same as another one, or might be."""

    name: str
    how: How


def clean_name(text: str) -> str:
    """The name as it is kept and shown: NFC, single spaces, nothing invisible.

    Joiners and variation selectors stay where a script needs them. `UnusableNameError` where nothing is left to see.
    """
    told = " ".join("".join(_kept(text)).split())
    name = unicodedata.normalize("NFC", told)
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in name):
        raise UnusableNameError("A name needs at least one visible character.")
    return name


def name_key(text: str) -> str:
    """What all spellings of one name have in common: case, width, spaces, invisible signs make no difference."""
    told = unicodedata.normalize("NFD", text.translate(_ALIKE_SIGNS)).casefold()
    told = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", told).casefold())
    told = "".join(" " if _breaks(sign) else sign for sign in told if _breaks(sign) or not invisible(sign))
    return unicodedata.normalize("NFC", " ".join(told.translate(_ALIKE_SIGNS).split()))


def near(name: str, known: Collection[str]) -> tuple[Likeness, ...]:
    """Every known name that is the same as this one or might be, the likeliest first. Never guesses: ask."""
    return KnownNames(known).near(name)


class KnownNames:
    """Names that many others are compared with: each is taken apart once."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._by_shape: dict[str, list[str]] = defaultdict(list)
        self._seen: set[str] = set()
        for name in known:
            self.add(name)

    def add(self, name: str) -> None:
        """Compare with this name from now on, too."""
        if name in self._seen:
            return
        self._seen.add(name)
        for shape in _shapes(name):
            self._by_shape[shape].append(name)

    def near(self, name: str) -> tuple[Likeness, ...]:
        """Every one of them that is the same as this name or might be, the likeliest first."""
        alike = {other: None for shape in _shapes(name) for other in self._by_shape.get(shape, ())}
        found = [Likeness(other, how) for other in alike if (how := _how(name, other))]
        return tuple(sorted(found, key=lambda one: (_ORDER.index(one.how), one.name)))


def invisible(sign: str) -> bool:
    """Whether a character is invisible and not a space: format, control and direction characters, fillers, selectors."""
    return sign in _BLANK or _selects(sign) or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn", "Co")


def without_accents(text: str) -> str:
    """Small letters without accents; of scripts that are not Latin, too."""
    told = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    plain = "".join(sign for sign in told if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", plain)


def _kept(text: str) -> Iterable[str]:
    for place, sign in enumerate(text):
        if _breaks(sign):
            yield " "
        elif not invisible(sign) or (_needed(sign, text, place) and (sign in _JOINERS or _selects(sign))):
            yield sign


def _needed(sign: str, text: str, place: int) -> bool:
    """Whether a joiner or selector is where a script, or an emoji, needs it."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    return _takes_joiners(before) and (_selects(sign) or _takes_joiners(after))


def _takes_joiners(sign: str) -> bool:
    return (
        bool(sign) and ord(sign) >= 0x590 and not sign.isspace() and (_selects(sign) or not invisible(sign))
    )


def _selects(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _breaks(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Zl", "Zp")


@lru_cache(maxsize=20_000)
def _loose(name: str) -> str:
    """What names have in common that differ in accents, umlauts, signs or look-alike letters alone."""
    return " ".join(_UMLAUTS.sub("", word) for word in _words(_latin_looking(name)))


@lru_cache(maxsize=20_000)
def _accentless(name: str) -> str:
    return " ".join(_UMLAUTS.sub("", word) for word in _words(without_accents(name_key(name))))


def _latin_looking(name: str) -> str:
    """Look-alikes count between letters of a word: "Room 101" keeps its number."""
    plain = without_accents(name_key(name))
    return " ".join(
        word.translate(_ALIKE_LETTERS) if any(sign.isalpha() for sign in word) else word
        for word in plain.split()
    )


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", text.replace("'", "")) if word]


def _in_order(loose: str) -> str:
    return " ".join(sorted(loose.split()))


def _shapes(name: str) -> set[str]:
    """Two names that might be the same share one of these: whole, in any order, or with a letter left out."""
    loose = _loose(name)
    told = {loose, f"~{_in_order(loose)}", f"={name_key(name)}"}
    if len(loose) <= LONGEST_COMPARED:
        told |= {f"-{loose[:place]}{loose[place + 1 :]}" for place in range(len(loose))} | {f"-{loose}"}
    return told


def _how(name: str, other: str) -> How | None:
    if name_key(name) == name_key(other):
        return "same"
    one, two = _loose(name), _loose(other)
    if not one or not two:
        return None
    if one == two:
        return "accents" if _accentless(name) == _accentless(other) else "look_alike"
    if _in_order(one) == _in_order(two):
        return "order"
    return "letter" if _one_letter_off(one, two) else None


def _one_letter_off(one: str, two: str) -> bool:
    """One letter more, less, other, or two swapped, in a word that is long enough; a number never."""
    words, others = one.split(), two.split()
    if max(len(one), len(two)) < _LEAST_LETTERS:
        return False
    if len(words) != len(others):
        return one.replace(" ", "") == two.replace(" ", "")
    pairs = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(pairs) != 1 or max(map(len, pairs[0])) < _LEAST_IN_WORD:
        return False
    return _apart_by_one(*pairs[0])


def _apart_by_one(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    a, b = short[start:], long[start:]
    if len(short) != len(long):
        return a == b[1:] and b[0].isalpha()
    if a[1:] == b[1:]:
        return a[0].isalpha() and b[0].isalpha()
    return a[:2] == b[1::-1] and a[2:] == b[2:] and a[:2].isalpha()
