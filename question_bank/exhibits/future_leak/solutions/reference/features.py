"""Builds the training table: each row sees what was known at its own cut-off."""

import pandas as pd

FEATURES = ["tickets", "tenure", "plan", "city_rate"]
KNOWN_AFTER = pd.Timedelta(days=30)
NONE_KNOWN = 0.25


def tickets_known(tickets: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """How many tickets the row's customer had opened at or before the row's cut-off."""
    dated = rows[["row", "user", "cutoff"]].merge(tickets, on="user")
    seen = dated[dated["opened_at"] <= dated["cutoff"]].groupby("row").size()
    return rows["row"].map(seen).fillna(0).astype(int)


def rate_known(rows: pd.DataFrame) -> pd.Series:
    """Share of y in the row's city among outcomes known at the row's cut-off."""
    outcomes = rows[["city", "cutoff", "y"]].assign(known=rows["cutoff"] + KNOWN_AFTER)
    outcomes = outcomes.sort_values("known", kind="stable")
    by_city = outcomes.groupby("city")["y"]
    outcomes["rate"] = by_city.cumsum() / (by_city.cumcount() + 1)
    last = outcomes.drop_duplicates(["city", "known"], keep="last")[["city", "known", "rate"]]
    asked = rows.sort_values("cutoff", kind="stable")
    seen = pd.merge_asof(asked, last, left_on="cutoff", right_on="known", by="city")
    return rows["row"].map(seen.set_index("row")["rate"]).fillna(NONE_KNOWN)


def build_table(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    rows = labels.reset_index(drop=True).rename_axis("row").reset_index()
    table = rows.assign(tickets=tickets_known(tickets, rows), city_rate=rate_known(rows))
    return table[["user", "cutoff", "y", *FEATURES]]
