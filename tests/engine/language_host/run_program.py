"""Runs one Pulumi program for the host, which says all about the run in one argument."""

import asyncio
import json
import runpy
import sys
from typing import Any

import pulumi
from pulumi.runtime import reset_options, run_in_stack, set_all_config

from tests.engine.language_host.host import TOLD_ALREADY


def run(told: dict[str, Any]) -> int:
    """Run it to its end; gives the code to end with."""
    reset_options(
        project=told["project"],
        stack=told["stack"],
        organization=told["organization"],
        monitor_address=told["monitor"],
        engine_address=told["engine"],
        parallel=told["parallel"],
        preview=told["dry_run"],
    )
    set_all_config(told["config"], told["secret"])

    def program() -> None:
        runpy.run_path(told["program"], run_name="__main__")

    try:
        asyncio.run(run_in_stack(program))
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return TOLD_ALREADY
    return 0


if __name__ == "__main__":
    sys.exit(run(json.loads(sys.argv[1])))
