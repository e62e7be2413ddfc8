"""Without a contract holds what a contract that says nothing means."""

from dataclasses import asdict

from bucketwright.contract.terms import Terms
from bucketwright.contract.usual import UsualTerms


def test_the_same_as_a_contract_that_says_nothing() -> None:
    """Each term of a contract, and no other."""
    said_nothing = Terms()

    assert asdict(UsualTerms()) == {name: getattr(said_nothing, name) for name in Terms.model_fields}
