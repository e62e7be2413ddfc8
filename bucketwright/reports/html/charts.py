"""How are the page's figures drawn? As specifications in Vega-Lite, for whoever can make pictures of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.reports.html.figures import MOST_DRAWN, Row, by_resource, by_run
from bucketwright.reports.html.found import resources
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit

Spec = Mapping[str, object]
_INK: Final = "var(--ink)"
_LINE: Final = "var(--line)"
_MARK: Final[Spec] = {
    "type": "bar",
    "stroke": "var(--paper)",
    "strokeWidth": 1,
    "height": {"band": 0.7},
    "width": {"band": 0.5},
}
_AMOUNT: Final[Spec] = {
    "field": "findings",
    "type": "quantitative",
    "stack": "zero",
    "axis": {"title": "findings", "tickMinStep": 1, "format": "d", "tickCount": 6},
}
_COLOR: Final[Spec] = {
    "field": "severity",
    "type": "nominal",
    "scale": {"domain": list(SEVERITIES), "range": [f"var(--{one})" for one in SEVERITIES]},
    "legend": {"title": None, "orient": "top"},
}
"""Properties of the page, which change with its colours."""
_CONFIG: Final[Spec] = {
    "view": {"stroke": None},
    "font": "sans-serif",
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "domainColor": _LINE,
        "tickColor": _LINE,
        "gridColor": _LINE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": _INK, "labelFontSize": 12, "symbolType": "square"},
}


@dataclass(frozen=True, slots=True)
class _Direction:
    """How bars stand, with room around for letters that are wider in a browser than where they were drawn."""

    along: str
    across: str
    width: object
    height: object
    axis: Spec
    left: int


_LYING: Final = _Direction("y", "x", 430, {"step": 24}, {"labelLimit": 150, "minExtent": 190}, 5)
_STANDING: Final = _Direction("x", "y", 430, 160, {"labelAngle": -40, "labelOverlap": "parity"}, 40)


@dataclass(frozen=True, slots=True)
class Specs:
    """What can be drawn of an audit; None where there is nothing to see."""

    severities: Spec | None
    trend: Spec | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """The same as SVG; None where it is not drawn, and bars in the table stand for it."""

    severities: str | None = None
    trend: str | None = None


def specs(audit: "Audit") -> Specs:
    """Bars for each resource, and for each run."""
    found, runs = by_resource(resources(audit)), by_run(audit)
    return Specs(
        _bars(found[:MOST_DRAWN], _LYING) if found else None,
        _bars(runs, _STANDING) if len(runs) > 1 else None,
    )


def _bars(rows: Sequence[Row], direction: _Direction) -> Spec:
    """Stacked by severity, the gravest at the beginning."""
    values = [
        {"what": row.label, "severity": severity, "findings": row.counts.get(severity, 0), "rank": rank}
        for row in rows
        for rank, severity in enumerate(SEVERITIES)
    ]
    axis = {"title": None, **direction.axis}
    return {
        "background": None,
        "padding": {"left": direction.left, "right": 5, "top": 5, "bottom": 20},
        "data": {"values": values},
        "mark": {
            "type": "bar",
            "stroke": "var(--paper)",
            "strokeWidth": 1,
            "height": {"band": 0.7},
            "width": {"band": 0.5},
        },
        "width": direction.width,
        "height": direction.height,
        "encoding": {
            direction.along: {"field": "what", "type": "nominal", "sort": None, "axis": axis},
            direction.across: _AMOUNT,
            "order": {"field": "rank", "type": "quantitative"},
            "color": _COLOR,
        },
        "config": _CONFIG,
    }
