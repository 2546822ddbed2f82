"""How we judge: the scale and the competencies."""

from .files import ContentError, Problem
from .load import LIBRARY, load_rubrics
from .model import LEVELS, Competency, Level, Rubrics, Scale, State, Subskill, digest_of

__all__ = [
    "LEVELS",
    "LIBRARY",
    "Competency",
    "ContentError",
    "Level",
    "Problem",
    "Rubrics",
    "Scale",
    "State",
    "Subskill",
    "digest_of",
    "load_rubrics",
]
