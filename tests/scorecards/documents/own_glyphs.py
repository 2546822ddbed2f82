"""The characters of the fonts that typst carries, read out of its library. Run as a module it writes the list anew."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import typst
from fontTools.ttLib import TTFont, TTLibError

from scorecards.documents.glyphs import OWN, spans_of


def own_characters() -> frozenset[int]:
    """Of all fonts in the library of the typst that is installed."""
    (library,) = Path(typst.__file__).parent.glob("_typst*.*")
    return frozenset().union(*(font.getBestCmap() for font in _fonts(library.read_bytes())))


def _fonts(data: bytes) -> Iterator[TTFont]:
    """Fonts lie whole in the library; each begins with its kind and a table of its parts."""
    for found in re.finditer(rb"OTTO\x00|\x00\x01\x00\x00\x00", data):
        start = found.start()
        parts = struct.unpack(">H", data[start + 4 : start + 6])[0]
        table = data[start + 12 : start + 12 + 16 * parts]
        if not 8 <= parts <= 30 or not re.fullmatch(rb"(?s:[A-Za-z0-9/ ]{4}.{12})+", table):
            continue
        ends = [sum(struct.unpack(">LL", table[n + 8 : n + 16])) for n in range(0, len(table), 16)]
        try:
            yield TTFont(io.BytesIO(data[start : start + max(ends)]), lazy=True)
        except (TTLibError, struct.error):
            continue


if __name__ == "__main__":
    OWN.write_text(spans_of(own_characters()) + "\n", "ascii")
