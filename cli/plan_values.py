"""What does a resource of each kind decide? One value or two of it, as a line of a tree shows them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from bucketwright.contract.own_tags import OWN_TAGS
from bucketwright.plain_text import counted
from bucketwright.plan import UNKNOWN_INPUT

Inputs = Mapping[str, object]
_SWITCHES: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_BUCKET_ARN: Final = ":::"


def decided(kind: str, inputs: Inputs) -> Iterator[str]:
    """What it decides, as far as that is known; nothing where its name says all."""
    if kind in _DECIDED:
        yield from filter(None, _DECIDED[kind](inputs))


def _at(value: object, *way: str | int) -> object:
    """What stands at the end of a way into it; None where nothing is, or nobody knows."""
    for step in way:
        match value, step:
            case Mapping(), str():
                value = value.get(step)
            case ((list() | tuple()), int()) if step < len(value):
                value = value[step]
            case _:
                return None
    return None if value == UNKNOWN_INPUT else value


def _word(value: object, *way: str | int) -> str:
    found = _at(value, *way)
    return found if isinstance(found, str) else ""


def _all(value: object, *way: str | int) -> Sequence[object]:
    found = _at(value, *way)
    return found if isinstance(found, list | tuple) else ()


def _listed(value: object, *way: str | int) -> Iterator[str]:
    """The entries of a list as words."""
    return ("unknown" if one == UNKNOWN_INPUT else str(one) for one in _all(value, *way))


def _words(*way: str | int) -> Callable[[Inputs], Iterator[str]]:
    """What decides is a word of its own."""

    def said(inputs: Inputs) -> Iterator[str]:
        yield _word(inputs, *way)

    return said


def _several(name: str, noun: str) -> Callable[[Inputs], Iterator[str]]:
    """What decides is how many there are."""

    def said(inputs: Inputs) -> Iterator[str]:
        yield counted(len(_all(inputs, name)), noun)

    return said


def _provider(inputs: Inputs) -> Iterator[str]:
    yield _word(inputs, "region")
    try:
        accounts = json.loads(_word(inputs, "allowedAccountIds") or "[]")
    except ValueError:
        return
    if isinstance(accounts, list) and accounts:
        yield f"account {' or '.join(map(str, accounts))} alone"


def _versioning(inputs: Inputs) -> Iterator[str]:
    yield _word(inputs, "versioningConfiguration", "status")
    if _word(inputs, "versioningConfiguration", "mfaDelete") == "Enabled":
        yield "MFA delete"


def _encryption(inputs: Inputs) -> Iterator[str]:
    by_default = _at(inputs, "rules", 0, "applyServerSideEncryptionByDefault")
    key = _word(by_default, "kmsMasterKeyId")
    yield f"{_word(by_default, 'sseAlgorithm')}{key and f' under {key}'}"
    blocked = [one for one in _listed(inputs, "rules", 0, "blockedEncryptionTypes") if one != "NONE"]
    if blocked:
        yield f"blocks {', '.join(blocked)}"


def _block(inputs: Inputs) -> Iterator[str]:
    unsure = [switch for switch in _SWITCHES if inputs.get(switch) == UNKNOWN_INPUT]
    is_open = [switch for switch in _SWITCHES if not inputs.get(switch)]
    if is_open:
        yield f"open: {', '.join(is_open)}"
    elif not unsure:
        yield "closed"


def _logging(inputs: Inputs) -> Iterator[str]:
    bucket = _word(inputs, "targetBucket")
    if bucket:
        yield f"to {bucket}/{_word(inputs, 'targetPrefix')}"


def _object_lock(inputs: Inputs) -> Iterator[str]:
    default = _at(inputs, "rule", "defaultRetention")
    if default is None:
        yield "no retention by default"
        return
    for unit in ("days", "years"):
        span = _at(default, unit)
        if isinstance(span, int | float):
            yield f"{_word(default, 'mode')} for {counted(int(span), unit.removesuffix('s'))}"


def _cors(inputs: Inputs) -> Iterator[str]:
    origins = (origin for rule in _all(inputs, "corsRules") for origin in _listed(rule, "allowedOrigins"))
    yield f"for {', '.join(dict.fromkeys(origins))}"


def _replication(inputs: Inputs) -> Iterator[str]:
    rules = _all(inputs, "rules")
    arns = dict.fromkeys(_word(rule, "destination", "bucket") for rule in rules)
    to = ", ".join(arn.rpartition(_BUCKET_ARN)[2] for arn in arns if arn)
    yield f"{counted(len(rules), 'rule')}{to and f' to {to}'}"


def _notification(inputs: Inputs) -> Iterator[str]:
    if inputs.get("eventbridge") is True:
        yield "EventBridge"
    for name, noun in (("queues", "queue"), ("topics", "topic"), ("lambdaFunctions", "function")):
        told = _all(inputs, name)
        if told:
            yield counted(len(told), noun)


def _tiering(inputs: Inputs) -> Iterator[str]:
    for one in _all(inputs, "tierings"):
        days = _at(one, "days")
        yield f"{_word(one, 'accessTier')} after {days:g} days" if isinstance(days, int | float) else ""


def _inventory(inputs: Inputs) -> Iterator[str]:
    to = _word(inputs, "destination", "bucket", "bucketArn").rpartition(_BUCKET_ARN)[2]
    yield f"{_word(inputs, 'schedule', 'frequency')}{to and f' to {to}'}"
    if inputs.get("enabled") is False:
        yield "disabled"


def _role(inputs: Inputs) -> Iterator[str]:
    boundary = _word(inputs, "permissionsBoundary")
    yield boundary and f"within {boundary}"


def _alias(inputs: Inputs) -> Iterator[str]:
    key = _word(inputs, "targetKeyId")
    yield key and f"of {key}"


def _key(inputs: Inputs) -> Iterator[str]:
    yield "rotates" if inputs.get("enableKeyRotation") else "does not rotate"


def _distribution(inputs: Inputs) -> Iterator[str]:
    yield ", ".join(_listed(inputs, "aliases"))
    if inputs.get("enabled") is False:
        yield "disabled"


def _tags(inputs: Inputs) -> Iterator[str]:
    """Tags of a bucket that are not bucketwright's own."""
    tags = _at(inputs, "tags")
    names = (name for name in tags if not name.startswith(OWN_TAGS)) if isinstance(tags, Mapping) else ()
    told = ", ".join(f"{name}={_word(tags, name) or 'unknown'}" for name in names)
    yield told and f"tagged {told}"


_DECIDED: Final[Mapping[str, Callable[[Inputs], Iterator[str]]]] = {
    "cloudfront.Distribution": _distribution,
    "cloudfront.KeyGroup": _several("items", "key"),
    "cloudwatch.EventTarget": _words("arn"),
    "iam.Role": _role,
    "iam.RolePolicyAttachment": _words("policyArn"),
    "kms.Alias": _alias,
    "kms.Key": _key,
    "provider aws": _provider,
    "s3.AccountPublicAccessBlock": _block,
    "s3.Bucket": _tags,
    "s3.BucketAbac": _words("abacStatus", "status"),
    "s3.BucketAccelerateConfiguration": _words("status"),
    "s3.BucketAcl": _words("acl"),
    "s3.BucketCorsConfiguration": _cors,
    "s3.BucketIntelligentTieringConfiguration": _tiering,
    "s3.BucketLifecycleConfiguration": _several("rules", "rule"),
    "s3.BucketLogging": _logging,
    "s3.BucketNotification": _notification,
    "s3.BucketObjectLockConfiguration": _object_lock,
    "s3.BucketOwnershipControls": _words("rule", "objectOwnership"),
    "s3.BucketPublicAccessBlock": _block,
    "s3.BucketReplicationConfig": _replication,
    "s3.BucketRequestPaymentConfiguration": _words("payer"),
    "s3.BucketServerSideEncryptionConfiguration": _encryption,
    "s3.BucketVersioning": _versioning,
    "s3.BucketWebsiteConfiguration": _words("indexDocument", "suffix"),
    "s3.Inventory": _inventory,
    "sqs.QueuePolicy": _words("queueUrl"),
}
"""By the short name of a type."""
