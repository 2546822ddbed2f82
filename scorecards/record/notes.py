"""Words in notes that are worth a second look: protected topics, opinions without evidence, names.

Lists of words and nothing more: no model, no network. A finding is shown and explained; it never blocks anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from rubrics.files import read_model
from rubrics.model import Slug, Text, Value

from .name_finder import finder_of

_STAMP = re.compile(r"^(\d{1,3}:\d\d )?(> ?)?", re.MULTILINE)

Kind = Literal["protected", "opinion", "name"]
KIND_NAMES: dict[Kind, str] = {
    "protected": "Protected topic",
    "opinion": "Opinion without evidence",
    "name": "The candidate's name",
}
_FILE = Path(__file__).parent / "words.yaml"
# "They are" is left out: it may be the labels that are old.
_SOMEBODY = (
    r"(?:(?:he|she|candidate|person)(?:'s|\s(?:is|was|seems?|seemed|looks?|looked|sounds?|sounded|feels|felt))"
    r"|they\s(?:seem|seemed|look|looked|sound|sounded))"
)
_THING = (
    r"(?:api|app|check|column|corpus|data|dataset|endpoint|feature|field|label|model|page|pipeline|prediction|probe"
    r"|product|ratio|risk|score|service|table|team|text|tokenizer|tokeniser)s?|scoring|limit|limits"
)
_MACROS = {
    "<their>": r"(?:his|her|their|candidate's)",
    "<is>": _SOMEBODY
    + r"(?:\s(?:very|so|too|quite|rather|really|a\sbit|a\slittle|not|just|probably|obviously|clearly))?(?:\san?)?",
    "<thing>": f"(?:{_THING})",
    "#": r"\d{1,2}",
    "*": r"\w*",
}
# What somebody said: in quotation marks, or a line of evidence that begins with >, with or without its time.
_QUOTED = re.compile(
    r'“[^”]{1,2000}”|„[^“”]{1,2000}[“”]|«[^»]{1,2000}»|"[^"\n]{1,2000}"|^(?:\d{1,3}:\d\d )?> ?.*$',
    re.MULTILINE,
)
_NAME = "It is the candidate's name, in notes that are to be read without it."
_INSTEAD = 'Write "the candidate" or the code.'
_PERHAPS = "This is an everyday word and also the candidate's name."
_INSTEAD_PERHAPS = 'Where you mean the candidate, write "the candidate" or the code.'


class Finding(NamedTuple):
    """A word worth a second look."""

    # As it stands in the text.
    word: str
    # Where it begins, in characters from 0.
    place: int
    kind: Kind
    why: str
    # A better wording, or what to do.
    instead: str


class Topic(Value):
    """Words that are looked at for one reason."""

    id: Slug
    kind: Literal["protected", "opinion"]
    why: Text
    instead: Text
    words: tuple[Text, ...]


class WordList(Value):
    """The whole of words.yaml."""

    topics: tuple[Topic, ...]
    exceptions: tuple[Text, ...]


class _Span(NamedTuple):
    start: int
    end: int


def look_at(text: str, names: Collection[str] = (), *, theirs: bool = False) -> list[Finding]:
    """What in the text is worth a second look, in its order.

    Case, accents and the kind of apostrophe make no difference; only whole words count. What the trade says and
    no person is meant by is left alone, and so are opinions in quotation marks and in lines that begin with >:
    those are someone's words. `theirs`: all of the text is. `names` are looked for as `name_finder` does.
    """
    folded, places = _fold(text)
    spared = [_Span(*found.span()) for found in _exceptions().finditer(folded)]
    quoted = [_Span(*found.span()) for found in _QUOTED.finditer(folded)]
    found = [
        (span, topic)
        for topic, pattern in _patterns()
        for match in pattern.finditer(folded)
        if not _within(span := _Span(*match.span()), spared)
        and not (topic.kind == "opinion" and (theirs or _within(span, quoted)))
    ]
    findings = [
        Finding(_cut(text, places, span), places[span.start], topic.kind, topic.why, topic.instead)
        for span, topic in _longest(found)
    ]
    return sorted([*findings, *_names(text, names)], key=lambda one: (one.place, one.kind))


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """The shipped lists."""
    return read_model(_FILE, _FILE.parent, WordList)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple((topic, _any_of(topic.words)) for topic in word_list().topics)


@lru_cache(maxsize=1)
def _exceptions() -> re.Pattern[str]:
    return _any_of(word_list().exceptions)


def _any_of(phrases: Collection[str]) -> re.Pattern[str]:
    """Whole words, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, ordered))})(?!\w)")


def _pattern(phrase: str) -> str:
    parts = re.split(r"(<their>|<is>|<thing>|[#*]|[\s-]+)", phrase)
    return "".join(
        _MACROS[part] if part in _MACROS else r"[\s-]+" if not part.strip(" -") and part else re.escape(part)
        for part in parts
        if part
    )


def _fold(text: str) -> tuple[str, list[int]]:
    """Lower case, without accents; and for every character where it came from."""
    folded, places = [], []
    for place, sign in enumerate(text):
        for one in unicodedata.normalize("NFKD", "'" if sign in "’ʼ‘" else sign).casefold():
            if not unicodedata.combining(one):
                folded.append(one)
                places.append(place)
    return "".join(folded), [*places, len(text)]


def _cut(text: str, places: list[int], span: _Span) -> str:
    return text[places[span.start] : places[span.end - 1] + 1]


def _within(span: _Span, others: Collection[_Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _longest(found: list[tuple[_Span, Topic]]) -> Iterator[tuple[_Span, Topic]]:
    """Where findings overlap, the longest one alone; of equals the first in the lists."""
    taken: list[_Span] = []
    for span, topic in sorted(found, key=lambda one: (one[0].start - one[0].end, one[0].start)):
        if not _within(span, taken):
            taken.append(span)
            yield span, topic


def _names(text: str, names: Collection[str]) -> Iterator[Finding]:
    for one in finder_of(tuple(names)).find(text):
        why, instead = (_NAME, _INSTEAD) if one.sure else (_PERHAPS, _INSTEAD_PERHAPS)
        yield Finding(text[one.start : one.stop], one.start, "name", why, instead)


def own_words(evidence: str) -> str:
    """The evidence without time stamps and quote marks: what somebody wrote themselves."""
    return _STAMP.sub("", evidence).strip()
