"""From ratings to a comparison that can be defended: values in, values out. Imported only by who compares."""

from .analysis import Analysis, CandidateResult, InterviewerResult, analyse
from .comparison import Checks, RoundComparison, Standing, compare_round, round_checks
from .ratings import Ratings, Row, ratings_of, table
from .reading import RatingsError, read_ratings, read_scale
from .refusal import Refusal
from .report import as_json, json_text
from .words import firmness_words, order_lines, report, round_sentences

__all__ = [
    "Analysis",
    "CandidateResult",
    "Checks",
    "InterviewerResult",
    "Ratings",
    "RatingsError",
    "Refusal",
    "RoundComparison",
    "Row",
    "Standing",
    "analyse",
    "as_json",
    "compare_round",
    "firmness_words",
    "json_text",
    "order_lines",
    "ratings_of",
    "read_ratings",
    "read_scale",
    "report",
    "round_checks",
    "round_sentences",
    "table",
]
