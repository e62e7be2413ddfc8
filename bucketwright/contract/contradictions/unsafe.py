"""Does every unsafe setting have its reason, and every reason its unsafe setting?"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, get_args

from bucketwright.contract.buckets import Bucket, PublicAccessBlock
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.problems import Fault, Path
from bucketwright.contract.protecting import is_protected
from bucketwright.contract.words import Unsafe


def _acls(bucket: Bucket) -> Iterator[Path]:
    if bucket.ownership != "enforced":
        yield ("ownership",)


def _open_switches(bucket: Bucket) -> Iterator[Path]:
    for name in PublicAccessBlock.model_fields:
        if not getattr(bucket.public_access_block, name):
            yield ("public_access_block", name)


def _any_origins(bucket: Bucket) -> Iterator[Path]:
    for index, rule in enumerate(bucket.cors):
        for place, origin in enumerate(rule.origins):
            if "*" in origin:
                yield ("cors", index, "origins", place)


def _when(name: str, *, is_: bool) -> Callable[[Bucket], Iterator[Path]]:
    """Finds a switch that stands on its unsafe side."""

    def find(bucket: Bucket) -> Iterator[Path]:
        if getattr(bucket, name) is is_:
            yield (name,)

    return find


_SETTINGS: Final[Mapping[Unsafe, tuple[str, Callable[[Bucket], Iterator[Path]]]]] = MappingProxyType(
    {
        "acls": ("ACLs are on", _acls),
        "public-access": ("a switch against public access is off", _open_switches),
        "plain-http": ("plain HTTP is let in", _when("require_tls", is_=False)),
        "any-origin": ("pages of many origins are let in", _any_origins),
        "customer-keys": ("keys that only callers have are let in", _when("block_sse_c", is_=False)),
        "destroy-objects": ("objects die with the bucket", _when("destroy_objects", is_=True)),
        "requester-pays": ("callers pay", _when("requester_pays", is_=True)),
    }
)


def reasons(bucket: Bucket) -> Iterator[Fault]:
    """Unsafe settings without a reason, and reasons without their setting."""
    if bucket.acl is not None and bucket.ownership == "enforced":
        message = "an ACL is given, and enforced ownership turns ACLs off"
        yield Fault(("acl",), message, (), "remove acl, or say ownership: preferred with a reason")
    for name in get_args(Unsafe):
        what, find = _SETTINGS[name]
        found = tuple(find(bucket))
        if found and name not in bucket.unsafe:
            remedy = f"say why under unsafe, as `{name}: because …`, or choose the safe side"
            yield from (Fault(path, f"{what}, and no reason is given", (), remedy) for path in found)
        elif name in bucket.unsafe and not found:
            message = "a reason for what this bucket does not do"
            yield Fault(("unsafe", name), message, (), "remove it", "key")


def protected_destruction(scope: Scope) -> Iterator[Fault]:
    """Buckets that are protected and whose objects may be destroyed with them."""
    environment = scope.environment
    for bucket_id, bucket in environment.buckets.items():
        if bucket.destroy_objects and is_protected(environment, bucket_id):
            message = "the bucket is protected from deletion, and its objects may die with it"
            yield Fault(
                ("buckets", bucket_id, "destroy_objects"), message, (), "remove it, or protect: false"
            )
