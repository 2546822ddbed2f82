"""The pages without a browser: the script of each, with a store, the content and someone who looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from interview_kit import wiring
from interview_kit.screens import sight, signed_in
from question_bank import Bank
from scorecards.record.model import Person
from scorecards.store import Store

SCREENS = Path(__file__).parents[2] / "interview_kit" / "screens"


def looked_at_by(monkeypatch: pytest.MonkeyPatch, person: Person, store: Store, bank: Bank) -> None:
    """From now on the pages are this person's."""
    monkeypatch.setattr(wiring, "store", lambda: store)
    monkeypatch.setattr(wiring, "bank", lambda: bank)
    monkeypatch.setattr(signed_in, "viewer", lambda: person)
    # Cached by round and digest, which tests share.
    sight._comparison.clear()


def drawn(page: str, **parameters: str) -> AppTest:
    """The page at this address."""
    test = AppTest.from_file(str(SCREENS / f"{page}.py"), default_timeout=60)
    for name, value in parameters.items():
        test.query_params[name] = value
    return test.run()


def words(page: AppTest) -> str:
    """All that the page says."""
    kinds = (page.markdown, page.caption, page.info, page.warning, page.error, page.success, page.text)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def button(page: AppTest, label: str):
    """The button of this label."""
    found = [one for one in page.button if one.label == label]
    assert found, [one.label for one in page.button]
    return found[0]


def drawn_words(page: AppTest) -> str:
    """Everything that the page sends to the browser: its texts, labels, choices, tables and components."""
    return "\n".join(_sent(page.main))


def _sent(block: Block) -> Iterator[str]:
    for node in block.children.values():
        if isinstance(node, Block):
            yield str(node.proto)
            yield from _sent(node)
        else:
            yield f"{node.proto}"
