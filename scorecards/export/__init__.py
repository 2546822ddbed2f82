"""Scorecards and rounds as files. Pure: a record that a viewer may read in, bytes out."""

from .bundle import BundleError, card_bundle, read_round_bundle, round_bundle
from .csv import ratings_csv, safe_cell
from .markdown import card_markdown, escaped, round_markdown
from .tables import candidate_scores, level_or_state, rating_rows, status_words
from .xlsx import round_xlsx

__all__ = [
    "BundleError",
    "candidate_scores",
    "card_bundle",
    "card_markdown",
    "escaped",
    "level_or_state",
    "rating_rows",
    "ratings_csv",
    "read_round_bundle",
    "round_bundle",
    "round_markdown",
    "round_xlsx",
    "safe_cell",
    "status_words",
]
