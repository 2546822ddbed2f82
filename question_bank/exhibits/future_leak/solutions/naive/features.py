"""Counts tickets up to the cut-off; leaves the row's own answer out of the rate, and all later ones in."""

import pandas as pd

FEATURES = ["tickets", "tenure", "plan", "city_rate"]


def build_table(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    dated = labels[["user", "cutoff"]].merge(tickets, on="user")
    seen = dated[dated["opened_at"] <= dated["cutoff"]]
    counts = seen.groupby(["user", "cutoff"]).size().rename("tickets").reset_index()
    table = labels.merge(counts, how="left", on=["user", "cutoff"]).fillna(0)
    by_city = table.groupby("city")["y"]
    others = by_city.transform("size") - 1
    table["city_rate"] = (by_city.transform("sum") - table["y"]) / others
    return table.drop_duplicates("user", keep="last")
