"""In which buckets may a role list every key though it reaches the objects of some prefixes alone?"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from bucketwright.iam.actions import LISTING
from bucketwright.iam.asking import WORK, Question, allowed_request
from bucketwright.iam.documents import Condition, Document, PolicyError, Statement
from bucketwright.iam.homes import Home, home_of, homes, names_key
from bucketwright.iam.languages import Undecided, Work, exactly
from bucketwright.iam.patterns import contains, parse
from bucketwright.iam.reach import Listings
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.role_statements import OBJECT_ACTIONS, touches

_VERSION: Final = "2012-10-17"
_LISTS: Final = frozenset(one for one in LISTING if one.startswith("s3:"))
_EQUALS: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike"})


def unscoped_lists(statements: Collection[Statement]) -> Iterator[str]:
    """The ARN of each such bucket."""
    allows = [one for one in statements if one.allows]
    untied = [one for one in allows if touches(one.actions, _LISTS) and not any(map(_ties, one.conditions))]
    if not untied:
        return
    patterns = tuple(_named(allows))
    listing = Document(_VERSION, (*untied, *(one for one in statements if not one.allows)))
    for home in homes(Document(_VERSION, tuple(statements))).values():
        if _reaches_prefixes_alone(patterns, home) and _lists_everything(listing, home):
            yield home.container


def _named(allows: Iterable[Statement]) -> Iterator[str]:
    """The resources of Allows of objects; all but some count as all."""
    for one in allows:
        if one.resources and touches(one.actions, OBJECT_ACTIONS):
            yield from ("*",) if one.resources.negated else one.resources.patterns


def _reaches_prefixes_alone(patterns: Collection[str], home: Home) -> bool:
    """Whether some name objects of the bucket, and none of them names all."""
    everything = parse(f"{home.container}/*")
    if any("${" not in pattern and contains(parse(pattern), everything) for pattern in patterns):
        return False
    return any(_is_in(pattern, home) for pattern in patterns)


def _is_in(pattern: str, home: Home) -> bool:
    found = home_of(pattern)
    return found is not None and found.arns == home.arns and names_key(pattern)


def _lists_everything(listing: Document, home: Home) -> bool:
    """Whether a list without a prefix is allowed, or one with the empty prefix, which is the same."""
    whole = Question(_LISTS, Listings(home.container, whole=True), ())
    empty = Question(_LISTS, Listings(home.container), (exactly(""),))
    try:
        return any(allowed_request(listing, one, Work(WORK)) for one in (whole, empty))
    except (Undecided, PolicyError) as error:
        raise Undetermined("policies", Unknown(f"not settled: {error}")) from None


def _ties(condition: Condition) -> bool:
    """Whether it lets through only lists below some prefix, or of one level of keys."""
    also_absent = condition.if_exists or condition.quantifier == "forallvalues"
    if condition.operator not in _EQUALS or also_absent or not condition.values:
        return False
    named = all(value.strip("*") for value in condition.values)
    return named and condition.key in {"s3:prefix", "s3:delimiter"}
