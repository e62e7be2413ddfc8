"""Which statements of a policy did others put there, and how does it read with them beside ours?

A statement is ours if it has the Sid of one of ours, or means what one of ours means.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bucketwright.iam.documents import Statement, canonical, in_2012, parse
from bucketwright.iam.strict_json import decoded, fields, several


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as it is written, with what tells it from others."""

    raw: object
    sid: object
    meaning: Statement


def with_theirs(before: str, after: str) -> str:
    """The policy that is to be, in JSON, and after its statements those of before that are not ours.

    PolicyError where one of the two is no policy.
    """
    version = max(parse(before).version, parse(after).version)
    ours = _written(after, version)
    sids, meanings = {one.sid for one in ours} - {None, ""}, {one.meaning for one in ours}
    theirs = [one for one in _written(before, version) if one.sid not in sids and one.meaning not in meanings]
    if not theirs:
        return after
    statements = [one.raw for one in (*ours, *theirs)]
    return json.dumps({**_named(after), "Version": version, "Statement": statements})


def _written(text: str, version: str) -> list[_Written]:
    """Its statements, those in the older language spelled in the newer one where that is asked for."""
    older = parse(text).version
    found = several(fields(decoded(text), "the policy")["statement"])
    if older != version:
        found = [json.loads(in_2012(json.dumps(one), older)) for one in found]
    return [_Written(one, fields(one, "a statement").get("sid"), _meaning(one, version)) for one in found]


def _meaning(statement: object, version: str) -> Statement:
    return canonical(parse({"Version": version, "Statement": [statement]})).statements[0]


def _named(text: str) -> Mapping[str, object]:
    found = fields(decoded(text), "the policy")
    return {"Id": found["id"]} if "id" in found else {}
