"""The storage client with files of this machine.

python -m bench.transfer_ours start|up|down|many-up|many-down PATH
"""

import sys
from pathlib import Path
from typing import Final

from bench.transfer_boto3 import LARGE, each
from bucketwright.storage import Settings, Storage

CONTRACT: Final = """
project: bench
region: us-east-1
environments: {dev: {}}
buckets:
  files: {name: bench, prefixes: {ours: {path: "ours/", write: overwrite}}}
"""


def main(what: str, path: Path) -> None:
    """Do it."""
    contract = Path("contract.yaml")
    contract.write_text(CONTRACT)
    place = Storage.open(contract, "dev", Settings()).prefix("files/ours").at()
    if what == "up":
        place.put(LARGE, path)
    elif what == "down":
        place.save(LARGE, path)
    elif what == "many-up":
        each(lambda one: place.put(one.name, one), path.iterdir())
    elif what == "many-down":
        each(lambda entry: place.save(entry.name, path / entry.name), place.list("small"))
    else:
        place.exists(LARGE)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
