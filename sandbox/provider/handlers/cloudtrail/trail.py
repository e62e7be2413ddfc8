"""A trail: which calls are recorded, and in which bucket."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:cloudtrail/trail:Trail"
_GONE: Final = ("TrailNotFoundException", "TrailNotFound")
_WORDS: Final = Words(
    _TYPE,
    Spelling(
        {
            "tags": "TagsList",
            "enableLogFileValidation": "LogFileValidationEnabled",
            "cloudWatchLogsGroupArn": "CloudWatchLogsLogGroupArn",
            "startsWiths": "StartsWith",
            "endsWiths": "EndsWith",
            "notStartsWiths": "NotStartsWith",
            "notEndsWiths": "NotEndsWith",
        }
    ),
)
_MANAGEMENT: Final = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}
_DEFAULTS: Final = {
    "enableLogFileValidation": False,
    "enableLogging": True,
    "includeGlobalServiceEvents": True,
    "isMultiRegionTrail": False,
    "isOrganizationTrail": False,
    "eventSelectors": {"includeManagementEvents": True, "readWriteType": "All"},
}
_SELECTORS: Final = ("eventSelectors", "advancedEventSelectors")
_CLEARED_BY_NOTHING: Final = (
    "cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn", "kmsKeyId", "s3KeyPrefix", "snsTopicName",
)  # fmt: skip


class Trail:
    """Known by its ARN."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"name"})
    refuses = frozenset({"insightSelectors"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it, then set what has calls of its own."""
        trails = clients.client("cloudtrail")
        id_ = trails.create_trail(**_WORDS.tell(trails, "create_trail", inputs))["TrailARN"]
        _set(trails, id_, {}, inputs)
        return now_live(self, clients, id_, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The trail, whether it logs, what it selects, and its tags."""
        trails = clients.client("cloudtrail")
        found = ask(trails.get_trail, _GONE, Name=id_)
        if found is None:
            return None
        selectors = _counting(trails.get_event_selectors(TrailName=id_))
        tags = trails.list_tags(ResourceIdList=[id_])["ResourceTagList"][0].get("TagsList", ())
        live = {
            **_WORDS.hear(trails, "get_trail", found["Trail"], "Trail"),
            **_WORDS.hear(trails, "get_event_selectors", selectors),
            **said_tags(unpaired(tags)),
            "enableLogging": trails.get_trail_status(Name=id_)["IsLogging"],
        }
        computed = {"arn": id_, "homeRegion": found["Trail"].get("HomeRegion")}
        return Made(id_, retold(live, said, _DEFAULTS), computed)

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set again all that may change."""
        trails = clients.client("cloudtrail")
        cleared = dict.fromkeys((name for name in _CLEARED_BY_NOTHING if name in old), "")
        flags = {name: value for name, value in _DEFAULTS.items() if isinstance(value, bool)}
        told = _WORDS.tell(trails, "update_trail", {**flags, **cleared, **new, "name": id_})
        trails.update_trail(**told)
        _set(trails, id_, old, new)
        if removed(old, new):
            trails.remove_tags(ResourceId=id_, TagsList=[{"Key": key} for key in removed(old, new)])
        if tags_of(new):
            trails.add_tags(ResourceId=id_, TagsList=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away; what it recorded stays in the bucket."""
        ask(clients.client("cloudtrail").delete_trail, _GONE, Name=id_.rsplit("/", 1)[-1])


def _set(trails: Any, id_: str, old: Plain, new: Plain) -> None:
    """Start or stop it, and tell it what to select."""
    if new.get("enableLogging", True):
        trails.start_logging(Name=id_)
    else:
        trails.stop_logging(Name=id_)
    selectors = _WORDS.tell(trails, "put_event_selectors", new)
    if not selectors and any(name in old for name in _SELECTORS):
        selectors = {"EventSelectors": [_MANAGEMENT]}
    if selectors:
        trails.put_event_selectors(TrailName=id_, **selectors)


def _counting(answer: Plain) -> Plain:
    """The selectors that count: AWS drops advanced ones when it is told others. Its default goes unsaid."""
    selectors = answer.get("EventSelectors")
    if not selectors:
        return answer
    return {} if selectors == [_MANAGEMENT] else {"EventSelectors": selectors}


HANDLER: Final = Trail()
