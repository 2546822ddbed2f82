"""A round, a candidate, a scorecard as files: what this viewer may see, made when the button is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from rubrics import Rubrics
from scorecards.export import ratings_csv, round_bundle, round_markdown, round_xlsx
from scorecards.model import RoundRecord

if TYPE_CHECKING:
    from scorecards.compare import RoundComparison

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def round_downloads(record: RoundRecord, competencies: Mapping[str, str], rubrics: Rubrics) -> None:
    """The round as files."""
    name = f"round-{record.round.id}"

    def compared() -> RoundComparison:
        from scorecards.compare import compare_round

        return compare_round(record, None, competencies)

    makers = (
        ("Workbook (XLSX)", lambda: round_xlsx(record, rubrics, compared()), "xlsx", XLSX),
        ("Ratings (CSV)", lambda: ratings_csv(record), "csv", "text/csv"),
        ("Everything (JSON)", lambda: round_bundle(record), "json", "application/json"),
        (
            "For reading (Markdown)",
            lambda: round_markdown(record, compared(), rubrics),
            "md",
            "text/markdown",
        ),
    )
    with st.popover("Export", icon=":material/download:"):
        for label, make, ending, mime in makers:
            st.download_button(
                label,
                make,
                f"{name}.{ending}",
                mime,
                on_click="ignore",
                width="stretch",
                key=f"export-{ending}",
            )
