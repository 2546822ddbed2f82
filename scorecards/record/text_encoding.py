"""Decodes bytes of an unknown encoding: the guess is always shown, and can be corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# By the names people use, and Python's.
ENCODINGS: dict[str, str] = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "Windows-1252": "cp1252",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "KOI8-R": "koi8_r",
    "Windows-1253": "cp1253",
    "Windows-1254": "cp1254",
    "Windows-1255": "cp1255",
    "Windows-1256": "cp1256",
    "Windows-1257": "cp1257",
    "Windows-1258": "cp1258",
    "Shift-JIS": "cp932",
    "EUC-JP": "euc_jp",
    "GB18030": "gb18030",
    "Big5": "big5",
    "EUC-KR": "cp949",
    "Windows-874": "cp874",
}
_FALLBACK = "Windows-1252"
# Family names that begin most names of their language.
_FAMILIES = {
    "Shift-JIS": "佐鈴高田伊渡山中小加吉斎松井木林清阿池橋森石前藤岡後長近坂遠青",
    "GB18030": "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁",
    "Big5": "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高",
    "EUC-KR": "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구",
}
_FAMILIES["EUC-JP"] = _FAMILIES["Shift-JIS"]
_WORD = re.compile(r"[^\W\d_]+")
_ONLY_TURKISH = frozenset("ğışĞİŞ")
_TURKISH = frozenset("çöüâîûÇÖÜÂÎÛ") | _ONLY_TURKISH
# Too similar to others to guess; chosen by hand.
_NEVER_GUESSED = ("Windows-1258",)
# Below this nothing is proved, and the most frequent one is tried.
_CLEAR = 0.5
_SAMPLE = 65_536


def decoded(data: bytes, wanted: str | None, heads: Callable[[str], int]) -> tuple[str, str]:
    """The text, and by which of `ENCODINGS` it was read. `heads` counts known words in a text.

    Raises `UnicodeDecodeError` where the wanted one does not fit, or where none does.
    """
    if wanted is not None:
        return data.decode(ENCODINGS[wanted]).removeprefix("\ufeff"), wanted
    if (wide := _wide(data)) is not None:
        return data.decode(wide).removeprefix("\ufeff"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    # The beginning tells the languages apart; the rest has to fit, too.
    sample = data[:_SAMPLE]
    sample = sample[: sample.rfind(b"\n")] if len(data) > _SAMPLE and b"\n" in sample else sample
    scored = [
        (_likely(text, name) + 2 * heads(text), -place, name) for place, name, text in _readings(sample)
    ]
    for likely, _, name in sorted(scored, reverse=True):
        if likely < _CLEAR:
            break
        try:
            return data.decode(ENCODINGS[name]), name
        except UnicodeDecodeError:
            continue
    return data.decode(ENCODINGS[_FALLBACK]), _FALLBACK


def _readings(data: bytes) -> list[tuple[int, str, str]]:
    """Every encoding that fits all bytes, with what the beginning says in it."""
    found = []
    for place, (name, codec) in enumerate(ENCODINGS.items()):
        if name.startswith("UTF") or name in _NEVER_GUESSED:
            continue
        try:
            found.append((place, name, data.decode(codec)))
        except UnicodeDecodeError:
            continue
    return found


def _likely(text: str, name: str) -> float:
    """How much a text looks like names in a language of this encoding: at most 1, below 0 for garbage."""
    sample = text[:20_000]
    foreign = [sign for sign in sample if sign > "\x7f"]
    if not foreign:
        return 0.0
    if name in _FAMILIES:
        return _eastern(sample, foreign, _FAMILIES[name])
    good = sum(_fits(word) for word in _WORD.findall(sample) if not word.isascii())
    words = sum(not word.isascii() for word in _WORD.findall(sample))
    rubbish = sum(not sign.isalpha() and not unicodedata.combining(sign) for sign in foreign)
    own = _share_of_own(foreign, name)
    return (good / max(words, 1)) * own - 2 * rubbish / len(foreign)


def _share_of_own(foreign: list[str], name: str) -> float:
    """The share of its characters that are letters of the encoding's language."""
    of: dict[str, str] = {
        "Windows-1251": "CYRILLIC", "KOI8-R": "CYRILLIC", "Windows-1253": "GREEK", "Windows-1255": "HEBREW",
        "Windows-1256": "ARABIC", "Windows-874": "THAI",
    }  # fmt: skip
    if name == "Windows-1254":
        return 1.05 if _TURKISH.issuperset(foreign) and _ONLY_TURKISH & {*foreign} else 0.9
    script = of.get(name, "LATIN")
    share = sum(unicodedata.name(sign, "").startswith(script) for sign in foreign) / len(foreign)
    # Western names are the most frequent; the others need letters that tell them apart.
    return share if name == _FALLBACK or script != "LATIN" else share * 0.95


def _fits(word: str) -> float:
    """Whether a word is written as names are: one script, and no capital but the first."""
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in word}
    regular = word.islower() or word.isupper() or word[1:].islower() or word.lower() == word.upper()
    foreign = sum(sign > "\x7f" for sign in word)
    latin = scripts == {"LATIN"}
    # Latin words are mostly plain letters; a word without one was read wrongly.
    if len(scripts) != 1 or not regular or (latin and foreign * 2 > max(len(word), 2)):
        return 0.0
    return 0.6 if word.islower() and not latin else 1.0


def _eastern(sample: str, foreign: list[str], families: str) -> float:
    usual = sum(_usual(sign) for sign in foreign) / len(foreign)
    begins = [word for word in re.findall(r"[^\W\d_]+", sample) if word[0] > "\x7f"]
    if not begins:
        return -1.0
    named = sum(word[0] in families for word in begins) / len(begins)
    return named * 1.2 - 2 * (1 - usual)


def _usual(sign: str) -> bool:
    return (
        "\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3"
        or "\uff01" <= sign <= "\uff5e" or sign in "\u3000\u3005\u30fb\u3001"
    )  # fmt: skip


def _wide(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:400]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) or even == odd:
        return None
    wide = "utf-16-le" if odd > even else "utf-16-be"
    # Scripts other than Latin have a zero only beside line breaks and delimiters.
    return wide if max(even, odd) * 2 >= len(sample) // 2 or _is_wide_text(sample, wide) else None


def _is_wide_text(data: bytes, codec: str) -> bool:
    """Whether it is lines of text in this encoding: text in any other has no zeros."""
    text = data.decode(codec, "ignore")
    strange = any(unicodedata.category(sign) in ("Cc", "Cn", "Co") for sign in text if sign not in "\t\r\n")
    return "\n" in text and not strange
