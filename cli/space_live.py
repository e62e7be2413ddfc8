"""How much lies in buckets that are asked now?"""

import asyncio
from collections.abc import Sequence

from audits.refusing import CannotLookError
from audits.space_listing import bucket_target, count
from audits.space_wire import count_on_wire
from bucketwright.calls import Send
from bucketwright.facets.reading import Target
from bucketwright.objects.space import Space
from bucketwright.posture import Undetermined
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.endpoints import named
from bucketwright.s3.wire.sending import unfit
from bucketwright.s3.wire.standing import NotOnWireError
from bucketwright.s3.wire.wire import Wire
from cli.audit_access import Asking, asking, run_name, sentence
from cli.clock import now
from cli.exits import Exit
from cli.output import Output
from cli.progress import counted_calls
from cli.space_run import Asked, Bucket
from cli.space_shown import Counted


def live(output: Output, chosen: Sequence[Bucket], asked: Asked) -> list[Counted] | Exit:
    """Each of them listed; how the run ends where nobody can be asked."""
    try:
        whom = asking(asked, run_name(now()), None)
        with counted_calls(whom.send, output) as send:
            return [_listed(one, send, whom, asked["depth"]) for one in chosen]
    except CannotLookError as refused:
        output.error(sentence(refused, asked["endpoint_url"]))
        return Exit.INCOMPLETE
    except AccessError as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE


def _listed(bucket: Bucket, send: Send, whom: Asking, depth: int) -> Counted:
    home = bucket.region or whom.region
    try:
        target = bucket_target(send, bucket.name, home, next(iter(whom.accounts), ""))
    except Undetermined as unseen:
        return Counted(bucket.name, home, None, missing=(str(unseen),))
    space = bucket.space(depth)
    missing = _by_sdk(space, send, target) if unfit(whom.sessions) else _on_wire(space, send, whom, target)
    return Counted(bucket.name, target.region, space, "a list of now", missing)


def _by_sdk(space: Space, send: Send, target: Target) -> tuple[str, ...]:
    return tuple(count(space, send, target))


def _on_wire(space: Space, send: Send, whom: Asking, target: Target) -> tuple[str, ...]:
    """What the wire cannot ask for the SDK asks."""

    async def counted() -> tuple[str, ...]:
        async with Wire(whom.sessions, whom.deadline, server=named(whom.server)) as wire:
            place = await wire.bucket(target.name, target.region, target.signer)
            return await count_on_wire(space, place)

    try:
        return asyncio.run(counted())
    except NotOnWireError:
        return _by_sdk(space, send, target)
