"""Answers questions from documents; the library is asked for rights at every question."""

import hashlib
from typing import Any

import model
from library import Library, embed

SYSTEM = "Answer from the passages."
TOP_K = 5
REFUSED = "There is no such document for you."


class Search:
    """One service for all users; `log` is read by the support team."""

    def __init__(self, library: Library):
        self.library = library
        self.cache: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.log: list[str] = []

    def ask(self, user: str, body: dict[str, Any]) -> dict[str, Any]:
        """`user` comes from the login; of the body only the question counts."""
        question = str(body["question"]).strip()
        readable = self.library.readable(user)
        key = (user, question, self._state(readable))
        if key not in self.cache:
            self.cache[key] = self._answer(user, question, readable)
        return dict(self.cache[key])

    def _state(self, readable: set[str]) -> str:
        """Changes when this user's rights or a text that they may read change."""
        held = [(doc, self.library.version(doc)) for doc in sorted(readable)]
        return hashlib.sha256(repr(held).encode()).hexdigest()

    def _answer(self, user: str, question: str, readable: set[str]) -> dict[str, Any]:
        hits = self.library.search(embed(question), TOP_K, within=readable)
        answer = model.complete(SYSTEM, [hit.text for hit in hits], question, self._opener(user))
        sources = list(dict.fromkeys(hit.doc for hit in hits))
        self.log.append(f"user={user} sources={sources} answer_length={len(answer)}")
        return {"answer": answer, "sources": sources}

    def _opener(self, user: str):
        def open_document(doc: str) -> str:
            return self.library.read(doc) if self.library.may_read(user, doc) else REFUSED

        return open_document
