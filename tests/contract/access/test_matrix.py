"""Does the matrix show who is let in, and with which verbs keys are lost, and nobody and nothing else?"""

from collections.abc import Mapping

import pytest

from bucketwright.contract.access.findings import Unusable
from bucketwright.contract.access.grantees import not_let_in
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.matrix import NOT_CONSIDERED, Loss, access_matrix
from bucketwright.contract.model import Environment
from tests.contract.access.environments import ACCOUNT, environment, files

LAMBDA = "lambda.amazonaws.com"
DOCUMENTS, EXPORTS = "cases/{n:int}/documents/", "cases/{n:int}/exports/"


def granting(account: str | None = ACCOUNT, **access: object) -> Environment:
    """Prefixes whose patterns cross, a third that crosses nothing, and these grantees."""
    prefixes = files(documents=DOCUMENTS, exports=EXPORTS, plain="plain/")
    return environment(account=account, **prefixes, access=access)


@pytest.mark.parametrize(
    ("service", "account", "let_in"),
    [
        pytest.param({}, ACCOUNT, True, id="for this account"),
        pytest.param({"accounts": "444455556666"}, None, True, id="for a named account"),
        pytest.param(
            {"sources": "arn:aws:config:us-west-2:111122223333:rule"}, None, True, id="for a named source"
        ),
        pytest.param({}, None, False, id="for anybody"),
    ],
)
def test_a_service_that_is_not_let_in_is_no_row(
    service: Mapping[str, object], account: str | None, let_in: bool
) -> None:
    """No policy holds a statement for it, so the matrix does not show one; it is named beside it, and why."""
    trail = {"service": {"name": "config.amazonaws.com", **service}, "write": "files/plain"}
    subject = granting(account, trail=trail, app={"trusts": LAMBDA, "read": "files/plain"})

    assert [row.access_id for row in access_matrix(subject)] == (["trail", "app"] if let_in else ["app"])
    assert [one.access_id for one in not_let_in(subject)] == ([] if let_in else ["trail"])
    assert not_let_in(subject) == tuple(one for one in check_isolation(subject) if isinstance(one, Unusable))


@pytest.mark.parametrize(
    ("grants", "verbs"),
    [
        pytest.param({"read": "files/documents"}, [("read",)], id="one verb"),
        pytest.param(
            {"read": "files/documents", "delete": "files/documents"}, [("read", "delete")], id="two verbs"
        ),
        pytest.param(
            {"read": ["files/documents", "files/exports"], "write": "files/documents"},
            [("write",)],
            id="not the verb that holds the other prefix, too",
        ),
        pytest.param({"read": "files/*", "write": "files/*"}, [], id="a whole bucket"),
        pytest.param({"read": ["files/documents", "files/exports"]}, [], id="both prefixes"),
        pytest.param({"list": "files/documents"}, [], id="a list takes no keys"),
    ],
)
def test_losses_name_their_verbs(grants: Mapping[str, object], verbs: list[tuple[str, ...]]) -> None:
    """Each verb that a Deny of the other prefix binds, in the contract's order, and no other."""
    subject = granting(app={"trusts": LAMBDA, **grants})
    row = next(row for row in access_matrix(subject) if row.prefix_id == "documents")

    assert [loss.verbs for loss in row.losses] == verbs
    assert row.lost == tuple(loss.key for loss in row.losses)


def test_verbs_that_lose_different_keys_are_told_apart() -> None:
    """One loss for each key, whichever verbs it is lost to."""
    paths = {name: f"a/{{n:int}}/{name}/" for name in ("b", "c", "d")}
    grants = {"trusts": LAMBDA, "read": ["files/b", "files/c"], "write": "files/b"}
    subject = environment(**files(**paths), access={"app": grants})

    assert {row.prefix_id: row.losses for row in access_matrix(subject)} == {
        "b": (Loss("a/0/b/d/", ("read", "write")), Loss("a/0/b/c/", ("write",))),
        "c": (Loss("a/0/c/d/", ("read",)),),
    }


def test_a_boundary_is_not_considered_and_said_so() -> None:
    """The contract knows it by its ARN alone."""
    assert "permissions boundaries" in NOT_CONSIDERED
    assert "access grants" in NOT_CONSIDERED
