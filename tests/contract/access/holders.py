"""Every grantee of an environment with the documents that decide for it, whoever it is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from bucketwright.contract.roles import Access
from bucketwright.iam.documents import parse
from bucketwright.iam.languages import Formula
from bucketwright.iam.reach import Caller, Policies, View, reached
from tests.contract.access.environments import ACCOUNT, PARTNER

ARN: Final = "arn:aws:s3:::shop-prod-files"
EVERYTHING: Final = parse(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
)
"""What another account may allow its own roles; it decides nothing here."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One grantee, and its documents: as plain JSON for the oracle, and as the product asks for them."""

    access_id: str
    access: Access
    documents: tuple[dict[str, Any], ...]
    caller: Caller
    policies: Policies

    @property
    def ties(self) -> dict[str, str]:
        """What a request carries beside what is asked for, of the keys that the compiler ties grantees by."""
        return {"aws:SourceAccount": ACCOUNT, "aws:PrincipalAccount": PARTNER}

    def reaches(self, action: str, view: View) -> Formula:
        """What it reaches, as the product's kernel decides."""
        return reached(self.caller, self.policies, ACCOUNT, action, view)


def holders(environment: Environment) -> Iterator[Holder]:
    """All grantees. A service is judged as the holder of the statements that name it."""
    shared: dict[str, Any] = json.loads(json.dumps(bucket_policy(environment, "files")))
    for access_id, access in environment.access.items():
        if access.service:
            documents = (_only(shared, "Service", access.service.name),)
            yield _holder(access_id, access, documents, Policies(tuple(map(parse, documents))))
        elif access.principals:
            own, policies = (
                (_only(shared, "AWS", access.principals[0]),),
                Policies((EVERYTHING,), parse(shared)),
            )
            yield _holder(access_id, access, own, policies, Caller(access.principals[0], PARTNER))
        else:
            documents = tuple(json.loads(json.dumps(one)) for one in role_policies(environment, access_id))
            yield _holder(access_id, access, documents, Policies(tuple(map(parse, documents)), parse(shared)))


def _holder(
    access_id: str,
    access: Access,
    documents: tuple[dict[str, Any], ...],
    policies: Policies,
    caller: Caller | None = None,
) -> Holder:
    role = Caller(f"arn:aws:iam::{ACCOUNT}:role/{access_id}", ACCOUNT)
    return Holder(access_id, access, documents, caller or role, policies)


def _only(document: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """The statements that name somebody, without the name."""
    named = [one for one in document["Statement"] if one.get("Principal") == {kind: name}]
    plain = [{key: value for key, value in one.items() if key != "Principal"} for one in named]
    return {**document, "Statement": plain}
