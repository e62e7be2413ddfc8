"""A distribution. It must be disabled before it can be deleted."""

from typing import Any, Final
from uuid import uuid4

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.handlers.cloudfront import behaviours
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:cloudfront/distribution:Distribution"
_CONFIG: Final = "DistributionConfig"
_GONE: Final = ("NoSuchDistribution",)
_ZONE: Final = "Z2FDTNDATAQYW2"
_OWN: Final = ("retainOnDelete", "waitForDeployment")
_WORDS: Final = Words(
    _TYPE,
    Spelling(
        {
            "loggingConfig": "Logging",
            "orderedCacheBehaviors": "CacheBehaviors",
            "originId": "Id",
            "name": "HeaderName",
            "value": "HeaderValue",
            "locations": "Items",
            "lambdaArn": "LambdaFunctionARN",
        }
    ),
)
_TOLD: Final = {
    "comment": "",
    "httpVersion": "http2",
    "isIpv6Enabled": False,
    "priceClass": "PriceClass_All",
    "staging": False,
}
_BEHAVIOUR: Final = {
    **behaviours.TOLD,
    "defaultTtl": 0,
    "forwardedValues": {"cookies": {"forward": "none"}, "queryString": False},
    "maxTtl": 0,
    "minTtl": 0,
}
_DEFAULTS: Final = {
    **_TOLD,
    "defaultCacheBehavior": _BEHAVIOUR,
    "loggingConfig": {"includeCookies": False},
    "orderedCacheBehaviors": _BEHAVIOUR,
    "origins": {"connectionAttempts": 3, "connectionTimeout": 10, "originShield": {"enabled": False}},
    "viewerCertificate": {
        "cloudfrontDefaultCertificate": COMPUTED,
        "minimumProtocolVersion": COMPUTED,
        "sslSupportMethod": COMPUTED,
    },
}
_KINDS_OF_ORIGIN: Final = frozenset({"S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"})


class Distribution:
    """Known by its id."""

    type = _TYPE
    names = None
    replaces = frozenset({"continuousDeploymentPolicyId", "staging"})
    refuses = frozenset({"cacheTagConfig", "connectionFunctionAssociation", "viewerMtlsConfig"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it, with its tags."""
        cloudfront = clients.client("cloudfront")
        told = {_CONFIG: _told(cloudfront, inputs, str(uuid4())), "Tags": {"Items": pairs(tags_of(inputs))}}
        made = cloudfront.create_distribution_with_tags(DistributionConfigWithTags=told)
        return now_live(self, clients, made["Distribution"]["Id"], inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """How it is configured, and its tags."""
        cloudfront = clients.client("cloudfront")
        answer = ask(cloudfront.get_distribution, _GONE, Id=id_)
        if answer is None:
            return None
        made = answer["Distribution"]
        heard = _WORDS.hear(cloudfront, "get_distribution", made[_CONFIG], "Distribution", _CONFIG)
        tags = cloudfront.list_tags_for_resource(Resource=made["ARN"])["Tags"].get("Items", ())
        live = {
            **behaviours.with_cached_methods(heard, made[_CONFIG]),
            **said_tags(unpaired(tags)),
            **{name: said[name] for name in _OWN if name in said},
        }
        computed = {
            "arn": made["ARN"],
            "callerReference": made[_CONFIG]["CallerReference"],
            "domainName": made["DomainName"],
            "etag": answer["ETag"],
            "hostedZoneId": _ZONE,
            "status": "Deployed",
        }
        return Made(id_, retold(live, said, _DEFAULTS), computed)

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Configure it anew; tags have calls of their own."""
        cloudfront = clients.client("cloudfront")
        answer = cloudfront.get_distribution(Id=id_)
        config = _told(cloudfront, new, answer["Distribution"][_CONFIG]["CallerReference"])
        cloudfront.update_distribution(Id=id_, IfMatch=answer["ETag"], DistributionConfig=config)
        where = answer["Distribution"]["ARN"]
        if removed(old, new):
            cloudfront.untag_resource(Resource=where, TagKeys={"Items": removed(old, new)})
        if tags_of(new):
            cloudfront.tag_resource(Resource=where, Tags={"Items": pairs(tags_of(new))})
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Disable it, then delete it unless it is to be retained."""
        cloudfront = clients.client("cloudfront")
        answer = ask(cloudfront.get_distribution_config, _GONE, Id=id_)
        if answer is None:
            return
        config = {**answer[_CONFIG], "Enabled": False}
        state = cloudfront.update_distribution(Id=id_, IfMatch=answer["ETag"], DistributionConfig=config)
        if not said.get("retainOnDelete"):
            ask(cloudfront.delete_distribution, _GONE, Id=id_, IfMatch=state["ETag"])


def _told(cloudfront: Any, inputs: Plain, reference: str) -> dict[str, Any]:
    """The configuration, with what CloudFront insists on, and what would otherwise be its choice."""
    said = behaviours.told({**_TOLD, **inputs})
    told = _WORDS.tell(cloudfront, "create_distribution", said, _CONFIG)
    config = behaviours.nest_cached_methods({**told, "CallerReference": reference}, inputs)
    if "Logging" in config:
        config["Logging"] = {"Enabled": True, "IncludeCookies": False, "Prefix": "", **config["Logging"]}
    for origin in config["Origins"]["Items"]:
        if not _KINDS_OF_ORIGIN & set(origin):
            origin["S3OriginConfig"] = {"OriginAccessIdentity": ""}
    return config


HANDLER: Final = Distribution()
