"""Text prepared for finding names: folded letters, each with its place in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .names import _ALIKE_SIGNS, _PLAIN, invisible

# Scripts in which a word does not end at a space: Thai to Myanmar, Hangul, Han and Kana. As ranges of a class.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u318f"
    "\u31a0-\u31ff\u3400-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U00016fe0-\U00018aff\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
# A letter of a script with spaces; Indic vowel signs are part of their word.
LETTER = f"(?:[^\\W\\d_{UNSPACED}]|[\\u0900-\\u0dff])"
WORD = re.compile(f"{LETTER}+(?:'{LETTER}+){{0,3}}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UMLAUT = {"æ": "ä", "ø": "ö", "œ": "ö", "ä": "ä", "ö": "ö", "ü": "ü", "å": "å"}
_ARABIC = {"ى": "ي", "ی": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ـ": ""}
_PLAIN_UMLAUTS = str.maketrans("äöüå", "aoua")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_DIGRAPH = re.compile(r"(?<=[aou])e|(?<=a)a")
# Shorter words are not read with 'ae' as 'a': "Doe" is no "do".
LEAST_FOR_DIGRAPHS = 5


class Folded(NamedTuple):
    """`text` is folded; the letter at each place came from `starts` to `stops` of the original."""

    text: str
    starts: list[int]
    stops: list[int]


def fold(text: str) -> Folded:
    """Small letters without accents, width and invisible signs; umlauts stay until `spellings` reads them."""
    if text.isascii() and not _CONTROL.search(text):
        return Folded(text.lower().replace("`", "'"), list(range(len(text))), list(range(1, len(text) + 1)))
    letters: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for start, stop in _letters(text):
        # Signs that hang on one letter go with it; hundreds of them are somebody's joke.
        told = _folded(text[start : min(stop, start + 12)])
        letters.append(told)
        for _ in told:
            starts.append(start)
            stops.append(stop)
    return Folded("".join(letters), starts, stops)


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each letter goes with what hangs on it."""
    start = 0
    for place, sign in enumerate(text):
        if place and (sign < "\u0300" or not _joins(sign)):
            yield start, place
            start = place
    yield start, len(text)


def spellings(word: str) -> tuple[str, ...]:
    """The ways in which a folded word is written: 'müller' as 'muller' and 'mueller', and the other way round."""
    plain = word.translate(_PLAIN_UMLAUTS)
    told = [plain, word.translate(_SPELT_OUT)] if plain != word else [plain]
    if len(plain) >= LEAST_FOR_DIGRAPHS:
        told.append(_DIGRAPH.sub("", plain))
    return tuple(dict.fromkeys(told))


def unspaced(sign: str) -> bool:
    """Whether the sign is of a script without spaces between words."""
    return bool(_UNSPACED.match(sign))


@lru_cache(maxsize=4096)
def _joins(sign: str) -> bool:
    """Whether a sign belongs to the letter before it: accents, vowel marks, and the later parts of a syllable."""
    return (
        unicodedata.category(sign) in ("Mn", "Me") or "\u1160" <= sign <= "\u11ff" or sign in "\uff9e\uff9f"
    )


@lru_cache(maxsize=20_000)
def _folded(letter: str) -> str:
    signs = unicodedata.normalize("NFKC", letter.translate(_ALIKE_SIGNS)).casefold()
    signs = unicodedata.normalize("NFKC", signs).translate(_ALIKE_SIGNS)
    return "".join(_plain(sign) for sign in signs)


def _plain(sign: str) -> str:
    if sign in _UMLAUT:
        return _UMLAUT[sign]
    if sign in _ARABIC:
        return _ARABIC[sign]
    if invisible(sign):
        return ""
    if not (ord(sign) < 0x700 or 0x1E00 <= ord(sign) < 0x2000):
        return sign
    told = unicodedata.normalize("NFD", sign)
    base, marks = told[0], told[1:]
    if unicodedata.combining(base):
        return ""
    if "\u0308" in marks and base in "aou":
        return {"a": "ä", "o": "ö", "u": "ü"}[base]
    return base.translate(_PLAIN)
