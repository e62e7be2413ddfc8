"""What does IAM answer of a role: by itself, and among all roles and policies of the account?

One call tells the documents of all roles, however many there are; role by role each would take a call.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from bucketwright.facets.bucket.policy import Policy, answered_policy
from bucketwright.facets.handles import ROLE
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown

ROLE_ITSELF: Final = Read("iam", "GetRole", "iam:GetRole", ROLE)
DETAILS: Final = Read(
    "iam",
    "GetAccountAuthorizationDetails",
    "iam:GetAccountAuthorizationDetails",
    fixed={"Filter": ["Role", "LocalManagedPolicy"]},
)


def itself(asked: Asked) -> Said:
    """The role by itself."""
    said = asked.answered(ROLE_ITSELF)
    return said.needed("Role", said.part("Role"))


def details_of(asked: Asked) -> Said:
    """The role among all others."""
    said, name = asked.answered(DETAILS), asked.target.handles["RoleName"]
    for one in said.entries("RoleDetailList"):
        if isinstance(one, Mapping) and one.get("RoleName") == name:
            return Said(one, said.refer, f"{said.path}.RoleDetailList")
    raise Undetermined(DETAILS.operation, Unknown("does not tell of this role"))


def policies_of_account(asked: Asked, has: Callable[[Mapping[object, object]], bool]) -> Iterator[Said]:
    """Those of the account's own policies that a test picks; of thousands few are read."""
    said = asked.answered(DETAILS)
    for one in said.entries("Policies"):
        if isinstance(one, Mapping) and has(one):
            yield Said(one, said.refer, f"{said.path}.Policies")


def document_in(said: Said, name: str) -> Policy:
    """A policy that IAM answers: percent-encoded, unless whoever sends the calls has decoded it."""
    text = said.values.get(name)
    if isinstance(text, str) and text.startswith("%"):
        said = Said({**said.values, name: unquote(text)}, said.refer, said.path)
    return answered_policy(said, name)
