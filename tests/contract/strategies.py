"""Hypothesis strategies of valid contracts, as the plain data that a YAML file holds.

`contracts()` draws a whole one; the smaller strategies draw its parts, each valid by itself. Everything is
built to be valid, nothing is filtered by the code under test.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from tests.contract.prefix_strategies import Data, days, ids, prefix_sets, tags

Prefixes = Mapping[str, Data]

ENVIRONMENTS: Final = ("dev", "test", "staging", "prod")
ACCOUNTS: Final = ("111122223333", "444455556666", "123456789012", "210987654321")
REGIONS: Final = ("us-west-2", "us-east-1", "eu-central-1", "ap-southeast-2")
_RETENTION: Final = frozenset({"expire", "archive", "noncurrent"})
SERVICES: Final = ("lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "ec2.amazonaws.com")
PUBLIC_KEY: Final = """\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW3sa8FwfqhGQtRAsWlEFw4jF6egi
/pzBxqTuv6T1EVZKhmQqGvgTY0sB7uOrSXu5PgQLusXJ2qcxFgAeqP8EPA==
-----END PUBLIC KEY-----
"""
UNSAFE: Final[Mapping[str, Data]] = {
    "acls": {"ownership": "preferred"},
    "public-access": {"public_access_block": {"block_policy": False}},
    "plain-http": {"require_tls": False},
    "any-origin": {"cors": {"origins": ["*"], "methods": ["GET"]}},
    "customer-keys": {"block_sse_c": False},
    "requester-pays": {"requester_pays": True},
}


def as_yaml(data: Data) -> str:
    """The text of a contract, in JSON's spelling, which is YAML without a doubt about any word."""
    return json.dumps(data, indent=2, ensure_ascii=False)


@st.composite
def data_buckets(draw: st.DrawFn, beginning: str = "", log_bucket: str | None = None, least: int = 0) -> Data:
    """A bucket of so many kinds of files at the least, with whatever goes together."""
    versioning = draw(st.sampled_from(["enabled", "disabled"]))
    versioned = versioning == "enabled"
    bucket: Data = {
        "versioning": versioning,
        "encryption": draw(st.sampled_from(["s3", "kms", "dsse", {"type": "kms", "bucket_key": False}])),
        "prefixes": draw(prefix_sets(beginning, versioned=versioned, least=least)),
    }
    unsafe = draw(st.lists(st.sampled_from(sorted(UNSAFE)), unique=True, max_size=2))
    for name in unsafe:
        bucket |= UNSAFE[name]
    bucket["unsafe"] = {name: f"because of {name}, as agreed" for name in unsafe}
    if log_bucket is not None and draw(st.booleans()):
        bucket["access_logs"] = draw(st.sampled_from([log_bucket, {"to": log_bucket, "keys": "simple"}]))
    if versioned and draw(st.booleans()):
        bucket["object_lock"] = {"mode": "governance", "retain": draw(days(1, 3650))}
    optional = {
        "abort_uploads": days(1, 30),
        "tags": tags(),
        "acceleration": st.booleans(),
        "intelligent_tiering": st.just({"archive": "90 days", "deep_archive": "180 days"}),
        "notifications": notifications(),
    }
    if "any-origin" not in unsafe:
        optional["cors"] = st.just({"origins": ["https://app.example.com"], "methods": ["GET", "PUT"]})
    if log_bucket is not None:
        optional["inventory"] = st.sampled_from([{"to": log_bucket}, {"to": log_bucket, "format": "csv"}])
    if _through_cloudfront(bucket):
        bucket["cloudfront"] = {"signing_keys": {"first": PUBLIC_KEY}}
    if "plain-http" not in unsafe:
        newest = [] if _through_cloudfront(bucket) else ["1.3"]
        optional["tls_minimum"] = st.sampled_from(["1.2", 1.2, *newest])
    return bucket | draw(st.fixed_dictionaries({}, optional=optional))


def notifications() -> st.SearchStrategy[Data]:
    """Who is told of changes, by EventBridge alone: a target's region is the bucket's."""
    return st.fixed_dictionaries({"eventbridge": st.booleans()})


def _through_cloudfront(bucket: Data) -> bool:
    return "cloudfront" in json.dumps(bucket["prefixes"])


@st.composite
def session_buckets(draw: st.DrawFn, beginning: str = "") -> Data:
    """A bucket of upload sessions."""
    path = f"{beginning}sessions/{{session_id:uuid}}/"
    ttl = draw(st.sampled_from(["24 hours", "90 minutes", "7 days"]))
    return {"temp": {"session_ttl": ttl}, "prefixes": {"incoming": {"path": path}}}


def references(buckets: Mapping[str, Data]) -> list[str]:
    """Every way to point at a prefix of these buckets."""
    found: list[str] = []
    for name, bucket in buckets.items():
        inside = bucket.get("prefixes", {})
        found += [f"{name}/{prefix}" for prefix in inside] if isinstance(inside, dict) else []
        found.append(f"{name}/*")
    return found


def kept_forever(buckets: Mapping[str, Data]) -> list[str]:
    """Where a service may write, though it sets no tags: no retention looks for any there."""
    found: list[str] = []
    for name, bucket in buckets.items():
        inside = bucket.get("prefixes", {})
        prefixes: dict[str, Data] = inside if isinstance(inside, dict) else {}
        lasting = [f"{name}/{one}" for one, prefix in prefixes.items() if not prefix.keys() & _RETENTION]
        if "temp" not in bucket:
            found += lasting if len(lasting) < len(prefixes) else [*lasting, f"{name}/*"]
    return found


@st.composite
def grants(draw: st.DrawFn, targets: Sequence[str], kept: Sequence[str]) -> Data:
    """A grantee and what it may do with some of these prefixes; services write to some of the kept."""
    who: Data = draw(
        st.sampled_from(
            [
                {"trusts": SERVICES[0]},
                {"trusts": list(SERVICES), "max_session": "2 hours"},
                {"principals": "arn:aws:iam::444455556666:role/partner"},
                {"service": {"name": "cloudtrail.amazonaws.com"}},
                {
                    "federated": {
                        "provider": "arn:aws:iam::111122223333:oidc-provider/id.example.com",
                        "audience": "app",
                        "subject": "sync-agent",
                    }
                },
            ]
        )
    )
    where = {"read": targets, "write": targets, "delete": targets}
    if "service" in who:
        where = {"read": targets, "write": kept} if kept else {"read": targets}
    chosen = draw(st.lists(st.sampled_from(sorted(where)), unique=True, min_size=1))
    some = {
        verb: st.lists(st.sampled_from(where[verb]), unique=True, min_size=1, max_size=3) for verb in chosen
    }
    return {**who, **{verb: draw(refs) for verb, refs in some.items()}}


@st.composite
def exemption_lists(draw: st.DrawFn, bucket_ids: Sequence[str]) -> list[Data]:
    """Exemptions of different rules."""
    rules = draw(st.lists(st.from_regex(r"[a-z]{4,9}-[a-z]{4,9}", fullmatch=True), unique=True, max_size=3))
    return [
        {
            "rule": rule,
            "bucket": draw(st.sampled_from(bucket_ids)),
            "reason": "agreed with those who know",
            "owner": "platform",
            "expires": "2027-06-30",
        }
        for rule in rules
    ]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of one contract have to agree on."""

    beginning: str
    log_bucket: str | None


@st.composite
def bucket_sets(draw: st.DrawFn, frame: _Frame, most: int = 3) -> dict[str, Data]:
    """Buckets of a contract: files, sessions, and logs where there is a log bucket."""
    names = draw(st.lists(ids().filter(lambda name: name != frame.log_bucket), unique=True, max_size=most))
    kinds = st.one_of(data_buckets(frame.beginning, frame.log_bucket), session_buckets(frame.beginning))
    buckets = {name: draw(kinds) for name in names}
    return buckets | ({frame.log_bucket: {"purpose": "access-logs"}} if frame.log_bucket else {})


@st.composite
def deltas(draw: st.DrawFn) -> Data | None:
    """What an environment may say differently without contradicting any base drawn here."""
    return draw(
        st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {},
                optional={"account": st.sampled_from(ACCOUNTS), "protect": st.booleans(), "tags": tags()},
            ),
        )
    )


@st.composite
def contracts(draw: st.DrawFn, most_buckets: int = 3) -> Data:
    """A whole contract."""
    demanded = draw(st.booleans())
    frame = _Frame(
        "{env}/" if demanded else draw(st.sampled_from(["", "shared/"])),
        draw(st.sampled_from([None, "logs"])),
    )
    buckets = draw(bucket_sets(frame, most_buckets))
    targets = references(buckets)
    roles = draw(st.lists(ids(), unique=True, max_size=3)) if targets else []
    contract: Data = {
        "project": draw(st.from_regex(r"[a-z]{3,10}", fullmatch=True)),
        "region": draw(st.sampled_from(REGIONS)),
        "environments": {
            name: draw(deltas())
            for name in draw(st.lists(st.sampled_from(ENVIRONMENTS), unique=True, min_size=1))
        },
        "buckets": buckets,
        "access": {name: draw(grants(targets, kept_forever(buckets))) for name in roles},
        "exemptions": draw(exemption_lists(sorted(buckets))) if buckets else [],
    }
    if demanded:
        contract["key_prefix"] = "{env}/"
    if _lends_keys(contract):
        contract["account"] = draw(st.sampled_from(ACCOUNTS))
    return contract


def _lends_keys(contract: Data) -> bool:
    """Whether others than roles of the account may use a KMS key, whose policy names the account."""
    written = json.dumps(contract)
    return any(key in written for key in ("kms", "dsse")) and any(
        who in written for who in ("principals", "service", "cloudfront")
    )
