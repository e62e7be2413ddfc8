"""Can a quarantine be left by the scanner's hand alone?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.problems import Fault
from bucketwright.contract.words import Verb

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Quarantine
    from bucketwright.contract.roles import Access

_NEEDS: Final[tuple[Verb, ...]] = ("read", "delete")


def quarantine(scope: Scope) -> Iterator[Fault]:
    """Quarantines whose scanner could not work, or that others could read or have copies of."""
    for bucket_id, bucket in scope.environment.buckets.items():
        for prefix_id, prefix in bucket.prefixes.items():
            if prefix.quarantine is None:
                continue
            address, above = f"{bucket_id}/{prefix_id}", ("buckets", bucket_id, "prefixes", prefix_id)
            if prefix.delivery.via != "none":
                message = "what waits for a scan is delivered to nobody"
                yield Fault((*above, "delivery", "via"), message, (), "remove delivery")
            for fault in (*_scanner(scope, address, prefix.quarantine), *_target(scope, prefix.quarantine)):
                yield fault.under(*above, "quarantine")
            yield from _other_readers(scope, address, prefix.quarantine.scanner)
        yield from (fault.under("buckets", bucket_id, "replication") for fault in _copies(bucket))


def _copies(bucket: "Bucket") -> Iterator[Fault]:
    """Rules that would copy what nobody has scanned to where others read it.

    A named prefix is told from a quarantine by its tag or its path, or is refused for that alone.
    """
    waiting = [one for one, prefix in bucket.prefixes.items() if prefix.quarantine is not None]
    for index, rule in enumerate(bucket.replication):
        if waiting and not rule.prefixes:
            message = f"what waits for a scan in {waiting[0]} would be copied, too"
            yield Fault((index,), message, (), "prefixes: those of clean objects", "key")
        for place, prefix_id in enumerate(rule.prefixes):
            if prefix_id in waiting:
                message = f"{prefix_id} is a quarantine: what waits for a scan is copied nowhere"
                yield Fault(
                    (index, "prefixes", place), message, (), "copy where clean objects are released to"
                )


def _scanner(scope: Scope, address: str, stated: "Quarantine") -> Iterator[Fault]:
    access = scope.environment.access.get(stated.scanner)
    if access is None:
        yield from scope.unknown_role(("scanner",), stated.scanner)
        return
    if not access.makes_role():
        yield Fault(("scanner",), f"access.{stated.scanner} makes no role that a scanner could have")
        return
    for verb, needed in (*((verb, address) for verb in _NEEDS), ("write", stated.release_to)):
        if not _holds(access, verb, needed):
            message = f"the scanner {stated.scanner} may not {verb} {needed}"
            yield Fault(("scanner",), message, (), f"access.{stated.scanner}.{verb}: [{needed}]")


def _target(scope: Scope, stated: "Quarantine") -> Iterator[Fault]:
    bucket_id, _, prefix_id = stated.release_to.partition("/")
    bucket = scope.environment.buckets.get(bucket_id)
    if bucket is None:
        yield from scope.unknown_bucket(("release_to",), bucket_id)
    elif prefix_id not in bucket.prefixes:
        yield from scope.unknown_prefix(("release_to",), bucket_id, prefix_id)
    elif bucket.prefixes[prefix_id].quarantine is not None:
        yield Fault(("release_to",), f"{stated.release_to} is a quarantine itself")


def _other_readers(scope: Scope, address: str, scanner: str) -> Iterator[Fault]:
    for access_id, access in scope.environment.access.items():
        if access_id != scanner and _holds(access, "read", address):
            message = f"{address} is a quarantine, and only {scanner} reads it"
            yield Fault(
                ("access", access_id, "read"), message, (), "read where clean objects are released to"
            )


def _holds(access: "Access", verb: Verb, address: str) -> bool:
    bucket_id = address.partition("/")[0]
    return bool({address, f"{bucket_id}/*"} & set(access.refs(verb)))
