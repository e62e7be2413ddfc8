"""Does an ARN name the kind of thing that is wanted, in the right place?"""

from collections.abc import Collection, Iterator
from typing import NamedTuple


class ArnParts(NamedTuple):
    """The fields of an ARN."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def parts(arn: str) -> ArnParts:
    """Take an ARN apart."""
    return ArnParts(*arn.split(":", 5)[1:])


def iam_fault(arn: str, kinds: Collection[str]) -> str:
    """Why an ARN is not one of these kinds of IAM resource; empty where it is."""
    found = parts(arn)
    if found.service == "iam" and found.resource.split("/", 1)[0] in kinds:
        return ""
    return f"the ARN of an IAM {' or '.join(kinds)} is needed"


def key_faults(arn: str, partition: str, region: str | None) -> Iterator[str]:
    """Why an ARN is not that of a KMS key usable in a region; any region where none is given."""
    found = parts(arn)
    if found.service != "kms":
        yield "the ARN of a KMS key is needed"
    elif found.resource.startswith("alias/"):
        yield "an alias is looked up in the caller's account: give the ARN of the key itself"
    elif not found.resource.startswith("key/"):
        yield "the ARN of a KMS key is needed"
    elif found.partition != partition:
        yield f"the key is in the partition {found.partition}, the bucket in {partition}"
    elif region is not None and found.region != region:
        yield f"the key is in {found.region}, the bucket in {region}; S3 uses keys of its own region only"
