"""Answers a regional manager's question about orders; customers' comments are among the rows."""

import html
import re
import sqlite3
import urllib.request

from login import User  # name, region: what this manager may see
from model import complete  # text in, text out

DATABASE = "orders.db"
ROW_LIMIT = 200
TABLES = "orders(id, region, customer, amount, comment), staff(name, region, salary)"


def write_sql(question: str) -> str:
    return complete(f"Write one SELECT for SQLite. Tables: {TABLES}. Question: {question}")


def run(sql: str, user: User) -> list[tuple]:
    if not sql.lower().startswith("select") or "staff" in sql:
        raise ValueError("only SELECT, and not on staff")
    limited = f"SELECT * FROM ({sql}) WHERE region = '{user.region}' LIMIT {ROW_LIMIT}"
    with sqlite3.connect(DATABASE) as database:
        return database.execute(limited).fetchall()


def summarise(question: str, rows: list[tuple]) -> str:
    return complete(f"Summarise in Markdown, with links.\nQuestion: {question}\nRows: {rows}")


def as_html(text: str) -> str:
    text = html.escape(text)
    text = re.sub(r"!\[(.*?)\]\((.*?)\)", r'<img alt="\1" src="\2">', text)
    text = re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', text)
    return f"<p>{text}</p>"


def previews(text: str) -> dict[str, str]:
    found = {}
    for address in re.findall(r"https?://[^\s)]+", text):
        with urllib.request.urlopen(address, timeout=3) as page:
            found[address] = page.read(500).decode(errors="replace")
    return found


def as_csv(rows: list[tuple]) -> str:
    return "\n".join(",".join(str(cell) for cell in row) for row in rows)


def answer(question: str, user: User) -> dict[str, object]:
    rows = run(write_sql(question), user)
    text = summarise(question, rows)
    return {"html": as_html(text), "previews": previews(text), "csv": as_csv(rows)}
