"""Whatever windows do and whatever becomes of their messages, acknowledged words are not lost, on both databases.

Windows type, send, reload, crash, are copied and take over, as the live screen's outbox does it; messages are lost,
come late, twice, and in any order. A model that knows nothing of the rule watches every change of what is stored.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, update

from scorecards.interviewing.message import Answer, Entry, Former, Told
from scorecards.interviewing.typed import Typed, TypedText
from scorecards.store import Database, NotAllowedError, Store
from scorecards.store.rows import time_text
from scorecards.store.tables import desks, ratings

from ..small_round import draft, keep, submit

CARD = "zed-first-ada"
QUESTIONS = ("DRF-01", "DRF-02")


class Put(NamedTuple):
    """What a window's outbox holds for one question; `k` is when it was put there, on the model's own clock."""

    words: str
    base: int
    count: int
    k: int


class Sent(NamedTuple):
    """A message, what its tab had put when, and every text that its page had shown or typed by then."""

    told: Told
    tab: int
    puts: dict[str, Put]
    knows: frozenset[str]


class Page:
    """The outbox of the live screen, in few words."""

    def __init__(self, name: str, tab: int, store: Store):
        self.name, self.tab, self.store = name, tab, store
        self.count, self.outbox, self.was = 0, dict[str, Put](), tuple[Former, ...]()
        self.knows: set[str] = set()
        self.clashes: dict[str, str] = {}
        self.holds, self.gone = True, False
        self.read()

    def read(self) -> None:
        """As the page is drawn: from what is stored, under what the tab still holds."""
        self.term = self.store.live.desk("ada", CARD)[0]
        card = self.store.cards.get("ada", CARD)
        self.words = {q: card.rating(q).evidence for q in QUESTIONS}
        self.versions = {q: card.rating(q).version for q in QUESTIONS}
        self.knows |= {*self.words.values(), *(put.words for put in self.outbox.values())}
        self.words |= {q: put.words for q, put in self.outbox.items()}

    def put(self, question: str, words: str, k: int) -> None:
        self.count += 1
        base = self.outbox[question].base if question in self.outbox else self.versions[question]
        self.outbox[question] = Put(words, base, self.count, k)
        self.words[question] = words
        self.knows.add(words)

    def message(self, **more: Any) -> Sent:
        self.count += 1
        entries = tuple(
            Entry(question_id=q, base=put.base, count=put.count, evidence=put.words)
            for q, put in self.outbox.items()
        )
        told = Told(
            tab=self.name, count=self.count, term=self.term, was=self.was, shown=None, entries=entries, **more
        )
        return Sent(told, self.tab, dict(self.outbox), frozenset(self.knows))

    def journal(self) -> dict[str, Any]:
        return copy.deepcopy({"tab": self.name, "count": self.count, "outbox": self.outbox, "was": self.was})

    def continued(self, journal: dict[str, Any], *, gone: bool) -> None:
        """A page that is opened with this journal."""
        former = Former(tab=journal["tab"], count=journal["count"], gone=gone)
        earlier = tuple(one.model_copy(update={"gone": False}) for one in journal["was"])
        self.count, self.outbox, self.was = journal["count"], journal["outbox"], (former, *earlier)[:8]
        self.read()

    def answered(self, sent: Sent, answer: Answer) -> None:
        self.term = answer.term
        if not answer.holds:
            self.holds = answer.free
        else:
            self.holds = True
            self.confirm(sent, answer)
        for one in answer.ratings:
            self.versions[one.question_id] = one.version
            if one.question_id not in self.outbox:
                self.words[one.question_id] = one.evidence
                self.knows.add(one.evidence)
        for one in answer.clashes:
            self.clashes[one.question_id] = one.evidence
            self.versions[one.question_id] = one.version
            self.outbox.pop(one.question_id, None)
            self.knows.add(one.evidence)

    def confirm(self, sent: Sent, answer: Answer) -> None:
        for one in answer.ratings:
            mine = self.outbox.get(one.question_id)
            if mine and mine.count == sent.puts[one.question_id].count:
                del self.outbox[one.question_id]
            elif mine and one.question_id not in answer.older:
                self.outbox[one.question_id] = mine._replace(base=one.version)


class Windows(RuleBasedStateMachine):
    """One interviewer with several windows and a bad network."""

    database: ClassVar[Database]
    store: ClassVar[Store]

    @initialize()
    def begin(self) -> None:
        """A scorecard that nobody has written yet."""
        with self.database.writing() as connection:
            for table in (ratings, desks):
                connection.execute(delete(table))
        self.k = self.names = self.tabs = 0
        self.pages: list[Page] = []
        self.sent: list[Sent] = []
        self.snapshots: dict[int, list[dict[str, Any]]] = {}
        self.acknowledged: dict[tuple[int, str], int] = {}
        self.open()

    def open(self, tab: int | None = None) -> Page:
        self.names += 1
        if tab is None:
            self.tabs += 1
            tab = self.tabs
        page = Page(f"w{self.names}", tab, self.store)
        self.pages.append(page)
        return page

    def one(self, data: Any) -> Page:
        return data.draw(st.sampled_from(self.pages))

    def deliver(self, sent: Sent, *, awaited: bool) -> Answer:
        """The message comes to the store; every change that it makes is judged."""
        before = {q: self.store.cards.get("ada", CARD).rating(q).evidence for q in QUESTIONS}
        answer = self.store.live.tell("ada", CARD, sent.told)
        after = {q: self.store.cards.get("ada", CARD).rating(q).evidence for q in QUESTIONS}
        for question in QUESTIONS:
            if after[question] == before[question]:
                continue
            put = sent.puts[question]
            assert after[question] == put.words
            assert before[question] in sent.knows, "words were replaced that this window never saw"
            known = self.acknowledged.get((sent.tab, question), 0)
            assert put.k >= known, "newer words of this tab were acknowledged before"
        if awaited and answer.holds:
            for one in answer.ratings:
                if one.question_id in sent.puts and one.question_id not in answer.older:
                    key = (sent.tab, one.question_id)
                    self.acknowledged[key] = max(self.acknowledged.get(key, 0), sent.puts[one.question_id].k)
        return answer

    # What windows do

    @precondition(lambda self: len(self.pages) < 3)
    @rule()
    def another_window(self) -> None:
        self.open()

    @rule(data=st.data(), question=st.sampled_from(QUESTIONS), again=st.booleans())
    def type(self, data: Any, question: str, again: bool) -> None:
        """New words, or back to what stood there before."""
        page = self.one(data)
        if not page.holds or question in page.clashes:
            return
        self.k += 1
        known = sorted(page.knows)
        words = data.draw(st.sampled_from(known)) if again and known else f"words {self.k}"
        page.put(question, words, self.k)

    @rule(data=st.data(), wish=st.sampled_from(["", "", "", "take"]))
    def send(self, data: Any, wish: str) -> None:
        page = self.one(data)
        sent = page.message(wish=wish)
        self.sent.append(sent)
        page.answered(sent, self.deliver(sent, awaited=True))

    @rule(data=st.data(), wish=st.sampled_from(["", "", "take"]), arrives=st.booleans())
    def send_without_an_answer(self, data: Any, wish: str, arrives: bool) -> None:
        """The answer is lost, or the message lies somewhere: the window will say the same again."""
        sent = self.one(data).message(wish=wish)
        self.sent.append(sent)
        if arrives:
            self.deliver(sent, awaited=False)

    @rule(data=st.data())
    def type_while_a_message_is_under_way(self, data: Any) -> None:
        page, question = self.one(data), data.draw(st.sampled_from(QUESTIONS))
        sent = page.message()
        self.sent.append(sent)
        if page.holds and question not in page.clashes:
            self.k += 1
            page.put(question, f"words {self.k}", self.k)
        page.answered(sent, self.deliver(sent, awaited=True))

    @rule(data=st.data(), question=st.sampled_from(QUESTIONS))
    def a_newer_message_overtakes_an_older_one(self, data: Any, question: str) -> None:
        """The first is given up after a while and said again with what was typed since; then it arrives."""
        page = self.one(data)
        if not page.holds or question in page.clashes:
            return
        first = page.message()
        for _ in range(2):
            self.k += 1
            page.put(question, f"words {self.k}", self.k)
            first, second = (first, page.message()) if self.k % 2 else (page.message(), first)
        newest = page.message()
        page.answered(newest, self.deliver(newest, awaited=True))
        for late in (first, second):
            self.deliver(late, awaited=False)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_message_comes_late_or_again(self, data: Any) -> None:
        """Rather one of the last, or any."""
        some = self.sent[-3:] if data.draw(st.booleans()) else self.sent
        self.deliver(data.draw(st.sampled_from(some)), awaited=False)

    @rule(data=st.data(), arrives=st.booleans())
    def reload(self, data: Any, arrives: bool) -> None:
        page = self.one(data)
        goodbye = page.message(wish="leave")
        self.sent.append(goodbye)
        self.pages.remove(page)
        if arrives:
            self.deliver(goodbye, awaited=False)
        self.open(page.tab).continued(page.journal(), gone=True)

    @rule(data=st.data())
    def note_what_the_disk_has(self, data: Any) -> None:
        page = self.one(data)
        self.snapshots.setdefault(page.tab, []).append(page.journal())

    @rule(data=st.data())
    def crash(self, data: Any) -> None:
        """The browser comes back with the journal as its disk had it, perhaps an older one."""
        page = self.one(data)
        journal = data.draw(st.sampled_from([page.journal(), *self.snapshots.get(page.tab, [])]))
        self.pages.remove(page)
        self.open(page.tab).continued(copy.deepcopy(journal), gone=True)

    @precondition(lambda self: len(self.pages) < 3)
    @rule(data=st.data())
    def copy_the_tab(self, data: Any) -> None:
        page = self.one(data)
        self.open().continued(page.journal(), gone=False)

    @rule(data=st.data(), mine=st.booleans())
    def settle(self, data: Any, mine: bool) -> None:
        page = self.one(data)
        if not page.clashes or not page.holds:
            return
        question = sorted(page.clashes)[0]
        theirs = page.clashes.pop(question)
        self.k += 1
        page.put(question, page.words[question] if mine else theirs, self.k)

    @rule()
    def a_long_silence(self) -> None:
        with self.database.writing() as connection:
            connection.execute(update(desks).values(held_at=time_text(datetime(2026, 1, 1, tzinfo=UTC))))


def test_acknowledged_words_are_never_lost(database, store) -> None:
    """The same steps at every run; a failure is shown as it was found, in seconds."""
    keep(store, draft("ada"))
    here = type("Here", (Windows,), {"database": database, "store": store})
    run_state_machine_as_test(
        here,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            derandomize=True,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# The words of a recommendation


def typed(text: str, count: int, *, base: int = 0, tab: str = "one", was: tuple[Former, ...] = ()) -> Typed:
    return Typed(tab=tab, was=was, entries={"reason": TypedText(text=text, base=base, count=count)})


@pytest.fixture
def closing(store: Store) -> Store:
    keep(store, draft("ada", {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3}))
    return store


def reason(store: Store) -> str:
    return store.cards.get("ada", CARD).content.verdict.reason


def test_older_words_of_a_recommendation_replace_nothing(closing) -> None:
    """A page that was left on another replica draws itself once more, with what was typed before."""
    closing.live.keep_words("ada", CARD, typed("first and second", 2))
    kept = closing.live.keep_words("ada", CARD, typed("first", 1))
    assert (kept["reason"].outcome, kept["reason"].text) == ("older", "first and second")
    assert reason(closing) == "first and second"


def test_another_window_overwrites_no_words_of_a_recommendation_that_it_did_not_see(closing) -> None:
    closing.live.keep_words("ada", CARD, typed("from the first", 1))
    kept = closing.live.keep_words("ada", CARD, typed("from the second", 1, tab="two"))
    assert (kept["reason"].outcome, reason(closing)) == ("clash", "from the first")
    closing.live.keep_words("ada", CARD, typed("from both", 2, tab="two", base=kept["reason"].version))
    assert reason(closing) == "from both"


def test_a_recommendations_words_go_on_after_a_reload(closing) -> None:
    closing.live.keep_words("ada", CARD, typed("typed", 1))
    was = (Former(tab="one", count=1),)
    closing.live.keep_words("ada", CARD, typed("typed and more", 2, tab="two", was=was))
    assert reason(closing) == "typed and more"


def test_a_submitted_scorecard_takes_no_words(closing) -> None:
    closing.live.keep_words("ada", CARD, typed("kept", 1))
    submit(closing, "ada", CARD)
    before = reason(closing)
    with pytest.raises(NotAllowedError, match="submitted"):
        closing.live.keep_words("ada", CARD, typed("late", 2))
    assert reason(closing) == before
