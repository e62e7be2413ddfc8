"""An alarm on one metric, or on an expression over several."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Codec, Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
_DEFAULTS: Final = {
    "actionsEnabled": True,
    "treatMissingData": "missing",
    "metricQueries": {"returnData": False},
}


def _query_told(said: object) -> object:
    """Pulumi keeps the figures of a metric beside its name, CloudWatch one level higher."""
    metric = said if isinstance(said, Mapping) else {}
    name = {"Namespace": metric.get("namespace"), "MetricName": metric["metricName"]}
    sides = {"Dimensions": pairs(metric.get("dimensions", {}), "Name"), **name}
    figures = {"Period": metric["period"], "Stat": metric["stat"], "Unit": metric.get("unit")}
    known = {word: value for word, value in figures.items() if value is not None}
    return {"Metric": {word: value for word, value in sides.items() if value}, **known}


def _query_read(live: object) -> object:
    figures = live if isinstance(live, Mapping) else {}
    metric = figures.get("Metric", {})
    said = {
        "namespace": metric.get("Namespace"),
        "metricName": metric.get("MetricName"),
        "dimensions": unpaired(metric.get("Dimensions", ()), "Name"),
        "period": figures.get("Period"),
        "stat": figures.get("Stat"),
        "unit": figures.get("Unit"),
    }
    return {name: value for name, value in said.items() if value}


_WORDS: Final = Words(
    _TYPE,
    Spelling(
        {"name": "AlarmName", "metricQueries": "Metrics", "metric": "MetricStat"},
        {"metric": Codec(_query_told, _query_read)},
    ),
)


class MetricAlarm:
    """Known by its name."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"name"})
    refuses = frozenset(
        {
            "evaluateLowSampleCountPercentiles", "evaluationCriteria", "evaluationInterval",
            "evaluationWindow", "thresholdMetricId", "warmUpConfiguration",
        }
    )  # fmt: skip

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        cloudwatch = clients.client("cloudwatch")
        cloudwatch.put_metric_alarm(**_WORDS.tell(cloudwatch, "put_metric_alarm", inputs))
        return now_live(self, clients, str(inputs["name"]), inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The alarm and its tags."""
        cloudwatch = clients.client("cloudwatch")
        found = cloudwatch.describe_alarms(AlarmNames=[id_], AlarmTypes=["MetricAlarm"])["MetricAlarms"]
        if not found:
            return None
        where = found[0]["AlarmArn"]
        live = {
            **_WORDS.hear(cloudwatch, "describe_alarms", found[0], "MetricAlarms"),
            **said_tags(unpaired(cloudwatch.list_tags_for_resource(ResourceARN=where)["Tags"])),
        }
        return Made(id_, retold(live, said, _DEFAULTS), {"arn": where})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Put it anew; tags have calls of their own."""
        cloudwatch = clients.client("cloudwatch")
        cloudwatch.put_metric_alarm(**_WORDS.tell(cloudwatch, "put_metric_alarm", {**new, "tags": {}}))
        where = arn(clients, "cloudwatch", f"alarm:{id_}")
        if removed(old, new):
            cloudwatch.untag_resource(ResourceARN=where, TagKeys=removed(old, new))
        if tags_of(new):
            cloudwatch.tag_resource(ResourceARN=where, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away; CloudWatch does not mind if it is gone."""
        clients.client("cloudwatch").delete_alarms(AlarmNames=[id_])


HANDLER: Final = MetricAlarm()
