"""CORS: pages of which other origins may ask for objects, and how?"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.facets.api_spelling import as_planned, as_sent
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Cors
    from bucketwright.facets.bucket_scope import BucketScope

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
    id: str | None = field(default=None, compare=False)


KIND: Final = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
FRESH: Final[tuple[CorsRule, ...]] = ()
_RULES: Final = Read(
    "s3", "GetBucketCors", "s3:GetBucketCORS", BUCKET, frozenset({"NoSuchCORSConfiguration"})
)
READS: Final = (_RULES,)
_SET: Final = "s3:PutBucketCORS"


def wanted(scope: "BucketScope") -> tuple[CorsRule, ...]:
    return tuple(map(_declared, scope.bucket.cors))


def to_args(value: tuple[CorsRule, ...], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"cors_rules": [_args(rule) for rule in value]}),) if value else ()


def from_plan(planned: Planned) -> tuple[CorsRule, ...] | Unset:
    said = planned.one(KIND)
    separate = UNSET if said is None else _rules(said)
    return agreed("cors", separate, _rules(planned.said) or UNSET)


def from_api(asked: Asked) -> tuple[CorsRule, ...]:
    said = asked.said(_RULES)
    if said is None:
        return FRESH
    said.needed("CORSRules", said.values.get("CORSRules"))
    return _rules(as_planned(said))


def keeping(before: tuple[CorsRule, ...], after: tuple[CorsRule, ...]) -> tuple[CorsRule, ...]:
    """Theirs come last, so that they decide nothing that ours decide."""
    ids = {rule.id for rule in after if rule.id}
    return (*after, *(rule for rule in before if rule not in after and rule.id not in ids))


def to_api(before: tuple[CorsRule, ...], after: tuple[CorsRule, ...], site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    if not after:
        return (site.write("DeleteBucketCors", _SET, {}),)
    rules = {"CORSRules": [as_sent(_args(rule)) for rule in after]}
    return (site.write("PutBucketCors", _SET, {"CORSConfiguration": rules}),)


def _declared(rule: "Cors") -> CorsRule:
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
        id=rule.id,
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
            id=one.text("id"),
        )
        for one in said.parts("corsRules")
    )


def _sorted(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))
