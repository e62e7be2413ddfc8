"""Does every exemption speak of something that exists, and only once?"""

from collections.abc import Iterator

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.problems import Fault


def exemptions(scope: Scope) -> Iterator[Fault]:
    """Exemptions for what is not there, and those given twice."""
    if any(path[0] == "exemptions" for path in scope.broken):
        return
    seen: dict[tuple[str | None, ...], int] = {}
    for place, exemption in enumerate(scope.environment.exemptions):
        path = ("exemptions", place)
        if exemption.bucket is not None:
            yield from scope.unknown_bucket((*path, "bucket"), exemption.bucket)
            if exemption.prefix is not None:
                yield from scope.unknown_prefix((*path, "prefix"), exemption.bucket, exemption.prefix)
        elif exemption.prefix is not None:
            yield Fault((*path, "prefix"), "a prefix of which bucket?", (), "say bucket, too")
        if exemption.role is not None:
            yield from scope.unknown_role((*path, "role"), exemption.role)
        about = (exemption.rule, exemption.bucket, exemption.prefix, exemption.role)
        if about in seen:
            yield Fault((*path, "rule"), f"the same is exempt in entry {seen[about] + 1}", (), "keep one")
        seen.setdefault(about, place)
