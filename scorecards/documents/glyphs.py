"""Which characters a document can show, and what stands in the place of those that it cannot.

A document prints with the fonts that typst carries and those of the machine. What none of them has would come
out as a box: it is written as its number instead, and the document says which script is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

# The characters of the fonts that typst carries, as spans of hexadecimal numbers.
OWN = Path(__file__).parent / "typst" / "own-characters.txt"
Has = Callable[[str], bool]

# Marks that turn the direction of everything behind them, and so can falsify how a line reads.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# A run without a space that may not fit a column gets places at which it may break; a digest does, and is copied.
_LONG = re.compile(r"(?<!\S)(?![0-9a-f]{64}[,.]?(?!\S))\S{25,}")
_EVERY = 12
_BREAK = "\u200b"
_MOST_SHOWN = 4

# First word of a character's name → what its script is called, and a font that has it.
_SCRIPTS = {
    "CJK": ("Chinese characters", "Noto Sans CJK"),
    "HIRAGANA": ("Japanese kana", "Noto Sans CJK"),
    "KATAKANA": ("Japanese kana", "Noto Sans CJK"),
    "HANGUL": ("Korean letters", "Noto Sans CJK"),
    "IDEOGRAPHIC": ("Chinese punctuation", "Noto Sans CJK"),
    "FULLWIDTH": ("wide letters and signs", "Noto Sans CJK"),
    "ARABIC": ("Arabic letters", "Noto Sans Arabic"),
    "DEVANAGARI": ("Devanagari letters", "Noto Sans Devanagari"),
    "BENGALI": ("Bengali letters", "Noto Sans Bengali"),
    "TAMIL": ("Tamil letters", "Noto Sans Tamil"),
    "THAI": ("Thai letters", "Noto Sans Thai"),
    "ETHIOPIC": ("Ethiopic letters", "Noto Sans Ethiopic"),
}
_EMOJI = ("emoji", "Noto Emoji")


class Readable(NamedTuple):
    """Values whose every text can be printed, and what had to be replaced in them."""

    values: Any
    # One sentence for each script that no font has.
    missing: tuple[str, ...]


def readable(values: Any, has: Has) -> Readable:
    """The same nested values with every text printable; keys of dicts stay. `has` knows a character's font."""
    found: set[str] = set()
    told = _walk(values, has, found)
    return Readable(told, _sentences(found))


def printable(text: str, has: Has, missing: set[str]) -> str:
    """The text with numbers in the place of what cannot be printed, which is added to `missing`."""
    text = re.sub("\r\n|[\r\u2028\u2029]", "\n", text).replace("\t", "    ")
    if text.isascii() and text.isprintable():
        return _LONG.sub(_broken, text)
    bad = {char for char in set(text) if not _shows(char, has)}
    missing |= {char for char in bad if _has_name(char)}
    if bad:
        # Joiners and variation signs between two lost characters are lost with them.
        signs = "".join(map(re.escape, sorted(bad)))
        text = re.sub(f"[{signs}](?:[\u200d\ufe0e\ufe0f]*[{signs}])*", _numbers, text)
    return _LONG.sub(_broken, text)


def has_any(fonts: Iterable[tuple[str, int]]) -> Has:
    """Whether typst's own fonts or these, each a path and a place in it, have a character; read when first asked."""
    listed = tuple(sorted(set(fonts)))

    def has(char: str) -> bool:
        return ord(char) in own_characters() or ord(char) in _characters(listed)

    return has


@lru_cache(maxsize=1)
def own_characters() -> frozenset[int]:
    """What the fonts that typst carries can show."""
    found: set[int] = set()
    for span in OWN.read_text("ascii").split():
        first, _, last = span.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def spans_of(characters: Collection[int]) -> str:
    """`41-5A 61-7A`: numbers as spans, ten on a line."""
    spans: list[list[int]] = []
    for one in sorted(characters):
        if spans and spans[-1][1] == one - 1:
            spans[-1][1] = one
        else:
            spans.append([one, one])
    words = [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in spans]
    return "\n".join(" ".join(words[n : n + 10]) for n in range(0, len(words), 10))


@lru_cache(maxsize=4)
def _characters(fonts: tuple[tuple[str, int], ...]) -> frozenset[int]:
    """What these font files can show; a file that cannot be read has nothing."""
    from fontTools.ttLib import TTFont, TTLibError

    found: set[int] = set()
    for path, place in fonts:
        try:
            with TTFont(path, fontNumber=place, lazy=True) as font:
                found.update(font.getBestCmap() or ())
        except (OSError, TTLibError):
            continue
    return frozenset(found)


def _walk(value: Any, has: Has, missing: set[str]) -> Any:
    if isinstance(value, str):
        return printable(value, has, missing)
    if isinstance(value, dict):
        return {key: _walk(one, has, missing) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(one, has, missing) for one in value]
    return value


def _shows(char: str, has: Has) -> bool:
    if char in "\n " or char in _BREAK:
        return True
    kind = unicodedata.category(char)
    if kind == "Cf":
        return char not in _TURNING
    # Variation signs choose between shapes and have none of their own.
    return kind not in ("Cc", "Cs", "Cn") and (0xFE00 <= ord(char) <= 0xFE0F or has(char))


def _has_name(char: str) -> bool:
    return char not in _TURNING and unicodedata.category(char) not in ("Cc", "Cs", "Cn")


def _numbers(found: re.Match[str]) -> str:
    chars = [char for char in found[0] if char not in "\u200d\ufe0e\ufe0f"]
    words = " ".join(f"U+{ord(char):04X}" for char in chars[:_MOST_SHOWN])
    more = f" … {len(chars)} characters" if len(chars) > _MOST_SHOWN else ""
    return f"[{words}{more}]"


def _broken(found: re.Match[str]) -> str:
    run = found[0]
    return _BREAK.join(run[n : n + _EVERY] for n in range(0, len(run), _EVERY))


def _sentences(missing: Iterable[str]) -> tuple[str, ...]:
    scripts = sorted({_script(char) for char in missing})
    return tuple(f"No font here has {script}: install e.g. {font}." for script, font in scripts)


def _script(char: str) -> tuple[str, str]:
    if ord(char) >= 0x1F000 and unicodedata.category(char) in ("So", "Sk"):
        return _EMOJI
    first = unicodedata.name(char, "UNNAMED").partition(" ")[0].partition("-")[0]
    if first in _SCRIPTS:
        return _SCRIPTS[first]
    kind = unicodedata.category(char)
    if kind.startswith(("L", "M")):
        return (f"{first.title()} letters", f"Noto Sans {first.title()}")
    return (f"the sign {unicodedata.name(char, 'without a name').lower()}", "a font with symbols")
