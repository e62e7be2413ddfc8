"""A managed policy. Each change is a new version; IAM keeps five, so the oldest makes room."""

import json
from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:iam/policy:Policy"
_WORDS: Final = Words(_TYPE, Spelling({"name": "PolicyName", "policy": "PolicyDocument"}))
_GONE: Final = ("NoSuchEntity",)
_MOST_VERSIONS: Final = 5


class Policy:
    """Known by its ARN."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"description", "name", "path"})
    refuses = frozenset({"delayAfterPolicyCreationInMs", "namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        iam = clients.client("iam")
        made = iam.create_policy(**_WORDS.tell(iam, "create_policy", inputs))["Policy"]
        return now_live(self, clients, made["Arn"], inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The policy and the document of the version that counts."""
        iam = clients.client("iam")
        found = (ask(iam.get_policy, _GONE, PolicyArn=id_) or {}).get("Policy")
        if found is None:
            return None
        version = iam.get_policy_version(PolicyArn=id_, VersionId=found["DefaultVersionId"])
        live = {
            **_WORDS.hear(iam, "get_policy", {**found, "Tags": None}, "Policy"),
            "policy": json.dumps(version["PolicyVersion"]["Document"]),
            **said_tags(unpaired(found.get("Tags", ()))),
        }
        return Made(id_, retold(live, said, {"path": "/"}), {"arn": id_, "policyId": found["PolicyId"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """A new version if the document changed; and the tags."""
        iam = clients.client("iam")
        if old.get("policy") != new.get("policy"):
            _make_room(iam, id_)
            told = _WORDS.tell(iam, "create_policy_version", new)
            iam.create_policy_version(PolicyArn=id_, SetAsDefault=True, **told)
        if removed(old, new):
            iam.untag_policy(PolicyArn=id_, TagKeys=removed(old, new))
        if tags_of(new):
            iam.tag_policy(PolicyArn=id_, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away, its older versions first."""
        iam = clients.client("iam")
        for version in _older_versions(iam, id_):
            iam.delete_policy_version(PolicyArn=id_, VersionId=version)
        ask(iam.delete_policy, _GONE, PolicyArn=id_)


def _older_versions(iam: Any, arn: str) -> list[str]:
    """All versions that do not count, oldest first."""
    found = ask(iam.list_policy_versions, _GONE, PolicyArn=arn) or {"Versions": []}
    older = [version for version in found["Versions"] if not version["IsDefaultVersion"]]
    return [version["VersionId"] for version in sorted(older, key=lambda one: one["CreateDate"])]


def _make_room(iam: Any, arn: str) -> None:
    older = _older_versions(iam, arn)
    if len(older) + 1 >= _MOST_VERSIONS:
        iam.delete_policy_version(PolicyArn=arn, VersionId=older[0])


HANDLER: Final = Policy()
