"""Whom a bucket tells of events. Deleting the resource puts an empty document."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.retelling import COMPUTED
from sandbox.provider.spelling import Codec, Spelling

_FILTERS: Final = {"filterPrefix": "prefix", "filterSuffix": "suffix"}


def _told(word: str, name: str) -> Codec:
    def tell(value: object) -> object:
        return [_configuration(item, word, name) for item in value] if isinstance(value, list | tuple) else []

    def read(value: object) -> object:
        return [_said(item, word, name) for item in value] if isinstance(value, list | tuple) else []

    return Codec(tell, read)


def _configuration(said: Mapping[str, object], word: str, name: str) -> Mapping[str, object]:
    rules = [{"Name": rule, "Value": said[key]} for key, rule in _FILTERS.items() if key in said]
    return {
        word: said[name],
        "Events": said["events"],
        **({"Id": said["id"]} if "id" in said else {}),
        **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {}),
    }


def _said(live: Mapping[str, object], word: str, name: str) -> Mapping[str, object]:
    chosen = live.get("Filter")
    key = chosen.get("Key", {}) if isinstance(chosen, Mapping) else {}
    rules = {rule["Name"].lower(): rule["Value"] for rule in key.get("FilterRules", ())}
    filters = {said: rules[rule] for said, rule in _FILTERS.items() if rule in rules}
    return {name: live[word], "events": live["Events"], "id": live.get("Id"), **filters}


_EVENTBRIDGE: Final = Codec(lambda value: {} if value else None, lambda _value: True)

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketNotification:BucketNotification",
    put="put_bucket_notification_configuration",
    get="get_bucket_notification_configuration",
    payload="NotificationConfiguration",
    spelling=Spelling(
        {
            "queues": "QueueConfigurations",
            "topics": "TopicConfigurations",
            "lambdaFunctions": "LambdaFunctionConfigurations",
            "eventbridge": "EventBridgeConfiguration",
        },
        {
            "queues": _told("QueueArn", "queueArn"),
            "topics": _told("TopicArn", "topicArn"),
            "lambdaFunctions": _told("LambdaFunctionArn", "lambdaFunctionArn"),
            "eventbridge": _EVENTBRIDGE,
        },
    ),
    defaults={
        "eventbridge": False,
        "queues": {"id": COMPUTED},
        "topics": {"id": COMPUTED},
        "lambdaFunctions": {"id": COMPUTED},
    },
)
