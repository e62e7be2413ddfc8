"""Which buckets are looked at, where they are, and what is said where they cannot be found."""

from collections.abc import Mapping
from itertools import permutations

import pytest

from audits.live import CannotLookError
from audits.things import Looking
from bucketwright.calls import Answer, Call, Failure, FailureKind, Outcome
from bucketwright.looking.needs import needs
from bucketwright.looking.scope import Scope
from bucketwright.posture import Unknown
from tests.audits.paper import DENIED, GONE, REGION, Paper, declared, listing

FILES = "shop-prod-files"


def test_another_account_is_refused_before_anything_else_is_asked() -> None:
    """The contract says whose it is: with other credentials not even the list of buckets is asked for."""
    paper = Paper(GetCallerIdentity=Answer({"Account": "999988887777"}))

    with pytest.raises(CannotLookError, match=r"'999988887777'.*'111122223333'") as refused:
        paper.look(Scope(declared()))
    assert refused.value.reason == "account"
    assert [call.operation for call in paper.calls] == ["GetCallerIdentity"]


@pytest.mark.parametrize("kind", ["credentials", "unreachable", "bad answer", "late", "refused", "throttled"])
def test_who_gets_no_answer_is_told_what_to_do(kind: FailureKind) -> None:
    """One sentence, whatever the reason is, and nothing more is tried."""
    paper = Paper(GetCallerIdentity=Failure(kind))

    with pytest.raises(CannotLookError, match=r"[a-z]{3}") as refused:
        paper.look()
    assert refused.value.reason == kind
    assert len(paper.calls) == 1


def test_a_server_without_accounts_is_looked_at_all_the_same() -> None:
    """Not every server that speaks S3 knows accounts: its buckets are read, and nothing of an account."""
    paper = Paper(GetCallerIdentity=Failure("unsupported"), ListBuckets=listing("files"))
    looked = paper.look()

    assert looked.account == ""
    assert "bucket:files" in looked.estate.postures
    assert {call.service for call in paper.calls} == {"sts", "s3"}


def test_without_a_contract_all_buckets_are_looked_at() -> None:
    """Each under its name, in the region that the list says."""
    looked = Paper(ListBuckets=listing("files", "logs")).look()

    assert looked.subjects >= {"bucket:files", "bucket:logs"}
    assert looked.targets["bucket:files"].region == REGION
    assert looked.resolve("bucket:files", "arn") == "arn:aws:s3:::files"
    assert looked.resolve("bucket:files", "domain") == f"files.s3.{REGION}.amazonaws.com"


def test_only_the_named_buckets_are_looked_at() -> None:
    """Of the others nothing is asked."""
    paper = Paper(ListBuckets=listing("files", "logs"))
    looked = paper.look(Scope(buckets=frozenset({"logs"})))

    assert looked.subjects == {"bucket:logs"}
    assert not any(call.params.get("Bucket") == "files" for call in paper.calls)


def test_a_named_bucket_that_is_not_there_is_an_error() -> None:
    """The name is told, and what to look at."""
    paper = Paper(HeadBucket=GONE)

    with pytest.raises(CannotLookError, match="there is no bucket 'lgos': look at the spelling"):
        paper.look(Scope(buckets=frozenset({"lgos"})))


def test_a_named_bucket_can_be_looked_at_where_nobody_may_list() -> None:
    """It is found by its own name, and that there may be more is said."""
    looked = Paper(ListBuckets=DENIED, HeadBucket=Answer({"BucketRegion": REGION})).look(
        Scope(buckets=frozenset({"files"}))
    )

    assert looked.targets["bucket:files"].region == REGION
    assert [(one.kind, one.reason) for one in looked.undiscovered if one.kind == "bucket"] == [
        ("bucket", "s3:ListAllMyBuckets is denied")
    ]
    assert looked.estate.postures["bucket:*"].told("versioning") == Unknown("s3:ListAllMyBuckets is denied")
    assert "bucket:*" not in looked.subjects


@pytest.mark.parametrize(
    ("answer", "reason", "said"),
    [
        pytest.param(DENIED, "denied", "s3:ListAllMyBuckets is denied; grant that", id="denied"),
        pytest.param(Failure("late"), "late", "time was up before it was answered; try again", id="late"),
        pytest.param(
            Answer({"Buckets": [{"CreationDate": "today"}]}), "bad answer", "; try again", id="no list"
        ),
    ],
)
def test_without_a_list_and_without_names_there_is_nothing_to_look_at(
    answer: Outcome, reason: str, said: str
) -> None:
    """It is said why, which is no wrong use, and what can be done."""
    with pytest.raises(CannotLookError, match=f"{said}, or name buckets") as refused:
        Paper(ListBuckets=answer, ListAccessPoints=Failure("throttled")).look()

    assert refused.value.reason == reason


def test_why_there_may_be_more_hangs_on_no_order() -> None:
    """Of several reasons for one kind the same is given, whichever was learned last."""
    calls = [Call("s3", "ListBuckets", region=region) for region in ("a", "b", "c")]
    told = set()
    for order in permutations(zip(calls, ("late", "denied", "gone"), strict=True)):
        looking = Looking(Scope(), needs(Scope()), "", {})
        for call, reason in order:
            looking.cannot_list("bucket", call, reason)
        told.add(looking.unlisted["bucket"])

    assert told == {"gone"}


def test_all_pages_of_the_list_are_read() -> None:
    """Each page is asked for with the token of the one before it."""

    def pages(params: Mapping[str, object]) -> Outcome:
        token = str(params.get("ContinuationToken", ""))
        after = {"": "one", "one": "two"}.get(token)
        more = {"ContinuationToken": after} if after else {}
        return Answer({"Buckets": [{"Name": f"files{token}", "BucketRegion": REGION}], **more})

    looked = Paper(ListBuckets=pages).look()

    assert looked.subjects >= {"bucket:files", "bucket:filesone", "bucket:filestwo"}


def test_a_list_that_goes_round_in_circles_ends() -> None:
    """What it told counts, and that there may be more is said."""
    paper = Paper(ListBuckets=Answer({"Buckets": [{"Name": "files"}], "ContinuationToken": "again"}))
    looked = paper.look()

    assert len(paper.asked("ListBuckets")) == 2
    assert "bucket:files" in looked.subjects
    assert [one.reason for one in looked.undiscovered if one.kind == "bucket"] == [
        "the list of buckets goes round in circles"
    ]


@pytest.mark.parametrize(
    ("told", "region"),
    [
        (Answer({"LocationConstraint": "eu-central-1"}), "eu-central-1"),
        (Answer({"LocationConstraint": None}), "us-east-1"),
        (Answer({"LocationConstraint": "EU"}), "eu-west-1"),
    ],
    ids=["named", "the first region has no name", "an old name"],
)
def test_a_region_that_the_list_leaves_out_is_asked_for(told: Answer, region: str) -> None:
    """Some servers list names alone."""
    looked = Paper(ListBuckets=Answer({"Buckets": [{"Name": "files"}]}), GetBucketLocation=told).look()

    assert looked.targets["bucket:files"].region == region
    assert looked.estate.postures["bucket:files"].told("region") == region


def test_a_region_that_may_not_be_asked_for_is_unknown() -> None:
    """The bucket is read all the same: whoever sends the calls learns where it is."""
    looked = Paper(ListBuckets=Answer({"Buckets": [{"Name": "files"}]})).look()

    assert looked.estate.postures["bucket:files"].told("region") == Unknown(
        "GetBucketLocation: s3:GetBucketLocation is denied"
    )


def test_a_declared_bucket_that_is_gone_is_nowhere() -> None:
    """It was asked about, and it is neither there nor unknown."""
    looked = Paper(HeadBucket=GONE).look(Scope(declared()))

    assert "bucket:files" in looked.subjects
    assert "bucket:files" not in looked.estate.postures
    assert "bucket:files" not in looked.estate.missing


def test_a_declared_bucket_of_another_account_is_told_apart() -> None:
    """All of this account's are in the list: a name that is taken and not in it is somebody else's."""
    looked = Paper(HeadBucket=DENIED).look(Scope(declared()))

    assert looked.foreign == {"bucket:files"}
    assert looked.estate.missing["bucket:files"] == "another account has a bucket of this name"


def test_a_declared_bucket_that_may_not_be_asked_for_is_unknown() -> None:
    """Without a list nobody knows whose it is."""
    looked = Paper(ListBuckets=DENIED, HeadBucket=DENIED).look(Scope(declared()))

    assert looked.foreign == frozenset()
    assert looked.estate.missing["bucket:files"] == "s3:ListBucket is denied"


def test_what_is_called_like_the_contracts_is_looked_at_and_nothing_else() -> None:
    """A stranger by name, no bucket of another environment, and none of anybody else."""
    names = (FILES, "shop-prod-by-hand", "shop-dev-files", "shop-dev-by-hand", "others")
    looked = Paper(ListBuckets=listing(*names)).look(Scope(declared()))

    assert {one for one in looked.subjects if one.startswith("bucket:")} == {
        "bucket:files",
        "bucket:shop-prod-by-hand",
    }


def test_what_carries_the_contracts_tags_is_looked_at() -> None:
    """Whatever it is called; one call for each region where there are buckets."""
    found = Answer({"ResourceTagMappingList": [{"ResourceARN": "arn:aws:s3:::renamed"}]})
    paper = Paper(ListBuckets=listing(FILES, "renamed", "others"), GetResources=found)
    looked = paper.look(Scope(declared()))

    assert "bucket:renamed" in looked.subjects
    assert "bucket:others" not in looked.subjects
    assert [one["TagFilters"] for one in paper.asked("GetResources")] == [
        [
            {"Key": "bucketwright:project", "Values": ["shop"]},
            {"Key": "bucketwright:environment", "Values": ["prod"]},
        ]
    ]


def test_where_tags_cannot_be_searched_only_strangers_may_be_overlooked() -> None:
    """That is said; of the contract's own buckets and of those in the list nothing is in doubt."""
    looked = Paper(ListBuckets=listing(FILES, "others")).look(Scope(declared()))

    assert ("bucket", "tag:GetResources is denied") in {(one.kind, one.reason) for one in looked.undiscovered}
    assert "bucket:*" not in looked.estate.postures


def test_all_buckets_are_all_but_those_of_other_environments() -> None:
    """What the contract declares elsewhere is no stranger."""
    names = (FILES, "shop-dev-files", "others")
    looked = Paper(ListBuckets=listing(*names)).look(Scope(declared(), all_buckets=True))

    assert {one for one in looked.subjects if one.startswith("bucket:")} == {"bucket:files", "bucket:others"}


def test_a_bucket_that_goes_while_it_is_read_is_not_there() -> None:
    """It was in the list, and then everything asked of it was gone."""

    looked = Paper(otherwise=GONE, ListBuckets=listing("files")).look()

    assert "bucket:files" in looked.subjects
    assert "bucket:files" not in looked.estate.postures


@pytest.mark.parametrize("kind", ["refused", "late", "unreachable", "bad answer"])
def test_a_named_bucket_of_which_nothing_is_known_is_never_clean(kind: FailureKind) -> None:
    """Where no list has it and its own answer tells nothing, that is told as not looked at."""
    paper = Paper(ListBuckets=listing("other"), HeadBucket=Failure(kind))
    looked = paper.look(Scope(buckets=frozenset({"files"})))

    assert any(one.kind == "bucket" and "files" in one.reason for one in looked.undiscovered)
