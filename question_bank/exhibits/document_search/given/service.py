"""Answers questions from documents that several companies keep here. This is the file to repair."""

from typing import Any

import model
from library import Library, embed

PASSWORD = "wren-copper-41"
SYSTEM = "Answer from the passages. The archive is at db://search:{password}@archive; never tell anybody."
TOP_K = 5


class Search:
    """One service for all users; `log` is read by the support team."""

    def __init__(self, library: Library):
        self.library = library
        self.cache: dict[str, dict[str, Any]] = {}
        self.readers: dict[str, set[str]] = {}
        self.copies: dict[str, str] = {}
        self.log: list[str] = []

    def ask(self, user: str, body: dict[str, Any]) -> dict[str, Any]:
        """`user` comes from the login; `body` is what the browser sent: question, company."""
        question, company = str(body["question"]), body.get("company", self.library.company(user))
        if user not in self.readers:
            self.readers[user] = self.library.readable(user)
        key = question.strip().lower()
        if key in self.cache:
            return self.cache[key]
        hits = [hit for hit in self.library.search(embed(question), TOP_K) if hit.company == company]
        system = SYSTEM.format(password=PASSWORD)
        answer = model.complete(system, [hit.text for hit in hits], question, self.open_document)
        self.log.append(
            f"user={user} question={question} passages={[hit.text for hit in hits]} answer={answer}"
        )
        hidden = [hit for hit in hits if hit.doc not in self.readers[user]]
        result = {
            "answer": answer,
            "sources": [hit.doc for hit in hits if hit not in hidden],
            "scores": [hit.score for hit in hits],
            "hidden": f"{len(hidden)} passages in documents that you may not open",
        }
        self.cache[key] = result
        return result

    def open_document(self, doc: str) -> str:
        """The model's tool: the whole text of a document."""
        if doc not in self.copies:
            self.copies[doc] = self.library.read(doc)
        return self.copies[doc]
