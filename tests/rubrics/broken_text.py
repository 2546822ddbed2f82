"""Files that are broken before anybody asks what they mean: a name, the bytes, a word of the complaint."""

from typing import NamedTuple


class BrokenText(NamedTuple):
    name: str
    data: bytes
    says: str


# Nine lists, each of ten aliases to the one before: a billion items in 500 bytes.
BOMB = b"a0: &a0 [lol, lol]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)
)

BROKEN_TEXT = [
    BrokenText("empty", b"", "no mapping"),
    BrokenText("only comments", b"# nothing yet\n", "no mapping"),
    BrokenText("a list", b"- id: one\n- id: two\n", "no mapping"),
    BrokenText("a sentence", b"just a sentence\n", "no mapping"),
    BrokenText("not UTF-8", "title: Köln\n".encode("latin-1"), "UTF-8"),
    BrokenText("UTF-16", "id: one\n".encode("utf-16"), "UTF-8"),
    BrokenText("a NUL byte", b"id: one\x00\n", "YAML"),
    BrokenText("a tab", b"levels:\n\t- one\n", "line 2"),
    BrokenText("an open bracket", b"id: [one\n", "line"),
    BrokenText("two documents", b"id: one\n---\nid: two\n", "line 2"),
    BrokenText("a key twice", b"id: one\nname: x\nid: two\n", "'id' stands twice"),
    BrokenText("an inner key twice", b"id: {a: 1, a: 2}\n", "'a' stands twice"),
    BrokenText("a key that is a list", b"? [a, b]\n: c\n", "key"),
    BrokenText("an alias", b"one: &x [1]\ntwo: *x\n", "alias"),
    BrokenText("an alias bomb", BOMB, "alias"),
    BrokenText("a Python object", b"id: !!python/object/apply:os.getcwd []\n", "tag"),
    BrokenText("a day that does not exist", b"id: one\nchecked_on: 2026-13-45\n", ""),
    BrokenText("a number of 5,000 digits", b"id: " + b"9" * 5000 + b"\n", ""),
    BrokenText("no number where a number is promised", b"id: !!int one\n", ""),
    BrokenText("nested 5,000 deep", b"id: " + b"[" * 5000 + b"]" * 5000 + b"\n", ""),
    BrokenText("10 MB", b"id: " + b"x" * 10 * 1024 * 1024 + b"\n", "10,485,"),
]
