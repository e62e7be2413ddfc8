"""What do the documents of roles look like in the examples of rules?"""

import json
from collections.abc import Mapping

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.role.policies import Policies


def grant(action: object, resource: object, **elements: object) -> Mapping[str, object]:
    """An Allow of a role's document; an element that is None is left out."""
    given = {"Effect": "Allow", "Action": action, "Resource": resource, **elements}
    return {name: value for name, value in given.items() if value is not None}


def refuse(action: object, resource: object, **elements: object) -> Mapping[str, object]:
    """A Deny, likewise."""
    return grant(action, resource, **{"Effect": "Deny", **elements})


def policies(*statements: Mapping[str, object]) -> Policies:
    """The one document of these statements."""
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return Policies(frozenset(policy_of(text).document.statements), (text,))
