"""Documents, their readers and a search over 2,000 passages. Part of the surroundings: leave it as it is."""

import hashlib
from functools import cache
from typing import NamedTuple

import numpy as np

WIDTH = 64


class Document(NamedTuple):
    """A document as it is stored at the moment."""

    doc: str
    company: str
    groups: frozenset[str]
    passages: tuple[str, ...]


class Hit(NamedTuple):
    """A passage that a search found; a higher score is nearer."""

    doc: str
    company: str
    text: str
    score: float


@cache
def _word(word: str) -> np.ndarray:
    digest = hashlib.blake2b(word.encode(), digest_size=WIDTH).digest()
    return np.frombuffer(digest, dtype=np.uint8).astype(float) - 127.5


def embed(text: str) -> np.ndarray:
    """A row of WIDTH numbers; texts that share words lie near each other."""
    total = np.full(WIDTH, 1e-6)
    for word in text.lower().replace("?", " ").replace(".", " ").split():
        total = total + _word(word)
    return total / np.linalg.norm(total)


class Library:
    """What is true now: documents, the groups of each user, who may read what."""

    def __init__(self, documents: list[Document], users: dict[str, tuple[str, frozenset[str]]]):
        self._documents = {document.doc: document for document in documents}
        self._users = dict(users)
        self._matrix: np.ndarray | None = None
        self._rows: list[tuple[str, str]] = []

    def company(self, user: str) -> str:
        """The company of a signed-in user."""
        return self._users[user][0]

    def may_read(self, user: str, doc: str) -> bool:
        """Whether a user may read a document at this moment; False if there is no such document."""
        company, groups = self._users[user]
        document = self._documents.get(doc)
        return document is not None and document.company == company and bool(document.groups & groups)

    def readable(self, user: str) -> set[str]:
        """All documents that a user may read at this moment."""
        return {doc for doc in self._documents if self.may_read(user, doc)}

    def read(self, doc: str) -> str:
        """A document's text, no matter who asks; KeyError if there is none."""
        return "\n".join(self._documents[doc].passages)

    def version(self, doc: str) -> str:
        """Changes whenever the document's text changes; empty if there is no such document."""
        held = self._documents.get(doc)
        return (
            "" if held is None else hashlib.blake2b(repr(held.passages).encode(), digest_size=8).hexdigest()
        )

    def search(self, vector: np.ndarray, k: int, within: set[str] | None = None) -> list[Hit]:
        """The k nearest passages, nearest first; `within` limits the search to these documents."""
        if self._matrix is None:
            self._index()
        scores = self._matrix @ vector
        found = []
        for n in np.argsort(-scores, kind="stable"):
            doc, text = self._rows[n]
            if within is None or doc in within:
                found.append(Hit(doc, self._documents[doc].company, text, float(scores[n])))
            if len(found) == k:
                break
        return found

    def put(self, document: Document) -> None:
        """Add a document or replace it."""
        self._documents[document.doc] = document
        self._matrix = None

    def delete(self, doc: str) -> None:
        """Remove a document."""
        del self._documents[doc]
        self._matrix = None

    def set_groups(self, user: str, groups: frozenset[str]) -> None:
        """Change a user's groups from now on."""
        self._users[user] = (self._users[user][0], groups)

    def _index(self) -> None:
        self._rows = [(d.doc, text) for d in self._documents.values() for text in d.passages]
        self._matrix = np.array([embed(text) for _, text in self._rows])
