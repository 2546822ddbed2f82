"""The same answers; the model's text is treated as a stranger's at the database, on the page and in the network."""

import csv
import html
import io
import re
import sqlite3

from login import User  # name, region: what this manager may see
from model import complete  # text in, text out

DATABASE = "orders.db"
ROW_LIMIT = 200
STEPS = 2_000_000
TABLES = "mine(id, customer, amount, comment)"
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
OUR_LINKS = "https://orders.example/"
LINK = re.compile(r"\[(.*?)\]\((.*?)\)")


def write_sql(question: str) -> str:
    return complete(f"Write one SELECT for SQLite. Tables: {TABLES}. Question: {question}")


def run(sql: str, user: User) -> list[tuple]:
    """The model's query sees a copy that holds this region's orders and nothing else."""
    with sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True) as source:
        own = source.execute(
            "SELECT id, customer, amount, comment FROM orders WHERE region = ?", (user.region,)
        ).fetchall()
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE mine(id, customer, amount, comment)")
        database.executemany("INSERT INTO mine VALUES (?, ?, ?, ?)", own)
        database.commit()
        database.set_authorizer(lambda act, *_: sqlite3.SQLITE_OK if act in READING else sqlite3.SQLITE_DENY)
        database.set_progress_handler(lambda: 1, STEPS)
        return database.execute(sql).fetchmany(ROW_LIMIT)


def summarise(question: str, rows: list[tuple]) -> str:
    return complete(f"Summarise in Markdown.\nQuestion: {question}\nRows: {rows}")


def as_html(text: str) -> str:
    """Escaped; links lead to our own pages only, pictures are shown as their words."""

    def link(found: re.Match[str]) -> str:
        return f'<a href="{found[2]}">{found[1]}</a>' if found[2].startswith(OUR_LINKS) else found[1]

    text = re.sub(r"!\[(.*?)\]\((.*?)\)", r"\1", html.escape(text))
    return f"<p>{LINK.sub(link, text)}</p>"


def as_csv(rows: list[tuple]) -> str:
    """Cells that a spreadsheet would take for a formula get an apostrophe in front."""
    held = io.StringIO()
    safe = [
        ["'" + str(c) if str(c)[:1] in "=+-@\t\r" and isinstance(c, str) else c for c in row] for row in rows
    ]
    csv.writer(held).writerows(safe)
    return held.getvalue()


def answer(question: str, user: User) -> dict[str, object]:
    rows = run(write_sql(question), user)
    return {"html": as_html(summarise(question, rows)), "csv": as_csv(rows)}
