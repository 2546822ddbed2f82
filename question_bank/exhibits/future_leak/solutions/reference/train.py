"""Trains on earlier cut-offs, tests on later ones with thirty days between, and writes score.json."""

import json

import pandas as pd
from features import FEATURES, build_table
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

tickets = pd.read_csv("tickets.csv", parse_dates=["opened_at"])
labels = pd.read_csv("labels.csv", parse_dates=["cutoff"])
table = build_table(tickets, labels)
start = table["cutoff"].quantile(0.7)
earlier = table[table["cutoff"] + pd.Timedelta(days=30) <= start]
later = table[(table["cutoff"] > start) & ~table["user"].isin(earlier["user"])]
model = HistGradientBoostingClassifier(random_state=0).fit(earlier[FEATURES], earlier["y"])
auc = roc_auc_score(later["y"], model.predict_proba(later[FEATURES])[:, 1])
with open("score.json", "w", encoding="utf-8") as file:
    json.dump({"auc": round(float(auc), 3)}, file)
