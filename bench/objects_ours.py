"""Our own engine alone: list a bucket, head each object, judge two rules, write what is to be said.

python -m bench.objects_ours BUCKET [--list] [--ledger FOLDER --server NAME]
"""

import argparse
import asyncio
import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audits.object_facts import Home
from audits.objects.bucket import Wanted
from audits.objects.running import Fast, Found
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Target
from bucketwright.posture import Estate, Unknown, reference
from bucketwright.rules import catalogue
from bucketwright.s3.endpoints import SERVERS, Server
from bucketwright.s3.limits import Deadline
from bucketwright.s3.sessions import Access, Sessions
from bucketwright.s3.wire.wire import Wire

if TYPE_CHECKING:
    from audits.objects.recalling import Recalling

RULES: Final = ("object-content-type-default", "object-content-type-mismatch")
REPORT: Final = Path("found")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("bucket")
    asked.add_argument("--list", action="store_true")
    asked.add_argument("--ledger", default="")
    asked.add_argument("--server", default="other")
    said = asked.parse_args()
    sessions = Sessions(Access(endpoint_url=os.environ["AWS_ENDPOINT_URL"], region=os.environ["AWS_REGION"]))
    if said.list:
        print(json.dumps({"keys": asyncio.run(listed(sessions, said.bucket))}))
        return
    found = looked(sessions, SERVERS[said.server], said.bucket, said.ledger)
    with REPORT.open("w") as report:
        for one in found.judgements:
            told = {"rule": one.rule.id, "key": one.posture.name, "verdict": str(one.verdict)}
            report.write(json.dumps(told) + "\n")
    broken = [f"{one.what}: {one.reason}" for one in found.unlooked]
    print(json.dumps({"findings": len(found.judgements), "unlooked": broken}))


def looked(sessions: Sessions, server: Server, name: str, ledger: str) -> Found:
    """All that is to be said of a bucket that keeps one version; with a ledger only what is new is headed."""
    address = reference(BucketPosture.kind, name)
    target = Target("bucket", name, {"Bucket": name}, os.environ["AWS_REGION"])
    facts = {**dict.fromkeys(BucketPosture.fields(), Unknown("not asked")), "versioning": "Disabled"}
    estate = Estate("live", {address: BucketPosture(address, name, facts)})
    home = Home(address, target, lambda *_: None, None, on_aws=False)
    wanted = Wanted(tuple(catalogue()[name] for name in RULES), estate)
    with ExitStack() as stack:
        recalling = None
        if ledger:
            recalling = _recalling(stack, sessions, server, ledger)
        return Fast(sessions, server, Deadline(), recalling).look([home], wanted)


def _recalling(stack: ExitStack, sessions: Sessions, server: Server, ledger: str) -> "Recalling":
    """As the program does: a ledger is loaded where one is kept."""
    from audits.ledger.opening import open_ledger  # noqa: PLC0415 - see above
    from audits.objects.recalling import Recalling  # noqa: PLC0415

    opened = stack.enter_context(open_ledger(ledger, sessions))
    return Recalling(opened, f"bench-{os.getpid()}", server, sessions.endpoint_url, asks_all=False)


async def listed(sessions: Sessions, bucket: str) -> int:
    """How many keys there are, when a row is made of each."""
    async with Wire(sessions) as wire:
        place = await wire.bucket(bucket)
        pages = place.keys()
        return sum([len([*page.rows]) async for page in pages])


if __name__ == "__main__":
    main()
