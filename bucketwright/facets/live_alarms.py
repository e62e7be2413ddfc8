"""How do a live region's metric filters and alarms read, told as a plan would tell them?"""

from collections.abc import Iterator, Mapping
from typing import Final

from bucketwright.facets.api_spelling import as_planned
from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import ALARM, METRIC_FILTER
from bucketwright.plan import Resource

FILTERS: Final = Read("logs", "DescribeMetricFilters", "logs:DescribeMetricFilters")
ALARMS: Final = Read(
    "cloudwatch", "DescribeAlarms", "cloudwatch:DescribeAlarms", fixed={"AlarmTypes": ["MetricAlarm"]}
)
_FILTER: Final = {"filterPattern": "pattern", "logGroupName": "logGroupName"}
_COUNTED: Final = {
    "metricName": "name",
    "metricNamespace": "namespace",
    "metricValue": "value",
    "dimensions": "dimensions",
}
_DIMENSIONS: Final = "dimensions"


def watching(asked: Asked) -> Planned:
    """The filters and alarms of the region that was asked."""
    filters = (_filter(one) for one in asked.answered(FILTERS).parts("metricFilters"))
    alarms = (_alarm(as_planned(one)) for one in asked.answered(ALARMS).parts("MetricAlarms"))
    region = {"region": asked.target.region}
    account = Resource("", "", asked.target.name, {})
    parts = (
        *(_resource(METRIC_FILTER, number, {**one, **region}) for number, one in enumerate(filters)),
        *(_resource(ALARM, number, {**one, **region}) for number, one in enumerate(alarms)),
    )
    return Planned(account, parts, lambda _: asked.refer)


def _resource(kind: str, number: int, inputs: Mapping[str, object]) -> Resource:
    return Resource(f"urn:pulumi:live::live::{kind}::{number}", kind, str(number), inputs)


def _filter(said: Said) -> dict[str, object]:
    counted = [_named(one.values, _COUNTED) for one in said.parts("metricTransformations")]
    return {**_named(said.values, _FILTER), "metricTransformations": counted}


def _alarm(said: Said) -> dict[str, object]:
    """Of several metrics, each is told in a query of its own."""
    queries = [{"metric": _metric(one.inside("metricStat"))} for one in said.parts("metrics")]
    dimensions = {_DIMENSIONS: dict(_dimensions(said))}
    return {**said.values, **dimensions, **({"metricQueries": queries} if queries else {})}


def _metric(said: Said) -> dict[str, object]:
    metric = said.inside("metric")
    return {**metric.values, "stat": said.values.get("stat"), _DIMENSIONS: dict(_dimensions(metric))}


def _dimensions(said: Said) -> Iterator[tuple[str, str]]:
    for one in said.parts(_DIMENSIONS):
        yield one.needed("name", one.text("name")), one.text("value") or ""


def _named(values: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    return {new: values[old] for old, new in names.items() if old in values}
