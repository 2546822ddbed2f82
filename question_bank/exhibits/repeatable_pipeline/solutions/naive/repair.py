"""Takes out rows that stand twice, and sums again."""

import sqlite3

db = sqlite3.connect("store.db")
db.executescript(
    """
    CREATE TABLE kept AS SELECT DISTINCT * FROM readings;
    DELETE FROM readings;
    INSERT INTO readings SELECT * FROM kept;
    DROP TABLE kept;
    DELETE FROM daily;
    INSERT INTO daily SELECT day, COUNT(*), SUM(litres) FROM readings GROUP BY day;
    """
)
db.close()
