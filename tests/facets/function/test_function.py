"""Who may call a function, as plans say it."""

import json

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.function.permissions import FRESH, KIND, LATER, WHOLE, from_plan
from bucketwright.facets.tokens import FUNCTION
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import made, whole

CALLING: Inputs = {"action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"}
SOURCE = "arn:aws:s3:::shop-files"
S3: Inputs = {"Service": "s3.amazonaws.com"}


def function(*permissions: Inputs, policy: object = None) -> object:
    parts = [made(KIND, {**CALLING, **inputs}, name=str(n)) for n, inputs in enumerate(permissions)]
    if policy is not None:
        parts.append(made(WHOLE, {"policy": policy}))
    return from_plan(whole(made(FUNCTION, {}), *parts, refer=_ours))


def _ours(kind: str, _: str, found: object) -> str | None:
    return "bucket:files" if kind == "bucket" and found == SOURCE else None


def allows(**elements: object) -> Inputs:
    usual = {"Effect": "Allow", "Principal": S3, "Action": "lambda:InvokeFunction"}
    return {**usual, **elements}


@pytest.mark.parametrize(
    ("inputs", "statement"),
    [
        pytest.param({}, allows(), id="a service"),
        pytest.param(
            {"sourceArn": SOURCE},
            allows(Condition={"ArnLike": {"aws:SourceArn": "bucket:files"}}),
            id="for a bucket of ours",
        ),
        pytest.param(
            {"sourceArn": "arn:aws:s3:::other", "sourceAccount": "111122223333"},
            allows(
                Condition={
                    "ArnLike": {"aws:SourceArn": "arn:aws:s3:::other"},
                    "StringEquals": {"aws:SourceAccount": "111122223333"},
                }
            ),
            id="for a stranger, and its account",
        ),
        pytest.param(
            {"sourceArn": UNKNOWN_INPUT},
            allows(Condition={"ArnLike": {"aws:SourceArn": LATER}}),
            id="for somebody nobody knows yet",
        ),
        pytest.param(
            {"principal": "111122223333", "principalOrgId": "o-1234567890"},
            allows(
                Principal={"AWS": "111122223333"},
                Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}},
            ),
            id="an account of an organisation",
        ),
        pytest.param({"principal": "*"}, allows(Principal="*"), id="everybody"),
        pytest.param(
            {"eventSourceToken": SOURCE},
            allows(Condition={"StringEquals": {"lambda:EventSourceToken": SOURCE}}),
            id="with a token that is called as a bucket is",
        ),
        pytest.param(
            {"principal": "s3.amazonaws.com.cn"},
            allows(Principal={"Service": "s3.amazonaws.com.cn"}),
            id="a service of China",
        ),
        pytest.param({"qualifier": "live"}, allows(Resource="*:live"), id="one alias alone"),
        pytest.param({"qualifier": UNKNOWN_INPUT}, allows(Resource=f"*:{LATER}"), id="an alias nobody knows"),
        pytest.param(
            {"functionUrlAuthType": "NONE", "eventSourceToken": "t", "invokedViaFunctionUrl": True},
            allows(
                Condition={
                    "StringEquals": {"lambda:FunctionUrlAuthType": "NONE", "lambda:EventSourceToken": "t"},
                    "Bool": {"lambda:InvokedViaFunctionUrl": "true"},
                }
            ),
            id="by its address",
        ),
    ],
)
def test_a_permission_is_a_statement(inputs: Inputs, statement: Inputs) -> None:
    """As Lambda writes it into the function's policy, but for the function itself."""
    wanted = policy_of(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    assert function(inputs) == wanted


def test_several_permissions_are_one_policy() -> None:
    """In whatever order."""
    one, other = {"sourceAccount": "111122223333"}, {"action": "lambda:GetFunction"}

    assert function(one, other) == function(other, one)
    assert function(one, other) != function(one)


def test_a_resource_may_write_the_whole_policy() -> None:
    """Then it is what that says."""
    text = json.dumps({"Version": "2012-10-17", "Statement": [allows()]})

    assert function(policy=text) == policy_of(text)


def test_a_function_of_which_nothing_is_said_lets_nobody_in() -> None:
    """But for its own account."""
    assert function() is UNSET
    assert FRESH is None


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        pytest.param({"principal": UNKNOWN_INPUT}, "after deployment", id="a principal nobody knows"),
        pytest.param({"principal": None}, "principal: is not said", id="no principal"),
        pytest.param({"action": None}, "action: is not said", id="no action"),
        pytest.param({"action": UNKNOWN_INPUT}, "after deployment", id="an action nobody knows"),
        pytest.param({"sourceAccount": 1.0}, "not text", id="a number"),
    ],
)
def test_a_permission_nobody_knows_is_not_guessed(inputs: Inputs, reason: str) -> None:
    """Nobody is let in by a guess."""
    with pytest.raises(Undetermined, match=reason):
        function(inputs)


def test_a_whole_policy_has_to_be_there() -> None:
    """A resource that writes it writes something."""
    with pytest.raises(Undetermined, match="policy: is not said"):
        function(policy="")


def test_whole_and_single_contend() -> None:
    """Each deployment of the one undoes the other."""
    with pytest.raises(Undetermined, match="last one wins"):
        function({}, policy=json.dumps({"Version": "2012-10-17", "Statement": [allows()]}))
