"""Is what a policy refuses to everybody just what it refuses caller by caller and request by request?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.conditions import Known
from bucketwright.rules.example_access import policy
from bucketwright.rules.example_refusals import BUCKET, OBJECTS, refusal
from bucketwright.rules.refused_requests import let_in, lets_uploads_in

ROLE: Final = "arn:aws:iam::111122223333:role/reader"
CALLERS: Final = (ROLE, "arn:aws:iam::444455556666:user/guest", "anonymous")
INSIDE, OUTSIDE = "10.0.0.1", "192.0.2.1"
UPLOAD: Final = "s3:PutObject"
ON_BUCKET: Final = ("s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketPolicy", "s3:DeleteBucket")
ON_OBJECTS: Final = (
    "s3:GetObject",
    "s3:GetObjectAcl",
    UPLOAD,
    "s3:DeleteObject",
    "s3:ListMultipartUploadParts",
)
YET_UNKNOWN: Final = "s3:Frobnicate"
KEYS: Final = tuple(f"{BUCKET}/{key}" for key in ("a", "ab", "b", "a/b", "bb"))
PLAIN: Final[Known] = {"aws:securetransport": ("false",)}


@dataclass(frozen=True)
class Some:
    """Some names of an element, or all but them."""

    element: str
    patterns: tuple[str, ...]
    negated: bool

    def takes(self, text: str) -> bool:
        return any(fnmatchcase(text, one) for one in self.patterns) != self.negated

    def raw(self, *, inside: str = "") -> dict[str, object]:
        listed = list(self.patterns)
        value = {inside: listed} if inside else listed
        return {self.element: None, f"Not{self.element}": value} if self.negated else {self.element: value}


@dataclass(frozen=True)
class When:
    """A condition, and from which addresses it holds over plain HTTP."""

    condition: dict[str, dict[str, str]]
    holds: Callable[[str], bool]


@dataclass(frozen=True)
class Deny:
    who: Some
    actions: Some
    resources: Some
    when: When

    def raw(self) -> dict[str, object]:
        rest = {**self.actions.raw(), **self.resources.raw(), **self.who.raw(inside="AWS")}
        return dict(refusal(self.when.condition, **rest))

    def hits(self, caller: str, address: str, action: str, arn: str) -> bool:
        taken = self.actions.takes(action) and self.resources.takes(arn)
        return taken and self.who.takes(caller) and self.when.holds(address)


HTTP: Final = {"Bool": {"aws:SecureTransport": "false"}}
ALWAYS: Final = (
    When({}, lambda _: True),
    When(HTTP, lambda _: True),
    When({"BoolIfExists": {"aws:SecureTransport": "False"}}, lambda _: True),
    When({"Bool": {"aws:SecureTransport": "true"}}, lambda _: False),
)
SOMETIMES: Final = (
    When({**HTTP, "IpAddress": {"aws:SourceIp": INSIDE}}, lambda address: address == INSIDE),
    When({**HTTP, "NotIpAddress": {"aws:SourceIp": INSIDE}}, lambda address: address == OUTSIDE),
)
EVERYONE: Final = Some("Principal", ("*",), negated=False)
SOMEBODY: Final = (Some("Principal", (ROLE,), negated=False), Some("Principal", (ROLE,), negated=True))


def some(element: str, *patterns: str) -> st.SearchStrategy[Some]:
    several = st.lists(st.sampled_from(patterns), min_size=1, max_size=2).map(tuple)
    return st.builds(Some, st.just(element), several, st.sampled_from([False, False, True]))


def denies(who: Sequence[Some], when: Sequence[When]) -> st.SearchStrategy[list[Deny]]:
    one = st.builds(
        Deny,
        st.sampled_from(who),
        some("Action", "s3:*", "*", "s3:Get*", "s3:GetObject", UPLOAD, "s3:L*", "s3:ListBucket"),
        some(
            "Resource", "*", BUCKET, OBJECTS, f"{BUCKET}*", f"{BUCKET}/a*", f"{BUCKET}/?", "arn:aws:s3:::b/*"
        ),
        st.sampled_from(when),
    )
    return st.lists(one, max_size=3)


def written(several: list[Deny]) -> Policy:
    return policy(*(one.raw() for one in several))


def refused(several: list[Deny], action: str, arn: str) -> bool:
    """Whether each caller is refused from each address."""
    asked = product(CALLERS, (INSIDE, OUTSIDE))
    return all(any(one.hits(caller, address, action, arn) for one in several) for caller, address in asked)


def closed(several: list[Deny]) -> set[str]:
    """The places where everything is refused, asked one by one."""
    itself = all(refused(several, action, BUCKET) for action in (*ON_BUCKET, YET_UNKNOWN))
    objects = all(refused(several, one, key) for one in (*ON_OBJECTS, YET_UNKNOWN) for key in KEYS)
    return {place for place, is_closed in (("itself", itself), ("objects", objects)) if is_closed}


def found_closed(several: list[Deny]) -> set[str]:
    gaps = let_in(written(several), "example", PLAIN)
    return {place for place in ("itself", "objects") if not any(gap.endswith(place) for gap in gaps)}


@pytest.mark.requirement("FP-17")
@settings(max_examples=150, deadline=None)
@given(denies([EVERYONE], ALWAYS))
def test_what_is_refused_to_everybody_is_found(several: list[Deny]) -> None:
    """Whichever statements refuse it together, by whatever names and exceptions."""
    uploads = all(refused(several, UPLOAD, key) for key in KEYS)

    assert found_closed(several) == closed(several)
    assert lets_uploads_in(written(several), "example", PLAIN) != uploads


@settings(max_examples=100, deadline=None)
@given(denies([EVERYONE, *SOMEBODY], [*ALWAYS, *SOMETIMES]))
def test_nothing_is_taken_for_refused_that_somebody_may_do(several: list[Deny]) -> None:
    """Statements that spare somebody, or hold for some requests only, never count too much."""
    assert found_closed(several) <= closed(several)
