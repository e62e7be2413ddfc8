"""The documents of a live role, wherever they stand: what they let it do, and the calls that set them."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import pytest

from bucketwright.calls import Answer
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.facet import Form
from bucketwright.facets.reading import Asked, Target
from bucketwright.facets.role import managed, policies
from bucketwright.facets.role.policies import Policies
from bucketwright.facets.scopes import RoleScope
from bucketwright.facets.writing import Site, Unsettable
from bucketwright.iam.documents import Statement
from bucketwright.posture import Undetermined
from tests.facets.live import answers

ROLE: Final = Target("role", "loader", {"RoleName": "loader"}, account="111122223333")
OF_AWS: Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
_OWN: Final = "arn:aws:iam::111122223333:policy/"
Values = dict[str, Any]


def resolve(address: str, form: Form) -> str:
    return f"{form} of {address}"


SITE: Final = Site(ROLE, resolve)


def document(action: str) -> Values:
    statement = {"Effect": "Allow", "Action": f"s3:{action}", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def version(number: int, action: str, *, current: bool = True) -> Values:
    return {"VersionId": f"v{number}", "IsDefaultVersion": current, "Document": document(action)}


def own(name: str, *versions: Values) -> Values:
    return {"PolicyName": name, "Arn": f"{_OWN}{name}", "PolicyVersionList": list(versions)}


def inline(name: str, what: object) -> Values:
    return {"PolicyName": name, "PolicyDocument": what}


def attached(*arns: str) -> list[Values]:
    return [{"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in arns]


def account(
    several: tuple[Values, ...] = (), arns: tuple[str, ...] = (), inlines: tuple[Values, ...] = ()
) -> Asked:
    """What IAM tells of all roles and policies, ours among them."""
    other = {"RoleName": "other", "RolePolicyList": [inline("x", document("*"))]}
    role = {
        "RoleName": "loader",
        "RolePolicyList": list(inlines),
        "AttachedManagedPolicies": attached(*arns),
    }
    told = {"RoleDetailList": [other, role], "Policies": list(several)}
    return answers(ROLE, {policies.READS[0]: Answer(told)})


def live(*args: Any, **named: Any) -> Policies:
    return policies.from_api(account(*args, **named))


def wanted(*actions: str) -> Policies:
    """What a contract wants of the role."""
    documents: tuple[Any, ...] = tuple(map(document, actions))
    return policies.wanted(RoleScope("role:loader", "loader", {}, documents))


FIRST, SECOND = f"{_OWN}loader-1", f"{_OWN}loader-2"
BOTH: Final = (own("loader-1", version(1, "GetObject")), own("loader-2", version(1, "PutObject")))


def meaning(*actions: str) -> frozenset[Statement]:
    return wanted(*actions).statements


@pytest.mark.parametrize(
    ("found", "actions"),
    [
        pytest.param(live(), (), id="no documents"),
        pytest.param(live(BOTH, (FIRST, SECOND)), ("GetObject", "PutObject"), id="two policies"),
        pytest.param(live(BOTH, (SECOND,)), ("PutObject",), id="one of two"),
        pytest.param(live(BOTH, (FIRST, OF_AWS)), ("GetObject",), id="beside one of AWS"),
        pytest.param(live(inlines=(inline("x", document("GetObject")),)), ("GetObject",), id="one inline"),
        pytest.param(
            live(inlines=(inline("x", quote(json.dumps(document("GetObject")))),)),
            ("GetObject",),
            id="one percent-encoded",
        ),
        pytest.param(
            live((own("loader-1", version(1, "Get*", current=False), version(2, "GetObject")),), (FIRST,)),
            ("GetObject",),
            id="the version that is in force",
        ),
    ],
)
def test_what_a_live_role_may_do(found: Policies, actions: tuple[str, ...]) -> None:
    """All of its own documents, wherever they stand; of no other role, and none of AWS's own."""
    assert found.statements == meaning(*actions)


@pytest.mark.parametrize(
    ("asked", "because"),
    [
        pytest.param(account((), (FIRST,)), "loader-1: is not said", id="a policy that is not told of"),
        pytest.param(account((own("loader-1"),), (FIRST,)), "0 versions", id="no version in force"),
        pytest.param(
            account((own("loader-1", version(1, "a"), version(2, "b")),), (FIRST,)),
            "2 versions",
            id="two versions in force",
        ),
        pytest.param(account(inlines=(inline("x", "%7B"),)), "none that IAM accepts", id="half a document"),
        pytest.param(account(inlines=({"PolicyName": "x"},)), "is not said", id="no document"),
        pytest.param(
            answers(ROLE, {policies.READS[0]: Answer({"RoleDetailList": []})}),
            "does not tell of this role",
            id="no such role",
        ),
    ],
)
def test_what_is_not_told_is_not_known(asked: Asked, because: str) -> None:
    """A document that is left out would let a role seem harmless."""
    with pytest.raises(Undetermined, match=because):
        policies.from_api(asked)


def calls(before: Policies, after: Policies) -> list[str]:
    """What is called, about what, in order."""
    several = policies.to_api(before, after, SITE)
    assert [one.permission for one in several] == [f"iam:{one.call.operation}" for one in several]
    return [f"{one.call.operation} {_about(one.call.params)}" for one in several]


def _about(params: Mapping[str, object]) -> str:
    named = params.get("PolicyArn") or params.get("PolicyName")
    return f"{str(named).rpartition('/')[2]} {params.get('VersionId', '')}".strip()


_FULL: Final = own(
    "loader-1", *(version(number, "Get*", current=number == 10) for number in (10, 9, 8, 7, 6))
)


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        pytest.param(live(BOTH, (FIRST, SECOND)), wanted("GetObject", "PutObject"), [], id="as wanted"),
        pytest.param(
            live((own("loader-1", version(1, "*")),), (FIRST,)),
            wanted("GetObject"),
            ["CreatePolicyVersion loader-1"],
            id="a policy that was widened",
        ),
        pytest.param(
            live((_FULL,), (FIRST,)),
            wanted("GetObject"),
            ["DeletePolicyVersion loader-1 v6", "CreatePolicyVersion loader-1"],
            id="a policy with as many versions as there can be",
        ),
        pytest.param(
            live(BOTH, (FIRST,)),
            wanted("GetObject", "PutObject"),
            ["AttachRolePolicy loader-2"],
            id="a policy that was detached",
        ),
        pytest.param(
            live((BOTH[0], own("loader-2", version(1, "*"))), (FIRST,)),
            wanted("GetObject", "PutObject"),
            ["CreatePolicyVersion loader-2", "AttachRolePolicy loader-2"],
            id="a policy that was detached and changed",
        ),
        pytest.param(
            live((BOTH[0],), (FIRST,)),
            wanted("GetObject", "PutObject"),
            ["PutRolePolicy loader-2"],
            id="a policy that was deleted",
        ),
        pytest.param(
            live(BOTH, (FIRST, SECOND)), wanted("GetObject"), ["DetachRolePolicy loader-2"], id="one too many"
        ),
        pytest.param(
            live(BOTH, (FIRST,), (inline("by hand", document("*")),)),
            wanted("GetObject"),
            ["DeleteRolePolicy by hand"],
            id="one inline too many",
        ),
        pytest.param(
            live(BOTH, (FIRST,), (inline("loader-1", document("*")),)),
            wanted("GetObject"),
            ["DeleteRolePolicy loader-1"],
            id="one inline that is called as ours",
        ),
        pytest.param(
            live(inlines=(inline("loader-1", document("*")),)),
            wanted("GetObject"),
            ["PutRolePolicy loader-1"],
            id="one that stands in the role itself",
        ),
    ],
)
def test_which_calls_set_the_documents(before: Policies, after: Policies, made: list[str]) -> None:
    """Each document stays where it stands; what is missing comes before what goes."""
    assert calls(before, after) == made
    assert calls(after, after) == []


def test_documents_can_be_put_back_as_they_were() -> None:
    """What was attached is attached again, and what was inline is so again."""
    before = live(BOTH, (FIRST, SECOND), (inline("by hand", document("*")),))
    after = wanted("GetObject")

    assert calls(before, after) == ["DeleteRolePolicy by hand", "DetachRolePolicy loader-2"]
    again = live(BOTH, (FIRST,))
    assert calls(again, before) == ["PutRolePolicy by hand", "AttachRolePolicy loader-2"]


def test_documents_of_others_stay() -> None:
    """What has none of our names; what has one of them is ours, whoever changed it."""
    before = live((own("loader-1", version(1, "*")), BOTH[1]), (FIRST, SECOND))
    kept = policies.keeping(before, wanted("GetObject"))

    assert kept.statements == meaning("GetObject", "PutObject")
    assert calls(before, kept) == ["CreatePolicyVersion loader-1"]
    assert policies.keeping(before, kept) == kept


def test_documents_without_names_cannot_be_set() -> None:
    """Nobody knows which one to change."""
    nameless = Policies(meaning("GetObject"), (policy_of(json.dumps(document("GetObject"))).text,))

    with pytest.raises(Unsettable, match="by their names"):
        policies.to_api(wanted("PutObject"), nameless, SITE)


def test_policies_of_aws_are_a_fact_of_their_own() -> None:
    """They are attached and detached by their ARNs; what others attached stays where that is asked."""
    found = managed.from_api(account(BOTH, (FIRST, OF_AWS)))
    writes = managed.to_api(found, frozenset({"arn:aws:iam::aws:policy/Other"}), SITE)

    assert found == {OF_AWS}
    assert [(one.call.operation, one.call.params["PolicyArn"], one.permission) for one in writes] == [
        ("AttachRolePolicy", "arn:aws:iam::aws:policy/Other", "iam:AttachRolePolicy"),
        ("DetachRolePolicy", OF_AWS, "iam:DetachRolePolicy"),
    ]
    assert managed.keeping(found, frozenset()) == found
