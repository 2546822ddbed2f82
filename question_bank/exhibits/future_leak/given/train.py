"""Trains on the table of features.py and prints the score: `python train.py`."""

import pandas as pd
from features import FEATURES, build_table
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

tickets = pd.read_csv("tickets.csv", parse_dates=["opened_at"])
labels = pd.read_csv("labels.csv", parse_dates=["cutoff"])
table = build_table(tickets, labels)
x_fit, x_test, y_fit, y_test = train_test_split(table[FEATURES], table["y"], test_size=0.2, random_state=0)
model = HistGradientBoostingClassifier(random_state=0).fit(x_fit, y_fit)
print(f"AUC {roc_auc_score(y_test, model.predict_proba(x_test)[:, 1]):.3f}")
