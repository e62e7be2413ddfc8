"""Is there the key, queue, topic, function or role that somebody names?"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from audits.buckets import Calls, bucket_named, find_bucket
from audits.things import Looking, Place, Thing
from bucketwright.calls import Call, Failure
from bucketwright.contract.names import bucket_region
from bucketwright.facets.naming import NAMINGS, Named
from bucketwright.facets.reading import Read
from bucketwright.facets.role_answers import ROLE_ITSELF
from bucketwright.facets.said import Said
from bucketwright.facets.scopes import AccountScope
from bucketwright.looking.questions import FUNCTION, KEY, KEY_TAGS, QUEUE
from bucketwright.posture import Posture, Undetermined

Finding: TypeAlias = Generator[Calls, None, Thing | None]
_OF_AWS: Final = "alias/aws/"
_SILENT: Final = "there is none of this name, or its account lets nobody know"


def find(looking: Looking, kind: str, value: str, region: str) -> Finding:
    """What a text names, as far as that can be found; None where it names nothing that is looked for."""
    named = NAMINGS[kind].named(value)
    if named is None or kind not in _FINDING:
        return None
    return (yield from _FINDING[kind](looking, value, replace(named, region=named.region or region)))


def _find_bucket(looking: Looking, value: str, _: Named) -> Finding:
    return (yield from find_bucket(looking, bucket_named(value)))


def find_key(looking: Looking, value: str, named: Named) -> Finding:
    """A key by id, ARN or alias; the keys of AWS itself are nobody's."""
    if named.text.startswith(_OF_AWS):
        return None
    call = looking.call(KEY, named.region, KeyId=value)
    yield (call,)
    thing = _looked_for(looking, "key", value, named, {"KeyId": value})
    try:
        said = looking.said(KEY, call)
        about = said.inside("KeyMetadata") if said else None
        arn = about.needed("Arn", about.text("Arn")) if about else value
    except Undetermined as undetermined:
        return looking.know(_failed(looking, thing, call, undetermined))
    target = replace(thing.target, name=arn, handles={"KeyId": arn})
    thing = replace(
        thing, place=Place("key", arn), target=target, arn=arn, told_by=frozenset({call.identity})
    )
    thing = yield from with_tags(looking, thing, KEY_TAGS, {"KeyId": arn})
    return looking.know(replace(thing, is_subject=looking.tagged(thing) in looking.wanted))


def _find_queue(looking: Looking, value: str, named: Named) -> Finding:
    arn = looking.arn("sqs", named.region, named.account or looking.account, named.text)
    owner = {"QueueOwnerAWSAccountId": named.account} if named.account else {}
    call = looking.call(QUEUE, named.region, QueueName=named.text, **owner)
    yield (call,)
    thing = replace(_looked_for(looking, "queue", value, named, {}), place=Place("queue", arn), arn=arn)
    try:
        said = looking.said(QUEUE, call)
        url = said.needed("QueueUrl", said.text("QueueUrl")) if said else ""
    except Undetermined as undetermined:
        return looking.know(_failed(looking, thing, call, undetermined))
    target = replace(thing.target, handles={"QueueUrl": url})
    return looking.know(replace(thing, target=target, told_by=frozenset({call.identity})))


def _find_topic(looking: Looking, value: str, named: Named) -> Finding:
    """Nothing has to be asked: what is asked of it tells whether it is there."""
    yield ()
    return looking.know(_looked_for(looking, "topic", value, named, {"TopicArn": value}))


def _find_function(looking: Looking, value: str, named: Named) -> Finding:
    arn = looking.arn("lambda", named.region, named.account or looking.account, f"function:{named.text}")
    call = looking.call(FUNCTION, named.region, FunctionName=arn)
    yield (call,)
    thing = _looked_for(looking, "function", value, named, {"FunctionName": arn})
    try:
        looking.said(FUNCTION, call)
    except Undetermined as undetermined:
        return looking.know(_failed(looking, thing, call, undetermined))
    return looking.know(replace(thing, told_by=frozenset({call.identity})))


def find_declared(looking: Looking, posture: Posture) -> Finding:
    """A key or queue that the contract declares, by what it is called there."""
    environment = looking.scope.around.environment
    bucket_id = posture.address.partition(":")[2].partition("/")[0]
    if environment is None or bucket_id not in environment.buckets:
        return None
    region = bucket_region(environment, environment.buckets[bucket_id])
    is_arn = posture.kind == "queue"
    value = looking.arn("sqs", region, looking.account, posture.name) if is_arn else posture.name
    thing = yield from find(looking, posture.kind, value, region)
    return thing and looking.know(replace(thing, is_subject=True, declared=posture.address))


def find_role(looking: Looking, posture: Posture) -> Finding:
    """A role that the contract declares, by its name."""
    target = looking.target("role", posture.name, {"RoleName": posture.name})
    arn = looking.arn("iam", "", looking.account, f"role/{posture.name}")
    thing = Thing(Place("role", posture.name), target, arn, declared=posture.address)
    call = looking.call(ROLE_ITSELF, **target.handles)
    yield (call,)
    outcome = looking.outcomes[call.identity]
    if isinstance(outcome, Failure) and outcome.kind == "gone":
        thing = replace(thing, state="gone")
    return looking.know(replace(thing, told_by=frozenset({call.identity})))


def find_account(looking: Looking) -> Finding:
    """The account itself."""
    yield ()
    environment = looking.scope.around.environment
    declared = "" if environment is None else AccountScope(environment).address
    target = looking.target("account", looking.account, {"AccountId": looking.account})
    place, is_subject = Place("account", looking.account), not looking.scope.buckets
    return looking.know(Thing(place, target, is_subject=is_subject, declared=declared))


def with_tags(
    looking: Looking, thing: Thing, read: Read, params: Mapping[str, str]
) -> Generator[Calls, None, Thing]:
    """The same with its tags, where a contract knows its own by them; of others no tags are asked for."""
    if thing.place.kind not in looking.needs.declared or thing.target.account != looking.account:
        return thing
    call = looking.call(read, thing.target.region, **params)
    yield (call,)
    thing = replace(thing, told_by=thing.told_by | {call.identity})
    outcome = looking.outcomes[call.identity]
    if isinstance(outcome, Failure) and outcome.kind == "unsupported":
        return thing
    try:
        said = looking.said(read, call)
        return replace(thing, tags=tags_in(said) if said else {})
    except Undetermined as undetermined:
        return replace(thing, state="unknown", reason=undetermined.reason)


def tags_in(said: Said) -> Mapping[str, str]:
    """Tags as each service spells them."""
    several = (
        (*said.parts("Tags"),)
        if isinstance(said.values.get("Tags"), list)
        else said.inside("Tags").parts("Items")
    )
    return {_either(one, "TagKey", "Key"): _either(one, "TagValue", "Value") for one in several}


def _either(said: Said, name: str, other: str) -> str:
    found = said.text(name)
    return said.needed(other, said.text(other)) if found is None else found


def _looked_for(looking: Looking, kind: str, value: str, named: Named, handles: Mapping[str, str]) -> Thing:
    target = replace(
        looking.target(kind, named.text, handles, named.region), account=named.account or looking.account
    )
    return Thing(Place(kind, value), target, value, is_subject=False, called=frozenset({value}))


def _failed(looking: Looking, thing: Thing, call: Call, undetermined: Undetermined) -> Thing:
    """Something that is not there, or of which that is not known: of others' things AWS says no more."""
    outcome, is_own = looking.outcomes[call.identity], thing.target.account == looking.account
    thing = replace(thing, told_by=frozenset({call.identity}))
    if not isinstance(outcome, Failure) or outcome.kind != "gone":
        return replace(thing, state="unknown", reason=undetermined.reason)
    return replace(thing, state="gone") if is_own else replace(thing, state="unknown", reason=_SILENT)


_FINDING: Final[Mapping[str, Callable[[Looking, str, Named], Finding]]] = {
    "bucket": _find_bucket,
    "function": _find_function,
    "key": find_key,
    "queue": _find_queue,
    "topic": _find_topic,
}
