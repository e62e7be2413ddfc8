"""What is asked of a live account, and what answers, refusals and silence mean."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

import pytest

from bucketwright.calls import Answer, Call, Failure, FailureKind, Outcome
from bucketwright.facets.reading import Asked, Each, LiveFacet, Read, Target, reason_of
from bucketwright.facets.writing import SettableFacet, SharedFacet, Site
from bucketwright.iam.actions import unknown_actions
from bucketwright.iam.documents import Names
from bucketwright.posture import Undetermined
from tests.facets.plans import address_of, resolve

POLICY: Final = Read(
    "s3", "GetBucketPolicy", "s3:GetBucketPolicy", ("Bucket",), frozenset({"NoSuchBucketPolicy"})
)
NAMES: Final = Read("iam", "ListRolePolicies", "iam:ListRolePolicies", ("RoleName",))
INLINE: Final = Read(
    "iam", "GetRolePolicy", "iam:GetRolePolicy", ("RoleName",), each=Each(NAMES, "PolicyNames", "PolicyName")
)
ATTACHED: Final = Read("iam", "ListAttachedRolePolicies", "iam:ListAttachedRolePolicies", ("RoleName",))
MANAGED: Final = Read(
    "iam",
    "GetPolicy",
    "iam:GetPolicy",
    absent=frozenset({"NoSuchEntity"}),
    each=Each(ATTACHED, "AttachedPolicies", "PolicyArn", "PolicyArn"),
)
BUCKET: Final = Target("bucket", "files", {"Bucket": "files"}, "eu-west-1", "111122223333", "444455556666")
ROLE: Final = Target("role", "loader", {"RoleName": "loader"})


def asked(target: Target, *told: tuple[Call, Outcome]) -> Asked:
    return Asked(target, {call.identity: outcome for call, outcome in told}, address_of)


def of_role(operation: str, **params: object) -> Call:
    return Call("iam", operation, params)


def reason(tell: Callable[[], object]) -> str:
    with pytest.raises(Undetermined) as refused:
        tell()
    return str(refused.value)


def test_a_read_is_one_call_about_the_thing() -> None:
    """The thing's own parameters, then what is asked for besides, sent where it is and signed as it says."""
    read = Read("s3", "ListBuckets", "s3:ListAllMyBuckets", ("Bucket",), fixed={"MaxBuckets": 100})

    assert Asked(BUCKET, {}, address_of).calls(read) == (
        Call("s3", "ListBuckets", {"Bucket": "files", "MaxBuckets": 100}, "eu-west-1", "444455556666"),
    )


def test_a_call_is_made_of_a_thing_once() -> None:
    """The same thing gives the same call, and the same thing as another region tells of it another."""
    abroad = replace(BUCKET, region="us-east-1")

    (first,), (again,), (other,) = (
        Asked(one, {}, address_of).calls(POLICY) for one in (BUCKET, BUCKET, abroad)
    )

    assert first is again
    assert (first.region, other.region) == ("eu-west-1", "us-east-1")


def test_an_answer_is_read_with_its_place_and_its_references() -> None:
    """What is odd is told with the operation that said it; what names a thing of ours is its address."""
    (call,) = Asked(BUCKET, {}, address_of).calls(POLICY)
    said = asked(BUCKET, (call, Answer({"Policy": 3, "To": "name-of-bucket-logs"}))).said(POLICY)

    assert said is not None
    assert reason(lambda: said.text("Policy")) == "GetBucketPolicy.Policy: is not text"
    assert said.reference("bucket", "To") == "bucket:logs"


def test_only_the_named_code_means_that_nothing_is_configured() -> None:
    """Any other refusal, though it sounds like it, is not known, and neither is silence."""
    (call,) = Asked(BUCKET, {}, address_of).calls(POLICY)

    def told(*outcomes: Outcome) -> Asked:
        return asked(BUCKET, *((call, one) for one in outcomes))

    assert told(Failure("refused", "NoSuchBucketPolicy")).said(POLICY) is None
    assert "says that nothing is configured" in reason(
        lambda: told(Failure("refused", "NoSuchBucketPolicy")).answered(POLICY)
    )
    assert "NoSuchTagSet was answered: no" in reason(
        lambda: told(Failure("refused", "NoSuchTagSet", "no")).said(POLICY)
    )
    assert reason(lambda: told().said(POLICY)) == "GetBucketPolicy: was not asked for"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("refused", "Odd was answered: why"),
        ("denied", "s3:GetBucketPolicy is denied"),
        ("throttled", "the service asked for fewer requests until time was up"),
        ("unsupported", "this server cannot answer GetBucketPolicy"),
        ("gone", "it was there, and was gone when it was asked"),
        ("bad answer", "the answer makes no sense: why"),
        ("unreachable", "the server cannot be reached: why"),
        ("credentials", "the credentials do not hold: why"),
        ("late", "time was up before it was answered"),
    ],
)
def test_every_failure_has_its_sentence(kind: FailureKind, told: str) -> None:
    """A denial names what has to be allowed; the rest say what happened, with the server's words."""
    assert reason_of(Failure(kind, "Odd", "why"), POLICY) == told


def test_a_message_with_braces_is_told_as_it_is() -> None:
    """A server's own words are no format, and an error may have neither code nor words."""
    assert (
        reason_of(Failure("refused", "{permission}", "{0} {x}"), POLICY)
        == "{permission} was answered: {0} {x}"
    )
    assert reason_of(Failure("refused"), POLICY) == "an error was answered"


def test_a_read_for_every_entry_of_another() -> None:
    """A call for each, in their order; the entries are texts, or have a field that is one."""
    listing = (of_role("ListRolePolicies", RoleName="loader"), Answer({"PolicyNames": ["b", "a"]}))
    calls = [of_role("GetRolePolicy", RoleName="loader", PolicyName=name) for name in ("b", "a")]
    found = asked(
        ROLE, listing, *((call, Answer({"PolicyName": call.params["PolicyName"]})) for call in calls)
    )

    assert list(found.calls(INLINE)) == calls
    assert [said.text("PolicyName") for said in found.each(INLINE)] == ["b", "a"]


def test_an_entry_of_which_nothing_is_configured_is_left_out() -> None:
    """The others are told."""
    arns = ["arn:aws:iam::1:policy/gone", "arn:aws:iam::1:policy/there"]
    listing = Answer({"AttachedPolicies": [{"PolicyArn": arn} for arn in arns]})
    found = asked(
        ROLE,
        (of_role("ListAttachedRolePolicies", RoleName="loader"), listing),
        (of_role("GetPolicy", PolicyArn=arns[0]), Failure("refused", "NoSuchEntity")),
        (of_role("GetPolicy", PolicyArn=arns[1]), Answer({"Policy": {}})),
    )

    assert [said.values for said in found.each(MANAGED)] == [{"Policy": {}}]


@pytest.mark.parametrize(
    ("listing", "told"),
    [
        pytest.param(Failure("denied"), "iam:ListAttachedRolePolicies is denied", id="the list is denied"),
        pytest.param(Answer({"AttachedPolicies": "x"}), "is not a list", id="the list is none"),
        pytest.param(
            Answer({"AttachedPolicies": [{}]}), "is not said, and has to be", id="an entry has no field"
        ),
        pytest.param(
            Answer({"AttachedPolicies": [{"PolicyArn": 3}]}), "is not text", id="the field is no text"
        ),
    ],
)
def test_without_the_list_nothing_of_its_entries_is_known(listing: Outcome, told: str) -> None:
    """Nothing is skipped: what is not known of one is not known of all."""
    found = asked(ROLE, (of_role("ListAttachedRolePolicies", RoleName="loader"), listing))

    assert told in reason(lambda: list(found.each(MANAGED)))


def test_an_entry_that_was_refused_is_not_skipped() -> None:
    """One denied entry makes the fact unknown, with the permission."""
    arn = "arn:aws:iam::1:policy/one"
    found = asked(
        ROLE,
        (
            of_role("ListAttachedRolePolicies", RoleName="loader"),
            Answer({"AttachedPolicies": [{"PolicyArn": arn}]}),
        ),
        (of_role("GetPolicy", PolicyArn=arn), Failure("denied", "AccessDenied")),
    )

    assert "iam:GetPolicy is denied" in reason(lambda: list(found.each(MANAGED)))


def test_a_write_is_signed_and_sent_like_a_read() -> None:
    """A call to S3 names the bucket; one to another service names what it is told."""
    site = Site(BUCKET, resolve)

    assert site.write("PutBucketAcl", "s3:PutBucketAcl", {"ACL": "private"}).call == Call(
        "s3", "PutBucketAcl", {"Bucket": "files", "ACL": "private"}, "eu-west-1", "444455556666"
    )
    assert site.write("TagResource", "s3:TagResource", {"AccountId": "1"}, "s3control").call == Call(
        "s3control", "TagResource", {"AccountId": "1"}, "eu-west-1", "444455556666"
    )


def names(found: Iterable[tuple[str, object]], kind: type) -> set[str]:
    return {name for name, facet in found if isinstance(facet, kind)}


def test_what_can_be_told_and_set_live() -> None:
    """Of a bucket all is told but what only a program knows; what others may add to can keep theirs."""
    from bucketwright.facets.bucket import FACETS

    assert FACETS.keys() - names(FACETS.items(), LiveFacet) == {"force_destroy"}
    assert FACETS.keys() - names(FACETS.items(), SettableFacet) >= {
        "force_destroy", "mfa_delete", "namespace", "region",
    }  # fmt: skip
    assert names(FACETS.items(), SharedFacet) >= {"policy", "tags"}


def test_every_permission_to_read_a_bucket_is_one_that_there_is() -> None:
    """A policy that grants what is named here grants something."""
    from bucketwright.facets.bucket import FACETS

    named = {
        read.permission.lower()
        for facet in FACETS.values()
        if isinstance(facet, LiveFacet)
        for read in facet.READS
        if read.permission.startswith("s3:")
    }

    assert unknown_actions(Names(tuple(sorted(named)))) == frozenset()
