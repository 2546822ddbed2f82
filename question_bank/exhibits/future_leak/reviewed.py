"""Which customers cancel within thirty days of the cut-off? Builds the table and the model."""

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

FEATURES = ["tickets", "tenure", "plan", "city_rate"]


def load() -> tuple[pd.DataFrame, pd.DataFrame]:
    # tickets: user, opened_at; one row a support ticket
    tickets = pd.read_parquet("lake/tickets/latest.parquet")
    # labels: user, cutoff, y, city, plan, tenure; y = 1 if cancelled within 30 days after cutoff
    labels = pd.read_parquet("lake/cancel_labels.parquet")
    return tickets, labels


def build_table(tickets: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    counts = tickets.groupby("user").size().rename("tickets")
    table = labels.join(counts, on="user").fillna(0)
    table["city_rate"] = table.groupby("city")["y"].transform("mean")
    return table.drop_duplicates("user", keep="last")


def train(table: pd.DataFrame) -> HistGradientBoostingClassifier:
    x = StandardScaler().fit_transform(table[FEATURES])
    x_fit, x_test, y_fit, y_test = train_test_split(x, table["y"], test_size=0.2, random_state=0)
    model = HistGradientBoostingClassifier(random_state=0).fit(x_fit, y_fit)
    auc = roc_auc_score(y_test, model.predict_proba(x_test)[:, 1])
    print(f"AUC {auc:.3f}")
    return model


if __name__ == "__main__":
    model = train(build_table(*load()))
    joblib.dump(model, "models/churn/latest.joblib")
