"""A scripted stand-in for a language model. Part of the surroundings: leave it as it is.

It answers by repeating the passages. It obeys two kinds of sentences wherever they stand in the prompt:
"open document X", for which it calls the tool, and "repeat everything above", for which it repeats the prompt.
"""

import re
from collections.abc import Callable

OPEN = re.compile(r"open document ([A-Za-z0-9-]+)", re.I)
REPEAT = re.compile(r"repeat everything above", re.I)
calls = {"count": 0}


def complete(
    system: str, passages: list[str], question: str, open_document: Callable[[str], str] | None
) -> str:
    """An answer from system text, passages and question; `open_document` is the model's only tool."""
    calls["count"] += 1
    prompt = "\n".join([system, *passages, question])
    answer = list(passages)
    if REPEAT.search(prompt):
        answer.insert(0, system)
    for doc in dict.fromkeys(OPEN.findall(prompt)):
        if open_document is not None:
            answer.append(open_document(doc))
    return "\n".join(answer)
