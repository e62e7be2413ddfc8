"""The KMS key of one bucket, and the aliases by which policies mean it."""

from collections.abc import Sequence
from typing import cast

import pulumi
import pulumi_aws

from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Declared
from bucketwright.facets.key import FACETS
from bucketwright.facets.tokens import KEY
from components.args import KeyArgs
from components.making import Workshop, declarations, nothing_else


def make_key(
    parent: pulumi.ComponentResource, name: str, args: KeyArgs
) -> tuple["pulumi_aws.kms.Key", Sequence[pulumi.Resource]]:
    """A key of these settings, and its aliases.

    A protected key stays in AWS even where somebody takes it out of the stack: with it all objects would be
    lost.
    """
    region = {"region": args["region"]} if "region" in args else {}
    shop, protect = Workshop(parent, name, region), args.get("protect", False)
    about = {"description": f"Encrypts the bucket {name}", "tags": args.get("tags")}
    first, *aliases = merged((Declared(KEY, about), *declarations(FACETS, args, nothing_else)))
    key = cast("pulumi_aws.kms.Key", shop.make(first, protect=protect, retain=protect))
    return key, [shop.make(Declared(one.kind, {**one.args, "target_key_id": key.id})) for one in aliases]
