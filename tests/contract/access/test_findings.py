"""What does the check of access say to people, of grants that no single line of the contract makes wrong?"""

from collections.abc import Mapping

import pytest

from bucketwright.contract.access import isolation
from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.findings import Escape, Oversize, Unusable
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.matrix import NOT_CONSIDERED
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.access.size import TooLarge
from bucketwright.contract.model import Environment
from bucketwright.iam.languages import Undecided
from tests.contract.access.environments import environment, files
from tests.contract.access.examples import design, everyone

LAMBDA = "lambda.amazonaws.com"
PARTNER = "arn:aws:iam::444455556666:role/partner"


def granting(access: Mapping[str, object], **prefixes: object) -> Environment:
    """One bucket and these grantees."""
    return environment(**files(**prefixes), access=access)


@pytest.mark.parametrize("subject", [design(), everyone()], ids=["the design", "everyone"])
def test_sound_grants_have_no_findings(subject: Environment) -> None:
    """The Denies keep the roles of the design apart though their patterns meet."""
    assert check_isolation(subject) == ()


def test_a_list_that_breaks_off_is_an_escape() -> None:
    """No Deny of whole paths meets a beginning of them, so the layout has to change."""
    reader = {"trusts": LAMBDA, "read": "files/numbered"}
    subject = granting(
        {"reader": reader}, numbered="docs/{number:int}/", deeper="docs/x/{number:int}/exports/"
    )

    assert check_isolation(subject) == (
        Escape("reader", "files/numbered", "files/deeper", "docs/x/", ("list",)),
    )
    (finding,) = check_isolation(subject)
    assert finding.path == ("access", "reader")
    assert str(finding) == (
        "listing 'docs/x/' shows keys of files/deeper, which is not granted, and ends where no Deny can tell "
        "it apart; let files/numbered begin otherwise, or grant both"
    )


def test_names_below_the_path_are_listed_too() -> None:
    """Names keep the keys apart, but a list of the path shows what lies deeper."""
    lister = {"trusts": LAMBDA, "list": "files/flat"}
    subject = granting({"lister": lister}, flat={"path": "a/", "objects": "{name}"}, deep="a/b/")

    assert check_isolation(subject) == (Escape("lister", "files/flat", "files/deep", "a/", ("list",)),)


def test_what_cannot_be_settled_is_an_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the budget of the search it counts as reaching, and the other prefix's pattern is the example."""

    def undecided(*_: object) -> None:
        raise Undecided

    monkeypatch.setattr(isolation, "leftover", undecided)
    lister = {"trusts": LAMBDA, "list": "files/flat"}
    subject = granting({"lister": lister}, flat={"path": "a/", "objects": "{name}"}, deep="a/b/{x}/")

    assert check_isolation(subject) == (Escape("lister", "files/flat", "files/deep", "a/b/*/*", ("list",)),)


SHARING = {
    "one": {"path": "a/1/b/", "overlaps": "all"},
    "all": "a/{x}/b/",
    "other": "a/{y:int}/c/",
}


def test_keys_shared_on_purpose_are_not_denied() -> None:
    """Whoever holds a prefix reaches the keys it shares, and only the rest of the other is out of bounds."""
    alone = {"trusts": LAMBDA, "write": "files/one"}

    assert check_isolation(granting({"writer": alone}, **SHARING)) == ()


def test_what_else_is_reached_of_a_shared_prefix_is_an_escape() -> None:
    """A Deny of that prefix would take the shared keys, so the grants have to be divided."""
    both = {"trusts": LAMBDA, "read": ["files/one", "files/other"], "delete": ["files/one", "files/other"]}
    subject = granting({"both": both}, **SHARING)

    keys, lists = check_isolation(subject)

    assert isinstance(keys, Escape)
    assert (keys.granted, keys.reached, keys.verbs) == ("files/other", "files/all", ("read", "delete"))
    assert keys.example.startswith("a/")
    assert "/b/c/" in keys.example
    assert str(keys) == (
        f"read and delete on files/other reaches {keys.example!r} of files/all, which is not granted, and a "
        "Deny would take keys shared on purpose; divide the grants between two"
    )
    assert isinstance(lists, Escape)
    assert lists.verbs == ("list",)


def test_a_shared_prefix_that_takes_in_the_rest_is_no_escape() -> None:
    """What another pattern reaches of it is what the shared grant's own pattern reaches anyway."""
    both = {"trusts": LAMBDA, "write": ["files/wide", "files/other"]}
    wide = {"path": "a/{x}/", "overlaps": ["all", "other"]}
    subject = granting({"both": both}, wide=wide, all="a/{y}/b/", other={"path": "a/{z:int}/c/"})

    assert check_isolation(subject) == ()


def test_a_grant_of_which_nothing_is_left_is_said() -> None:
    """The Deny of the shorter path takes all of the longer one."""
    reader = {"trusts": LAMBDA, "read": "files/long", "write": "files/long"}
    subject = granting({"reader": reader}, long="a/{x}/{y}/b/", short="a/{z}/b/")

    assert [(type(one), one.path) for one in check_isolation(subject)] == [
        (Unusable, ("access", "reader"))
    ] * 2
    assert [str(one) for one in check_isolation(subject)] == [
        f"{verbs} on files/long: nothing is left of it, for what keeps the grantee out of other prefixes "
        "denies it all"
        for verbs in ("read and write", "list")
    ]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        pytest.param({"principals": PARTNER}, {"principals": PARTNER}, True, id="the same role"),
        pytest.param(
            {"principals": PARTNER}, {"principals": "arn:aws:iam::444455556666:root"}, True, id="its account"
        ),
        pytest.param(
            {"principals": PARTNER},
            {"principals": "arn:aws:sts::444455556666:assumed-role/partner/me"},
            True,
            id="a session of its account",
        ),
        pytest.param(
            {"principals": PARTNER},
            {"principals": "arn:aws:iam::444455556666:role/other"},
            False,
            id="another role",
        ),
        pytest.param(
            {"principals": PARTNER},
            {"principals": "arn:aws:iam::777788889999:root"},
            False,
            id="another account",
        ),
        pytest.param(
            {"service": {"name": "config.amazonaws.com"}},
            {
                "service": {
                    "name": "config.amazonaws.com",
                    "sources": "arn:aws:config:us-west-2:111122223333:x",
                }
            },
            True,
            id="the same service",
        ),
        pytest.param(
            {"service": {"name": "config.amazonaws.com"}},
            {"service": {"name": "cloudtrail.amazonaws.com"}},
            False,
            id="another service",
        ),
        pytest.param(
            {"principals": PARTNER}, {"service": {"name": "config.amazonaws.com"}}, False, id="two kinds"
        ),
        pytest.param({"trusts": LAMBDA}, {"trusts": LAMBDA}, False, id="two roles of ours"),
    ],
)
def test_two_entries_for_one_caller_clash(
    one: Mapping[str, object], other: Mapping[str, object], clash: bool
) -> None:
    """A bucket's policy denies callers, not entries: what keeps one entry out would bind the other."""
    access = {"one": {**one, "write": "files/b"}, "other": {**other, "write": "files/c"}}
    crossing = granting(access, b="a/{x:int}/b/", c="a/{x:int}/c/")
    apart = granting(access, b="b/", c="c/")

    said = [
        f"its grants in files: access.{binding} may be the same caller, and what keeps that one out of "
        "prefixes would bind this one, too; make one entry of the two"
        for binding in ("one", "other")
    ]
    assert [str(one) for one in check_isolation(crossing)] == (said if clash else [])
    assert [one.path for one in check_isolation(crossing)] == (
        [("access", "other"), ("access", "one")] if clash else []
    )
    assert check_isolation(apart) == ()


def many(count: int, length: int = 60) -> dict[str, object]:
    """Prefixes that all cross each other."""
    return {f"p{n}": f"{'x' * length}/{{case_id:int}}/part-{n}/" for n in range(count)}


def test_a_role_too_large_is_a_finding() -> None:
    """IAM would refuse it only when it is deployed; the check says so before, and what to do."""
    reader = {"trusts": LAMBDA, "read": "files/p0", "write": "files/p1", "delete": "files/p2"}
    subject = granting({"reader": reader}, **many(200))

    with pytest.raises(TooLarge) as refused:
        role_policies(subject, "reader")
    assert check_isolation(subject) == (Oversize(("access", "reader"), str(refused.value)),)
    assert str(refused.value).startswith("access.reader would need ")
    assert str(refused.value).endswith("policies, 10 are allowed: grant whole buckets, or split the grantee")


def test_a_bucket_policy_too_large_is_a_finding() -> None:
    """Placed with the bucket, whoever made it so large."""
    access = {"partner": {"principals": PARTNER, "write": "files/p1"}}
    subject = granting(access, **many(300))

    with pytest.raises(TooLarge) as refused:
        bucket_policy(subject, "files")
    assert check_isolation(subject) == (Oversize(("buckets", "files"), str(refused.value)),)
    assert str(refused.value).startswith("the policy of buckets.files would be ")


def test_what_is_not_considered_is_named() -> None:
    """The answer holds but for these, and they are exported beside it."""
    assert "organisation policies" in NOT_CONSIDERED
