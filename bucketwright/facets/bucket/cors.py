"""CORS: pages of which other origins may ask for objects, and how?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bucketwright.contract.buckets import Cors
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import Args, BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset

_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CorsRule:
    """One rule, each list in the order of the alphabet. Of several rules S3 takes the first that fits."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...] = ()
    expose: tuple[str, ...] = ()
    max_age: int | None = None
    """Seconds."""


KIND: Final = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
FRESH: Final[tuple[CorsRule, ...]] = ()


def wanted(scope: BucketScope) -> tuple[CorsRule, ...]:
    return tuple(map(_declared, scope.bucket.cors))


def to_args(value: tuple[CorsRule, ...], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"cors_rules": [_args(rule) for rule in value]}),) if value else ()


def from_plan(planned: Planned) -> tuple[CorsRule, ...] | Unset:
    said = planned.one(KIND)
    separate = UNSET if said is None else _rules(said)
    return agreed("cors", separate, _rules(planned.said) or UNSET)


def _declared(rule: Cors) -> CorsRule:
    age = None if rule.max_age is None else rule.max_age // _SECOND
    return CorsRule(
        origins=_sorted(rule.origins),
        methods=_sorted(rule.methods),
        headers=_sorted(rule.headers),
        expose=_sorted(rule.expose),
        max_age=age,
    )


def _args(rule: CorsRule) -> Args:
    return given(
        allowed_origins=list(rule.origins),
        allowed_methods=list(rule.methods),
        allowed_headers=list(rule.headers) or None,
        expose_headers=list(rule.expose) or None,
        max_age_seconds=rule.max_age,
    )


def _rules(said: Said) -> tuple[CorsRule, ...]:
    return tuple(
        CorsRule(
            origins=_sorted(one.texts("allowedOrigins")),
            methods=_sorted(one.texts("allowedMethods")),
            headers=_sorted(one.texts("allowedHeaders")),
            expose=_sorted(one.texts("exposeHeaders")),
            max_age=one.number("maxAgeSeconds"),
        )
        for one in said.parts("corsRules")
    )


def _sorted(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))
