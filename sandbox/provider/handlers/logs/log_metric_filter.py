"""What is counted in a group of logs."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, RefusedError, ask, now_live
from sandbox.provider.retelling import retold

_GONE: Final = ("ResourceNotFoundException",)
_WORDS: Final[Mapping[str, str]] = {
    "dimensions": "dimensions",
    "name": "metricName",
    "namespace": "metricNamespace",
    "unit": "unit",
    "value": "metricValue",
}
_NO_UNIT: Final = {"metricTransformation": {"unit": "None"}}


class LogMetricFilter:
    """Known by group and name, `group:name`."""

    type = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
    names = "name"
    replaces = frozenset({"logGroupName", "name"})
    refuses = frozenset({"applyOnTransformedLogs"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        group, name = str(inputs["logGroupName"]), str(inputs["name"])
        clients.client("logs").put_metric_filter(
            logGroupName=group,
            filterName=name,
            filterPattern=inputs["pattern"],
            metricTransformations=[_told(inputs["metricTransformation"])],
        )
        return now_live(self, clients, f"{group}:{name}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The filter, if its group has it."""
        group, _, name = id_.rpartition(":")
        found = ask(
            clients.client("logs").describe_metric_filters,
            _GONE,
            logGroupName=group or "-",
            filterNamePrefix=name,
        )
        several = found["metricFilters"] if found else ()
        live = next((one for one in several if one["filterName"] == name), None)
        if live is None:
            return None
        [counted] = live["metricTransformations"]
        inputs = {
            "logGroupName": group,
            "name": name,
            "pattern": live["filterPattern"],
            "metricTransformation": {
                mine: counted[theirs] for mine, theirs in _WORDS.items() if counted.get(theirs)
            },
        }
        return Made(id_, retold(inputs, said, _NO_UNIT), {})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Put it anew; moto would keep the old one beside it."""
        self.delete(clients, id_, old)
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it off its group."""
        group, _, name = id_.rpartition(":")
        ask(clients.client("logs").delete_metric_filter, _GONE, logGroupName=group or "-", filterName=name)


def _told(transformation: object) -> dict[str, object]:
    said = transformation if isinstance(transformation, Mapping) else {}
    unknown = sorted(said.keys() - _WORDS.keys())
    if unknown:
        raise RefusedError(f"{', '.join(unknown)} of a metric filter is not carried by the double")
    return {_WORDS[name]: value for name, value in said.items()}


HANDLER: Final = LogMetricFilter()
