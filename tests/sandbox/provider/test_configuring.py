"""A provider's configuration says whose account it means, or is refused."""

import json

import pytest

from bucketwright.plan import UNKNOWN_INPUT
from sandbox.provider.configuring import ConfigurationError, Home, home_of

DEFAULT = Home("000000000000", "us-east-1")
KNOWN = "it knows allowedAccountIds, assumeRoles, region"
ROLE = "arn:aws:iam::444455556666:role/deploy"


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        pytest.param({}, DEFAULT, id="nothing"),
        pytest.param({"region": "eu-west-1"}, Home("000000000000", "eu-west-1"), id="a region"),
        pytest.param(
            {"allowedAccountIds": ["111122223333"]}, Home("111122223333", "us-east-1"), id="one account"
        ),
        pytest.param(
            {"allowedAccountIds": json.dumps(["111122223333"])},
            Home("111122223333", "us-east-1"),
            id="one account as JSON",
        ),
        pytest.param({"allowedAccountIds": []}, DEFAULT, id="no account"),
        pytest.param({"assumeRoles": [{"roleArn": ROLE}]}, Home("444455556666", "us-east-1"), id="a role"),
        pytest.param(
            {"assumeRoles": json.dumps([{"roleArn": "first"}, {"roleArn": ROLE}])},
            Home("444455556666", "us-east-1"),
            id="the last of several roles",
        ),
        pytest.param(
            {"assumeRoles": [{"roleArn": ROLE}], "allowedAccountIds": ["444455556666"]},
            Home("444455556666", "us-east-1"),
            id="a role in the one account",
        ),
        pytest.param(
            {"version": "7.51.1", "skipRegionValidation": "true"}, DEFAULT, id="what changes nothing"
        ),
    ],
)
def test_a_provider_works_where_it_says(configured: dict[str, object], expected: Home) -> None:
    """One allowed account or the last role decides; else the default."""
    assert home_of(configured, DEFAULT) == expected


@pytest.mark.parametrize(
    ("configured", "holder", "expected"),
    [
        pytest.param({}, "111122223333", "111122223333", id="nothing else said"),
        pytest.param(
            {"allowedAccountIds": ["444455556666", "111122223333"]},
            "111122223333",
            "111122223333",
            id="one of those allowed",
        ),
        pytest.param(
            {"assumeRoles": [{"roleArn": ROLE}]}, "111122223333", "444455556666", id="a role elsewhere"
        ),
        pytest.param({"allowedAccountIds": ["111122223333"]}, None, "111122223333", id="nobody"),
    ],
)
def test_who_holds_the_credentials_decides(
    configured: dict[str, object], holder: str | None, expected: str
) -> None:
    """Unless a role is assumed."""
    assert home_of(configured, DEFAULT, holder).account == expected


@pytest.mark.parametrize(
    "configured",
    [
        pytest.param({"allowedAccountIds": ["444455556666"]}, id="the holder's"),
        pytest.param(
            {"assumeRoles": [{"roleArn": ROLE.replace("4", "7")}], "allowedAccountIds": ["444455556666"]},
            id="the role's",
        ),
    ],
)
def test_an_account_that_is_not_allowed_is_refused(configured: dict[str, object]) -> None:
    """As AWS's provider refuses it."""
    with pytest.raises(ConfigurationError, match="is not allowed: the provider is for 444455556666"):
        home_of(configured, DEFAULT, "111122223333")


@pytest.mark.parametrize(
    ("configured", "message"),
    [
        pytest.param(
            {"defaultTags": {"tags": {}}, "profile": "mine"},
            f"does not carry the provider's defaultTags, profile; {KNOWN}",
            id="what the double would drop",
        ),
        pytest.param({"allowedAccountIds": ["1", "2"]}, "allows several accounts", id="two accounts"),
        pytest.param({"allowedAccountIds": "111122223333"}, "allowedAccountIds must be a list", id="no list"),
        pytest.param({"allowedAccountIds": "[1"}, "allowedAccountIds must be a list", id="no JSON"),
        pytest.param({"assumeRoles": [{}]}, "assumes None, which is no ARN of a role", id="no role"),
        pytest.param({"assumeRoles": ["x"]}, "assumes None, which is no ARN of a role", id="no mapping"),
        pytest.param({"assumeRoles": [{"roleArn": "admin"}]}, "assumes 'admin'", id="no ARN"),
        pytest.param({"region": UNKNOWN_INPUT}, "region must be known", id="an unknown region"),
        pytest.param({"region": 1}, "region must be known", id="a number as region"),
        pytest.param({"allowedAccountIds": ["12"]}, "'12' is not an account id", id="no account id"),
    ],
)
def test_what_cannot_be_carried_is_refused(configured: dict[str, object], message: str) -> None:
    """The refusal says what, and what is known."""
    with pytest.raises(ConfigurationError, match=message):
        home_of(configured, DEFAULT)
