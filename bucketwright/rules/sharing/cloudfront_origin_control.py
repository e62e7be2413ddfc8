from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.references import is_address
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.rules.s3_hosts import bucket_of_objects
from bucketwright.rules.through_cloudfront import loopholes
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_SERVICE = {"Service": "cloudfront.amazonaws.com"}
_ARN = "arn:aws:cloudfront::111122223333:distribution/"
_OURS = frozenset({Origin("bucket:files", "control")})
_OLDER = frozenset({Origin("bucket:files", "identity")})
_OTHER = DistributionPosture(
    "distribution:other", "E2OTHER", {"origins": frozenset({Origin("bucket:files")})}
)
_ELSEWHERE = DistributionPosture("distribution:third", "E3THIRD", {"origins": frozenset()})


def _files(*written: Mapping[str, object]) -> BucketPosture:
    return BucketPosture("bucket:files", "files", {"policy": policy(*written) if written else None})


def _for(*sources: str, operator: str = "StringEquals") -> BucketPosture:
    return _files(when(operator, "aws:SourceArn", *sources, Principal=_SERVICE))


@rule(
    "cloudfront-origin-control",
    severity=MEDIUM,
    tier=BASELINE,
    maps_to=["FSBP CloudFront.13"],
    reads=["origins", "bucket.policy", "distribution.origins"],
    examples=lambda: [
        good(
            origins=frozenset({Origin("api.example.com"), Origin("files.s3-website.eu-west-1.amazonaws.com")})
        ),
        good(_files(), origins=_OURS),
        good(_files(allow({"AWS": ROLE})), origins=_OURS),
        good(_for(f"{_ARN}{{example}}"), origins=_OURS),
        good(_for(f"{_ARN}{{example}}", operator="StringLike"), origins=_OURS),
        good(_for(f"{_ARN}{{example}}", operator="ArnEquals"), origins=_OURS),
        good(_files(deny(_SERVICE)), origins=_OURS),
        good(_for(f"{_ARN}E1EXAMPLE"), origins=_OURS, called="E1EXAMPLE"),
        good(_for(f"{_ARN}{{example}}", f"{_ARN}E2OTHER"), _OTHER, origins=_OURS),
        bad(_files(), origins=frozenset({Origin("bucket:files")})),
        bad(_files(), origins=_OLDER),
        bad(_files(), origins=_OURS | _OLDER),
        bad(origins=frozenset({Origin("files.s3.eu-west-1.amazonaws.com")})),
        bad(_files(allow(_SERVICE)), origins=_OURS),
        bad(
            _files(when("StringEquals", "aws:SourceAccount", "111122223333", Principal=_SERVICE)),
            origins=_OURS,
        ),
        bad(_for(f"{_ARN}{{example}}", operator="StringEqualsIfExists"), origins=_OURS),
        bad(_for(f"{_ARN}{{example}}", operator="ForAllValues:StringEquals"), origins=_OURS),
        bad(_for(f"{_ARN}{{example}}", operator="ArnNotEquals"), origins=_OURS),
        bad(_for(f"{_ARN}{{example}}", f"{_ARN}*", operator="ArnLike"), origins=_OURS),
        bad(_for(f"{_ARN}E3THIR?", operator="ArnLike"), _ELSEWHERE, origins=_OURS),
        bad(_for(f"{_ARN}E3THIRD"), _ELSEWHERE, origins=_OURS),
        bad(
            _files(allow({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"})),
            origins=_OURS,
        ),
        bad(_files(allow()), origins=_OURS),
    ],
)
def cloudfront_origin_control(distribution: DistributionPosture, estate: Estate) -> Verdict:
    """The distribution shows the bucket who it is, and nobody else comes in that way.

    **Why.** What CloudFront checks, such as signatures, is worth nothing to a bucket that answers everybody
    who asks it directly, or that any other distribution may be put in front of.

    **Fix.** A prefix with `delivery: cloudfront` gets an origin access control, and a bucket policy that lets
    in this one distribution by `aws:SourceArn`. Elsewhere do the same, and remove the older identity.

    **Exempt it when** two distributions are being swapped, until the old one is gone.
    """
    origins = sorted((one for one in distribution.origins if _is_bucket(one)), key=str)
    followed = (partial(_ways_past, one, estate) for one in origins)
    return fails_if(*faults_of(partial(_unsigned, origins), *followed), expected="an origin access control")


@cloudfront_origin_control.fix(is_safe=False)
def sign(distribution: DistributionPosture, _: Estate) -> Change:
    """Gives every bucket behind it an origin access control; it is refused until the bucket lets it in."""
    signed = (replace(one, access="control") if _is_bucket(one) else one for one in distribution.origins)
    return change(distribution, "origins", frozenset(signed))


def _is_bucket(origin: Origin) -> bool:
    return is_address(origin.target) or bucket_of_objects(origin.target) is not None


def _unsigned(origins: list[Origin]) -> Iterator[str]:
    how = {None: "without showing who asks", "identity": "by the older identity"}
    for one in origins:
        if one.access in how:
            yield f"{shown(one.target, 120)} is fetched {how[one.access]}"


def _ways_past(origin: Origin, estate: Estate) -> tuple[str, ...]:
    return loopholes(estate.follow(origin.target, BucketPosture), estate)
