"""Somebody changes the distribution in front of a bucket, or the queue behind a quarantine."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any

from bucketwright.contract.access.quarantine import queue_name, rule_name
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import bucket_arn
from bucketwright.facets.scopes import DistributionScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.policies import Statement, adding, asks_for, dropping
from sandbox.drifts.settings import POLICY
from sandbox.drifts.subjects import PrefixScope, distributions, in_quarantine

_OPEN_PATH = "open/*"
_OLD_TLS = "TLSv1_2016"
_NOBODY = {"Enabled": False, "Quantity": 0}
_any_distribution = distributions("a distribution")
_under_own_certificate = distributions(
    "a distribution with a certificate of one's own",
    lambda at: at.cloudfront is not None and at.cloudfront.certificate is not None,
)


@drift(_any_distribution, "distribution.viewer_protocol")
def distribution_over_plain_http(live: Live, at: DistributionScope) -> Injected:
    """Somebody lets the distribution answer over plain HTTP, where others read signed links."""

    def plain(config: Any) -> None:
        config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] = "allow-all"

    return _configured(live, at, plain, "HTTPS only", "plain HTTP too")


@drift(_under_own_certificate, "distribution.minimum_tls")
def distribution_with_old_tls(live: Live, at: DistributionScope) -> Injected:
    """Somebody lets readers come with versions of TLS that are long broken."""

    def old(config: Any) -> None:
        config["ViewerCertificate"]["MinimumProtocolVersion"] = _OLD_TLS

    return _configured(live, at, old, f"TLS {at.environment.buckets[at.bucket_id].tls_minimum}", _OLD_TLS)


@drift(
    distributions(
        "a distribution with host names of one's own",
        lambda at: at.cloudfront is not None and bool(at.cloudfront.certificate and at.cloudfront.domains),
    ),
    "distribution.certificate",
    "distribution.domains",
    "distribution.minimum_tls",
)
def distribution_without_its_certificate(live: Live, at: DistributionScope) -> Injected:
    """Somebody takes certificate and host names off the distribution: links to them are dead."""

    def bare(config: Any) -> None:
        config["Aliases"] = {"Quantity": 0}
        config["ViewerCertificate"] = {"CloudFrontDefaultCertificate": True}

    return _configured(live, at, bare, "a certificate of one's own", "CloudFront's own")


@drift(
    distributions(
        "a distribution that does not answer from everywhere",
        lambda at: at.cloudfront is not None and at.cloudfront.edges != "all",
    ),
    "distribution.price_class",
)
def distribution_from_every_edge(live: Live, at: DistributionScope) -> Injected:
    """Somebody lets the distribution answer from every edge, the dearest too."""

    def everywhere(config: Any) -> None:
        config["PriceClass"] = "PriceClass_All"

    return _configured(live, at, everywhere, "some edges", "every edge")


@drift(_any_distribution, "distribution.signed", "distribution.trusted_keys")
def distribution_without_signatures(live: Live, at: DistributionScope) -> Injected:
    """Somebody lets the distribution hand out everything to whoever knows a key."""

    def unsigned(config: Any) -> None:
        config["DefaultCacheBehavior"]["TrustedKeyGroups"] = _NOBODY

    return _configured(live, at, unsigned, "signed links only", "any link")


@drift(_any_distribution, "distribution.signed", "distribution.viewer_protocol")
def distribution_with_an_open_path(live: Live, at: DistributionScope) -> Injected:
    """Somebody adds a path to the distribution that needs no signature."""

    def opened(config: Any) -> None:
        behavior = {**config["DefaultCacheBehavior"], "PathPattern": _OPEN_PATH, "TrustedKeyGroups": _NOBODY}
        config["CacheBehaviors"] = {"Quantity": 1, "Items": [behavior]}

    return _configured(live, at, opened, "signed links only", f"any link to {_OPEN_PATH}")


@drift(_any_distribution, "distribution.origins")
def distribution_without_origin_control(live: Live, at: DistributionScope) -> Injected:
    """Somebody takes the access control off the distribution's origin: it no longer shows who it is."""

    def uncontrolled(config: Any) -> None:
        for origin in config["Origins"]["Items"]:
            origin["OriginAccessControlId"] = ""

    return _configured(live, at, uncontrolled, "an origin access control", "none")


@drift(_any_distribution, "distribution.enabled")
def distribution_disabled(live: Live, at: DistributionScope) -> Injected:
    """Somebody disables the distribution: no link works."""

    def disabled(config: Any) -> None:
        config["Enabled"] = False

    return _configured(live, at, disabled, "enabled", "disabled")


@drift(in_quarantine(), "queue.policy")
def queue_opened(live: Live, at: PrefixScope) -> Injected:
    """Somebody lets everybody send to the scanner's queue, and take from it."""
    sqs = live.client("sqs", at.region)
    name = queue_name(at.environment, at.place)
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy", "QueueArn"])["Attributes"]
    if "Policy" not in held:
        raise NoRoomError(f"{name} has lost its policy already")
    statement = {
        "Sid": "Temporary",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
        "Resource": held["QueueArn"],
    }
    put = partial(sqs.set_queue_attributes, QueueUrl=url)
    put(Attributes={"Policy": adding(statement)(held["Policy"])})
    undo = partial(put, Attributes={"Policy": held["Policy"]})
    return Injected(f"queue:{at.place.address}", name, "one rule sends", "everybody sends and takes", undo)


@drift(in_quarantine(), "queue.rule")
def arrivals_not_told(live: Live, at: PrefixScope) -> Injected:
    """Somebody disables the rule that tells the scanner of arrivals: uploads wait for ever."""
    events, name = live.client("events", at.region), rule_name(at.environment, at.place)
    if events.describe_rule(Name=name)["State"] == "DISABLED":
        raise NoRoomError(f"{name} is disabled already")
    events.disable_rule(Name=name)
    undo = partial(events.enable_rule, Name=name)
    return Injected(f"queue:{at.place.address}", name, "arrivals are told", "they are not", undo)


@drift(in_quarantine(), "bucket.policy")
def quarantine_readable(live: Live, at: PrefixScope) -> Injected:
    """Somebody takes the statement out of the policy that lets nobody but the scanner read the quarantine."""
    keys = f"{bucket_arn(at.environment, at.bucket_id)}/{at.place.key_pattern}"
    undo = POLICY.change(live, at, dropping(partial(_keeps_out, keys)))
    return Injected(at.bucket.address, at.name, "the scanner alone reads", "others may", undo)


def _keeps_out(keys: str, statement: Statement) -> bool:
    about = statement["Resource"]
    named = keys == about if isinstance(about, str) else keys in about
    return statement["Effect"] == "Deny" and named and asks_for("aws:PrincipalArn")(statement)


def _configured(
    live: Live, at: DistributionScope, change: Callable[[Any], None], before: str, after: str
) -> Injected:
    """The distribution with its configuration changed in place."""
    cloudfront, id_ = live.client("cloudfront"), _found(live, at)

    def put(config: Any) -> object:
        tag = cloudfront.get_distribution_config(Id=id_)["ETag"]
        told = cloudfront.update_distribution(Id=id_, IfMatch=tag, DistributionConfig=config)
        return told["Distribution"]["DistributionConfig"]

    config = cloudfront.get_distribution_config(Id=id_)["DistributionConfig"]
    changed = deepcopy(config)
    change(changed)
    if put(changed) == config:
        raise NoRoomError(f"{id_} is so already")
    return Injected(at.address, id_, before, after, partial(put, config))


def _found(live: Live, at: DistributionScope) -> str:
    """The id of the distribution that fetches from the bucket."""
    host = f"{bucket_name(at.environment, at.bucket_id)}.s3."
    pages = live.client("cloudfront").get_paginator("list_distributions").paginate()
    for one in (one for page in pages for one in page["DistributionList"].get("Items", [])):
        if any(origin["DomainName"].startswith(host) for origin in one["Origins"]["Items"]):
            return str(one["Id"])
    raise NoRoomError(f"no distribution fetches from {host}* any more")
