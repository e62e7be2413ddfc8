"""Which buckets do a role's documents name, and what may it do with their objects?"""

from collections.abc import Iterable, Iterator

from bucketwright.iam.documents import Names, Statement
from bucketwright.iam.homes import names_key
from bucketwright.iam.patterns import intersects, parse
from bucketwright.rules.role_statements import touches


def named_buckets(statements: Iterable[Statement], actions: frozenset[str]) -> frozenset[str]:
    """The names of the buckets of which an Allow names objects for any of these actions."""
    patterns = (one for names in _granted(statements, actions) if not names.negated for one in names.patterns)
    named = (one.partition(":::")[2].partition("/")[0] for one in patterns if names_key(one))
    return frozenset(name for name in named if name and "$" not in name)


def may_reach(statements: Iterable[Statement], bucket: str, actions: frozenset[str]) -> bool:
    """Whether an Allow may be about objects of the bucket with this ARN, named or not."""
    objects = parse(f"{bucket}/*")
    return any(
        names.negated or any(intersects(parse(one), objects) for one in names.patterns)
        for names in _granted(statements, actions)
    )


def _granted(statements: Iterable[Statement], actions: frozenset[str]) -> Iterator[Names]:
    """The resources of the Allows of any of these actions."""
    for one in statements:
        if one.allows and one.resources and touches(one.actions, actions):
            yield one.resources
