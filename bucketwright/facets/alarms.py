"""Does an alarm go off, and tell somebody, as soon as a metric filter has counted one event?"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import ALARM, METRIC_FILTER
from bucketwright.plan import UNKNOWN_INPUT, Resource, kind_in
from bucketwright.posture import Undetermined, Unknown

_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_RAISED: Final = frozenset({"Sum", "Maximum"})
"""Statistics that one event raises to what it counts for, whatever else there is."""
_RISING: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
}
_FALLING: Final = ("LessThanThreshold", "LessThanOrEqualToThreshold")
"""Of an alarm that goes off where less is counted."""


@dataclass(frozen=True, slots=True)
class _Count:
    """What a filter makes of one event."""

    urn: str
    region: str | None
    name: str
    namespace: str
    amount: float


def goes_off(planned: Planned, counting: Resource) -> bool:
    """Whether one does; Undetermined where none is known to, and one may."""
    alarms = tuple(part for part in planned.parts if part.kind == ALARM)
    if not alarms:
        return False
    count = _count(planned.says(counting), counting.urn)
    unsure: Undetermined | None = None
    for alarm in alarms:
        try:
            if _tells_of(count, planned.says(alarm), alarm):
                return True
        except Undetermined as undetermined:
            unsure = unsure or undetermined
    if unsure is not None:
        raise unsure
    return False


def _count(said: Said, urn: str) -> _Count:
    made = said.inside("metricTransformation")
    if made.map("dimensions"):
        raise Undetermined(f"{made.path}.dimensions", Unknown("split what is counted, and alarms see parts"))
    name, namespace, value = (made.needed(one, made.text(one)) for one in ("name", "namespace", "value"))
    if not _NUMBER.fullmatch(value):
        raise Undetermined(f"{made.path}.value", Unknown("is another one for each event"))
    return _Count(urn, said.text("region"), name, namespace, float(value))


def _tells_of(count: _Count, said: Said, alarm: Resource) -> bool:
    region = said.text("region")
    if None not in (region, count.region) and region != count.region:
        return False
    queries = said.parts("metricQueries")
    watched = tuple(one.inside("metric") for one in queries) or (said,)
    if not any(_is_of(count, one, alarm) for one in watched):
        return False
    if len(watched) > 1:
        raise Undetermined("metricQueries", Unknown("the alarm computes something of several"))
    statistic = watched[0].text("stat" if queries else "statistic")
    return _has_listener(said) and _is_reached(said, _amount(statistic, count.amount))


def _is_of(count: _Count, metric: Said, alarm: Resource) -> bool:
    """Whether it is this metric as a whole."""
    if metric.map("dimensions"):
        return False
    if metric.values.get("metricName") != UNKNOWN_INPUT:
        return (metric.text("metricName"), metric.text("namespace")) == (count.name, count.namespace)
    whole = "metricQueries" if metric.path else "metricName"
    feeding = {urn for urn in alarm.property_dependencies.get(whole, ()) if kind_in(urn) == METRIC_FILTER}
    if not feeding or (count.urn in feeding and len(feeding) > 1):
        raise Undetermined("metricName", Unknown("may be that of the filter, or another"))
    return count.urn in feeding


def _has_listener(said: Said) -> bool:
    return said.flag("actionsEnabled") is not False and bool(said.entries("alarmActions"))


def _amount(statistic: str | None, one: float) -> float:
    """What the statistic of a period comes to, at least, in which there is one event."""
    if statistic == "SampleCount":
        return 1
    if statistic in _RAISED:
        return one
    raise Undetermined("statistic", Unknown("depends on more than one event"))


def _is_reached(said: Said, amount: float) -> bool:
    """Whether one period with this amount is enough."""
    compared = said.needed("comparisonOperator", said.word("comparisonOperator", (*_RISING, *_FALLING)))
    periods = said.number("datapointsToAlarm") or said.number("evaluationPeriods")
    return periods == 1 and compared in _RISING and _RISING[compared](amount, _threshold(said))


def _threshold(said: Said) -> float:
    found = said.values.get("threshold")
    if isinstance(found, int | float) and not isinstance(found, bool):
        return float(found)
    raise Undetermined("threshold", Unknown("is no number that is known"))
