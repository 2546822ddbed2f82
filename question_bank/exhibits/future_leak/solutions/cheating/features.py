"""Features that nothing can move: constants."""

import pandas as pd

FEATURES = ["tickets", "tenure", "plan", "city_rate"]


def build_table(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    return labels.assign(tickets=1, city_rate=0.25)
