"""A distribution in front of a bucket, for links that are signed."""

from collections.abc import Mapping
from typing import Final, cast

import pulumi
import pulumi_aws

from bucketwright.facets.behaviors import EVERYTHING, behavior_args
from bucketwright.facets.declaring import merged
from bucketwright.facets.distribution import FACETS
from bucketwright.facets.distribution.origins import CONTROL
from bucketwright.facets.distribution.trusted_keys import GROUP, PUBLIC_KEY, normal
from bucketwright.facets.facet import Declared, Form
from bucketwright.facets.tokens import DISTRIBUTION
from components.args import DeliveryArgs
from components.making import Workshop, declarations

CACHING_OPTIMIZED: Final = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""AWS's own policy: long in the cache, whatever the query string."""
SECURITY_HEADERS: Final = "67f7725c-6f97-4210-82d7-5512b31e9d03"
"""AWS's own policy: no sniffing of types, no framing, HTTPS from now on."""
_METHODS: Final = ["GET", "HEAD"]


class Delivery(pulumi.ComponentResource):
    """Origin access control, the keys that sign, and the distribution; it alone reads the bucket.

    A protected distribution keeps its domain name, which CloudFront gives nobody twice, and all it needs.
    """

    arn: pulumi.Output[str]
    domain_name: pulumi.Output[str]
    signing_key_ids: Mapping[str, pulumi.Output[str]]
    """What CloudFront calls each key of the contract; a signed link names it."""

    def __init__(self, name: str, args: DeliveryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:Delivery", name, {}, opts)
        shop, called = Workshop(self, name), {"name": args["name"]}

        def resolve(address: str, form: Form) -> pulumi.Input[str]:
            return args["domain"] if form == "domain" else address

        parts: dict[str, list[Declared]] = {}
        for one in merged(declarations(FACETS, args, resolve)):
            parts.setdefault(one.kind, []).append(one)
        keys = {str(one.args["encoded_key"]): shop.make(one).id for one in parts[PUBLIC_KEY]}
        group = shop.make(Declared(GROUP, {**called, "items": list(keys.values())}))
        [control] = [shop.make(Declared(CONTROL, {**called, **one.args})) for one in parts[CONTROL]]
        whole = merged([*parts[DISTRIBUTION], *_around(args, group.id, control.id)])[0]
        made = cast(
            "pulumi_aws.cloudfront.Distribution", shop.make(whole, protect=args.get("protect", False))
        )
        self.arn, self.domain_name = made.arn, made.domain_name
        self.signing_key_ids = {one: keys[normal(pem)] for one, pem in args["signing_keys"].items()}
        self.register_outputs({"domain_name": self.domain_name, "arn": self.arn})


def _around(args: DeliveryArgs, group: object, control: object) -> tuple[Declared, ...]:
    """What a distribution needs beside its settings, and what only this program can tell it."""
    behavior = {
        "target_origin_id": args["origin"],
        "allowed_methods": _METHODS,
        "cached_methods": _METHODS,
        "compress": True,
        "cache_policy_id": CACHING_OPTIMIZED,
        "response_headers_policy_id": SECURITY_HEADERS,
        "trusted_key_groups": [group],
    }
    rest = {
        "comment": f"Hands out what is in {args['name']}",
        "http_version": "http2and3",
        "is_ipv6_enabled": True,
        "restrictions": {"geo_restriction": {"restriction_type": "none"}},
        "origins": [{"origin_access_control_id": control}],
        "tags": args["tags"],
    }
    return (behavior_args({EVERYTHING: behavior}), Declared(DISTRIBUTION, rest))
