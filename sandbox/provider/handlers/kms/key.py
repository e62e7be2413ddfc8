"""A KMS key. AWS keeps a deleted one for some days; from then on it counts as gone."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:kms/key:Key"
_WORDS: Final = Words(_TYPE, Spelling({"isEnabled": "Enabled"}))
_GONE: Final = ("NotFoundException",)
_PAIR: Final = ("TagKey", "TagValue")
_LONGEST_WAIT: Final = 30
_OWN: Final = ("bypassPolicyLockoutSafetyCheck", "deletionWindowInDays")
_DEFAULTS: Final = {
    "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
    "enableKeyRotation": False,
    "isEnabled": True,
    "keyUsage": "ENCRYPT_DECRYPT",
    "multiRegion": False,
    "policy": COMPUTED,
    "rotationPeriodInDays": COMPUTED,
}


class Key:
    """Known by its key id."""

    type = _TYPE
    names = None
    replaces = frozenset({"customerMasterKeySpec", "keyUsage", "multiRegion"})
    refuses = frozenset({"customKeyStoreId", "xksKeyId"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it, then set what has calls of its own."""
        kms = clients.client("kms")
        made = kms.create_key(**_WORDS.tell(kms, "create_key", inputs))
        id_ = made["KeyMetadata"]["KeyId"]
        _switch(kms, id_, inputs)
        return now_live(self, clients, id_, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The key, its policy, its rotation and its tags."""
        kms = clients.client("kms")
        key = (ask(kms.describe_key, _GONE, KeyId=id_) or {}).get("KeyMetadata")
        if key is None or key["KeyState"] == "PendingDeletion":
            return None
        rotation = kms.get_key_rotation_status(KeyId=id_)
        period = rotation.get("RotationPeriodInDays", said.get("rotationPeriodInDays"))
        live = {
            **_WORDS.hear(kms, "describe_key", key, "KeyMetadata"),
            "policy": kms.get_key_policy(KeyId=id_, PolicyName="default")["Policy"],
            "enableKeyRotation": rotation["KeyRotationEnabled"],
            **({"rotationPeriodInDays": period} if period else {}),
            **said_tags(unpaired(kms.list_resource_tags(KeyId=id_)["Tags"], *_PAIR)),
            **{name: said[name] for name in _OWN if name in said},
        }
        return Made(key["KeyId"], retold(live, said, _DEFAULTS), {"arn": key["Arn"], "keyId": key["KeyId"]})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set again all that may change."""
        kms = clients.client("kms")
        kms.update_key_description(KeyId=id_, Description=new.get("description", ""))
        if "policy" in new:
            told = _WORDS.tell(kms, "put_key_policy", new)
            kms.put_key_policy(KeyId=id_, PolicyName="default", **told)
        _switch(kms, id_, new)
        if removed(old, new):
            kms.untag_resource(KeyId=id_, TagKeys=removed(old, new))
        if tags_of(new):
            kms.tag_resource(KeyId=id_, Tags=pairs(tags_of(new), *_PAIR))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Schedule the deletion, after the days the program allows."""
        wait = said.get("deletionWindowInDays", _LONGEST_WAIT)
        absent = (*_GONE, "KMSInvalidStateException")
        ask(clients.client("kms").schedule_key_deletion, absent, KeyId=id_, PendingWindowInDays=wait)


def _switch(kms: Any, id_: str, inputs: Plain) -> None:
    """Turn the key, and its rotation, on or off. Only an enabled key takes a rotation."""
    kms.enable_key(KeyId=id_)
    if inputs.get("enableKeyRotation"):
        kms.enable_key_rotation(KeyId=id_, **_WORDS.tell(kms, "enable_key_rotation", inputs))
    else:
        kms.disable_key_rotation(KeyId=id_)
    if not inputs.get("isEnabled", True):
        kms.disable_key(KeyId=id_)


HANDLER: Final = Key()
