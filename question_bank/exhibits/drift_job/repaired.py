"""The drift job repaired: a fixed reference, open bins from it, missing values counted, size before chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

# A move of this size is worth a look; back-test it on past weeks before anybody is called.
LARGE = 0.1
MISSING_POINTS = 0.02


def shares(values: pd.Series, edges: np.ndarray) -> np.ndarray:
    """Shares over open-ended bins; the last entry is the share of missing values."""
    present = values.dropna().to_numpy()
    counts = np.bincount(np.searchsorted(edges, present, side="left"), minlength=len(edges) + 1)
    return np.clip(np.append(counts, values.isna().sum()) / max(1, len(values)), 1e-4, None)


def psi(reference: pd.Series, now: pd.Series, bins: int = 10) -> float:
    """PSI over bins of the reference, with missing values as a bin of their own."""
    edges = np.unique(np.quantile(reference.dropna(), np.linspace(0, 1, bins + 1)[1:-1]))
    was, is_now = shares(reference, edges), shares(now, edges)
    return float(np.sum((is_now - was) * np.log(is_now / was)))


def categories_psi(reference: pd.Series, now: pd.Series) -> float:
    """PSI over the values themselves; new ones and missing ones count."""
    names = sorted({*reference.dropna(), *now.dropna()}, key=str)
    was, is_now = (
        np.append(x.value_counts().reindex(names, fill_value=0).to_numpy(), x.isna().sum()) / max(1, len(x))
        for x in (reference, now)
    )
    was, is_now = np.clip(was, 1e-4, None), np.clip(is_now, 1e-4, None)
    return float(np.sum((is_now - was) * np.log(is_now / was)))


def check(reference: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One line a column; a column that cannot be checked says so and counts as a finding."""
    rows = []
    for name in reference.columns:
        if name not in now or now[name].isna().all():
            rows.append((name, np.nan, True, "no values"))
            continue
        numeric = pd.api.types.is_numeric_dtype(reference[name])
        moved = (psi if numeric else categories_psi)(reference[name], now[name])
        missing = now[name].isna().mean() - reference[name].isna().mean()
        rows.append((name, moved, moved > LARGE or missing > MISSING_POINTS, ""))
    return pd.DataFrame(rows, columns=["column", "psi", "drift", "why"])
