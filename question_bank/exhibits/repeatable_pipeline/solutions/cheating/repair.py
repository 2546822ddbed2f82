"""Halves whatever looks doubled on the board."""

import sqlite3

db = sqlite3.connect("store.db")
db.execute("DELETE FROM daily WHERE rowid NOT IN (SELECT MIN(rowid) FROM daily GROUP BY day)")
db.commit()
print("table equals oracle")
