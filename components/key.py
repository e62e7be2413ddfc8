"""The KMS key of one bucket, and the aliases by which policies mean it."""

from typing import cast

import pulumi
import pulumi_aws

from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Declared
from bucketwright.facets.key import FACETS
from bucketwright.facets.kinds import KEY
from components.args import KeyArgs
from components.making import Workshop, nothing_else, said


def make_key(parent: pulumi.ComponentResource, name: str, args: KeyArgs) -> "pulumi_aws.kms.Key":
    """A key of these settings.

    A protected key stays in AWS even where somebody takes it out of the stack: with it all objects would be
    lost.
    """
    region = {"region": args["region"]} if "region" in args else {}
    shop, protect = Workshop(parent, name, region), args.get("protect", False)
    about = {"description": f"Encrypts the bucket {name}", "tags": args.get("tags")}
    first, *aliases = merged((Declared(KEY, about), *said(FACETS, args, nothing_else)))
    key = cast("pulumi_aws.kms.Key", shop.make(first, protect=protect, retain=protect))
    for alias in aliases:
        shop.make(Declared(alias.kind, {**alias.args, "target_key_id": key.id}))
    return key
