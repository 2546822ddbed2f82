"""Builds the training table: one row a customer and cut-off."""

import pandas as pd

FEATURES = ["tickets", "tenure", "plan", "city_rate"]


def build_table(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    counts = tickets.groupby("user").size().rename("tickets")
    table = labels.join(counts, on="user").fillna(0)
    table["city_rate"] = table.groupby("city")["y"].transform("mean")
    return table.drop_duplicates("user", keep="last")
