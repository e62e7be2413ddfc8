from collections.abc import Iterator
from typing import Final

from bucketwright.facets.grants import ALL_USERS, OWNER, Grant
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good
from bucketwright.rules.examples import declares
from bucketwright.rules.home_bucket import home
from bucketwright.rules.rule import BASELINE, LIVE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_WITH_ACLS: Final = bucket(ownership="ObjectWriter")
_OWN: Final = Grant(OWNER, "FULL_CONTROL")
_FRIEND: Final = "f" * 64
_TRUSTING: Final = declares(rules={"trusted_users": [_FRIEND]})
_STRANGER: Final = Grant("id:" + "a" * 64, "READ")


@rule(
    "object-foreign-acl",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["acl", "bucket", "owner", "bucket.ownership"],
    examples=lambda: [
        good(_WITH_ACLS, owner=OWNER, acl=frozenset({_OWN})),
        good(_WITH_ACLS, owner=OWNER, acl=frozenset({_OWN, Grant(ALL_USERS, "READ")})),
        good(bucket(ownership="BucketOwnerEnforced"), owner=OWNER, acl=frozenset({_STRANGER})),
        good(
            _WITH_ACLS,
            around=_TRUSTING,
            owner=OWNER,
            acl=frozenset({_OWN, Grant(f"id:{_FRIEND}", "READ")}),
        ),
        good(_WITH_ACLS, owner=_STRANGER.grantee, acl=frozenset({_OWN, _STRANGER})),
        bad(_WITH_ACLS, owner=OWNER, acl=frozenset({_OWN, _STRANGER})),
        bad(_WITH_ACLS, around=_TRUSTING, owner=OWNER, acl=frozenset({_OWN, _STRANGER})),
        bad(_WITH_ACLS, owner="id:" + "b" * 64, acl=frozenset({_OWN, _STRANGER})),
        bad(_WITH_ACLS, owner=OWNER, acl=frozenset({Grant("email:a@example.com", "READ")})),
    ],
)
def object_foreign_acl(one: ObjectPosture, estate: Estate) -> Verdict:
    """No object's ACL lets in an account that nobody trusts.

    **Why.** A grant to the canonical id of another account is a door that no policy shows. It stays when the
    contract with that partner ends.

    **Fix.** Name the account's canonical id under `trusted_users` of `rules`, if it is meant. Otherwise take
    the grant off the object, or say `ownership: enforced` of the bucket and share by `access` instead.

    **Exempt it when** an old program of a partner still needs the grant, until the day it is moved.
    """
    if home(one, estate).ownership == "BucketOwnerEnforced":
        return not_applicable("ACLs mean nothing in the bucket")
    found = [
        f"the ACL gives the account {shown(who)} {permission}" for who, permission in _foreign(one, estate)
    ]
    return fails_if(*found, expected="grants to trusted accounts only")


@object_foreign_acl.fix(is_safe=False)
def close(one: ObjectPosture, estate: Estate) -> Change:
    """Takes the grants to strangers off the object and leaves the others; whoever used them is out."""
    return change(one, "acl", one.acl - frozenset(_foreign(one, estate)))


def _foreign(one: ObjectPosture, estate: Estate) -> Iterator[Grant]:
    """An owner's own grant is no more than owning it, which is a matter of its own."""
    for grant in sorted(one.acl):
        kind, _, user = grant.grantee.partition(":")
        is_user = kind in {"id", "email"}
        if is_user and user not in estate.terms.trusted_users and grant.grantee != one.owner:
            yield grant
