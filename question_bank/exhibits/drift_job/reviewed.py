"""Nightly: which input columns have drifted? The pager reads the column "drift" of the report."""

import numpy as np
import pandas as pd
from scipy.stats import ks_2samp

ALPHA = 0.05


def shares(values: pd.Series, edges: np.ndarray) -> np.ndarray:
    counts = np.histogram(values, bins=edges)[0]
    return np.clip(counts / counts.sum(), 1e-4, None)


def psi(before: pd.Series, now: pd.Series, bins: int = 10) -> float:
    edges = np.unique(np.quantile(now, np.linspace(0, 1, bins + 1)))
    was, is_now = shares(before, edges), shares(now, edges)
    return float(np.sum((is_now - was) * np.log(is_now / was)))


def check(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name in before.columns:
        old, new = before[name].dropna(), now[name].dropna()
        try:
            p_value = ks_2samp(old, new).pvalue
            rows.append((name, psi(old, new), p_value, p_value < ALPHA))
        except (TypeError, ValueError):
            rows.append((name, 0.0, 1.0, False))
    return pd.DataFrame(rows, columns=["column", "psi", "p_value", "drift"])


if __name__ == "__main__":
    today = pd.Timestamp.today().normalize()
    history = pd.read_parquet("lake/scored.parquet")
    day = history["day"]
    last_week = history[(day >= today - pd.Timedelta(days=7)) & (day < today)]
    report = check(last_week.drop(columns="day"), history[day == today].drop(columns="day"))
    report.to_csv(f"reports/drift-{today:%Y-%m-%d}.csv", index=False)
