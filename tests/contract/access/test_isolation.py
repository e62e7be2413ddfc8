"""Law 7, over generated contracts: does any grantee reach a key or a list that it was not granted?"""

from hypothesis import given, settings

from bucketwright.contract.access.findings import Escape, Unusable
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.matrix import access_matrix
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place, places
from bucketwright.contract.words import Verb
from bucketwright.iam.actions import LISTING, TAKEOVER, UPLOADS
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import And, Formula, Leaf, Not, Or, beginning, exactly, member
from bucketwright.iam.reach import Containers, Listings, Objects
from tests.contract.access.environments import environments
from tests.contract.access.holders import ARN, Holder, holders
from tests.contract.access.oracle import allows, beginnings, keys_of, language, like, owner_pattern

BUDGET = 2_000_000
ACTIONS: dict[Verb, tuple[str, ...]] = {
    "read": ("s3:GetObject", "s3:GetObjectVersion", "s3:RestoreObject"),
    "write": (
        "s3:PutObject",
        "s3:PutObjectTagging",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
    ),
    "delete": ("s3:DeleteObject",),
}
REQUESTS: list[tuple[Verb, str]] = [(verb, action) for verb, several in ACTIONS.items() for action in several]


def granted(holder: Holder, verb: Verb) -> set[str]:
    """The ids that the contract grants a verb on; a reader may list too."""
    own = holder.access.refs(verb)
    refs = (*own, *holder.access.read) if verb == "list" else own
    return {ref.partition("/")[2] for ref in refs}


def out_of_bounds(environment: Environment, holder: Holder, verb: Verb) -> list[Place]:
    """The prefixes not granted, but for those that share keys with a granted one on purpose."""
    own, ids = places(environment, "files"), granted(holder, verb)
    if "*" in ids:
        return []
    shared = {one for place in own if place.prefix_id in ids for one in place.prefix.overlaps}
    sharing = {place.prefix_id for place in own if ids & set(place.prefix.overlaps)}
    return [place for place in own if place.prefix_id not in ids | shared | sharing]


def within_bounds(environment: Environment, holder: Holder, verb: Verb) -> list[Place]:
    ids = granted(holder, verb)
    return [place for place in places(environment, "files") if ids & {place.prefix_id, "*"}]


def escapes(environment: Environment) -> set[tuple[str, str, Verb]]:
    """Who is said to reach which prefix with which verb."""
    found = [one for one in check_isolation(environment) if isinstance(one, Escape)]
    return {(one.access_id, one.reached, verb) for one in found for verb in one.verbs}


def all_keys(environment: Environment) -> list[str]:
    """Some keys of every prefix."""
    prefixes = environment.buckets["files"].prefixes.values()
    return sorted({key for prefix in prefixes for key in keys_of(prefix.path, prefix.objects)})


def owned(place: Place, keys: list[str]) -> list[str]:
    owns = owner_pattern(place.prefix.path, place.prefix.objects)
    return [key for key in keys if owns.fullmatch(key)]


def may(holder: Holder, action: str, key: str) -> bool:
    """What the oracle says of a request for one object, with the tags that the contract declares."""
    tags = {"s3:RequestObjectTagKeys": "team", "s3:RequestObjectTag/team": "red"}
    request = {"action": action, "resource": f"{ARN}/{key}", **tags, **holder.ties}
    return allows(holder.documents, request)


def may_list(holder: Holder, prefix: str) -> bool:
    request = {"action": "s3:ListBucket", "resource": ARN, "s3:prefix": prefix, **holder.ties}
    return allows(holder.documents, request)


def language_of(place: Place) -> list[tuple[Repeat, ...]]:
    """The keys of a prefix, each spelling of its variables by itself."""
    return [leaf.tokens for leaf in language(place.prefix.path, place.prefix.objects)]


def key_arns(place: Place) -> Formula:
    """The ARNs of the keys of a prefix."""
    return Or(tuple(Leaf((*exactly(f"{ARN}/").tokens, *tokens)) for tokens in language_of(place)))


def begun(place: Place) -> Formula:
    """All texts that some key of a prefix begins with."""
    spelled = language_of(place)
    return Or(
        tuple(
            Leaf((*tokens[:n], Repeat(one.chars, 0, one.high)))
            for tokens in spelled
            for n, one in enumerate(tokens)
        )
    )


@settings(max_examples=60, deadline=None)
@given(environments())
def test_no_key_out_of_bounds_is_reached(environment: Environment) -> None:
    """Decided over the compiled documents: no object action meets a prefix not granted, unless it is said."""
    known = escapes(environment)
    for holder in holders(environment):
        for verb, action in REQUESTS:
            reach = holder.reaches(action.lower(), Objects())
            assert member(And((reach, Not(beginning(f"{ARN}/"))))) is None
            for place in out_of_bounds(environment, holder, verb):
                found = member(And((reach, key_arns(place))), BUDGET)
                assert found is None or (holder.access_id, place.address, verb) in known


@settings(max_examples=60, deadline=None)
@given(environments())
def test_no_list_shows_keys_out_of_bounds(environment: Environment) -> None:
    """Decided over the compiled documents: no `s3:prefix` allowed begins a key of a prefix not granted."""
    known = escapes(environment)
    for holder in holders(environment):
        reach = holder.reaches("s3:listbucket", Listings(ARN))
        for place in out_of_bounds(environment, holder, "list"):
            found = member(And((reach, begun(place))), BUDGET)
            assert found is None or (holder.access_id, place.address, "list") in known


@settings(max_examples=60, deadline=None)
@given(environments())
def test_whoever_lists_says_a_prefix(environment: Environment) -> None:
    """Only who was granted the whole bucket may list without `s3:prefix`; nobody takes the bucket over."""
    for holder in holders(environment):
        whole = member(holder.reaches("s3:listbucket", Listings(ARN, whole=True))) is not None
        assert whole == ("*" in granted(holder, "list"))
        for action in (LISTING | UPLOADS | TAKEOVER) - {"s3:listbucket"}:
            assert member(holder.reaches(action, Containers())) is None


@settings(max_examples=80, deadline=None)
@given(environments())
def test_the_oracle_finds_no_key_out_of_bounds(environment: Environment) -> None:
    """The same, key by key, judged by an IAM of this test's own."""
    known, keys = escapes(environment), all_keys(environment)
    for holder in holders(environment):
        for verb, action in REQUESTS:
            for place in out_of_bounds(environment, holder, verb):
                reached = [key for key in owned(place, keys) if may(holder, action, key)]
                assert not reached or (holder.access_id, place.address, verb) in known


@settings(max_examples=60, deadline=None)
@given(environments())
def test_the_oracle_finds_no_list_out_of_bounds(environment: Environment) -> None:
    """No beginning of any key may be listed where a key of a prefix not granted would be shown."""
    known, keys = escapes(environment), all_keys(environment)
    for holder in holders(environment):
        asks = [text for text in beginnings(keys) if may_list(holder, text)]
        for place in out_of_bounds(environment, holder, "list"):
            shown = beginnings(owned(place, keys)) & set(asks)
            assert not shown or (holder.access_id, place.address, "list") in known


@settings(max_examples=60, deadline=None)
@given(environments())
def test_every_granted_key_is_reached_but_those_said_to_be_lost(environment: Environment) -> None:
    """What a grantee cannot use of its prefix looks like a key of another one, and the matrix says so."""
    keys = all_keys(environment)
    lost = {(row.access_id, row.prefix_id) for row in access_matrix(environment) if row.lost}
    patterns = {place.prefix_id: place.key_pattern for place in places(environment, "files")}
    for holder in holders(environment):
        for verb, actions in ACTIONS.items():
            others = [patterns[one] for one in patterns.keys() - granted(holder, verb)]
            for place in within_bounds(environment, holder, verb):
                refused = [key for key in owned(place, keys) if not may(holder, actions[0], key)]
                assert not refused or (holder.access_id, place.prefix_id) in lost
                assert all(any(like(pattern, key) for pattern in others) for key in refused)


@settings(max_examples=60, deadline=None)
@given(environments())
def test_what_may_be_read_of_an_archive_may_be_restored(environment: Environment) -> None:
    """Key by key the same of an archived prefix, so that no Deny takes one without the other."""
    keys = all_keys(environment)
    for holder in holders(environment):
        for place in within_bounds(environment, holder, "read"):
            if place.prefix.archive:
                for key in owned(place, keys):
                    assert may(holder, "s3:RestoreObject", key) == may(holder, "s3:GetObject", key)


@settings(max_examples=60, deadline=None)
@given(environments())
def test_keys_said_to_be_lost_are_lost(environment: Environment) -> None:
    """Each example is a key of the granted prefix, and refused."""
    by_id = {holder.access_id: holder for holder in holders(environment)}
    prefixes = environment.buckets["files"].prefixes
    for row in access_matrix(environment):
        owns = owner_pattern(prefixes[row.prefix_id].path, prefixes[row.prefix_id].objects)
        actions = [ACTIONS[verb][0] for verb in row.verbs if verb in ACTIONS]
        for key in row.lost:
            assert owns.fullmatch(key)
            assert not all(may(by_id[row.access_id], action, key) for action in actions)


@settings(max_examples=60, deadline=None)
@given(environments())
def test_a_grant_of_which_nothing_is_left_is_said(environment: Environment) -> None:
    """Said exactly where the compiled documents leave a grantee no key of a prefix it was granted."""
    said = {(one.access_id, one.granted) for one in check_isolation(environment) if isinstance(one, Unusable)}
    for holder in holders(environment):
        for verb, actions in ACTIONS.items():
            reach = holder.reaches(actions[0].lower(), Objects())
            for place in within_bounds(environment, holder, verb):
                left = member(And((reach, key_arns(place))), BUDGET)
                useless = {name for who, name in said if who == holder.access_id and place.address in name}
                assert (left is None) == any(verb in name for name in useless)
