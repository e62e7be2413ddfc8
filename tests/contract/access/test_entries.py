"""What does an entry under `access` say of itself: does it make a role, and which prefixes has a verb?"""

import pytest

from bucketwright.contract.form import Unsound
from bucketwright.contract.roles import Access
from bucketwright.contract.words import VERBS, Verb

PROVIDER = "arn:aws:iam::111122223333:oidc-provider/id.example.com"
REFS: dict[Verb, tuple[str, ...]] = {
    "read": ("files/a", "files/b"),
    "list": ("files/c",),
    "write": ("files/*",),
    "delete": (),
}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param({"trusts": "lambda.amazonaws.com"}, True, id="one that others assume"),
        pytest.param(
            {"federated": {"provider": PROVIDER, "audience": "app", "subject": "me"}},
            True,
            id="one that federated users assume",
        ),
        pytest.param({"principals": "arn:aws:iam::444455556666:role/r"}, False, id="another account's"),
        pytest.param({"service": {"name": "config.amazonaws.com"}}, False, id="a service"),
        pytest.param({}, False, id="nobody"),
    ],
)
def test_an_entry_makes_a_role(who: dict[str, object], expected: bool) -> None:
    """For those who have to assume one, and for nobody who comes by itself."""
    assert Access.model_validate(who).makes_role() == expected


def test_a_verb_has_its_own_prefixes() -> None:
    """As the contract names them, in its order."""
    access = Access.model_validate(REFS)

    assert {verb: access.refs(verb) for verb in VERBS} == REFS


def test_an_unsound_field_is_missed_by_who_asks_for_it_alone() -> None:
    """Other verbs can be read while one is not sound, and nothing is concluded from the unsound one."""
    access = Access.without({"read": "files/a", "write": 7, "trusts": 7}, {"write", "trusts"})

    assert access.refs("read") == ("files/a",)
    with pytest.raises(Unsound):
        access.refs("write")
    with pytest.raises(Unsound):
        access.makes_role()
