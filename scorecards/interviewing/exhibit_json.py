"""An exhibit as a browser draws it: its cells, code or text, and its chart as a picture."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Any

from question_bank import Exhibit
from question_bank.model import Chart

_COLOURS = ["#0f4c56", "#a0742c", "#c4572b", "#6b7370", "#3f8f84", "#7a5c99"]
# Shape tells series apart where colour does not.
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [10, 4], [4, 1]]


def exhibit_data(exhibit: Exhibit) -> dict[str, Any]:
    """What a browser needs to draw the exhibit; the chart is SVG in base64."""
    return {
        "id": exhibit.id,
        "title": exhibit.title,
        "columns": exhibit.columns,
        "rows": exhibit.rows,
        "code": exhibit.code or "",
        "text": exhibit.text or "",
        "alternative": exhibit.text_alternative,
        "chart": base64.b64encode(chart_svg(exhibit).encode()).decode() if exhibit.chart else "",
    }


def cell_number(cell: str) -> float | None:
    """The number in a cell such as '1,200', '4.5 %' or '−3'; None for a dash or words."""
    found = re.match(r"^[^\d\-−+.]{0,3}([-−+]?[\d,]*\.?\d+)", cell.strip())
    return float(found[1].replace(",", "").replace("−", "-")) if found else None


@lru_cache(maxsize=256)
def chart_svg(exhibit: Exhibit) -> str:
    """The exhibit's rows drawn as its chart says, as SVG on white."""
    # Imported here: only exhibits with a chart need it, and it takes a moment.
    import altair as alt
    import pandas as pd
    import vl_convert

    chart = exhibit.chart
    assert chart is not None
    bottom = {name: n for n, name in enumerate(exhibit.columns)}[chart.x]
    numeric = chart.mark != "bar" and all(cell_number(row[bottom]) is not None for row in exhibit.rows)
    base = alt.Chart(pd.DataFrame(_points(exhibit, chart, numeric=numeric)).dropna(subset=["y"]))
    mark = {
        "line": base.mark_line(point=True, strokeWidth=2.5),
        "bar": base.mark_bar(),
        "points": base.mark_point(size=70, filled=True),
    }[chart.mark]
    drawn = (
        mark.encode(**_axes(chart, numeric=numeric), **_series(chart))
        .properties(width=640, height=300, background="white")
        .configure_axis(labelFontSize=13, titleFontSize=13, labelAngle=0)
        .configure_legend(labelFontSize=13)
    )
    return str(vl_convert.vegalite_to_svg(drawn.to_dict()))


def _points(exhibit: Exhibit, chart: Chart, *, numeric: bool) -> list[dict[str, Any]]:
    """A point for each row and series; `numeric`: whether the axis along the bottom is one of numbers."""
    place = {name: n for n, name in enumerate(exhibit.columns)}
    return [
        {
            "x": cell_number(row[place[chart.x]]) if numeric else row[place[chart.x]],
            "y": cell_number(row[place[name]]),
            "series": name,
        }
        for row in exhibit.rows
        for name in chart.y
    ]


def _axes(chart: Chart, *, numeric: bool) -> dict[str, Any]:
    import altair as alt

    from_zero = alt.Scale(zero=chart.from_zero or chart.mark == "bar")
    return {
        "x": alt.X("x:Q" if numeric else "x:N", title=chart.x, sort=None),
        "y": alt.Y("y:Q", title=chart.y_title, scale=from_zero),
    }


def _series(chart: Chart) -> dict[str, Any]:
    """What tells the series apart: colour, and where there are several their shape, dashes or place too."""
    import altair as alt

    several, names = len(chart.y) > 1, list(chart.y)
    told: dict[str, Any] = {
        "color": alt.Color(
            "series:N",
            scale=alt.Scale(domain=names, range=_COLOURS[: len(names)]),
            legend=alt.Legend(title=None, orient="top") if several else None,
        )
    }
    if several and chart.mark == "line":
        dashes = alt.Scale(domain=names, range=_DASHES[: len(names)])
        told["strokeDash"] = alt.StrokeDash("series:N", scale=dashes, legend=None)
    if several and chart.mark == "points":
        told["shape"] = alt.Shape("series:N", legend=None)
    if several and chart.mark == "bar":
        told["xOffset"] = alt.XOffset("series:N", sort=names)
    return told
