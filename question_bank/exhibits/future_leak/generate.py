"""What the reviewed code reports, what it would score live, and what an honest version scores.

12,000 customers, one cut-off each. Before the cut-off, tickets hardly tell who will cancel; after it,
people who cancel write several while they cancel.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

CUSTOMERS = 12_000
SPLIT_DAY = pd.Timestamp("2025-06-15")


def make_data(seed: int = 7) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tickets (user, opened_at) and labels (user, cutoff, y, city, plan, tenure)."""
    rng = np.random.default_rng(seed)
    user = np.arange(CUSTOMERS)
    risk = rng.normal(size=CUSTOMERS)
    cutoff = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(60, 240, CUSTOMERS), unit="D")
    y = (rng.random(CUSTOMERS) < 1 / (1 + np.exp(1.4 - 0.7 * risk))).astype(int)
    before = np.repeat(user, rng.poisson(np.exp(0.2 + 0.25 * risk)))
    after = np.repeat(user, rng.poisson(np.where(y == 1, 3.0, 0.6)))
    days = np.concatenate([-rng.uniform(0.1, 59, len(before)), rng.uniform(0.1, 29, len(after))])
    who = np.concatenate([before, after])
    tickets = pd.DataFrame({"user": who, "opened_at": cutoff[who] + pd.to_timedelta(days, unit="D")})
    labels = pd.DataFrame(
        {
            "user": user,
            "cutoff": cutoff,
            "y": y,
            "city": rng.integers(0, 40, CUSTOMERS),
            "plan": rng.integers(0, 3, CUSTOMERS),
            "tenure": rng.gamma(2, 200, CUSTOMERS) - 40 * risk,
        }
    )
    return tickets, labels


def known_at_cutoff(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Only the tickets that had been opened when the prediction was due."""
    dated = tickets.merge(labels[["user", "cutoff"]], on="user")
    return dated.loc[dated["opened_at"] <= dated["cutoff"], ["user", "opened_at"]]


def scores(seed: int = 7) -> dict[str, float]:
    """AUC of the reviewed code offline and live, and of the version that counts up to the cut-off."""
    from sklearn.metrics import roc_auc_score

    return {name: float(roc_auc_score(y, score)) for name, (y, score) in scored(seed).items()}


def shares_at_the_top(seed: int = 7) -> dict[str, int]:
    """Percent that cancel among the tenth with the highest scores, for the same three."""
    found = {}
    for name, (y, score) in scored(seed).items():
        top = np.argsort(-score)[: len(y) // 10]
        found[name] = round(100 * float(y.to_numpy()[top].mean()))
    return found


def scored(seed: int = 7) -> dict[str, tuple[pd.Series, np.ndarray]]:
    """Outcomes and scores of the reviewed code offline and live, and of the version that counts up to the cut-off."""
    # Only here: data can be made where scikit-learn is not installed.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    from question_bank.exhibits.future_leak.reviewed import FEATURES, build_table

    tickets, labels = make_data(seed)
    table = build_table(tickets, labels)
    as_known = build_table(known_at_cutoff(tickets, labels), labels)
    y = table["y"]

    scaler = StandardScaler().fit(table[FEATURES])
    train, test = train_test_split(np.arange(len(table)), test_size=0.2, random_state=0)
    # Live, the customer's own outcome is unknown: it is in neither the tickets nor the rate of the city.
    rate = labels.iloc[train].groupby("city")["y"].mean()
    served = as_known.assign(city_rate=labels["city"].map(rate))
    x, x_served = scaler.transform(table[FEATURES]), scaler.transform(served[FEATURES])
    model = HistGradientBoostingClassifier(random_state=0).fit(x[train], y.iloc[train])
    offline, live = (model.predict_proba(each[test])[:, 1] for each in (x, x_served))

    earlier = (labels["cutoff"] < SPLIT_DAY).to_numpy()
    rate = labels[earlier].groupby("city")["y"].mean()
    honest_table = as_known.assign(city_rate=labels["city"].map(rate))[FEATURES]
    honest = HistGradientBoostingClassifier(random_state=0).fit(honest_table[earlier], y[earlier])
    later = honest.predict_proba(honest_table[~earlier])[:, 1]
    return {"offline": (y.iloc[test], offline), "live": (y.iloc[test], live), "honest": (y[~earlier], later)}


def main() -> None:
    for name, auc in scores().items():
        print(f"{name:8} AUC {auc:.3f}")


if __name__ == "__main__":
    main()
