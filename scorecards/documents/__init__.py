"""Scorecards and rounds as files. Pure: a record that a viewer may read in, bytes out."""

from .access_pack import access_pack_json
from .answers import remarks
from .block_lines import escaped
from .bundle import BundleError, card_bundle, read_round_bundle, round_bundle
from .csv import ratings_csv, safe_cell
from .markdown import candidate_markdown, card_markdown, round_markdown
from .pdf import candidate_pdf, round_pdf, scorecard_pdf
from .tables import candidate_scores, level_or_state, rating_rows, status_words
from .xlsx import round_xlsx

__all__ = [
    "BundleError",
    "access_pack_json",
    "candidate_markdown",
    "candidate_pdf",
    "candidate_scores",
    "card_bundle",
    "card_markdown",
    "escaped",
    "level_or_state",
    "rating_rows",
    "ratings_csv",
    "read_round_bundle",
    "remarks",
    "round_bundle",
    "round_markdown",
    "round_pdf",
    "round_xlsx",
    "safe_cell",
    "scorecard_pdf",
    "status_words",
]
