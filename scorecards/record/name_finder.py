"""The one finder of names in text, in any script: for masking, for erasing, for pointing out, for access packs.

What it promises is in docs/decisions/0018-one-finder-of-names.md; `NOT_LOOKED_FOR` says what it does not find.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .name_fold import WORD, Folded, fold, spellings, unspaced
from .name_forms import NOT_LOOKED_FOR, Literal, Part, code_form, endings, forms_of, stems_of
from .names import LOOK_ALIKES

__all__ = ["NOT_LOOKED_FOR", "Found", "NameFinder", "finder_of"]
# Longer ones are in no sentence.
_LONGEST_WORD, _LONGEST_LITERAL, _WIDEST_GAP = 200, 64, 40
_BETWEEN_PARTS = frozenset(" \t\u3000.-'\u00b7\u30fb")
_SKIPPED = frozenset(" \t\u3000\u00b7\u30fb\u2027")
_LATIN = str.maketrans({sign: told for sign, told in LOOK_ALIKES.items() if sign.isalpha()})


class Found(NamedTuple):
    """Where a name is in a text, in characters of the original."""

    start: int
    stop: int
    # Whose it may be: all who share this part of a name.
    names: tuple[str, ...]
    # False for a word of everyday language, which may mean nobody.
    sure: bool


class _Hit(NamedTuple):
    """The same in folded letters. `rank` is 0 for the word as it is, 1 with an ending."""

    start: int
    stop: int
    owners: frozenset[int]
    rank: int
    sure: bool


class NameFinder:
    """Looks for all of these names at once, in time that grows with the text alone."""

    def __init__(self, names: Iterable[str], codes: Iterable[tuple[str, str]] = ()) -> None:
        """`codes`: pairs of a name and the code that stands for it."""
        coded = tuple(codes)
        self.names = tuple(dict.fromkeys((*names, *(name for name, _ in coded))))
        self._words: dict[str, dict[int, Part]] = defaultdict(dict)
        self._stems: dict[str, dict[int, Part]] = defaultdict(dict)
        self._minor: list[frozenset[str]] = []
        self._free, self._alone = _Literals(), _Literals()
        place = {name: n for n, name in enumerate(self.names)}
        for owner, name in enumerate(self.names):
            self._learn(owner, name)
        for name, code in coded:
            self._alone.add(place[name], code_form(code))
        self._begins = {word[:2] for word in (*self._words, *self._stems)}

    def find(self, text: str) -> tuple[Found, ...]:
        """Every place where one of the names is; none overlaps another."""
        if not text or not self.names:
            return ()
        folded = fold(text)
        hits = _apart([*self._in_words(text, folded), *self._in_signs(folded)])
        return tuple(
            Found(
                folded.starts[one.start],
                folded.stops[one.stop - 1],
                tuple(self.names[n] for n in sorted(one.owners)),
                one.sure,
            )
            for one in self._joined(hits, folded.text)
        )

    def replace(self, text: str, told: Callable[[Found], str | None]) -> str:
        """The text with something else at every such place; None leaves it as it is."""
        parts, before = [], 0
        for one in self.find(text):
            new = told(one)
            if new is not None:
                parts += [text[before : one.start], new]
                before = one.stop
        return "".join((*parts, text[before:]))

    def _learn(self, owner: int, name: str) -> None:
        forms = forms_of(name)
        self._minor.append(forms.minor)
        for part in forms.parts:
            for word in spellings(part.word):
                self._words[word].setdefault(owner, part)
                for stem in stems_of(word):
                    self._stems[stem].setdefault(owner, part)
        for literal in forms.literals:
            (self._alone if literal.alone and not unspaced(literal.signs[0]) else self._free).add(
                owner, literal
            )

    def _in_words(self, text: str, folded: Folded) -> Iterator[_Hit]:
        # What was read of a word before: texts repeat theirs.
        read: dict[tuple[str, bool, bool], _Hit | None] = {}
        for match in WORD.finditer(folded.text):
            if match.end() - match.start() > _LONGEST_WORD:
                continue
            pieces, place = match[0].split("'"), match.start()
            while pieces:
                size, found = self._first_of(pieces, _capital(text[folded.starts[place]]), read)
                if found:
                    yield found._replace(start=place, stop=place + len("'".join(pieces[:size])))
                place += len("'".join(pieces[:size])) + 1
                del pieces[:size]

    def _first_of(
        self, pieces: list[str], capital: bool, read: dict[tuple[str, bool, bool], _Hit | None]
    ) -> tuple[int, _Hit | None]:
        """How many of a word's pieces are a name, the most first; as they are before with an ending."""
        for ended in (False, True):
            for size in range(len(pieces), 0, -1):
                key = ("".join(pieces[:size]), capital, ended)
                if key not in read:
                    read[key] = self._named(*key)
                if found := read[key]:
                    return size, found
        return 1, None

    def _named(self, word: str, capital: bool, ended: bool) -> _Hit | None:
        """Whose name a word is, also with letters of another script that look like its own."""
        told = word.translate(_LATIN)
        found = self._read(word, capital, ended)
        return self._read(told, capital, ended) if found is None and told != word else found

    def _read(self, word: str, capital: bool, ended: bool) -> _Hit | None:
        told = spellings(word)
        if not ended:
            return self._owners(self._words, told, capital)
        if told[0][:2] not in self._begins and not _takes_prefixes(word):
            return None
        for one in endings(word):
            if one.word and (capital or not one.capital):
                kept = self._stems if one.stem else self._words
                if found := self._owners(kept, spellings(one.word), capital, changed=True):
                    return found
        return None

    def _owners(
        self, kept: dict[str, dict[int, Part]], words: Iterable[str], capital: bool, *, changed: bool = False
    ) -> _Hit | None:
        owners: dict[int, Part] = {}
        for word in words:
            for owner, part in kept.get(word, {}).items():
                if capital or not (part.capital or (changed and part.common)):
                    owners.setdefault(owner, part)
        if not owners:
            return None
        sure = not all(part.common for part in owners.values())
        return _Hit(0, 0, frozenset(owners), int(changed), sure)

    def _in_signs(self, folded: Folded) -> Iterator[_Hit]:
        for start, stop, owners in self._alone.found(folded.text):
            yield _Hit(start, stop, owners, 0, True)
        if not self._free:
            return
        places = [n for n, sign in enumerate(folded.text) if sign not in _SKIPPED]
        text = "".join(folded.text[n] for n in places)
        for start, stop, owners in self._free.found(text):
            yield _Hit(places[start], places[stop - 1] + 1, owners, 0, True)

    def _joined(self, hits: list[_Hit], text: str) -> list[_Hit]:
        """Adjacent parts of one name are one place."""
        found: list[_Hit] = []
        for hit in hits:
            both = found[-1].owners & hit.owners if found else frozenset()
            if found and both and (shared := self._beside(both, text[found[-1].stop : hit.start])):
                last = found[-1]
                found[-1] = _Hit(last.start, hit.stop, shared, min(last.rank, hit.rank), True)
            else:
                found.append(hit)
        return found

    def _beside(self, owners: frozenset[int], between: str) -> frozenset[int]:
        """Those of whose name everything in between is a part."""
        if between in ("", " ", "-"):
            return owners
        if len(between) > _WIDEST_GAP:
            return frozenset()
        words = {match[0].replace("'", "") for match in WORD.finditer(between)}
        signs = set(WORD.sub("", between))
        if not signs <= _BETWEEN_PARTS or (not words and "." in signs and len(signs) > 1):
            return frozenset()
        return frozenset(one for one in owners if words <= self._minor[one])


class _Literals:
    """Signs looked for at every place, by their first."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[Literal, frozenset[int]]]] = {}
        self._sizes: dict[str, list[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._known)

    def add(self, owner: int, literal: Literal) -> None:
        signs = literal.signs
        if not signs or len(signs) > _LONGEST_LITERAL:
            return
        known = self._known.setdefault(signs[0], {})
        kept, owners = known.get(signs, (literal, frozenset()))
        known[signs] = (kept, owners | {owner})
        self._sizes[signs[0]] = sorted({len(one) for one in known}, reverse=True)

    def found(self, text: str) -> Iterator[tuple[int, int, frozenset[int]]]:
        """From where to where, and whose; the longest at each place."""
        place = 0
        begins = re.compile(f"[{''.join(map(re.escape, self._sizes))}]") if self._sizes else None
        while begins and (match := begins.search(text, place)):
            start = match.start()
            told = self._at(text, start)
            if told:
                yield told
            place = max(told[1] if told else 0, start + 1)

    def _at(self, text: str, place: int) -> tuple[int, int, frozenset[int]] | None:
        known = self._known[text[place]]
        for size in self._sizes[text[place]]:
            if told := known.get(text[place : place + size]):
                one, owners = told
                if not one.alone or _fits(one, text, place):
                    return place + one.offset, place + one.offset + one.length, owners
        return None


def _fits(literal: Literal, text: str, place: int) -> bool:
    end = place + len(literal.signs)
    before, after = text[place - 1 : place], text[end : end + 1]
    return not (_same_kind(before, literal.signs[0]) or _same_kind(after, literal.signs[-1]))


def _same_kind(sign: str, other: str) -> bool:
    if not sign or not (sign.isalnum() or sign == "_"):
        return False
    return (
        not unspaced(sign)
        if not unspaced(other)
        else unspaced(sign) and (sign < "\u3100") == (other < "\u3100")
    )


def _apart(hits: Collection[_Hit]) -> list[_Hit]:
    """Where two overlap the longer one, in the order of the text."""
    found: list[_Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.stop)):
        if not found or hit.start >= found[-1].stop:
            found.append(hit)
        elif hit.stop - hit.start > found[-1].stop - found[-1].start:
            found[-1] = hit
    return found


def _capital(sign: str) -> bool:
    """A capital, or a letter of a script that has none."""
    return sign != sign.lower() or sign == sign.upper()


def _takes_prefixes(word: str) -> bool:
    return "\u0590" <= word[0] <= "\u06ff"


@lru_cache(maxsize=64)
def finder_of(names: tuple[str, ...]) -> NameFinder:
    """The finder of these names, made once."""
    return NameFinder(names)
