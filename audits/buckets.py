"""Which buckets are there, and where: those that are asked about, and those that others name?"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from audits.things import Looking, Place, State, Thing, nothing
from bucketwright.calls import Call, Failure
from bucketwright.contract.own_tags import ENVIRONMENT_TAG, PROJECT_TAG
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.region import LOCATION, located
from bucketwright.facets.naming import NAMINGS
from bucketwright.facets.reading import Asked, reason_of
from bucketwright.looking.questions import BUCKETS, HEAD, TAGGED
from bucketwright.posture import Estate, Undetermined

Calls: TypeAlias = tuple[Call, ...]
_KIND: Final = BucketPosture.kind
_PAGE: Final = 1_000
"""Only where a request has some parameter does S3 say where each bucket is."""
_FOREIGN: Final = "another account has a bucket of this name"


def find_subjects(looking: Looking) -> Generator[Calls, None, None]:
    """Lists the account's buckets and settles which are asked about."""
    yield from _list(looking)
    looking.subjects = _by_name(looking)
    environment = looking.scope.around.environment
    if environment is None or looking.scope.buckets or looking.scope.all_buckets:
        return
    if looking.account and looking.listed.keys() - looking.subjects:
        looking.subjects |= yield from _tagged(looking)


def find_bucket(looking: Looking, name: str) -> Generator[Calls, None, Thing]:
    """One bucket by its name: whether it is there, whose it is, and in which region."""
    thing, region = _thing(looking, name), looking.listed.get(name, "")
    if name not in looking.listed:
        call = _head(looking, name)
        yield (call,)
        thing = _standing(looking, thing, call)
        if thing.state != "there":
            return looking.know(thing)
        said = looking.said(HEAD, call)
        region = (said and said.text("BucketRegion")) or ""
    if not region:
        (call,) = Asked(replace(thing.target, region=""), looking.outcomes, nothing).calls(LOCATION)
        yield (call,)
        region = _region(looking, call)
        thing = replace(thing, told_by=thing.told_by | {call.identity})
    return looking.know(replace(thing, target=replace(thing.target, region=region)))


def bucket_named(value: str) -> str:
    """The name of the bucket that a text names; empty where it names none."""
    named = NAMINGS[_KIND].named(value)
    return named.text if named else ""


def names_declared(estate: Estate | None) -> frozenset[str]:
    """The names of the buckets that a contract declares."""
    return frozenset(_addresses_declared(estate))


def _addresses_declared(estate: Estate | None) -> Mapping[str, str]:
    return {} if estate is None else estate.once(_addresses)


def _addresses(estate: Estate) -> Mapping[str, str]:
    return {one.name: one.address for one in estate.every(BucketPosture)}


def _list(looking: Looking) -> Iterator[Calls]:
    token, seen = "", set[str]()
    while token not in seen:
        seen.add(token)
        more = {"ContinuationToken": token} if token else {}
        call = looking.call(BUCKETS, MaxBuckets=_PAGE, **more)
        yield (call,)
        try:
            token = _page(looking, call)
        except Undetermined as undetermined:
            looking.cannot_list(_KIND, call, undetermined.reason)
            return
        if not token:
            looking.is_listed = True
            return
    looking.cannot_list(_KIND, call, "the list of buckets goes round in circles")


def _page(looking: Looking, call: Call) -> str:
    """Takes a page into the list, and says what comes after it; nothing after the last."""
    said = looking.said(BUCKETS, call)
    if said is None:
        return ""
    for one in said.parts("Buckets"):
        looking.listed[one.needed("Name", one.text("Name"))] = one.text("BucketRegion") or ""
    return said.text("ContinuationToken") or ""


def _by_name(looking: Looking) -> frozenset[str]:
    """All that are asked about, as far as names tell that."""
    scope, environment = looking.scope, looking.scope.around.environment
    if scope.buckets:
        return scope.buckets
    if environment is None:
        return frozenset(looking.listed)
    beginning = "" if scope.all_buckets else f"{environment.project}-{environment.name}-"
    near = {name for name in _of_nobody_else(looking) if name.startswith(beginning)}
    return names_declared(scope.around.intended) | near


def _tagged(looking: Looking) -> Generator[Calls, None, frozenset[str]]:
    """Those that carry the contract's tags, whatever they are called."""
    environment = looking.scope.around.environment
    tags = (
        {} if environment is None else {PROJECT_TAG: environment.project, ENVIRONMENT_TAG: environment.name}
    )
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    regions = sorted(set(looking.listed.values()) - {""})
    calls = tuple(
        looking.call(TAGGED, region, TagFilters=filters, ResourceTypeFilters=["s3"]) for region in regions
    )
    yield calls
    found = {bucket_named(arn) for call in calls for arn in _arns(looking, call)}
    return frozenset(found & _of_nobody_else(looking))


def _arns(looking: Looking, call: Call) -> tuple[str, ...]:
    try:
        said = looking.said(TAGGED, call)
        mappings = said.parts("ResourceTagMappingList") if said else ()
        return tuple(one.needed("ResourceARN", one.text("ResourceARN")) for one in mappings)
    except Undetermined as undetermined:
        looking.cannot_list(_KIND, call, undetermined.reason)
        return ()


def _of_nobody_else(looking: Looking) -> frozenset[str]:
    """The account's buckets without those that the contract declares in other environments."""
    elsewhere = looking.scope.around.elsewhere.values()
    return frozenset(looking.listed).difference(*map(names_declared, elsewhere))


def _thing(looking: Looking, name: str) -> Thing:
    target = looking.target(_KIND, name, {"Bucket": name})
    arn = looking.arn("s3", "", "", name)
    declared = _addresses_declared(looking.scope.around.intended).get(name, "")
    is_subject = name in looking.subjects
    return Thing(Place(_KIND, name), target, arn, is_subject=is_subject, declared=declared)


def _head(looking: Looking, name: str) -> Call:
    owner = {"ExpectedBucketOwner": looking.account} if looking.account else {}
    return looking.call(HEAD, Bucket=name, **owner)


def _standing(looking: Looking, thing: Thing, call: Call) -> Thing:
    """Whether a bucket that is not in the list is there, and whose: all of this account's are in the list."""
    thing = replace(thing, told_by=thing.told_by | {call.identity})
    outcome = looking.outcomes[call.identity]
    if not isinstance(outcome, Failure):
        return thing
    state: State = "gone" if outcome.kind == "gone" else "unknown"
    if outcome.kind == "denied" and looking.is_listed:
        return replace(thing, state="foreign", reason=_FOREIGN)
    return replace(thing, state=state, reason=reason_of(outcome, HEAD))


def _region(looking: Looking, call: Call) -> str:
    """Where it is said to be; empty where that is not known, and each call learns it for itself."""
    try:
        said = looking.said(LOCATION, call)
        return located(said) if said else ""
    except Undetermined:
        return ""
