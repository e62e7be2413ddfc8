"""Would S3 and IAM take the names that templates make, and is each of them used once?"""

from collections.abc import Iterator, Mapping

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.form import Unsound
from bucketwright.contract.names import (
    LONGEST_ROLE_NAME,
    NAME_VARIABLES,
    bucket_name,
    name_refusal,
    role_name,
)
from bucketwright.contract.problems import Fault, Path
from bucketwright.plain_text import did_you_mean, shown

Owner = tuple[str, Path]


def names(scope: Scope) -> Iterator[Fault]:
    """Names in one environment that would be refused."""
    environment = scope.environment
    for bucket_id, bucket in environment.buckets.items():
        path = ("buckets", bucket_id, "name")
        try:
            name = bucket_name(environment, bucket_id)
        except ValueError as error:
            word = str(error).partition("{")[2].removesuffix("}")
            known = tuple(f"{{{variable}}}" for variable in NAME_VARIABLES) if word else ()
            yield Fault(path, str(error), known, did_you_mean(word, NAME_VARIABLES))
            continue
        refusal = name_refusal(name, regional=bucket.namespace == "account-regional")
        if refusal:
            yield Fault(path, f"S3 takes no bucket named {shown(name)}: {refusal}")
        elif bucket.acceleration and "." in name:
            message = f"acceleration does not work with a dot in the name {shown(name)}"
            yield Fault(("buckets", bucket_id, "acceleration"), message, (), "a name without dots")
    for access_id, grant in environment.access.items():
        role = role_name(environment, access_id)
        if grant.makes_role() and len(role) > LONGEST_ROLE_NAME:
            message = (
                f"the role would be {shown(role)} with {len(role)} characters; IAM allows {LONGEST_ROLE_NAME}"
            )
            yield Fault(("access", access_id), message, (), "a shorter id", "key")


def clashes(scopes: Mapping[str, Scope]) -> Iterator[tuple[str, Fault]]:
    """Names that two buckets or two roles would share, in one environment or in several."""
    yield from _shared("bucket", "put {env} and {bucket} into the name", _buckets(scopes))
    yield from _shared("role", "ids and environments that make different names", _roles(scopes))


def _shared(
    kind: str, remedy: str, named: Iterator[tuple[tuple[str, str], Owner]]
) -> Iterator[tuple[str, Fault]]:
    owners: dict[tuple[str, str], list[Owner]] = {}
    for name, owner in named:
        owners.setdefault(name, []).append(owner)
    told: set[Path] = set()
    for (_, shared), sharing in owners.items():
        environment, path = sharing[-1]
        if len(sharing) > 1 and path not in told:
            told.add(path)
            those = ", ".join(f"{path[1]} of {where}" for where, path in sharing[:4])
            more = ", …" if len(sharing) > 4 else ""
            message = f"one name, {shown(shared)}, for each {kind} of: {those}{more}"
            yield environment, Fault(path, message, (), remedy)


def _buckets(scopes: Mapping[str, Scope]) -> Iterator[tuple[tuple[str, str], Owner]]:
    for where, scope in scopes.items():
        for bucket_id in scope.environment.buckets:
            try:
                name = bucket_name(scope.environment, bucket_id)
            except (ValueError, Unsound):
                continue
            yield (scope.environment.partition, name), (where, ("buckets", bucket_id, "name"))


def _roles(scopes: Mapping[str, Scope]) -> Iterator[tuple[tuple[str, str], Owner]]:
    for where, scope in scopes.items():
        account = scope.environment.account or ""
        for access_id, grant in scope.environment.access.items():
            if grant.makes_role():
                yield (account, role_name(scope.environment, access_id)), (where, ("access", access_id))
