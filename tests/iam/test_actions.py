"""Which of S3's actions does a statement cover, and what does each of them touch?"""

import pytest

from bucketwright.iam.actions import (
    LISTING,
    OBJECT,
    SETTINGS,
    TAKEOVER,
    UPLOADS,
    covers,
    spelled,
    unknown_actions,
)
from bucketwright.iam.documents import Names

COVERED = {
    "itself": (["s3:getobject"], False, "s3:getobject", True),
    "another": (["s3:getobject"], False, "s3:putobject", False),
    "one of several": (["s3:putobject", "s3:getobject"], False, "s3:getobject", True),
    "everything": (["*"], False, "s3:getobject", True),
    "everything of S3": (["s3:*"], False, "s3:listbucket", True),
    "everything of another service": (["s3-outposts:*"], False, "s3:getobject", False),
    "a beginning": (["s3:get*"], False, "s3:getobjectacl", True),
    "another beginning": (["s3:get*"], False, "s3:putobject", False),
    "a question mark": (["s3:?etobject"], False, "s3:getobject", True),
    "a question mark too many": (["s3:getobject?"], False, "s3:getobject", False),
    "all but itself": (["s3:getobject"], True, "s3:getobject", False),
    "all but another": (["s3:getobject"], True, "s3:putobject", True),
    "all but a group": (["s3:get*", "s3:list*"], True, "s3:listbucket", False),
    "all but everything": (["*"], True, "s3:getobject", False),
    "a variable, which actions do not know": (["s3:${aws:username}"], False, "s3:getobject", False),
    "all but a variable": (["${aws:username}"], True, "s3:getobject", True),
}


@pytest.mark.parametrize(("patterns", "negated", "action", "covered"), COVERED.values(), ids=COVERED)
def test_names_cover_the_actions_they_match(
    patterns: list[str], negated: bool, action: str, covered: bool
) -> None:
    """Wildcards match within a name; NotAction covers all the rest."""
    assert covers(Names(tuple(patterns), negated), action) == covered


TOUCHED = {
    "an object": ("s3:getobject", OBJECT),
    "an object's version": ("s3:deleteobjectversion", OBJECT),
    "the parts of an upload": ("s3:listmultipartuploadparts", OBJECT),
    "an object through a function": ("s3-object-lambda:getobject", OBJECT),
    "an object on an outpost": ("s3-outposts:putobject", OBJECT),
    "the list of keys": ("s3:listbucket", LISTING),
    "the list of versions": ("s3:listbucketversions", LISTING),
    "the list of an outpost's keys": ("s3-outposts:listbucket", LISTING),
    "the list of keys behind a function": ("s3-object-lambda:listbucket", LISTING),
    "the list of uploads": ("s3:listbucketmultipartuploads", UPLOADS),
    "who may do what": ("s3:putbucketpolicy", TAKEOVER),
    "how long keys live": ("s3:putlifecycleconfiguration", TAKEOVER),
    "where keys are logged": ("s3:putbucketlogging", TAKEOVER),
    "who is told of keys": ("s3:putbucketnotification", TAKEOVER),
    "a table of keys": ("s3:createbucketmetadatatableconfiguration", TAKEOVER),
    "a table of keys, by its newer name": ("s3:createbucketmetadataconfiguration", TAKEOVER),
    "whether the table lists all keys": ("s3:updatebucketmetadatainventorytableconfiguration", TAKEOVER),
    "the keys of a directory bucket": ("s3express:putinventoryconfiguration", TAKEOVER),
    "an outpost's replicas": ("s3-outposts:putreplicationconfiguration", TAKEOVER),
    "a session with a directory bucket": ("s3express:createsession", TAKEOVER),
    "an outpost's policy": ("s3-outposts:putbucketpolicy", TAKEOVER),
    "an object's version through a function": ("s3-object-lambda:getobjectversion", OBJECT),
    "an object's tags on an outpost": ("s3-outposts:putobjecttagging", OBJECT),
    "the list of an outpost's uploads": ("s3-outposts:listbucketmultipartuploads", UPLOADS),
    "a batch job, which needs a role": ("s3:createjob", SETTINGS),
    "how long a table remembers": ("s3:updatebucketmetadatajournaltableconfiguration", SETTINGS),
    "where keys were logged": ("s3:getbucketlogging", SETTINGS),
    "what a function answers": ("s3-object-lambda:writegetobjectresponse", SETTINGS),
    "a directory bucket's encryption": ("s3express:putencryptionconfiguration", SETTINGS),
    "where a bucket lies": ("s3:getbucketlocation", SETTINGS),
    "the names of buckets": ("s3:listallmybuckets", SETTINGS),
}


@pytest.mark.parametrize(("action", "table"), TOUCHED.values(), ids=TOUCHED)
def test_each_action_stands_in_one_table(action: str, table: frozenset[str]) -> None:
    """What an action touches is said once."""
    assert [one for one in (OBJECT, LISTING, UPLOADS, TAKEOVER, SETTINGS) if action in one] == [table]


def test_no_action_stands_in_two_tables() -> None:
    """The tables share nothing, and hold small letters only."""
    tables = [OBJECT, LISTING, UPLOADS, TAKEOVER, SETTINGS]
    together = frozenset[str]().union(*tables)

    assert len(together) == sum(map(len, tables))
    assert all(action == action.lower() for action in together)


UNKNOWN = {
    "a known one": (["s3:getobject"], False, set()),
    "a setting": (["s3:getbucketcors"], False, set()),
    "one that no table knows": (["s3:getobjectsecret", "s3:getobject"], False, {"s3:getobjectsecret"}),
    "one with a wildcard": (["s3:getobjectsec*", "s3:getobjectsecre?"], False, set()),
    "one of another service": (["ec2:startinstances"], False, set()),
    "one of an outpost": (["s3-outposts:singobject"], False, {"s3-outposts:singobject"}),
    "one of a directory bucket": (["s3express:createsession", "s3express:sing"], False, {"s3express:sing"}),
    "one of a service that begins alike": (["s3tables:sing", "s3vectors:sing"], False, set()),
    "all but one that no table knows": (["s3:getobjectsecret"], True, set()),
}


@pytest.mark.parametrize(("patterns", "negated", "unknown"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_action_that_no_table_knows_is_named(
    patterns: list[str], negated: bool, unknown: set[str]
) -> None:
    """Only an action of S3 that is spelled out can be unknown."""
    assert unknown_actions(Names(tuple(patterns), negated)) == unknown


@pytest.mark.parametrize(
    ("action", "shown"),
    [("s3:getobject", "s3:GetObject"), ("s3:getbucketcors", "s3:GetBucketCORS"), ("s3:sing", "s3:sing")],
    ids=["an object action", "a setting with capitals", "an unknown one"],
)
def test_an_action_is_shown_as_iam_writes_it(action: str, shown: str) -> None:
    """People see the capitals of IAM's own pages, where there are any."""
    assert spelled(action) == shown
