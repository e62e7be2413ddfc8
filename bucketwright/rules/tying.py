"""What does a policy say once some of its statements hold under one more condition?"""

import json
from collections.abc import Callable, Mapping

from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.iam.documents import Statement
from bucketwright.iam.strict_json import decoded, fields, several
from bucketwright.rules.statements import statements


def tied(policy: Policy, wanted: Callable[[Statement], bool], key: str, value: str) -> Policy:
    """The policy with these statements tied to one value of a condition key."""
    raw = fields(decoded(policy.text), "the policy")
    where = ("Condition", "StringEquals", key)
    pairs = zip(several(raw["statement"]), statements(policy), strict=True)
    written = [_put(text, where, value) if wanted(statement) else text for text, statement in pairs]
    whole = {name.capitalize(): part for name, part in {**raw, "statement": written}.items()}
    return policy_of(json.dumps(whole))


def _put(found: object, names: tuple[str, ...], value: object) -> object:
    """The same with a value under these names, one inside the other, in whatever case they are there."""
    if not names:
        return value
    members = dict(found) if isinstance(found, Mapping) else {}
    name = next((one for one in members if one.lower() == names[0].lower()), names[0])
    return {**members, name: _put(members.get(name), names[1:], value)}
