"""Permissions: whom does the function's own policy let call it?"""

import json
import re
from collections.abc import Mapping
from typing import Final

from bucketwright.facets.bucket.policy import Policy, answered_policy, policy_in, policy_of
from bucketwright.facets.facet import Planned
from bucketwright.facets.handles import FUNCTION
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

KIND: Final = "aws:lambda/permission:Permission"
WHOLE: Final = "aws:lambda/resourcePolicy:ResourcePolicy"
FRESH: Final[Policy | None] = None
_POLICY: Final = Read(
    "lambda", "GetPolicy", "lambda:GetPolicy", FUNCTION, frozenset({"ResourceNotFoundException"})
)
READS: Final = (_POLICY,)
LATER: Final = "${bucketwright:later}"
"""Stands in a condition for what is known only after deployment, as a variable stands for some text."""
_SERVICE: Final = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?")
_SOURCE: Final = "sourceArn"
_CONDITIONS: Final[Mapping[str, tuple[str, str]]] = {
    _SOURCE: ("ArnLike", "aws:SourceArn"),
    "sourceAccount": ("StringEquals", "aws:SourceAccount"),
    "principalOrgId": ("StringEquals", "aws:PrincipalOrgID"),
    "eventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "functionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
}


def from_plan(planned: Planned) -> Policy | Unset:
    """The statements that Lambda makes of single permissions, without the function they are all about.

    That of one version or alias names it: `*:live`. A bucket of ours as source stands there by its address.
    """
    whole, single = planned.one(WHOLE), planned.all(KIND)
    if whole is not None and single:
        raise Undetermined(KIND, Unknown("another resource writes the whole policy, and the last one wins"))
    if whole is not None:
        return whole.needed("policy", policy_in(whole))
    if not single:
        return UNSET
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": [_statement(one) for one in single]}))


def from_api(asked: Asked) -> Policy | None:
    """The policy of the function as a whole, as Lambda wrote it; versions and aliases have their own."""
    said = asked.said(_POLICY)
    return None if said is None else answered_policy(said)


def _statement(said: Said) -> Mapping[str, object]:
    principal = said.needed("principal", said.text("principal"))
    told = {name: _condition(said, name) for name in _CONDITIONS}
    conditions: dict[str, dict[str, object]] = {}
    for name, value in told.items():
        operator, key = _CONDITIONS[name]
        if value is not None:
            conditions.setdefault(operator, {})[key] = value
    if said.flag("invokedViaFunctionUrl"):
        conditions["Bool"] = {"lambda:InvokedViaFunctionUrl": "true"}
    qualifier = _known(said, "qualifier")
    return {
        "Effect": "Allow",
        "Principal": {"Service" if _SERVICE.fullmatch(principal) else "AWS": principal},
        "Action": said.needed("action", said.text("action")),
        "Condition": conditions,
        **({"Resource": f"*:{qualifier}"} if qualifier else {}),
    }


def _condition(said: Said, name: str) -> str | None:
    bucket = said.address("bucket", name, said.values.get(name)) if name == _SOURCE else None
    return bucket or _known(said, name)


def _known(said: Said, name: str) -> str | None:
    return LATER if said.values.get(name) == UNKNOWN_INPUT else said.text(name)
